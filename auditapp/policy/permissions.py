"""The whole policy on one page. A cell that is not listed is a denial.

Source: docs/policy/access.md; tests/policy holds the two equal.
"""

from dataclasses import dataclass
from enum import StrEnum

from auditapp.core.errors import NotAllowed
from auditapp.policy.predicates import (
    Predicate,
    Subject,
    acts_as,
    assigned,
    names_shown,
    once_released,
    once_submitted,
    own_organisation,
    own_partnership,
    own_round,
    submitted,
    unlinked,
)
from auditapp.policy.roles import Role, Viewer


class Permission(StrEnum):
    """A verb on a kind of thing; the comment names the thing."""

    SEE_ASSESSMENT = "see-assessment"  # that it is there, and its state
    READ_ANSWERS = "read-answers"  # the draft, later the living record
    EDIT_ANSWERS = "edit-answers"
    SEND_FOR_SIGN_OFF = "send-for-sign-off"
    TAKE_BACK = "take-back"
    SIGN = "sign"
    SEND_BACK = "send-back"
    READ_SNAPSHOT = "read-snapshot"  # what was submitted, with the evidence it cites
    REOPEN = "reopen"
    ALLOCATE = "allocate"  # an assessment to a panel member
    MARK = "mark"
    REVEAL = "reveal"
    SETTLE = "settle"
    COMPLETE_MODERATION = "complete-moderation"
    SEE_SETTLED = "see-settled"  # settled grades before release
    RELEASE = "release"
    READ_FEEDBACK = "read-feedback"
    CONFIRM_READ = "confirm-read"
    SEE_EVIDENCE = "see-evidence"  # an organisation's library
    ADD_EVIDENCE = "add-evidence"
    CHANGE_EVIDENCE = "change-evidence"
    SEE_ACTIONS = "see-actions"  # an organisation's actions
    EDIT_ACTIONS = "edit-actions"
    INVITE_COLLEAGUES = "invite-colleagues"  # contributors and signatories
    SEE_ROUND = "see-round"
    MANAGE_ROUND = "manage-round"
    SEE_COMPLETION = "see-completion"
    NAME_ORGANISATIONS = "name-organisations"  # in a round's reports
    SEE_OVERVIEW = "see-overview"
    CREATE_ROUND = "create-round"  # in a partnership
    SEE_REPORTS = "see-reports"
    MANAGE_ORGANISATIONS = "manage-organisations"
    MANAGE_PEOPLE = "manage-people"  # of a partnership's organisations and panels
    SEE_QUESTIONNAIRES = "see-questionnaires"
    PUBLISH_QUESTIONNAIRES = "publish-questionnaires"
    CHANGE_SETTINGS = "change-settings"  # of a partnership
    SEE_MESSAGES = "see-messages"  # the demo's folder of sent messages
    SEE_ACTIONS_IN_PARTNERSHIP = "see-actions-in-partnership"
    MANAGE_INSTALLATION = "manage-installation"  # accounts of administrators, health


Row = tuple[Predicate, ...]


def _when(state: Predicate, *rows: Row) -> tuple[Row, ...]:
    """`rows`, each in that state alone."""
    return tuple((*row, state) for row in rows)


LEAD = (acts_as(Role.LEAD), own_organisation)
SIGNATORY = (acts_as(Role.SIGNATORY), own_organisation)
CONTRIBUTOR = (acts_as(Role.CONTRIBUTOR), own_organisation, assigned)
PANEL_MEMBER = (acts_as(Role.PANEL_MEMBER), assigned, submitted, unlinked)
PANEL_CHAIR = (acts_as(Role.PANEL_CHAIR), own_round, submitted, unlinked)
ADMINISTRATOR = (acts_as(Role.ADMINISTRATOR), own_partnership)
SCRUTINEER = (acts_as(Role.SCRUTINEER), own_partnership)
VIEWER = (acts_as(Role.PARTNERSHIP_VIEWER), own_partnership)
IN_PANEL = (acts_as(Role.PANEL_MEMBER, Role.PANEL_CHAIR), own_round)
CHAIR_OF_ROUND = (acts_as(Role.PANEL_CHAIR), own_round)
PANEL_AND_SCRUTINY = (
    (acts_as(Role.PANEL_MEMBER), assigned, unlinked),
    (acts_as(Role.PANEL_CHAIR), own_round, unlinked),
    (*SCRUTINEER, unlinked),
)
OUTSIDE_READERS = ((*ADMINISTRATOR, unlinked), *PANEL_AND_SCRUTINY)

NOT_IN_THIS_ROLE = "You cannot do this with the role you are acting in."
# What a refusal says to those who may in another state: no more than that they see it is there.
OPENED_AGAIN = (
    "This assessment was opened again. What was submitted before can be read: the panel’s queue "
    "leads to it. Nothing else can be done with it until it is submitted again."
)
NOT_NOW: dict[Predicate, str] = {
    submitted: "This assessment is not submitted, so that cannot be done now.",
    once_submitted: "This assessment has not been submitted yet.",
    once_released: "No feedback on this assessment has been released yet.",
}

# A permission holds when every predicate of at least one row holds.
TABLE: dict[Permission, tuple[Row, ...]] = {
    Permission.SEE_ASSESSMENT: (
        LEAD,
        SIGNATORY,
        CONTRIBUTOR,
        ADMINISTRATOR,
        *_when(once_submitted, *PANEL_AND_SCRUTINY),
    ),
    Permission.READ_ANSWERS: (LEAD, SIGNATORY, CONTRIBUTOR),
    Permission.EDIT_ANSWERS: (LEAD, CONTRIBUTOR),
    Permission.SEND_FOR_SIGN_OFF: (LEAD,),
    Permission.TAKE_BACK: (LEAD,),
    Permission.SIGN: (SIGNATORY,),
    Permission.SEND_BACK: (SIGNATORY,),
    Permission.READ_SNAPSHOT: _when(once_submitted, LEAD, SIGNATORY, CONTRIBUTOR, *OUTSIDE_READERS),
    Permission.REOPEN: ((*ADMINISTRATOR, unlinked),),
    Permission.ALLOCATE: (PANEL_CHAIR, (*ADMINISTRATOR, submitted)),
    Permission.MARK: (PANEL_MEMBER,),
    Permission.REVEAL: (PANEL_CHAIR,),
    Permission.SETTLE: (PANEL_CHAIR,),
    Permission.COMPLETE_MODERATION: (PANEL_CHAIR,),
    Permission.SEE_SETTLED: _when(submitted, *OUTSIDE_READERS),
    Permission.RELEASE: ((*ADMINISTRATOR, submitted, unlinked),),
    Permission.READ_FEEDBACK: _when(once_released, LEAD, SIGNATORY, *OUTSIDE_READERS),
    Permission.CONFIRM_READ: _when(once_released, LEAD, SIGNATORY),
    Permission.SEE_EVIDENCE: (
        LEAD,
        SIGNATORY,
        (acts_as(Role.CONTRIBUTOR), own_organisation),
    ),
    Permission.ADD_EVIDENCE: (LEAD, (acts_as(Role.CONTRIBUTOR), own_organisation)),
    Permission.CHANGE_EVIDENCE: (LEAD,),
    Permission.SEE_ACTIONS: (LEAD, SIGNATORY),
    Permission.EDIT_ACTIONS: (LEAD,),
    Permission.INVITE_COLLEAGUES: (LEAD,),
    Permission.SEE_ROUND: (ADMINISTRATOR, SCRUTINEER, VIEWER, IN_PANEL),
    Permission.MANAGE_ROUND: (ADMINISTRATOR,),
    Permission.SEE_COMPLETION: (ADMINISTRATOR, SCRUTINEER, VIEWER),
    Permission.NAME_ORGANISATIONS: (
        ADMINISTRATOR,
        SCRUTINEER,
        (*VIEWER, names_shown),
        CHAIR_OF_ROUND,
    ),
    Permission.SEE_OVERVIEW: (ADMINISTRATOR, SCRUTINEER, VIEWER, IN_PANEL),
    Permission.CREATE_ROUND: (ADMINISTRATOR,),
    Permission.SEE_REPORTS: (ADMINISTRATOR, SCRUTINEER, VIEWER),
    Permission.MANAGE_ORGANISATIONS: (ADMINISTRATOR,),
    Permission.MANAGE_PEOPLE: (ADMINISTRATOR,),
    Permission.SEE_QUESTIONNAIRES: (ADMINISTRATOR, SCRUTINEER),
    Permission.PUBLISH_QUESTIONNAIRES: (ADMINISTRATOR,),
    Permission.CHANGE_SETTINGS: (ADMINISTRATOR,),
    Permission.SEE_MESSAGES: (ADMINISTRATOR,),
    Permission.SEE_ACTIONS_IN_PARTNERSHIP: (ADMINISTRATOR, SCRUTINEER, VIEWER),
    Permission.MANAGE_INSTALLATION: ((acts_as(Role.SYSTEM_ADMINISTRATOR),),),
}


def may(viewer: Viewer, permission: Permission, subject: Subject) -> bool:
    """Whether `viewer` has `permission` over `subject`: for templates, to draw a button or not."""
    return any(all(holds(viewer, subject) for holds in row) for row in TABLE[permission])


def require(viewer: Viewer, permission: Permission, subject: Subject) -> None:
    """Stop unless `viewer` has `permission`: for views and, under the lock, for services.

    Raises:
        NotAllowed: they have not, by their role or by what state it is in; a page answers 403.
    """
    if not may(viewer, permission, subject):
        raise NotAllowed(_why_not(viewer, permission, subject))


def _why_not(viewer: Viewer, permission: Permission, subject: Subject) -> str:
    """What is true of the refusal: the state where the same person may in another, else the role."""
    for state, words in NOT_NOW.items():
        for row in TABLE[permission]:
            if state in row and all(holds(viewer, subject) for holds in row if holds != state):
                opened_again = state is submitted and once_submitted(viewer, subject)
                return OPENED_AGAIN if opened_again else words
    return NOT_IN_THIS_ROLE


def require_somewhere(viewer: Viewer, permission: Permission) -> None:
    """Stop unless the viewer's role has `permission` over anything at all: for a list of what it
    reaches. Every row of the table begins with the roles.

    Raises:
        NotAllowed: it has not.
    """
    if not any(row[0](viewer, _NOTHING) for row in TABLE[permission]):
        raise NotAllowed(NOT_IN_THIS_ROLE)


@dataclass(frozen=True)
class _Nothing:
    id: int = 0


_NOTHING = _Nothing()
