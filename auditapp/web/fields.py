"""Form fields that several features share."""

import re
from contextlib import suppress
from datetime import date, datetime
from typing import Any, TypeVar

from wtforms import StringField

EXAMPLE = "Enter a date like 31 1 2027."
SHORT_YEAR = "Enter the year in four digits, like 2027. For example 31 1 2027."
Value = TypeVar("Value")
_FORMATS = ("%d %m %Y", "%d %B %Y", "%d %b %Y", "%Y %m %d")
MOST_DAYS = 31


def day_of(text: str) -> date:
    """The day typed as 31 1 2027, 31/1/2027, 31 January 2027, 31 Jan 2027 or 2027-01-31.

    Raises:
        ValueError: it is no day; the message says what to type.
    """
    words = " ".join(re.split(r"[\s./,-]+", text.strip()))
    for form in _FORMATS:
        try:
            return datetime.strptime(words, form).date()
        except ValueError:
            continue
    raise ValueError(_what_is_wrong(words))


def _what_is_wrong(words: str) -> str:
    """Why `words` are no day: one that its month does not have, a short year, or anything else."""
    if re.fullmatch(r"\d{1,2} (\d{1,2}|[^\W\d_]+) \d{2}", words):
        return SHORT_YEAR
    day, month, year = _in_order(words.split())
    for form in ("%m %Y", "%B %Y", "%b %Y"):
        with suppress(ValueError):
            begins = datetime.strptime(f"{month} {year}", form)
            if day.isdecimal() and 1 <= int(day) <= MOST_DAYS:
                return f"There is no {int(day)} {begins:%B %Y}. {EXAMPLE}"
    return EXAMPLE


def _in_order(words: list[str]) -> tuple[str, str, str]:
    """Day, month and year as typed, either end first; empty where there are not three."""
    if len(words) != 3:
        return "", "", ""
    first, month, last = words
    return (last, month, first) if len(first) == 4 else (first, month, last)


def given(value: Value | None) -> Value:
    """What a field that must be filled holds, once its form is valid."""
    assert value is not None
    return value


class DayField(StringField):
    """A day typed as one text; `data` is a date, or None where nothing was typed."""

    data: date | None  # type: ignore[assignment]  # a text only while it is typed

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = None
        if valuelist and valuelist[0].strip():
            self.data = day_of(valuelist[0])

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return f"{self.data.day} {self.data.month} {self.data.year}" if self.data else ""
