"""The states of an assessment, and which of them others than its organisation may read."""

from enum import StrEnum


class Status(StrEnum):
    """Where an assessment is in its round.

    Source: docs/policy/access.md, "Life of an assessment in a round".
    """

    NOT_STARTED = "not-started"
    IN_PROGRESS = "in-progress"
    AWAITING_SIGN_OFF = "awaiting-sign-off"
    SUBMITTED = "submitted"
    IN_MODERATION = "in-moderation"
    MODERATION_COMPLETED = "moderation-completed"
    FEEDBACK_RELEASED = "feedback-released"
    EXCUSED = "excused"
    CLOSED = "closed"


# From submission on there is a snapshot, and others may read that.
SUBMITTED_STATES = frozenset(
    {
        Status.SUBMITTED,
        Status.IN_MODERATION,
        Status.MODERATION_COMPLETED,
        Status.FEEDBACK_RELEASED,
    }
)
# Out of the base of the completion rate, and counted apart.
OUTSIDE_BASE = frozenset({Status.EXCUSED, Status.CLOSED})
# What the organisation may write: its draft, and from submission on its living record.
OPEN_TO_ANSWERS = SUBMITTED_STATES | {Status.NOT_STARTED, Status.IN_PROGRESS}
