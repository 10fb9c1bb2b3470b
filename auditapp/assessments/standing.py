"""An answer as it stands: its head, its latest revision, and what hangs on it."""

from dataclasses import dataclass

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session, aliased

from auditapp.actions.models import Action
from auditapp.actions.rules import Planned
from auditapp.actions.service import FROM_ANSWER
from auditapp.assessments.models import Address, Answer, AnswerRevision, Assessment, Citation
from auditapp.assessments.rules import Basis, Content
from auditapp.core.db import Document
from auditapp.questionnaires.scales import Scale
from auditapp.questionnaires.values import number_of


@dataclass(frozen=True)
class Standing:
    """An answer as it stands under the lock: its head, latest revision, and what hangs on it."""

    head: Answer | None
    current: AnswerRevision | None
    replayed: AnswerRevision | None
    cited: int
    action_done: bool

    @property
    def number(self) -> int:
        return self.head.number if self.head else 0

    @property
    def content(self) -> Content:
        return content_of(self.current)


def standing_of(session: Session, assessment_id: int, at: Address, save_id: str) -> Standing:
    """The answer at `at`, and the revision that `save_id` made, in one statement."""
    row = session.execute(_standing_query(assessment_id, at, save_id)).one()
    head, current, replayed, cited, done = row
    return Standing(head, current, replayed, cited, bool(done))


def _standing_query(
    assessment_id: int, at: Address, save_id: str
) -> Select[Answer, AnswerRevision, AnswerRevision, int, int]:
    """One row whether or not there is an answer yet."""
    current, replayed = aliased(AnswerRevision), aliased(AnswerRevision)
    cited = (
        select(func.count(Citation.id))
        .where(
            Citation.assessment_id == assessment_id,
            Citation.question_key == at.question_key,
            Citation.instance == at.instance,
            Citation.removed_at.is_(None),
        )
        .scalar_subquery()
    )
    done = (
        select(func.count(Action.id))
        .where(
            Action.assessment_id == assessment_id,
            Action.standard_key == at.question_key,
            Action.origin == FROM_ANSWER,
            Action.done_on.is_not(None),
        )
        .scalar_subquery()
    )
    return (
        select(Answer, current, replayed, cited, done)
        .select_from(Assessment)
        .outerjoin(
            Answer,
            and_(
                Answer.assessment_id == Assessment.id,
                Answer.question_key == at.question_key,
                Answer.instance == at.instance,
            ),
        )
        .outerjoin(current, and_(current.answer_id == Answer.id, current.number == Answer.number))
        .outerjoin(replayed, and_(replayed.answer_id == Answer.id, replayed.save_id == save_id))
        .where(Assessment.id == assessment_id)
        .execution_options(populate_existing=True)
    )


def revision_numbered(session: Session, standing: Standing, number: int) -> AnswerRevision | None:
    """An older revision of the answer; None for 0, which says nothing."""
    if standing.head is None or number == 0:
        return None
    return session.scalars(
        select(AnswerRevision).where(
            AnswerRevision.answer_id == standing.head.id, AnswerRevision.number == number
        )
    ).one_or_none()


def content_of(revision: AnswerRevision | None) -> Content:
    """What a revision says; no revision says nothing."""
    if revision is None:
        return Content()
    return content_from(revision.value, revision.grade_key, revision.not_applicable_reason)


def content_from(value: Document, grade_key: str | None, reason: str | None) -> Content:
    return Content(
        grade=grade_key,
        value=value.get("value"),
        reason=reason,
        commentary=value.get("commentary", ""),
        impact=value.get("impact", ""),
        planned=Planned.from_json(value.get("action")),
    )


def numeric_of(basis: Basis, content: Content) -> float | None:
    """The number that SQL counts, where the question takes one."""
    if isinstance(basis, Scale):
        return None
    number = number_of(basis.answer, content.value)
    return None if number is None else float(number)


def value_of(content: Content) -> Document:
    """The words of an answer, as revisions and submissions keep them."""
    value: Document = {"commentary": content.commentary, "impact": content.impact}
    if content.value is not None:
        value["value"] = content.value
    if content.planned:
        value["action"] = content.planned.as_json
    return value
