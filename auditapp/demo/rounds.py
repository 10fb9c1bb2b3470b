"""The demonstration's rounds: two past ones of the schools, a live one, and one of agencies."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from auditapp.core.clock import LONDON
from auditapp.demo.stages import Pace, Stage

DRAFT = Stage()
SENT = Stage(sent=True)
SIGNED = Stage(sent=True, signed=True)
ALLOCATED = Stage(sent=True, signed=True, allocated=True)
HALF_MARKED = Stage(sent=True, signed=True, allocated=True, marked=0.5)
MARKED = Stage(sent=True, signed=True, allocated=True, marked=1.0)
REVEALED = Stage(sent=True, signed=True, allocated=True, marked=1.0, revealed=True)
COMPLETED = Stage(sent=True, signed=True, allocated=True, marked=1.0, revealed=True, completed=True)
FED_BACK = Stage(
    sent=True,
    signed=True,
    allocated=True,
    marked=1.0,
    revealed=True,
    completed=True,
    released=True,
    read=True,
)
SHEET = Stage(sent=True, signed=True, released=True)
SHEET_READ = Stage(sent=True, signed=True, released=True, read=True)

LIVE_DAYS = 44  # since the live rounds opened
PAST = Pace(signed=2, moderated=30, released=75)
LIVE = Pace(signed=1, moderated=4, released=8)  # all of it before today
Staged = Stage | None  # None: nothing was begun


@dataclass(frozen=True)
class Plan:
    """One round: `stages` in the order of its organisations, `excused` and `closed` at its end."""

    title: str
    period: str
    questionnaire: str
    agencies: bool
    opens_on: date
    due_on: date
    stages: tuple[Staged, ...]
    excused: int = 0
    closed: int = 0
    ended: bool = False

    @property
    def final_on(self) -> date:
        return self.due_on + timedelta(days=28)

    @property
    def moderation_ends_on(self) -> date:
        return self.due_on + timedelta(days=70)

    @property
    def feedback_by(self) -> date:
        return self.due_on + timedelta(days=105)

    @property
    def pace(self) -> Pace:
        return PAST if self.ended else LIVE

    def moment(self, at: int) -> datetime:
        """When the assessment at that place was sent: spread over the round's weeks so far."""
        span = (self.due_on - self.opens_on).days if self.ended else LIVE_DAYS - 10
        day = self.opens_on + timedelta(days=span * (at % 17 + 3) // 21)
        return datetime.combine(day, time(9 + at % 8, 7 * at % 60), LONDON)


def plans(today: date) -> tuple[Plan, ...]:
    """The live rounds are due in 19 days, whatever day it is; the past ones years before."""
    due = today + timedelta(days=19)
    schools, school_file = "Sections 157 and 175", "section-175-157"
    return (
        Plan(
            title=f"{schools}, {due.year - 4}",
            period=str(due.year - 4),
            questionnaire=school_file,
            agencies=False,
            opens_on=due - timedelta(days=4 * 365 + 63),
            due_on=due - timedelta(days=4 * 365),
            stages=_spread((FED_BACK, 6), (SHEET_READ, 50), (SHEET, 9), (DRAFT, 4), (None, 1)),
            ended=True,
        ),
        Plan(
            title=f"{schools}, {due.year - 2}",
            period=str(due.year - 2),
            questionnaire=school_file,
            agencies=False,
            opens_on=due - timedelta(days=2 * 365 + 63),
            due_on=due - timedelta(days=2 * 365),
            stages=_spread((FED_BACK, 8), (SHEET_READ, 54), (SHEET, 6), (DRAFT, 2)),
            ended=True,
        ),
        Plan(
            title=f"{schools}, {due.year}",
            period=str(due.year),
            questionnaire=school_file,
            agencies=False,
            opens_on=today - timedelta(days=LIVE_DAYS),
            due_on=due,
            stages=LIVE_SCHOOLS,
            excused=2,
            closed=1,
        ),
        Plan(
            title=f"Section 11, {due.year}",
            period=str(due.year),
            questionnaire="section-11",
            agencies=True,
            opens_on=today - timedelta(days=LIVE_DAYS),
            due_on=due,
            stages=_spread((SIGNED, 4), (MARKED, 1), (SENT, 1), (DRAFT, 5), (None, 3)),
        ),
    )


def _spread(*counted: tuple[Staged, int]) -> tuple[Staged, ...]:
    """Each stage as often as it says, dealt round so that every phase has some of each."""
    return tuple(_dealt([[stage] * count for stage, count in counted]))


def _dealt(piles: Sequence[list[Staged]]) -> Iterator[Staged]:
    whole = [(place / len(pile), stage) for pile in piles for place, stage in enumerate(pile)]
    yield from (stage for _place, stage in sorted(whole, key=lambda one: one[0]))


LIVE_SCHOOLS = _spread(
    (DRAFT, 19),
    (SIGNED, 20),
    (SENT, 7),
    (None, 8),
    (ALLOCATED, 2),
    (HALF_MARKED, 2),
    (MARKED, 2),
    (REVEALED, 2),
    (COMPLETED, 2),
    (FED_BACK, 1),
    (SHEET, 2),
)
