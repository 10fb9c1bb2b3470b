"""Single cells of a list: codes, numbers and dates that a spreadsheet may have damaged. Pure."""

import re
from collections.abc import Iterable
from datetime import date

PLACEHOLDER = date(1900, 1, 1)  # what the register writes where it does not know the day
_YEARS = range(1800, 2101)
_ROUNDED = re.compile(r"[0-9]([.,][0-9]+)?[eE][+-]?[0-9]+")
_WHOLE = re.compile(r"([0-9]+)(?:\.0)?")
_WRITTEN = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4})(?: 00:00(?::00)?)?")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?: 00:00(?::00)?)?")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T]00:00(?::00)?)?")
# A name whose bytes were UTF-8 and were read as Windows-1252 has these in it.
_MISREAD = re.compile("[ÂÃ][\u0080-¿ŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]|â€")


class CellError(ValueError):
    """What is wrong with one cell, in a sentence that follows "Row 3, URN: "."""


def whole(value: str) -> int | None:
    """A whole number, None for an empty cell. Raises `CellError` for anything else."""
    if not value:
        return None
    matched = _WHOLE.fullmatch(value)
    if matched is None:
        raise CellError(_not_a_number(value))
    return int(matched.group(1))


def code(value: str, width: int, longest: int | None = None) -> str:
    """A code of `width` to `longest` digits, zeros that a spreadsheet dropped put back; "" for an
    empty cell. Raises `CellError` where digits may have been lost."""
    number = whole(value)
    if number is None:
        return ""
    digits = value if value.isdigit() else str(number)
    if len(digits) > (longest or width):
        raise CellError(f"“{value}” has {len(digits)} digits; {longest or width} are usual.")
    return digits.zfill(width)


def _not_a_number(value: str) -> str:
    if _ROUNDED.fullmatch(value):
        return (
            f"“{value}” was rounded by a spreadsheet, so digits are lost. "
            "Download the file again and import it without opening it."
        )
    return f"“{value}” is not a whole number."


def words(value: str) -> str:
    """A name, its white space made single. Raises `CellError` where letters were lost."""
    if "\ufffd" in value:
        raise CellError(
            f"“{value}” has lost a letter where � stands. Download the file again, or save it as "
            "“CSV UTF-8”."
        )
    if _MISREAD.search(value):
        raise CellError(
            f"“{value}” was saved in the wrong encoding: accents and quotation marks are broken. "
            "Download the file again, or save it as “CSV UTF-8”."
        )
    return " ".join(value.split())


def day_is_first(values: Iterable[str]) -> bool:
    """Whether the dates with slashes in a file are surely day/month/year: some can be nothing
    else, and none can only be month/day/year."""
    found = [(int(a), int(b)) for a, b, _ in _slashed(values)]
    return any(a > 12 for a, _ in found) and not any(b > 12 for _, b in found)


def _slashed(values: Iterable[str]) -> Iterable[tuple[str, str, str]]:
    for value in values:
        if matched := _SLASHED.fullmatch(value):
            yield matched.group(1), matched.group(2), matched.group(3)


def day(value: str, *, day_first: bool = False) -> date | None:
    """A date, None for an empty cell or the register's placeholder.

    Read are dd-mm-yyyy, yyyy-mm-dd and, where the file shows that the day stands first
    (`day_first`) or the date itself does, dd/mm/yyyy. Raises `CellError` rather than guess.
    """
    if not value:
        return None
    if matched := _ISO.fullmatch(value):
        year, month, of_month = matched.groups()
    elif matched := _WRITTEN.fullmatch(value):
        of_month, month, year = matched.groups()
    elif matched := _SLASHED.fullmatch(value):
        of_month, month, year = matched.groups()
        _check_order(value, int(of_month), int(month), day_first)
    else:
        raise CellError(_not_a_date(value))
    try:
        found = date(int(year), int(month), int(of_month))
    except ValueError:
        raise CellError(f"“{value}” is not a day of the calendar.") from None
    if found.year not in _YEARS:
        raise CellError(f"“{value}” is too long ago or too far ahead.")
    return None if found == PLACEHOLDER else found


def _check_order(value: str, first: int, second: int, day_first: bool) -> None:
    if second > 12 >= first:
        raise CellError(
            f"“{value}” has the month before the day, as an American spreadsheet writes it. "
            "Use the file as it was downloaded."
        )
    if not day_first and first <= 12 and first != second:
        raise CellError(
            f"“{value}” could be two days: nothing in the file says whether day or month comes "
            "first. Write it as 31-01-2027, or use the file as it was downloaded."
        )


def _not_a_date(value: str) -> str:
    if value.isdigit() and len(value) == 5:
        return f"“{value}” is a spreadsheet’s day number. Write it as a date, like 31-01-2027."
    return f"“{value}” is not a date like 31-01-2027."
