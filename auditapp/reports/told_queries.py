"""What was submitted besides grades."""

from collections.abc import Collection

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from auditapp.assessments.models import Assessment, Snapshot, SnapshotAnswer
from auditapp.policy.roles import Viewer
from auditapp.policy.states import SUBMITTED_STATES
from auditapp.reports.aggregate.told import ToldRow
from auditapp.reports.queries import shared_with
from auditapp.reports.rounds import ReportedRound


def told_rows(
    session: Session, viewer: Viewer, round_: ReportedRound, keys: Collection[str]
) -> tuple[int, list[ToldRow]]:
    """How many assessments are submitted, and what their latest submissions say under `keys`."""
    query = (
        select(
            Snapshot.id,
            SnapshotAnswer.question_key,
            SnapshotAnswer.value,
            SnapshotAnswer.not_applicable_reason,
        )
        .select_from(Snapshot)
        .join(Assessment, Assessment.id == Snapshot.assessment_id)
        .outerjoin(
            SnapshotAnswer,
            and_(SnapshotAnswer.snapshot_id == Snapshot.id, SnapshotAnswer.question_key.in_(keys)),
        )
        .where(
            Assessment.round_id == round_.id,
            Assessment.status.in_(SUBMITTED_STATES),
            Snapshot.number == Assessment.snapshot_number,
            shared_with(viewer),
        )
    )
    found = session.execute(query).all()
    rows = [
        ToldRow(key, value.get("value"), reason is not None)
        for _, key, value, reason in found
        if key is not None
    ]
    return len({row[0] for row in found}), rows
