"""Where the assessments of a round stand, in all and by kind of place.

Source: docs/policy/figures.md, "Completion".
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from auditapp.documents.figures import Form, Share
from auditapp.policy.states import SUBMITTED_STATES, Status

NOBODY = "nobody"


class StandingRow(NamedTuple):
    """`number` assessments of a round in one state, of one kind of place."""

    round_id: int
    status: Status
    type: str
    phase: str
    trust: str
    number: int


@dataclass(frozen=True)
class Standing:
    """How many stand where. Excused and closed are outside the base."""

    submitted: int = 0
    awaiting: int = 0
    in_progress: int = 0
    not_started: int = 0
    excused: int = 0
    closed: int = 0

    @property
    def base(self) -> int:
        return self.submitted + self.partial + self.not_started

    @property
    def invited(self) -> int:
        return self.base + self.left_out

    @property
    def partial(self) -> int:
        """Started, and not submitted."""
        return self.awaiting + self.in_progress

    @property
    def unsubmitted(self) -> int:
        return self.partial + self.not_started

    @property
    def left_out(self) -> int:
        return self.excused + self.closed

    def share(self, number: int, places: int = 1, form: Form = Form.PERCENT) -> Share:
        """`number` of the base."""
        return Share(number, self.base, places, NOBODY, form)

    @property
    def rate(self) -> Share:
        """The completion rate."""
        return self.share(self.submitted)


@dataclass(frozen=True)
class Group:
    """The assessments of one type, phase or trust; "" is none of any."""

    key: str
    standing: Standing


def standing_of(rows: Iterable[StandingRow]) -> Standing:
    found = Counter[Status]()
    for row in rows:
        found[row.status] += row.number
    return Standing(
        submitted=sum(found[status] for status in SUBMITTED_STATES),
        awaiting=found[Status.AWAITING_SIGN_OFF],
        in_progress=found[Status.IN_PROGRESS],
        not_started=found[Status.NOT_STARTED],
        excused=found[Status.EXCUSED],
        closed=found[Status.CLOSED],
    )


def grouped(rows: Iterable[StandingRow], key: Callable[[StandingRow], str]) -> tuple[Group, ...]:
    """The furthest behind first; what ties, the largest first. Groups all left out come last."""
    found: defaultdict[str, list[StandingRow]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    groups = [Group(name, standing_of(held)) for name, held in found.items()]
    return tuple(sorted(groups, key=_behind))


def _behind(group: Group) -> tuple[bool, Fraction, int, str]:
    base = group.standing.base
    rate = Fraction(group.standing.submitted, base) if base else Fraction(0)
    return not base, rate, -base, group.key
