"""The permission table against docs/policy/access.md, written here a second time in words.

For each permission, who has it and when. The words are conditions that must all hold: `own` the
viewer's organisation, `asg` assigned to the viewer, `area` shared with the viewer's partnership,
`round` the viewer's round, `sub` submitted, `rel` released, `free` no conflict of interest,
`named` the partnership lets its viewers see names. Any role that is not listed is refused.
"""

from dataclasses import dataclass
from itertools import product

import pytest

from auditapp.core.errors import NotAllowed
from auditapp.policy.permissions import TABLE, Permission, may, require
from auditapp.policy.roles import Role, Viewer
from auditapp.policy.states import Status

READERS = {
    "PM": "asg sub free",
    "PC": "round sub free",
    "PA": "area sub free",
    "SCR": "area sub free",
}
POLICY = {
    "see-assessment": {
        "LEAD": "own",
        "SIGN": "own",
        "CTB": "own asg",
        "PM": "asg sub free",
        "PC": "round sub free",
        "PA": "area",
        "SCR": "area sub free",
    },
    "read-answers": {"LEAD": "own", "SIGN": "own", "CTB": "own asg"},
    "edit-answers": {"LEAD": "own", "CTB": "own asg"},
    "send-for-sign-off": {"LEAD": "own"},
    "take-back": {"LEAD": "own"},
    "sign": {"SIGN": "own"},
    "send-back": {"SIGN": "own"},
    "read-snapshot": {"LEAD": "own sub", "SIGN": "own sub", "CTB": "own asg sub"} | READERS,
    "reopen": {"PA": "area sub free"},
    "allocate": {"PC": "round sub free", "PA": "area sub"},
    "mark": {"PM": "asg sub free"},
    "reveal": {"PC": "round sub free"},
    "settle": {"PC": "round sub free"},
    "complete-moderation": {"PC": "round sub free"},
    "see-settled": READERS,
    "release": {"PA": "area sub free"},
    "read-feedback": {"LEAD": "own rel", "SIGN": "own rel"}
    | {role: words.replace("sub", "rel") for role, words in READERS.items()},
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
CONDITIONS = ("own", "asg", "area", "round", "sub", "rel", "free", "named")
STATUS_OF = {
    (False, False): Status.IN_PROGRESS,
    (True, False): Status.IN_MODERATION,
    (True, True): Status.FEEDBACK_RELEASED,
}


@dataclass(frozen=True)
class Thing:
    """A subject with everything that a predicate may look at."""

    id: int
    organisation_id: int
    round_id: int
    status: Status
    partnership_ids: frozenset[int]
    names_organisations_to_viewers: bool


def worlds():
    """Every combination of conditions that can be, as a set of words."""
    for truth in product((True, False), repeat=len(CONDITIONS)):
        world = {word for word, holds in zip(CONDITIONS, truth, strict=True) if holds}
        if "rel" not in world or "sub" in world:
            yield world


def viewer_and_thing(role, world):
    thing = Thing(
        id=5,
        organisation_id=7,
        round_id=9,
        status=STATUS_OF["sub" in world, "rel" in world],
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
