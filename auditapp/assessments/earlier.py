"""What the organisation said last time, beside what it is asked now."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from auditapp.assessments.models import Assessment, Snapshot, SnapshotAnswer
from auditapp.assessments.rules import Content
from auditapp.assessments.setting import Setting
from auditapp.assessments.standing import content_from
from auditapp.policy.roles import Viewer
from auditapp.policy.scope import visible
from auditapp.questionnaires.library import questionnaire_of
from auditapp.questionnaires.models import QuestionnaireVersion
from auditapp.questionnaires.scales import Scale
from auditapp.rounds.models import Round


@dataclass(frozen=True)
class Earlier:
    """One submitted answer of an earlier round, with the scale it was graded on then."""

    period: str
    submitted_at: datetime
    content: Content
    scale: Scale


def earlier_answers(
    session: Session, viewer: Viewer, setting: Setting, keys: Collection[str]
) -> dict[str, Earlier]:
    """Question key -> the answer of the organisation's latest submission in an earlier round of
    the same questionnaire, if the viewer may read that. One statement."""
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
    found = {}
    for row, submitted_at, period, version_id in session.execute(visible(query, viewer)):
        scale = questionnaire_of(session, version_id).scale_of(row.question_key)
        content = content_from(row.value, row.grade_key, row.not_applicable_reason)
        found[row.question_key] = Earlier(period, submitted_at, content, scale)
    return found


def _latest(setting: Setting) -> Select[int]:
    """Id of the latest submission before this round, of the same questionnaire."""
    return (
        select(Snapshot.id)
        .join(Assessment, Assessment.id == Snapshot.assessment_id)
        .join(Round, Round.id == Assessment.round_id)
        .join(QuestionnaireVersion, QuestionnaireVersion.id == Round.questionnaire_version_id)
        .where(
            Assessment.organisation_id == setting.assessment.organisation_id,
            Round.opens_on < setting.round.opens_on,
            QuestionnaireVersion.key == setting.asked.questionnaire.key,
        )
        .order_by(Round.opens_on.desc(), Snapshot.number.desc())
        .limit(1)
    )
