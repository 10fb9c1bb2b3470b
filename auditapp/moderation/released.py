"""Feedback that is released, as its organisation and its readers find it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from auditapp.assessments.models import Assessment, Snapshot
from auditapp.moderation.letters import Letter
from auditapp.moderation.marks import feedback_of
from auditapp.moderation.models import Feedback, FeedbackRead
from auditapp.moderation.queries import Case, is_latest
from auditapp.organisations.types import duty_words
from auditapp.policy.permissions import Permission, may
from auditapp.policy.roles import Viewer
from auditapp.policy.scope import visible
from auditapp.policy.states import SUBMITTED_STATES
from auditapp.rounds.models import Round


@dataclass(frozen=True, kw_only=True)
class FeedbackLine:
    """One assessment of the list. Not released: only when it is expected, if that is known."""

    ref: str
    title: str
    title_within: str  # a sentence
    name: str
    released_at: datetime | None
    expected_by: date | None
    confirmed: bool


def feedback_lines(session: Session, viewer: Viewer) -> list[FeedbackLine]:
    """Submitted assessments that the viewer sees, the latest round first; what is not released
    is the same whatever the panel does meanwhile."""
    own_read = and_(
        FeedbackRead.feedback_id == Feedback.id, FeedbackRead.person_id == viewer.person_id
    )
    query = (
        select(Assessment, Round, Snapshot, Feedback.released_at, FeedbackRead.id.label("read_id"))
        .join(Round, Round.id == Assessment.round_id)
        .join(Snapshot, is_latest())
        .outerjoin(Feedback, Feedback.snapshot_id == Snapshot.id)
        .outerjoin(FeedbackRead, own_read)
        .where(Assessment.status.in_(SUBMITTED_STATES))
        .order_by(Round.opens_on.desc(), Snapshot.organisation_name, Assessment.id)
    )
    return [_line(viewer, *row) for row in session.execute(visible(query, viewer))]


def _line(
    viewer: Viewer,
    assessment: Assessment,
    round_: Round,
    snapshot: Snapshot,
    released_at: datetime | None,
    read_id: int | None,
) -> FeedbackLine:
    readable = may(viewer, Permission.READ_FEEDBACK, assessment)
    duty = duty_words(snapshot.duty, snapshot.type)
    return FeedbackLine(
        ref=assessment.ref,
        title=round_.assessment_title(duty),
        title_within=round_.title_within(duty),
        name=snapshot.organisation_name,
        released_at=released_at if readable else None,
        expected_by=round_.feedback_by,
        confirmed=readable and read_id is not None,
    )


def kept_letter(session: Session, case: Case) -> tuple[Feedback, Letter]:
    """The letter of a released assessment, as it was released."""
    feedback, revision = feedback_of(session, case)
    assert feedback is not None and revision is not None  # a released one has its letter
    return feedback, Letter.model_validate(revision.document)
