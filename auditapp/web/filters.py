"""How pages write dates, times, numbers and errors. Instants are shown in London."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from flask import Flask
from wtforms.form import BaseForm

from auditapp.core.clock import LONDON
from auditapp.core.days import in_words

MINUTES_PER_HOUR = 60


def init_app(app: Flask) -> None:
    dates = (day, short_day, time, when, moment, days_left)
    for filter_ in (*dates, count, plural, minutes, repeated_errors):
        app.add_template_filter(filter_)


def day(value: date | datetime) -> str:
    """Friday 11 December 2026. An instant gives its London day."""
    on = _london_day(value)
    return f"{on:%A} {in_words(on)}"


def short_day(value: date | datetime) -> str:
    """11 Dec 2026. An instant gives its London day."""
    on = _london_day(value)
    return f"{on.day} {on:%b %Y}"


def time(value: datetime) -> str:
    """14:03, in London. Raises `ValueError` for an instant without a zone."""
    return f"{_in_london(value):%H:%M}"


def when(value: datetime, year: bool = False) -> str:
    """20 November, 16:40; with `year`, 20 November 2026, 16:40."""
    at = _in_london(value)
    month = f"{at:%B %Y}" if year else f"{at:%B}"
    return f"{at.day} {month}, {at:%H:%M}"


def moment(value: datetime, today: date) -> str:
    """14:03 today; 20 November, 14:03 before; the year too where it is another."""
    on = _london_day(value)
    return time(value) if on == today else when(value, year=on.year != today.year)


def days_left(due: date, today: date) -> str:
    """17 days left, 1 day left, due today, 2 days late. Both are London days."""
    days = (due - today).days
    if days == 0:
        return "due today"
    return f"{plural(days, 'day')} left" if days > 0 else f"{plural(-days, 'day')} late"


def count(number: int) -> str:
    """3,177."""
    return f"{number:,}"


def plural(number: int, word: str, words: str | None = None) -> str:
    """1 standard, 3 standards; `words` where the plural is not made with an s."""
    return f"{count(number)} {word if number == 1 else words or word + 's'}"


def minutes(number: int) -> str:
    """20 minutes, 1 hour, 2 hours 10 minutes."""
    hours, rest = divmod(number, MINUTES_PER_HOUR)
    if not hours:
        return plural(rest, "minute")
    return f"{plural(hours, 'hour')} {plural(rest, 'minute')}" if rest else plural(hours, "hour")


def _london_day(value: date | datetime) -> date:
    return _in_london(value).date() if isinstance(value, datetime) else value


def _in_london(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("an instant needs a timezone")
    return value.astimezone(LONDON)


def repeated_errors(forms: Iterable[BaseForm]) -> frozenset[str]:
    """Messages that stand beside more than one field: as links they would all be named alike."""
    said = Counter(message for form in forms for message in _messages(form.errors))
    return frozenset(message for message, times in said.items() if times > 1)


def _messages(errors: Any) -> Iterator[str]:
    """Of a form, or of a field that holds others, at any depth."""
    if not isinstance(errors, Mapping | list | tuple):
        yield str(errors)
        return
    for part in errors.values() if isinstance(errors, Mapping) else errors:
        yield from _messages(part)
