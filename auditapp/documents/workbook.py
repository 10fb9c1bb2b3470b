"""The figures of a document as a workbook: real numbers, a sheet for each table."""

import io
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from auditapp.documents.figures import Amount, Count, Share
from auditapp.documents.guard import guarded
from auditapp.documents.spread import Sheet, Value, sheets_of
from auditapp.documents.tree import Document

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

NAME_MAX_CHARS = 31  # Excel's
CELL_MAX_CHARS = 32_767  # Excel's
WIDTHS = (9, 60)  # of columns, in characters
MADE_AT = datetime(2000, 1, 1, tzinfo=UTC)  # fixed: the same document gives the same bytes
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


class _Formats:
    """Cell formats, each made once."""

    def __init__(self, book: "Workbook", brand: str) -> None:
        self._book, self._brand = book, brand
        self._made: dict[str, Format] = {}

    def number(self, pattern: str) -> "Format":
        return self._format(pattern, num_format=pattern, align="right")

    @property
    def words(self) -> "Format":
        return self._format("words", text_wrap=True)

    @property
    def title(self) -> "Format":
        return self._format("title", bold=True, font_size=14, font_color=self._brand)

    @property
    def head(self) -> "Format":
        return self._format(
            "head", bold=True, text_wrap=True, bottom=1, bg_color=self._brand, font_color="#ffffff"
        )

    def _format(self, name: str, **properties: object) -> "Format":
        if name not in self._made:
            self._made[name] = self._book.add_format({"valign": "top", **properties})
        return self._made[name]


def draw_workbook(document: Document) -> bytes:
    """An XLSX file: "About" says what this is and of when; then a sheet for each table.

    A share is a number with a percent format of as many places, followed by its numerator and
    denominator. Words are never formulas or links.
    """
    from xlsxwriter import Workbook

    made = io.BytesIO()
    book = Workbook(made, OPTIONS)
    properties = {"title": document.title, "author": document.author, "created": MADE_AT}
    book.set_properties(properties)
    formats = _Formats(book, document.brand)
    sheets = sheets_of(document)
    names = _names(sheets)
    _write_about(book.add_worksheet("About"), document, list(zip(names, sheets)), formats)
    for name, sheet in zip(names, sheets):
        _write_sheet(book.add_worksheet(name), sheet, formats)
    book.close()
    return made.getvalue()


def _write_about(
    page: "Worksheet", document: Document, sheets: list[tuple[str, Sheet]], formats: _Formats
) -> None:
    page.set_column(0, 0, 34)
    page.set_column(1, 1, 90)
    page.write_string(0, 0, guarded(document.title), formats.title)
    about = [("Published by", document.author), ("About", document.subtitle)]
    about += [("As at", document.as_at), *(("Basis", line) for line in document.captions)]
    for name, sheet in sheets:
        about += [(name, sheet.title), *((f"{name}: note", note) for note in sheet.notes)]
    for row, (label, words) in enumerate([pair for pair in about if pair[1]], start=2):
        page.write_string(row, 0, guarded(label), formats.words)
        page.write_string(row, 1, guarded(words), formats.words)


def _write_sheet(page: "Worksheet", sheet: Sheet, formats: _Formats) -> None:
    page.freeze_panes(1, 1)
    page.repeat_rows(0)
    for index, label in enumerate(sheet.labels):
        page.set_column(index, index, _width(sheet, index))
        page.write_string(0, index, guarded(label), formats.head)
    for number, row in enumerate(sheet.rows, start=1):
        for index, value in enumerate(row):
            _write(page, number, index, value, formats)


def _write(page: "Worksheet", row: int, column: int, value: Value, formats: _Formats) -> None:
    number, pattern = _number(value)
    if number is not None:
        page.write_number(row, column, number, formats.number(pattern))
        return
    words = value if isinstance(value, str) else _text(value)
    if words:
        page.write_string(row, column, guarded(words)[:CELL_MAX_CHARS], formats.words)


def _number(value: Value) -> tuple[float | None, str]:
    """The number to store and the pattern that prints it as on the page; None for words."""
    match value:
        case Share(denominator=of) if of:
            return value.fraction, f"0{_decimals(value.places)}%"
        case Count(number=int(number)):
            return number, "#,##0"
        case Amount(value=number) if number is not None:
            plain = f"#,##0{_decimals(value.places)}" + (f'"{value.unit}"' if value.unit else "")
            return float(number), f"+{plain};\u2212{plain};{plain}" if value.signed else plain
        case int():
            return value, "#,##0"
        case _:
            return None, ""


def _text(value: Value) -> str:
    return str(value) if isinstance(value, int | str) else value.text


def _decimals(places: int) -> str:
    return "." + "0" * places if places else ""


def _width(sheet: Sheet, index: int) -> float:
    texts = (_text(row[index]) for row in sheet.rows)
    longest = max((len(line) for text in texts for line in text.split("\n")), default=0)
    label = max((len(word) for word in sheet.labels[index].split()), default=0)
    return min(max(longest, label, WIDTHS[0] - 2) + 2, WIDTHS[1])


def _names(sheets: tuple[Sheet, ...]) -> list[str]:
    """A name for each sheet that Excel takes: short, without its signs, no two alike."""
    names: list[str] = []
    taken = {"about", "history"}  # Excel keeps "History" to itself
    for sheet in sheets:
        base = re.sub(r"[\[\]:*?/\\]", " ", sheet.name).strip().strip("'") or "Table"
        name, number = base[:NAME_MAX_CHARS].strip().strip("'"), 2
        while name.lower() in taken:
            ending = f" {number}"
            name, number = base[: NAME_MAX_CHARS - len(ending)] + ending, number + 1
        taken.add(name.lower())
        names.append(name)
    return names
