"""The life of an assessment in its round, as one dictionary.

Source: docs/policy/access.md, "Life of an assessment in a round".
"""

from enum import StrEnum

from auditapp.core.errors import WrongState
from auditapp.policy.states import SUBMITTED_STATES, Status


class Step(StrEnum):
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

MOVES: dict[tuple[Status, Step], Status] = {
    (Status.NOT_STARTED, Step.START): Status.IN_PROGRESS,
    (Status.IN_PROGRESS, Step.SEND): Status.AWAITING_SIGN_OFF,
    (Status.IN_PROGRESS, Step.SUBMIT): Status.SUBMITTED,
    (Status.AWAITING_SIGN_OFF, Step.TAKE_BACK): Status.IN_PROGRESS,
    (Status.AWAITING_SIGN_OFF, Step.SEND_BACK): Status.IN_PROGRESS,
    (Status.AWAITING_SIGN_OFF, Step.SIGN): Status.SUBMITTED,
    **{(status, Step.REOPEN): Status.IN_PROGRESS for status in sorted(SUBMITTED_STATES)},
    (Status.SUBMITTED, Step.BEGIN_MODERATION): Status.IN_MODERATION,
    (Status.IN_MODERATION, Step.COMPLETE_MODERATION): Status.MODERATION_COMPLETED,
    # Those not chosen for the panel go straight to their automatic sheet.
    (Status.SUBMITTED, Step.RELEASE): Status.FEEDBACK_RELEASED,
    (Status.MODERATION_COMPLETED, Step.RELEASE): Status.FEEDBACK_RELEASED,
    **{(status, Step.EXCUSE): Status.EXCUSED for status in _UNSUBMITTED},
    **{(status, Step.CLOSE): Status.CLOSED for status in _UNSUBMITTED},
    (Status.EXCUSED, Step.REINSTATE): Status.NOT_STARTED,
    (Status.CLOSED, Step.REINSTATE): Status.NOT_STARTED,
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


def can(status: Status, action: Step | str) -> bool:
    """Whether `action` is possible in `status`. Raises `ValueError` if there is no such action."""
    return (status, Step(action)) in MOVES


def after(status: Status, action: Step | str) -> Status:
    """The status that `action` leads to.

    Raises:
        WrongState: not from `status`.
        ValueError: there is no such action.
    """
    reached = MOVES.get((status, Step(action)))
    if reached is None:
        words = STATE_WORDS[status]
        raise WrongState(f"This assessment is {words}, so that cannot be done now.")
    return reached
