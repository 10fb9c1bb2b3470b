"""What was given to a submission: members' marks, settled grades, feedback; each as it stands."""

from collections.abc import Iterable

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import Session

from auditapp.assessments.models import SnapshotAnswer
from auditapp.moderation.models import (
    Feedback,
    FeedbackRevision,
    PanelMark,
    PanelMarkRevision,
    SettledGrade,
    SettledGradeRevision,
)
from auditapp.moderation.queries import Case
from auditapp.moderation.settlement import Mark, Settled
from auditapp.policy.roles import Viewer


def own_marks(session: Session, viewer: Viewer, case: Case) -> dict[int, Mark]:
    """The viewer's own marks by answer: all that a member sees before the reveal."""
    marks = _marks(case).where(PanelMark.member_id == viewer.person_id)
    return {mark.answer_id: mark for mark in _read_marks(session, marks)}


def revealed_marks(session: Session, case: Case) -> dict[int, list[Mark]]:
    """Everyone's marks by answer, in no one's order but the members' ids; none before the reveal."""
    if not case.is_revealed:
        return {}
    by_answer: dict[int, list[Mark]] = {}
    for mark in _read_marks(session, _marks(case).order_by(PanelMark.member_id)):
        by_answer.setdefault(mark.answer_id, []).append(mark)
    return by_answer


def _marks(case: Case) -> Select[PanelMark, PanelMarkRevision]:
    return (
        select(PanelMark, PanelMarkRevision)
        .join(
            PanelMarkRevision,
            and_(
                PanelMarkRevision.mark_id == PanelMark.id,
                PanelMarkRevision.number == PanelMark.number,
            ),
        )
        .join(SnapshotAnswer, SnapshotAnswer.id == PanelMark.snapshot_answer_id)
        .where(SnapshotAnswer.snapshot_id == case.snapshot.id)
    )


def _read_marks(session: Session, query: Select[PanelMark, PanelMarkRevision]) -> Iterable[Mark]:
    for head, revision in session.execute(query):
        yield Mark(
            answer_id=head.snapshot_answer_id,
            member_id=head.member_id,
            number=head.number,
            blind=head.blind,
            grade=head.grade_key,
            rationale=revision.rationale,
            note=revision.note,
            saved_at=revision.saved_at,
        )


def settled_grades(session: Session, case: Case) -> dict[int, Settled]:
    """What is settled so far, by answer."""
    found = session.execute(
        select(SettledGrade, SettledGradeRevision)
        .join(
            SettledGradeRevision,
            and_(
                SettledGradeRevision.settled_id == SettledGrade.id,
                SettledGradeRevision.number == SettledGrade.number,
            ),
        )
        .join(SnapshotAnswer, SnapshotAnswer.id == SettledGrade.snapshot_answer_id)
        .where(SnapshotAnswer.snapshot_id == case.snapshot.id)
    )
    return {
        head.snapshot_answer_id: Settled(
            answer_id=head.snapshot_answer_id,
            number=head.number,
            grade=head.grade_key,
            rationale=revision.rationale,
        )
        for head, revision in found
    }


def feedback_of(session: Session, case: Case) -> tuple[Feedback | None, FeedbackRevision | None]:
    """The submission's feedback and what it says as it stands, released or not."""
    found = session.execute(
        select(Feedback, FeedbackRevision)
        .join(
            FeedbackRevision,
            and_(
                FeedbackRevision.feedback_id == Feedback.id,
                FeedbackRevision.number == Feedback.number,
            ),
        )
        .where(Feedback.snapshot_id == case.snapshot.id)
    ).one_or_none()
    return (found[0], found[1]) if found else (None, None)
