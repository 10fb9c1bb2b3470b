"""Feedback that is released, as its organisation and its readers find it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from auditapp.assessments.models import Assessment, Snapshot
from auditapp.moderation.letters import Letter
from auditapp.moderation.marks import feedback_of
from auditapp.moderation.models import Feedback, FeedbackRead
from auditapp.moderation.queries import Case, case_of, is_latest
from auditapp.organisations.types import duty_words
from auditapp.policy.permissions import Permission, may
from auditapp.policy.roles import Viewer
from auditapp.policy.scope import visible
from auditapp.policy.states import SUBMITTED_STATES
from auditapp.rounds.models import Round


@dataclass(frozen=True, kw_only=True)
class FeedbackLine:
    """One letter of the list, or one that is awaited: only when, if that is known. `again`: on a
    submission that follows another."""

    ref: str
    title: str
    title_within: str  # a sentence
    name: str
    released_at: datetime | None
    expected_by: date | None
    confirmed: bool
    again: bool


def feedback_lines(
    session: Session, viewer: Viewer, *only: ColumnElement[bool]
) -> list[FeedbackLine]:
    """Released letters that the viewer may read and submissions that wait for one, the latest
    round first; what is not released is the same whatever the panel does meanwhile. One that was
    opened again keeps its letter, and waits for the next once it is submitted again."""
    own_read = and_(
        FeedbackRead.feedback_id == Feedback.id, FeedbackRead.person_id == viewer.person_id
    )
    has_letter = Snapshot.number == Assessment.released_number
    waits = and_(is_latest(), Assessment.status.in_(SUBMITTED_STATES))
    query = (
        select(Assessment, Round, Snapshot, Feedback.released_at, FeedbackRead.id.label("read_id"))
        .join(Round, Round.id == Assessment.round_id)
        .join(Snapshot, Snapshot.assessment_id == Assessment.id)
        .outerjoin(Feedback, Feedback.snapshot_id == Snapshot.id)
        .outerjoin(FeedbackRead, own_read)
        .where(or_(has_letter, waits), *only)
        .order_by(Round.opens_on.desc(), Snapshot.organisation_name, Assessment.id)
    )
    return [_line(viewer, *row) for row in session.execute(visible(query, viewer))]


def earlier_letters(session: Session, viewer: Viewer, round_: Round) -> list[FeedbackLine]:
    """Letters of a round on submissions that were opened again, as far as the viewer reads them."""
    moved_on = or_(
        Snapshot.number < Assessment.snapshot_number, Assessment.status.not_in(SUBMITTED_STATES)
    )
    found = feedback_lines(session, viewer, Assessment.round_id == round_.id, moved_on)
    return [line for line in found if line.released_at is not None]


def _line(
    viewer: Viewer,
    assessment: Assessment,
    round_: Round,
    snapshot: Snapshot,
    released_at: datetime | None,
    read_id: int | None,
) -> FeedbackLine:
    has_letter = snapshot.number == assessment.released_number
    readable = has_letter and may(viewer, Permission.READ_FEEDBACK, assessment)
    duty = duty_words(snapshot.duty, snapshot.type)
    return FeedbackLine(
        ref=assessment.ref,
        title=round_.assessment_title(duty),
        title_within=round_.title_within(duty),
        name=snapshot.organisation_name,
        released_at=released_at if readable else None,
        expected_by=round_.feedback_by,
        confirmed=readable and read_id is not None,
        again=snapshot.number > 1,
    )


def kept_letter(session: Session, assessment: Assessment) -> tuple[Case, Feedback, Letter]:
    """The letter that was released last, as it was released, and the submission that it is on."""
    case = case_of(session, assessment, assessment.released_number)
    feedback, revision = feedback_of(session, case)
    assert feedback is not None and revision is not None  # a released one has its letter
    return case, feedback, Letter.model_validate(revision.document)
