"""Published questionnaires as pages show them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from auditapp.policy.roles import Viewer
from auditapp.policy.scope import visible
from auditapp.questionnaires.library import questionnaire_of
from auditapp.questionnaires.models import LIBRARY, QuestionnaireVersion
from auditapp.questionnaires.schema import Questionnaire


@dataclass(frozen=True)
class VersionLine:
    id: int
    ref: str
    version: int
    published_at: datetime


@dataclass(frozen=True)
class QuestionnaireLine:
    """A questionnaire by its newest version; `older` are the versions before it."""

    newest: VersionLine
    older: list[VersionLine]
    is_own: bool
    questionnaire: Questionnaire


def version_by_ref(ref: str) -> Select[QuestionnaireVersion]:
    return select(QuestionnaireVersion).where(QuestionnaireVersion.ref == ref)


def questionnaires_shown(session: Session, viewer: Viewer) -> list[QuestionnaireLine]:
    """Shipped ones and the partnership's own, by title, each with its versions."""
    columns = (
        QuestionnaireVersion.id,
        QuestionnaireVersion.ref,
        QuestionnaireVersion.version,
        QuestionnaireVersion.published_at,
        QuestionnaireVersion.owner_id,
        QuestionnaireVersion.key,
    )
    query = select(*columns).order_by(QuestionnaireVersion.key, QuestionnaireVersion.version.desc())
    grouped: dict[tuple[int, str], list[VersionLine]] = {}
    for row in session.execute(visible(query, viewer)):
        line = VersionLine(row.id, row.ref, row.version, row.published_at)
        grouped.setdefault((row.owner_id, row.key), []).append(line)
    return [
        QuestionnaireLine(newest, older, owner_id != LIBRARY, questionnaire_of(session, newest.id))
        for (owner_id, _), (newest, *older) in grouped.items()
    ]
