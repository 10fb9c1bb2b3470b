"""Moving an assessment on: its status, the move with its reason, and the event, together."""

from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy.orm import Session

from auditapp.assessments.lifecycle import Action, after
from auditapp.assessments.models import Assessment, Move
from auditapp.core import clock
from auditapp.core.events import Audience, Happening, record
from auditapp.policy.states import SUBMITTED_STATES, Status
from auditapp.rounds.models import Round


@dataclass(frozen=True, kw_only=True)
class AssessmentMoved(Happening):
    kind: ClassVar[str] = "assessment-moved"
    audience: ClassVar[Audience] = Audience.ORGANISATION

    assessment_id: int
    action: str
    status_before: str
    status_after: str


def move(
    session: Session,
    assessment: Assessment,
    round_: Round,
    action: Action | str,
    *,
    person_id: int | None,
    comment: str = "",
) -> Move:
    """Move a locked assessment on by `action`, keep the move with its comment, and record it.

    The caller has checked who may. `person_id` None is the system. What was begun before it was
    excused or closed goes on where it was when it is reinstated.

    Raises:
        WrongState: the status does not allow `action`.
    """
    before = assessment.status
    step = enter(session, assessment, action, person_id=person_id, comment=comment)
    moved = AssessmentMoved(
        partnership_id=round_.partnership_id,
        organisation_id=assessment.organisation_id,
        round_id=assessment.round_id,
        assessment_id=assessment.id,
        action=Action(action).value,
        status_before=before,
        status_after=assessment.status,
    )
    record(session, moved, actor_id=person_id)
    return step


def enter(
    session: Session,
    assessment: Assessment,
    action: Action | str,
    *,
    person_id: int | None,
    comment: str = "",
) -> Move:
    """As `move`, for a caller whose own event says which statuses it led from and to."""
    before = assessment.status
    reached = after(before, action)
    if action == Action.REINSTATE and assessment.started_at is not None:
        reached = after(reached, Action.START)
    assessment.status = reached
    _note_time(assessment)
    step = Move(
        assessment_id=assessment.id,
        action=Action(action).value,
        status_before=before,
        status_after=reached,
        comment=comment.strip(),
        person_id=person_id,
    )
    session.add(step)
    session.flush()
    return step


def _note_time(assessment: Assessment) -> None:
    now = clock.now()
    if assessment.status is Status.AWAITING_SIGN_OFF:
        assessment.sent_at = now
    if assessment.status in SUBMITTED_STATES:
        assessment.submitted_at = assessment.submitted_at or now
    if assessment.status is not Status.NOT_STARTED and assessment.status not in _OUT:
        assessment.started_at = assessment.started_at or now


_OUT = frozenset({Status.EXCUSED, Status.CLOSED})
