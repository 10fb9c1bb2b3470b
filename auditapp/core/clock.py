"""The one clock. Instants are UTC; a day is a London day. Tests and the demo loader can move it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
_moved_to: ContextVar[datetime | None] = ContextVar("moved_to", default=None)


def now() -> datetime:
    """This instant, timezone-aware, in UTC."""
    return _moved_to.get() or datetime.now(UTC)


def today() -> date:
    """The London day it is now."""
    return now().astimezone(LONDON).date()


def end_of(day: date) -> datetime:
    """The instant at which the London day `day` ends, exclusive: what *due* means."""
    return datetime.combine(day + timedelta(days=1), time(), LONDON).astimezone(UTC)


def months_before(day: date, months: int) -> date:
    """The same day of the month `months` earlier; the month's last day where it has no such day."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    for last in range(day.day, 27, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return date(year, month + 1, day.day)


@contextmanager
def moved_to(instant: datetime) -> Iterator[None]:
    """Within the block it is `instant`: for loading a past round through the services."""
    token = _moved_to.set(instant)
    try:
        yield
    finally:
        _moved_to.reset(token)
