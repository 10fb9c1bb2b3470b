"""One clock, in London days."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from auditapp.core import clock


@pytest.mark.parametrize(
    ("day", "months", "earlier"),
    [
        (date(2026, 11, 22), 24, date(2024, 11, 22)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
    ],
)
def test_months_before_keeps_the_day_or_takes_the_last_of_the_month(day, months, earlier):
    assert clock.months_before(day, months) == earlier


@pytest.mark.parametrize(
    ("day", "ends"),
    [
        (date(2026, 12, 11), datetime(2026, 12, 12, 0, 0, tzinfo=UTC)),
        (date(2027, 6, 11), datetime(2027, 6, 11, 23, 0, tzinfo=UTC)),
        (date(2026, 10, 25), datetime(2026, 10, 26, 0, 0, tzinfo=UTC)),  # clocks go back
        (date(2027, 3, 28), datetime(2027, 3, 28, 23, 0, tzinfo=UTC)),  # clocks go forward
    ],
)
def test_a_day_ends_at_midnight_in_london(day, ends):
    assert clock.end_of(day) == ends


def test_today_is_the_london_day():
    with time_machine.travel(datetime(2027, 6, 11, 23, 30, tzinfo=UTC), tick=False):
        assert clock.today() == date(2027, 6, 12)


def test_the_clock_can_be_moved_for_a_while():
    then = datetime(2023, 5, 1, 9, tzinfo=UTC)

    with clock.moved_to(then):
        assert clock.now() == then

    assert clock.now() != then
