"""How far many assessments are, counted as their leads count: one statement for any number."""

from collections.abc import Mapping
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import Executable, and_, exists, select
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
AT_A_TIME = 500


class HowFar(NamedTuple):
    """How many questions are complete, of those that are asked after the answers so far."""

    done: int
    total: int


def how_far(session: Session, asked: Mapping[int, Asked]) -> dict[int, HowFar]:
    """Assessment id -> how far it is, as the head of its task list says. `asked`: what each is."""
    today, rows = clock.today(), session.execute(_answers_of(list(asked)))
    far = {
        key: _counted(asked[key], dict(map(_view, answers)), today)
        for key, answers in groupby(rows, key=attrgetter("assessment_id"))
    }
    return {key: far.get(key) or _counted(whole, {}, today) for key, whole in asked.items()}


def _counted(asked: Asked, views: Views, today: date) -> HowFar:
    now = asked.shown_for({key: view.content.said for key, view in views.items()})
    questions = [it for section in now.sections for it in section.questions if it.is_answered]
    done = sum(
        not rules.needs_of(now.scale_for(it) or it, views.get(it.key, NOTHING), today)
        for it in questions
    )
    return HowFar(done, len(questions))


def _view(row: Any) -> tuple[str, AnswerView]:
    content = content_from(row.value, row.grade_key, row.not_applicable_reason)
    view = AnswerView(content=content, cited=int(row.cited), action_done=row.action_done)
    return row.question_key, view


def _answers_of(assessment_ids: list[int]) -> Executable:
    """By assessment, columns and not objects, and some at a time: a large round has ten thousand
    answers, which no worker should hold at once."""
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
    return (
        select(
            Answer.assessment_id,
            Answer.question_key,
            AnswerRevision.value,
            AnswerRevision.grade_key,
            AnswerRevision.not_applicable_reason,
            cites.label("cited"),
            has_done.label("action_done"),
        )
        .join(
            AnswerRevision,
            and_(AnswerRevision.answer_id == Answer.id, AnswerRevision.number == Answer.number),
        )
        .where(Answer.assessment_id.in_(assessment_ids), Answer.instance == "")
        .order_by(Answer.assessment_id)
        .execution_options(yield_per=AT_A_TIME)
    )
