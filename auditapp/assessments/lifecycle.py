"""The life of an assessment in its round, as one dictionary.

Source: docs/policy/access.md, "Life of an assessment in a round".
"""

from enum import StrEnum

from auditapp.core.errors import WrongState
from auditapp.policy.states import SUBMITTED_STATES, Status


class Action(StrEnum):
    """What moves an assessment on."""

    START = "start"  # the first save
    SEND = "send"  # to the signatory
    TAKE_BACK = "take-back"
    SIGN = "sign"  # which submits it
    SUBMIT = "submit"  # in a round that asks for no signature first
    SEND_BACK = "send-back"
    REOPEN = "reopen"
    BEGIN_MODERATION = "begin-moderation"
    COMPLETE_MODERATION = "complete-moderation"
    RELEASE = "release"
    EXCUSE = "excuse"
    REINSTATE = "reinstate"
    CLOSE = "close"


_UNSUBMITTED = (Status.NOT_STARTED, Status.IN_PROGRESS, Status.AWAITING_SIGN_OFF)

MOVES: dict[tuple[Status, Action], Status] = {
    (Status.NOT_STARTED, Action.START): Status.IN_PROGRESS,
    (Status.IN_PROGRESS, Action.SEND): Status.AWAITING_SIGN_OFF,
    (Status.IN_PROGRESS, Action.SUBMIT): Status.SUBMITTED,
    (Status.AWAITING_SIGN_OFF, Action.TAKE_BACK): Status.IN_PROGRESS,
    (Status.AWAITING_SIGN_OFF, Action.SEND_BACK): Status.IN_PROGRESS,
    (Status.AWAITING_SIGN_OFF, Action.SIGN): Status.SUBMITTED,
    **{(status, Action.REOPEN): Status.IN_PROGRESS for status in sorted(SUBMITTED_STATES)},
    (Status.SUBMITTED, Action.BEGIN_MODERATION): Status.IN_MODERATION,
    (Status.IN_MODERATION, Action.COMPLETE_MODERATION): Status.MODERATION_COMPLETED,
    # Those not chosen for the panel go straight to their automatic sheet.
    (Status.SUBMITTED, Action.RELEASE): Status.FEEDBACK_RELEASED,
    (Status.MODERATION_COMPLETED, Action.RELEASE): Status.FEEDBACK_RELEASED,
    **{(status, Action.EXCUSE): Status.EXCUSED for status in _UNSUBMITTED},
    **{(status, Action.CLOSE): Status.CLOSED for status in _UNSUBMITTED},
    (Status.EXCUSED, Action.REINSTATE): Status.NOT_STARTED,
    (Status.CLOSED, Action.REINSTATE): Status.NOT_STARTED,
}

STATE_WORDS = {
    Status.NOT_STARTED: "not started",
    Status.IN_PROGRESS: "in progress",
    Status.AWAITING_SIGN_OFF: "awaiting sign-off",
    Status.SUBMITTED: "submitted",
    Status.IN_MODERATION: "in moderation",
    Status.MODERATION_COMPLETED: "past its moderation",
    Status.FEEDBACK_RELEASED: "at its end: feedback is released",
    Status.EXCUSED: "excused",
    Status.CLOSED: "closed",
}


def can(status: Status, action: Action | str) -> bool:
    """Whether `action` is possible in `status`. Raises `ValueError` if there is no such action."""
    return (status, Action(action)) in MOVES


def after(status: Status, action: Action | str) -> Status:
    """The status that `action` leads to.

    Raises:
        WrongState: not from `status`.
        ValueError: there is no such action.
    """
    reached = MOVES.get((status, Action(action)))
    if reached is None:
        words = STATE_WORDS[status]
        raise WrongState(f"This assessment is {words}, so that cannot be done now.")
    return reached
