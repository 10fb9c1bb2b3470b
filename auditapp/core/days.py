"""Days as people type and read them."""

import re
from contextlib import suppress
from datetime import date, datetime

EXAMPLE = "Enter a date like 31 1 2027."
SHORT_YEAR = "Enter the year in four digits, like 2027. For example 31 1 2027."
_ORDINAL = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)\b", re.IGNORECASE)
_SEPT = re.compile(r"\bsept\b", re.IGNORECASE)  # as people shorten it; "Sep" is the parser's
_FORMATS = ("%d %m %Y", "%d %B %Y", "%d %b %Y", "%Y %m %d")
MOST_DAYS = 31
FIRST_YEAR = 1900


def in_words(day: date) -> str:
    """ "11 December 2026"."""
    return f"{day.day} {day:%B %Y}"


def day_of(text: str) -> date:
    """The day typed as 31 1 2027, 31/1/2027, 31st January 2027, 31 Jan 2027 or 2027-01-31.

    Raises:
        ValueError: it is no day; the message says what to type.
    """
    plain = _SEPT.sub("Sep", _ORDINAL.sub(r"\1", text.strip()))
    words = " ".join(re.split(r"[\s./,-]+", plain))
    for form in _FORMATS:
        try:
            day = datetime.strptime(words, form).date()
        except ValueError:
            continue
        if day.year >= FIRST_YEAR:
            return day
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
