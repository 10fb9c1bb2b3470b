"""Where an organisation's evidence is used: cited now, or cited in a submission."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from auditapp.assessments.citing import submitted_items
from auditapp.assessments.models import Citation
from auditapp.assessments.setting import Setting, settings_of
from auditapp.evidence.models import EvidenceItem
from auditapp.evidence.queries import Card, library
from auditapp.policy.roles import Viewer


@dataclass(frozen=True)
class Use:
    """That a standard cites the item."""

    label: str  # "8.3, 2026"
    assessment_ref: str
    section_key: str
    question_key: str


@dataclass(frozen=True)
class Held:
    item: EvidenceItem
    card: Card
    uses: list[Use]
    is_submitted: bool


def held(session: Session, viewer: Viewer) -> list[Held]:
    """The viewer's organisation's library with its uses: four statements."""
    items = library(session, viewer)
    settings = {setting.assessment.id: setting for setting in settings_of(session, viewer)}
    uses = _uses(session, settings)
    submitted = submitted_items(session, [item.id for item in items])
    return [
        Held(item, Card.of(item), uses.get(item.id, []), item.id in submitted) for item in items
    ]


def _uses(session: Session, settings: dict[int, Setting]) -> dict[int, list[Use]]:
    query = (
        select(Citation)
        .where(Citation.assessment_id.in_(settings), Citation.removed_at.is_(None))
        .order_by(Citation.id)
    )
    uses: dict[int, list[Use]] = defaultdict(list)
    for row in session.scalars(query):
        setting = settings[row.assessment_id]
        if row.question_key in setting.asked.keys:
            number = setting.asked.number_of(row.question_key)
            section = setting.asked.section_of(row.question_key).key
            label = f"{number}, {setting.round.period}"
            use = Use(label, setting.assessment.ref, section, row.question_key)
            uses[row.evidence_item_id].append(use)
    return dict(uses)
