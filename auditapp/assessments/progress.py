"""How far everyone invited to a round is: what its page shows, in statements that do not grow."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from auditapp.accounts.models import Membership
from auditapp.accounts.queries import held_on
from auditapp.assessments.models import Assessment
from auditapp.core import clock
from auditapp.organisations.models import Organisation, Registration
from auditapp.policy.roles import Role, Viewer
from auditapp.policy.scope import visible
from auditapp.policy.states import OUTSIDE_BASE, SUBMITTED_STATES, Status
from auditapp.rounds.models import Round


@dataclass(frozen=True, kw_only=True)
class Line:
    """One organisation's part in a round. It is a subject of permissions, as the assessment is."""

    id: int
    ref: str
    organisation_id: int
    round_id: int
    status: Status
    due_on: date | None
    sent_at: datetime | None
    started_at: datetime | None
    submitted_at: datetime | None
    organisation_ref: str
    name: str
    code: str
    type: str
    phase: str
    has_lead: bool
    partnership_ids: Collection[int]

    @property
    def is_submitted(self) -> bool:
        return self.status in SUBMITTED_STATES

    @property
    def is_outside(self) -> bool:
        """Excused or closed: not in the base of the completion rate."""
        return self.status in OUTSIDE_BASE

    @property
    def is_awaited(self) -> bool:
        return not self.is_submitted and not self.is_outside


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which lines a page shows; empty fields ask for nothing. `state`: a status or a group."""

    name: str = ""
    state: str = ""
    phase: str = ""
    type: str = ""
    trust: str = ""

    def lets(self, line: Line, trust: str = "") -> bool:
        """Whether the line of an organisation of that trust is shown."""
        named = f"{line.name} {line.code}".casefold()
        return (
            self.name.strip().casefold() in named
            and self._in_state(line)
            and self.phase in ("", line.phase)
            and self.type in ("", line.type)
            and self.trust in ("", trust)
        )

    def _in_state(self, line: Line) -> bool:
        match self.state:
            case "":
                return True
            case "awaited":
                return line.is_awaited
            case "submitted":
                return line.is_submitted
            case "no-lead":
                return line.is_awaited and not line.has_lead
            case state:
                return line.status == state


@dataclass(frozen=True)
class Tally:
    """How many stand where; `base` is everyone but those excused and closed."""

    not_started: int
    in_progress: int
    awaiting: int
    submitted: int
    excused: int
    closed: int

    @property
    def base(self) -> int:
        return self.not_started + self.in_progress + self.awaiting + self.submitted

    @property
    def awaited(self) -> int:
        return self.base - self.submitted

    @classmethod
    def of(cls, lines: Collection[Line]) -> "Tally":
        counts = Counter(line.status for line in lines)
        return cls(
            not_started=counts[Status.NOT_STARTED],
            in_progress=counts[Status.IN_PROGRESS],
            awaiting=counts[Status.AWAITING_SIGN_OFF],
            submitted=sum(counts[status] for status in SUBMITTED_STATES),
            excused=counts[Status.EXCUSED],
            closed=counts[Status.CLOSED],
        )


def lines_of(session: Session, viewer: Viewer, round_: Round) -> list[Line]:
    """Every assessment of the round that the viewer may see, by name: one statement."""
    lead = select(Membership.id).where(
        Membership.organisation_id == Assessment.organisation_id,
        Membership.role == Role.LEAD,
        held_on(clock.today()),
    )
    query = (
        select(
            Assessment.id,
            Assessment.ref,
            Assessment.organisation_id,
            Assessment.round_id,
            Assessment.status,
            Assessment.due_on,
            Assessment.sent_at,
            Assessment.started_at,
            Assessment.submitted_at,
            Organisation.ref.label("organisation_ref"),
            Organisation.name,
            Registration.code,
            Registration.type,
            Registration.phase,
            lead.exists().label("has_lead"),
        )
        .join(Organisation, Organisation.id == Assessment.organisation_id)
        .join(Registration, Registration.id == Assessment.registration_id)
        .where(Assessment.round_id == round_.id)
        .order_by(Organisation.name, Organisation.id)
    )
    rows = session.execute(visible(query, viewer))
    # Only what is shared with the viewer's partnership is selected.
    return [
        Line(
            **{**row._mapping, "status": Status(row.status)}, partnership_ids=viewer.partnership_ids
        )
        for row in rows
    ]


def name_of(session: Session, assessment: Assessment) -> str:
    """The name of the place whose assessment this is, for one who may see the assessment."""
    named = select(Organisation.name).where(Organisation.id == assessment.organisation_id)
    return session.scalars(named).one()
