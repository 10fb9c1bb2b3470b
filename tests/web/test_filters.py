from datetime import UTC, date, datetime

import pytest

from auditapp.web import filters


@pytest.mark.parametrize(
    "instant, day, time",
    [
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), "Sunday 29 March 2026", "00:59"),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "Sunday 29 March 2026", "02:00"),
        (datetime(2026, 10, 25, 0, 59, tzinfo=UTC), "Sunday 25 October 2026", "01:59"),
        (datetime(2026, 10, 25, 1, 0, tzinfo=UTC), "Sunday 25 October 2026", "01:00"),
        (datetime(2026, 6, 30, 23, 30, tzinfo=UTC), "Wednesday 1 July 2026", "00:30"),
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), "Thursday 31 December 2026", "23:30"),
    ],
)
def test_an_instant_is_shown_in_london_on_both_sides_of_a_clock_change(instant, day, time):
    assert filters.day(instant) == day
    assert filters.time(instant) == time


def test_a_date_is_written_in_full_or_short():
    assert filters.day(date(2026, 12, 11)) == "Friday 11 December 2026"
    assert filters.short_day(date(2026, 12, 1)) == "1 Dec 2026"
    assert filters.short_day(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == "1 Jul 2026"


def test_when_has_the_year_only_where_it_is_asked_for():
    instant = datetime(2026, 11, 20, 16, 40, tzinfo=UTC)

    assert filters.when(instant) == "20 November, 16:40"
    assert filters.when(instant, year=True) == "20 November 2026, 16:40"


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2026, 10, 14), "00:30"),
        (date(2026, 10, 15), "14 October, 00:30"),
        (date(2027, 1, 1), "14 October 2026, 00:30"),
    ],
)
def test_a_moment_says_its_day_where_that_is_not_today(today, words):
    assert filters.moment(datetime(2026, 10, 13, 23, 30, tzinfo=UTC), today) == words


@pytest.mark.parametrize("filter_", [filters.day, filters.time, filters.when, filters.short_day])
def test_an_instant_without_a_zone_is_an_error(filter_):
    with pytest.raises(ValueError, match="timezone"):
        filter_(datetime(2026, 11, 20, 16, 40))


@pytest.mark.parametrize(
    "today, words",
    [
        (date(2026, 11, 24), "17 days left"),
        (date(2026, 12, 10), "1 day left"),
        (date(2026, 12, 11), "due today"),
        (date(2026, 12, 12), "1 day late"),
        (date(2026, 12, 13), "2 days late"),
    ],
)
def test_days_left_are_counted_to_the_due_day(today, words):
    assert filters.days_left(date(2026, 12, 11), today) == words


def test_numbers_have_a_comma_and_words_their_plural():
    assert filters.count(3177) == "3,177"
    assert filters.plural(1, "standard") == "1 standard"
    assert filters.plural(0, "standard") == "0 standards"
    assert filters.plural(1200, "person", "people") == "1,200 people"


@pytest.mark.parametrize(
    "number, words",
    [
        (0, "0 minutes"),
        (1, "1 minute"),
        (59, "59 minutes"),
        (60, "1 hour"),
        (61, "1 hour 1 minute"),
        (130, "2 hours 10 minutes"),
    ],
)
def test_minutes_become_hours(number, words):
    assert filters.minutes(number) == words
