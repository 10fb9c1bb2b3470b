"""What waits for the business unit today: a few statements, however many rounds there are."""

from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from auditapp.accounts.models import Assignment, Membership
from auditapp.assessments.models import Assessment
from auditapp.policy.roles import Role, Viewer
from auditapp.policy.scope import visible
from auditapp.policy.states import OUTSIDE_BASE, SUBMITTED_STATES, Status
from auditapp.rounds.models import Round, RoundState


@dataclass(frozen=True)
class RoundToday:
    """A round that is not closed, and how many of its assessments stand where."""

    round: Round
    counts: Counter[Status] = field(default_factory=Counter)
    unallocated: int = 0  # submitted and given to nobody of the panel

    @property
    def submitted(self) -> int:
        return sum(self.counts[status] for status in SUBMITTED_STATES)

    @property
    def base(self) -> int:
        return sum(n for status, n in self.counts.items() if status not in OUTSIDE_BASE)

    @property
    def awaited(self) -> int:
        return self.base - self.submitted

    @property
    def to_release(self) -> int:
        return self.counts[Status.MODERATION_COMPLETED]


def rounds_today(session: Session, viewer: Viewer) -> list[RoundToday]:
    """The partnership's rounds that are planned or open, the earliest due first; two statements
    and one of the rounds' partnerships."""
    query = select(Round).where(Round.state != RoundState.CLOSED).order_by(Round.due_on, Round.id)
    rounds = list(session.scalars(visible(query, viewer)))
    given = (
        select(Assignment.id)
        .join(Membership, Membership.id == Assignment.membership_id)
        .where(
            Assignment.assessment_id == Assessment.id,
            Assignment.withdrawn_at.is_(None),
            Membership.role == Role.PANEL_MEMBER,
        )
    )
    is_given = given.exists()
    counting = (
        select(Assessment.round_id, Assessment.status, is_given, func.count())
        .where(Assessment.round_id.in_([row.id for row in rounds]), Assessment.visible_to(viewer))
        .group_by(Assessment.round_id, Assessment.status, is_given)
    )
    counts: dict[int, Counter[Status]] = {row.id: Counter() for row in rounds}
    unallocated: Counter[int] = Counter()
    for round_id, status, allocated, number in session.execute(counting):
        counts[round_id][status] += number
        if status == Status.SUBMITTED and not allocated:
            unallocated[round_id] += number
    return [RoundToday(row, counts[row.id], unallocated[row.id]) for row in rounds]
