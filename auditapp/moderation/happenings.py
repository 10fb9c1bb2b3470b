"""What moderation leaves in the trail. Audience: the panel's acts are the panel's until release."""

from dataclasses import dataclass
from typing import ClassVar, TypedDict

from auditapp.assessments.models import Assessment
from auditapp.core.events import Audience, Happening
from auditapp.rounds.models import Round


class Subject(TypedDict):
    """Whom and what an event is about, as `Happening` names it."""

    partnership_id: int
    organisation_id: int
    round_id: int
    assessment_id: int


def about(assessment: Assessment, round_: Round) -> Subject:
    return Subject(
        partnership_id=round_.partnership_id,
        organisation_id=assessment.organisation_id,
        round_id=assessment.round_id,
        assessment_id=assessment.id,
    )


@dataclass(frozen=True, kw_only=True)
class AssessmentAllocated(Happening):
    """`given` and `withdrawn` are memberships."""

    kind: ClassVar[str] = "assessment-allocated"
    audience: ClassVar[Audience] = Audience.PARTNERSHIP

    assessment_id: int
    given: list[int]
    withdrawn: list[int]


@dataclass(frozen=True, kw_only=True)
class AnswerMarked(Happening):
    """`revision` is that of the actor's own mark; `grade_before` is None at its first."""

    kind: ClassVar[str] = "answer-marked"
    audience: ClassVar[Audience] = Audience.PANEL

    assessment_id: int
    snapshot_answer_id: int
    revision: int
    self_grade: str | None
    grade_before: str | None
    grade: str | None


@dataclass(frozen=True, kw_only=True)
class AnswersAgreed(Happening):
    """One act: what was left of a section was agreed, `count` by grade ("" is no grade)."""

    kind: ClassVar[str] = "answers-agreed"
    audience: ClassVar[Audience] = Audience.PANEL

    assessment_id: int
    section_key: str
    snapshot_answer_ids: list[int]
    count: int
    by_grade: dict[str, int]


@dataclass(frozen=True, kw_only=True)
class GradesRevealed(Happening):
    kind: ClassVar[str] = "grades-revealed"
    audience: ClassVar[Audience] = Audience.PANEL

    assessment_id: int
    members_done: int
    members: int


@dataclass(frozen=True, kw_only=True)
class GradeSettled(Happening):
    kind: ClassVar[str] = "grade-settled"
    audience: ClassVar[Audience] = Audience.PANEL

    assessment_id: int
    snapshot_answer_id: int
    revision: int
    self_grade: str | None
    grade_before: str | None
    grade: str | None


@dataclass(frozen=True, kw_only=True)
class ModerationCompleted(Happening):
    """Of `standards`, how many grades were kept, raised, lowered, or given where there was none;
    `proposed` were settled by this very act, as the members agreed."""

    kind: ClassVar[str] = "moderation-completed"
    audience: ClassVar[Audience] = Audience.PANEL

    assessment_id: int
    standards: int
    proposed: list[int]
    kept: int
    raised: int
    lowered: int
    given: int


@dataclass(frozen=True, kw_only=True)
class FeedbackWritten(Happening):
    kind: ClassVar[str] = "feedback-written"
    audience: ClassVar[Audience] = Audience.PANEL

    assessment_id: int
    feedback_id: int
    revision: int


@dataclass(frozen=True, kw_only=True)
class FeedbackReleased(Happening):
    """`two_people`: whether the partnership asked that another released what one completed."""

    kind: ClassVar[str] = "feedback-released"
    audience: ClassVar[Audience] = Audience.ORGANISATION

    assessment_id: int
    feedback_id: int
    revision: int
    feedback_kind: str
    two_people: bool


@dataclass(frozen=True, kw_only=True)
class FeedbackConfirmed(Happening):
    """Someone at the organisation said "We have read this"."""

    kind: ClassVar[str] = "feedback-confirmed"
    audience: ClassVar[Audience] = Audience.ORGANISATION

    assessment_id: int
    feedback_id: int
