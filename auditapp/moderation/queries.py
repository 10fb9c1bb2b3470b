"""What moderation reads: an assessment with its latest submission."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import Session, defer, lazyload

from auditapp.accounts.queries import refreshed
from auditapp.assessments.models import Assessment, Snapshot, SnapshotAnswer, SnapshotCitation
from auditapp.core.errors import NOT_FOUND, Missing
from auditapp.evidence.models import Blob
from auditapp.moderation.models import Moderation
from auditapp.organisations.types import Duty, duty_words
from auditapp.policy.permissions import Permission, require
from auditapp.policy.roles import Viewer
from auditapp.policy.scope import get_visible_or_404, visible
from auditapp.questionnaires.library import questionnaire_of
from auditapp.questionnaires.questions import Question
from auditapp.questionnaires.scales import Scale
from auditapp.questionnaires.schema import Asked
from auditapp.questionnaires.values import Shown, shown_of
from auditapp.rounds.models import Round


@dataclass(frozen=True, kw_only=True)
class Case:
    """An assessment with its latest submission, without what was answered."""

    assessment: Assessment
    round: Round
    snapshot: Snapshot
    moderation: Moderation | None

    @property
    def name(self) -> str:
        return self.snapshot.organisation_name

    @property
    def duty(self) -> Duty:
        return duty_words(self.snapshot.duty, self.snapshot.type)

    @property
    def title(self) -> str:
        """ "Section 157 assessment 2026"."""
        return self.round.assessment_title(self.duty)

    @property
    def title_within(self) -> str:
        """ "section 157 assessment 2026"."""
        return self.round.title_within(self.duty)

    @property
    def is_revealed(self) -> bool:
        return self.moderation is not None and self.moderation.revealed_at is not None


class Told(NamedTuple):
    """An answer that is no grade, in print."""

    label: str
    shown: list[Shown]
    applies: bool


@dataclass(frozen=True, kw_only=True)
class Submission(Case):
    """With every standard that was asked and is graded, in the order of its pages. `told` is what
    the organisation answered besides, by section: the panel reads it and grades nothing of it."""

    answers: tuple[SnapshotAnswer, ...]
    asked: Asked
    told: Mapping[str, list[Told]]

    def answer(self, question_key: str) -> SnapshotAnswer:
        """Raises `Missing` where that standard was not asked."""
        for answer in self.answers:
            if answer.question_key == question_key:
                return answer
        raise Missing(NOT_FOUND)

    def scale(self, answer: SnapshotAnswer) -> Scale:
        return self.asked.scale_of(answer.question_key)

    def question(self, answer: SnapshotAnswer) -> Question:
        return self.asked.question(answer.question_key)

    def label(self, answer: SnapshotAnswer) -> str:
        """ "8.3 Filtering and monitoring"."""
        return self.asked.label_of(answer.question_key)


def _told(asked: Asked, given: Mapping[str, SnapshotAnswer], due_on: date) -> dict[str, list[Told]]:
    found: dict[str, list[Told]] = defaultdict(list)
    for section in asked.sections:
        for question in section.questions:
            if not question.is_graded:
                answer = given[question.key]
                shown = shown_of(question.answer, answer.value.get("value"), due_on)
                applies = answer.not_applicable_reason is None
                found[section.key].append(Told(asked.label_of(question.key), shown, applies))
    return found


def assessment_called(ref: str) -> Select[Assessment]:
    return select(Assessment).where(Assessment.ref == ref)


def is_latest() -> ColumnElement[bool]:
    """Joins an assessment with its latest submission."""
    return and_(
        Snapshot.assessment_id == Assessment.id, Snapshot.number == Assessment.snapshot_number
    )


def case_of(session: Session, assessment: Assessment, number: int | None = None) -> Case:
    """The latest submission of an assessment that the viewer sees, or that of `number`. One
    statement.

    Raises:
        Missing: nothing was submitted.
    """
    wanted = assessment.snapshot_number if number is None else number
    found = session.execute(
        select(Round, Snapshot, Moderation)
        .select_from(Round)
        .join(Snapshot, Snapshot.assessment_id == assessment.id)
        .outerjoin(Moderation, Moderation.snapshot_id == Snapshot.id)
        .where(Round.id == assessment.round_id, Snapshot.number == wanted)
        .options(lazyload(Round.partnerships), defer(Snapshot.document))
    ).one_or_none()
    if found is None:
        raise Missing(NOT_FOUND)
    round_, snapshot, moderation = found
    return Case(assessment=assessment, round=round_, snapshot=snapshot, moderation=moderation)


def submission_of(session: Session, viewer: Viewer, assessment: Assessment) -> Submission:
    """As `case_of`, with its answers, as far as this viewer may read them. Two statements."""
    case = case_of(session, assessment)
    query = select(SnapshotAnswer).where(SnapshotAnswer.snapshot_id == case.snapshot.id)
    given = {answer.question_key: answer for answer in session.scalars(visible(query, viewer))}
    questionnaire = questionnaire_of(session, case.round.questionnaire_version_id)
    numbers = {key: answer.number for key, answer in given.items()}
    asked = Asked.numbered(questionnaire, numbers, case.snapshot.variant)
    graded = asked.graded
    return Submission(
        assessment=assessment,
        round=case.round,
        snapshot=case.snapshot,
        moderation=case.moderation,
        answers=tuple(given[key] for key in graded.keys),
        asked=graded,
        told=_told(asked, given, case.round.due_on),
    )


def under_lock(
    session: Session, viewer: Viewer, ref: str, permission: Permission
) -> tuple[Viewer, Submission]:
    """Viewer and submission, read again: for a service, as its first act.

    Raises:
        Missing, NotAllowed: the viewer may not see it, or not do that, any more.
    """
    viewer = refreshed(session, viewer)
    assessment = get_visible_or_404(session, assessment_called(ref), viewer)
    require(viewer, permission, assessment)
    return viewer, submission_of(session, viewer, assessment)


def cited_by(session: Session, answer: SnapshotAnswer) -> list[tuple[SnapshotCitation, str | None]]:
    """The evidence that a submitted answer cites, each with its file's media type, if a file."""
    found = session.execute(
        select(SnapshotCitation, Blob.media_type)
        .outerjoin(Blob, Blob.id == SnapshotCitation.blob_id)
        .where(SnapshotCitation.snapshot_answer_id == answer.id)
        .order_by(SnapshotCitation.id)
    )
    return [(citation, media_type) for citation, media_type in found]


def earlier_grades(session: Session, submission: Submission) -> dict[str, str | None]:
    """Self-grades of the submission before this one, by standard; empty where this is the first."""
    if submission.snapshot.number == 1:
        return {}
    found = session.execute(
        select(SnapshotAnswer.question_key, SnapshotAnswer.grade_key)
        .join(Snapshot, Snapshot.id == SnapshotAnswer.snapshot_id)
        .where(
            Snapshot.assessment_id == submission.assessment.id,
            Snapshot.number == submission.snapshot.number - 1,
        )
    )
    return {question_key: grade_key for question_key, grade_key in found}
