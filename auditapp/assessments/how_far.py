"""How far many assessments are, counted as their leads count: one statement for any number."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from sqlalchemy import and_, exists, select
from sqlalchemy.orm import Session

from auditapp.actions.models import Action
from auditapp.actions.service import FROM_ANSWER
from auditapp.assessments import rules
from auditapp.assessments.models import Answer, AnswerRevision, Citation
from auditapp.assessments.rules import AnswerView
from auditapp.assessments.standing import content_from
from auditapp.core import clock
from auditapp.questionnaires.schema import Asked

Views = Mapping[str, AnswerView]
NOTHING = AnswerView()


class HowFar(NamedTuple):
    """How many questions are complete, of those that are asked after the answers so far."""

    done: int
    total: int


def how_far(session: Session, asked: Mapping[int, Asked]) -> dict[int, HowFar]:
    """Assessment id -> how far it is, as the head of its task list says. `asked`: what each is."""
    views, today = _views(session, list(asked)), clock.today()
    return {key: _counted(whole, views[key], today) for key, whole in asked.items()}


def _counted(asked: Asked, views: Views, today: date) -> HowFar:
    now = asked.shown_for({key: view.content.said for key, view in views.items()})
    questions = [it for section in now.sections for it in section.questions if it.is_answered]
    done = sum(
        not rules.needs_of(now.scale_for(it) or it, views.get(it.key, NOTHING), today)
        for it in questions
    )
    return HowFar(done, len(questions))


def _views(session: Session, assessment_ids: list[int]) -> defaultdict[int, dict[str, AnswerView]]:
    """Columns, not objects: a large round has ten thousand answers."""
    cites = exists().where(
        Citation.assessment_id == Answer.assessment_id,
        Citation.question_key == Answer.question_key,
        Citation.removed_at.is_(None),
    )
    has_done = exists().where(
        Action.assessment_id == Answer.assessment_id,
        Action.standard_key == Answer.question_key,
        Action.origin == FROM_ANSWER,
        Action.removed_at.is_(None),
        Action.done_on.is_not(None),
    )
    query = (
        select(
            Answer.assessment_id,
            Answer.question_key,
            AnswerRevision.value,
            AnswerRevision.grade_key,
            AnswerRevision.not_applicable_reason,
            cites,
            has_done,
        )
        .join(
            AnswerRevision,
            and_(AnswerRevision.answer_id == Answer.id, AnswerRevision.number == Answer.number),
        )
        .where(Answer.assessment_id.in_(assessment_ids), Answer.instance == "")
    )
    views: defaultdict[int, dict[str, AnswerView]] = defaultdict(dict)
    for assessment_id, key, value, grade, reason, cited, done in session.execute(query):
        content = content_from(value, grade, reason)
        views[assessment_id][key] = AnswerView(content=content, cited=int(cited), action_done=done)
    return views
