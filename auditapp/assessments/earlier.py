"""What the organisation said last time, beside what it is asked now."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from auditapp.assessments.models import Assessment, Snapshot, SnapshotAnswer
from auditapp.assessments.rules import Content
from auditapp.assessments.setting import Setting
from auditapp.assessments.standing import content_from
from auditapp.policy.roles import Viewer
from auditapp.policy.scope import visible
from auditapp.questionnaires.comparing import Change, compare
from auditapp.questionnaires.library import questionnaire_of
from auditapp.questionnaires.mapping import steps_of
from auditapp.questionnaires.models import QuestionnaireVersion
from auditapp.questionnaires.scales import Scale
from auditapp.questionnaires.schema import Questionnaire
from auditapp.questionnaires.tracing import At, kin, pairs_between
from auditapp.rounds.models import Round
from auditapp.rounds.queries import questionnaire_of_round


@dataclass(frozen=True)
class Earlier:
    """One submitted answer of an earlier round, with the scale it was graded on then.

    `asked_as` is the title it was asked under; `change` what has become of its question since;
    `also` are the answers to the other questions that were merged into the same one.
    """

    period: str
    submitted_at: datetime
    content: Content
    scale: Scale
    asked_as: str
    change: Change
    also: "tuple[Earlier, ...]" = ()

    @property
    def all(self) -> "tuple[Earlier, ...]":
        return (self, *self.also)

    @property
    def is_comparable(self) -> bool:
        """Whether a grade then and a grade now are of one series."""
        return not self.change.breaks


def earlier_answers(
    session: Session, viewer: Viewer, setting: Setting, keys: Collection[str]
) -> dict[str, Earlier]:
    """Question key -> what the organisation's latest submission in an earlier round of the same
    questionnaire said of what the question was then, if the viewer may read that; only of what was
    graded. Two statements."""
    now = setting.asked.questionnaire
    steps = steps_of(session, setting.round.partnership_id, now.key)
    rows = _submitted(session, viewer, setting, kin(steps, keys))
    if not rows:
        return {}
    version_id = rows[0].questionnaire_version_id
    then = questionnaire_of(session, version_id)
    at = At(then.version, version_id), At(now.version, setting.round.questionnaire_version_id)
    changes = compare(then, now, pairs_between(steps, *at), only=keys)
    answers = {row.SnapshotAnswer.question_key: row for row in rows}
    found = {}
    for change in changes:
        told = [_told(then, answers[key], change) for key in change.before if key in answers]
        if graded := [one for one in told if one is not None]:
            found[str(change.after)] = replace(graded[0], also=tuple(graded[1:]))
    return found


def answered_before(session: Session, round_: Round, organisation_ids: Collection[int]) -> set[int]:
    """Which of these organisations submitted the round's questionnaire in an earlier round: one
    statement."""
    query = (
        _earlier(questionnaire_of_round(session, round_).key, round_)
        .with_only_columns(Assessment.organisation_id)
        .where(Assessment.organisation_id.in_(organisation_ids))
    )
    return set(session.scalars(query))


def each_once(earlier: Mapping[str, Earlier]) -> list[Earlier]:
    """Every answer one time, also where its question was split."""
    answers = [one for first in earlier.values() for one in first.all]
    return list({one.asked_as: one for one in answers}.values())


def _told(then: Questionnaire, row: Any, change: Change) -> Earlier | None:
    answer: SnapshotAnswer = row.SnapshotAnswer
    question = then.question(answer.question_key)
    scale = then.scale_for(question)
    if scale is None:
        return None
    content = content_from(answer.value, answer.grade_key, answer.not_applicable_reason)
    return Earlier(row.period, row.submitted_at, content, scale, question.title, change)


def _submitted(
    session: Session, viewer: Viewer, setting: Setting, keys: Collection[str]
) -> Sequence[Row[SnapshotAnswer, datetime, str, int]]:
    query = (
        select(SnapshotAnswer, Snapshot.submitted_at, Round.period, Round.questionnaire_version_id)
        .join(Snapshot, Snapshot.id == SnapshotAnswer.snapshot_id)
        .join(Assessment, Assessment.id == Snapshot.assessment_id)
        .join(Round, Round.id == Assessment.round_id)
        .where(
            Snapshot.id == _latest(setting).scalar_subquery(),
            SnapshotAnswer.question_key.in_(keys),
        )
    )
    return session.execute(visible(query, viewer)).all()


def _latest(setting: Setting) -> Select[int]:
    """Id of the latest submission before this round, of the same questionnaire."""
    return (
        _earlier(setting.asked.questionnaire.key, setting.round)
        .where(Assessment.organisation_id == setting.assessment.organisation_id)
        .order_by(Round.opens_on.desc(), Snapshot.number.desc())
        .limit(1)
    )


def _earlier(key: str, round_: Round) -> Select[int]:
    """Ids of the submissions of the questionnaire `key` in rounds that opened before `round_`."""
    return (
        select(Snapshot.id)
        .join(Assessment, Assessment.id == Snapshot.assessment_id)
        .join(Round, Round.id == Assessment.round_id)
        .join(QuestionnaireVersion, QuestionnaireVersion.id == Round.questionnaire_version_id)
        .where(Round.opens_on < round_.opens_on, QuestionnaireVersion.key == key)
    )
