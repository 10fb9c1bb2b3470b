"""The permission table against docs/policy/access.md, written here a second time in words.

For each permission, who has it and when. The words are conditions that must all hold: `own` the
viewer's organisation, `asg` assigned to the viewer, `area` shared with the viewer's partnership,
`round` the viewer's round, `sub` stands submitted now, `once` was submitted, maybe opened again
since, `rel` a letter was released, `free` no conflict of interest, `named` the partnership lets its
viewers see names. Any role that is not listed is refused.
"""

from dataclasses import dataclass
from itertools import product

import pytest

from auditapp.core.errors import NotAllowed
from auditapp.policy.permissions import TABLE, Permission, may, require
from auditapp.policy.roles import Role, Viewer
from auditapp.policy.states import Status

READERS = {
    "PM": "asg once free",
    "PC": "round once free",
    "PA": "area once free",
    "SCR": "area once free",
}


def readers(when):
    return {role: words.replace("once", when) for role, words in READERS.items()}


POLICY = {
    "see-assessment": {
        "LEAD": "own",
        "SIGN": "own",
        "CTB": "own asg",
        "PM": "asg once free",
        "PC": "round once free",
        "PA": "area",
        "SCR": "area once free",
    },
    "read-answers": {"LEAD": "own", "SIGN": "own", "CTB": "own asg"},
    "edit-answers": {"LEAD": "own", "CTB": "own asg"},
    "send-for-sign-off": {"LEAD": "own"},
    "take-back": {"LEAD": "own"},
    "sign": {"SIGN": "own"},
    "send-back": {"SIGN": "own"},
    "read-snapshot": {"LEAD": "own once", "SIGN": "own once", "CTB": "own asg once"} | READERS,
    "reopen": {"PA": "area free"},
    "allocate": {"PC": "round sub free", "PA": "area sub"},
    "mark": {"PM": "asg sub free"},
    "reveal": {"PC": "round sub free"},
    "settle": {"PC": "round sub free"},
    "complete-moderation": {"PC": "round sub free"},
    "see-settled": readers("sub"),
    "release": {"PA": "area sub free"},
    "read-feedback": {"LEAD": "own rel", "SIGN": "own rel"} | readers("rel"),
    "confirm-read": {"LEAD": "own rel", "SIGN": "own rel"},
    "see-evidence": {"LEAD": "own", "SIGN": "own", "CTB": "own"},
    "add-evidence": {"LEAD": "own", "CTB": "own"},
    "change-evidence": {"LEAD": "own"},
    "see-actions": {"LEAD": "own", "SIGN": "own"},
    "edit-actions": {"LEAD": "own"},
    "invite-colleagues": {"LEAD": "own"},
    "see-round": {"PA": "area", "SCR": "area", "PV": "area", "PM": "round", "PC": "round"},
    "manage-round": {"PA": "area"},
    "see-completion": {"PA": "area", "SCR": "area", "PV": "area"},
    "name-organisations": {"PA": "area", "SCR": "area", "PV": "area named", "PC": "round"},
    "see-overview": {"PA": "area", "SCR": "area", "PV": "area", "PM": "round", "PC": "round"},
    "create-round": {"PA": "area"},
    "see-reports": {"PA": "area", "SCR": "area", "PV": "area"},
    "manage-organisations": {"PA": "area"},
    "manage-people": {"PA": "area"},
    "see-questionnaires": {"PA": "area", "SCR": "area"},
    "publish-questionnaires": {"PA": "area"},
    "change-settings": {"PA": "area"},
    "see-messages": {"PA": "area"},
    "see-actions-in-partnership": {"PA": "area", "SCR": "area", "PV": "area"},
    "manage-installation": {"SYS": ""},
}
CONDITIONS = ("own", "asg", "area", "round", "sub", "once", "rel", "free", "named")


@dataclass(frozen=True)
class Thing:
    """A subject with everything that a predicate may look at."""

    id: int
    organisation_id: int
    round_id: int
    status: Status
    snapshot_number: int
    released_number: int
    partnership_ids: frozenset[int]
    names_organisations_to_viewers: bool


def worlds():
    """Every combination of conditions that can be, as a set of words."""
    for truth in product((True, False), repeat=len(CONDITIONS)):
        world = {word for word, holds in zip(CONDITIONS, truth, strict=True) if holds}
        if world.isdisjoint({"sub", "rel"}) or "once" in world:
            yield world


def viewer_and_thing(role, world):
    thing = Thing(
        id=5,
        organisation_id=7,
        round_id=9,
        status=Status.IN_MODERATION if "sub" in world else Status.IN_PROGRESS,
        snapshot_number=2 if "once" in world else 0,
        released_number=1 if "rel" in world else 0,
        partnership_ids=frozenset({11}),
        names_organisations_to_viewers="named" in world,
    )
    viewer = Viewer(
        person_id=1,
        membership_id=1,
        role=role,
        organisation_id=7 if "own" in world else 70,
        partnership_ids=frozenset({11} if "area" in world else {110}),
        round_id=9 if "round" in world else 90,
        assessment_ids=frozenset({5} if "asg" in world else {50}),
        linked_organisation_ids=frozenset(set() if "free" in world else {7}),
    )
    return viewer, thing


def test_every_permission_is_in_the_policy_and_the_other_way_round():
    assert set(POLICY) == {permission.value for permission in Permission}
    assert set(TABLE) == set(Permission)


@pytest.mark.parametrize("permission", Permission)
def test_a_role_has_a_permission_exactly_when_the_policy_says_so(permission):
    allowed = POLICY[permission.value]
    for role, world in product(Role, worlds()):
        viewer, thing = viewer_and_thing(role, world)
        wanted = role.value in allowed and set(allowed[role.value].split()) <= world

        assert may(viewer, permission, thing) is wanted, (role, sorted(world))


def test_what_is_not_allowed_is_refused():
    viewer, thing = viewer_and_thing(Role.PARTNERSHIP_VIEWER, set(CONDITIONS))

    with pytest.raises(NotAllowed):
        require(viewer, Permission.MARK, thing)


@pytest.mark.parametrize(
    ("permission", "world", "words"),
    [
        ("mark", "round", "You cannot do this with the role you are acting in."),
        ("mark", "asg free", "This assessment is not submitted, so that cannot be done now."),
        ("mark", "asg free once rel", "This assessment was opened again."),
        ("read-snapshot", "asg free", "This assessment has not been submitted yet."),
        ("read-feedback", "asg free sub once", "No feedback on this assessment has been released"),
    ],
)
def test_a_refusal_says_whether_it_is_the_role_or_the_state(permission, world, words):
    viewer, thing = viewer_and_thing(Role.PANEL_MEMBER, set(world.split()))

    with pytest.raises(NotAllowed, match=words):
        require(viewer, Permission(permission), thing)


def test_a_contributor_edits_only_the_sections_that_are_theirs():
    @dataclass(frozen=True)
    class SectionOf:
        id: int
        organisation_id: int
        section_key: str

    viewer = Viewer(
        person_id=1,
        membership_id=1,
        role=Role.CONTRIBUTOR,
        organisation_id=7,
        assessment_ids=frozenset({5}),
        sections=frozenset({(5, "safer-recruitment")}),
    )

    assert may(viewer, Permission.EDIT_ANSWERS, SectionOf(5, 7, "safer-recruitment"))
    assert not may(viewer, Permission.EDIT_ANSWERS, SectionOf(5, 7, "online-safety"))
    assert not may(viewer, Permission.EDIT_ANSWERS, SectionOf(6, 7, "safer-recruitment"))


def test_an_organisation_a_round_and_a_partnership_are_their_own():
    @dataclass(frozen=True)
    class Bare:
        id: int

    lead = Viewer(person_id=1, membership_id=1, role=Role.LEAD, organisation_id=3)
    chair = Viewer(person_id=1, membership_id=1, role=Role.PANEL_CHAIR, round_id=3)
    administrator = Viewer(
        person_id=1, membership_id=1, role=Role.ADMINISTRATOR, partnership_ids=frozenset({3})
    )

    for viewer, permission in (
        (lead, Permission.SEE_EVIDENCE),
        (chair, Permission.SEE_OVERVIEW),
        (administrator, Permission.CHANGE_SETTINGS),
    ):
        assert may(viewer, permission, Bare(3))
        assert not may(viewer, permission, Bare(4))
