"""The rounds of one organisation as the partnership sees them: where it stands, and why."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, lazyload

from auditapp.assessments.decisions import Decision, decisions_about
from auditapp.assessments.models import Assessment
from auditapp.policy.roles import Viewer
from auditapp.policy.scope import visible
from auditapp.policy.states import Status
from auditapp.rounds.models import Round


@dataclass(frozen=True)
class Part:
    """An organisation's part in one round; `decisions` of the partnership, the latest first."""

    round_ref: str
    round_title: str
    status: Status
    decisions: list[Decision]


def parts_in_rounds(session: Session, viewer: Viewer, organisation_id: int) -> list[Part]:
    """The organisation's parts that the viewer may see, of the latest round first: two statements
    at most."""
    query = (
        select(Assessment, Round.ref, Round.title)
        .join(Round, Round.id == Assessment.round_id)
        .options(lazyload(Assessment.shared_with))
        .where(Assessment.organisation_id == organisation_id)
        .order_by(Round.due_on.desc(), Assessment.id.desc())
    )
    rows = session.execute(visible(query, viewer)).all()
    decided = decisions_about(session, viewer, [row[0].id for row in rows]) if rows else {}
    return [
        Part(ref, title, Status(assessment.status), decided.get(assessment.id, []))
        for assessment, ref, title in rows
    ]
