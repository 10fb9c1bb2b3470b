"""Settling a conflict: what one person typed and another saved become one answer."""

from uuid import uuid4

from sqlalchemy.orm import Session

from auditapp.assessments.answers import save_answer
from auditapp.assessments.models import Address
from auditapp.assessments.rules import NOT_APPLICABLE, Content
from auditapp.assessments.saving import Saved, Saving
from auditapp.policy.roles import Viewer
from auditapp.questionnaires.questions import Question
from auditapp.questionnaires.values import typed_of


def settle_versions(
    session: Session,
    viewer: Viewer,
    at: Address,
    mine: Saving,
    result: Content,
    question: Question,
) -> Saved:
    """Keep `mine` as a revision, and `result` as the one after it: both stay in the history.

    `mine` is based on the revision that was shown beside it. Call it inside a `transaction`, so
    that nobody sees the one without the other. To decide later, `result` is what they saved:
    theirs stays the answer, mine is among its saved versions. Raises as `save_answer` does; `AnswerStale` if
    someone saved again meanwhile.
    """
    kept = save_answer(session, viewer, at, mine)
    then = saving_of(result, question, based_on=kept.revision, save_id=f"{mine.save_id}:settled")
    return save_answer(session, viewer, at, then)


def saving_of(content: Content, question: Question, *, based_on: int, save_id: str = "") -> Saving:
    """The save that makes an answer say `content`."""
    return Saving(
        grade=NOT_APPLICABLE if content.is_not_applicable else content.grade,
        typed=typed_of(question.answer, content.value),
        not_applicable_reason=content.reason or "",
        commentary=content.commentary,
        impact=content.impact,
        action_what=content.planned.what,
        action_owner=content.planned.owner,
        action_due=content.planned.due,
        based_on=based_on,
        save_id=save_id or str(uuid4()),
    )
