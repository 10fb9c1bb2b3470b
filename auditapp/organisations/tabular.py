"""Files as rows: the bytes of a CSV file or a workbook, read with limits. Pure."""

import csv
import io
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from auditapp.core.errors import RuleBroken

MAX_BYTES = 150_000_000
MAX_ROWS = 150_000
MAX_COLUMNS = 400
MAX_UNPACKED_BYTES = 60_000_000
MAX_PACKED_FILES = 500
MAX_WORKBOOK_ROWS = 20_000
_ZIP = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_PDF = b"%PDF"
_HEAD_BYTES = 4096  # enough to tell text from anything else
_NOT_TEXT = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1a"))


def normal(header: str) -> str:
    """A column's name as it is matched: white space and case do not count."""
    return " ".join(header.split()).casefold()


@dataclass(frozen=True)
class Line:
    """One row. `number` is that of a spreadsheet, whose first row is the header, which has
    `width` cells."""

    number: int
    cells: list[str]
    places: Mapping[str, int]
    width: int

    def __getitem__(self, column: str) -> str:
        """The cell, stripped; "" where the file has no such column or the row ends before it."""
        place = self.places.get(normal(column), len(self.cells))
        return self.cells[place].strip() if place < len(self.cells) else ""

    @property
    def overflows(self) -> bool:
        """Whether there is something beyond the header's last column."""
        return any(cell.strip() for cell in self.cells[self.width :])


@dataclass
class Sheet:
    """`columns` as the file names them; `lines` can be gone through once."""

    columns: tuple[str, ...]
    lines: Iterator[Line]
    notices: list[str]

    def has(self, *columns: str) -> bool:
        known = {normal(column) for column in self.columns}
        return all(normal(column) in known for column in columns)


def refuse(sentence: str) -> RuleBroken:
    """The refusal of a whole file."""
    return RuleBroken(sentence, field="file")


def read_sheet(content: bytes) -> Sheet:
    """A workbook or a CSV file, told apart by its first bytes. Raises `RuleBroken`."""
    if content.startswith(_ZIP):
        return read_workbook(content)
    if content.startswith(_OLD_EXCEL) or _is_binary(content):
        raise refuse("This is not a CSV or Excel list. Choose a .csv or .xlsx file.")
    return read_csv(content)


def read_csv(content: bytes) -> Sheet:
    """A CSV file. Raises `RuleBroken` where it is no such file, is too long or has no header."""
    _check_is_csv(content)
    text, notices = _decoded(content)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    return _sheet(_csv_rows(rows), notices, MAX_ROWS)


def _check_is_csv(content: bytes) -> None:
    if len(content) > MAX_BYTES:
        raise refuse(f"This file is {len(content) // 10**6} MB. The limit is 150 MB.")
    if content.startswith((_ZIP, _OLD_EXCEL)):
        raise refuse(
            "This is a workbook or a zip file, not CSV. Choose the CSV file as it was downloaded; "
            "if it is inside a zip file, unpack that first."
        )
    if content.startswith(_UTF16):
        raise refuse("This file is not plain CSV. Save it as “CSV UTF-8” and choose it again.")
    if _is_binary(content):
        raise refuse("This is not a CSV file.")


def _is_binary(content: bytes) -> bool:
    head = content[:_HEAD_BYTES]
    is_text = head.startswith(_UTF16) or head.translate(None, _NOT_TEXT) == head
    return head.startswith(_PDF) or not is_text


def _decoded(content: bytes) -> tuple[str, list[str]]:
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    return text, ["The file is not UTF-8; it was read as Windows-1252."]


def _delimiter(text: str) -> str:
    header = text.partition("\n")[0]
    return max(",;\t", key=header.count)


def _csv_rows(rows: Any) -> Iterator[list[str]]:
    try:
        yield from rows
    except csv.Error as error:
        raise refuse(
            f"Row {rows.line_num} cannot be read as CSV ({error}): a quotation mark is probably "
            "missing."
        ) from None


def read_workbook(content: bytes) -> Sheet:
    """The first sheet of an Excel workbook, its formulas as last calculated.

    Raises:
        RuleBroken: it is no workbook, is locked, or unpacks to more than we read.
    """
    import openpyxl  # half a second that no other page should wait for

    _check_is_workbook(content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
    except Exception:  # noqa: BLE001 - the library raises whatever its parts raise
        raise refuse("This workbook cannot be read. Save it as CSV UTF-8 and try that.") from None
    values = sheet.iter_rows(values_only=True, max_row=MAX_WORKBOOK_ROWS + 2, max_col=MAX_COLUMNS)
    return _sheet(([text_of(value) for value in row] for row in values), [], MAX_WORKBOOK_ROWS)


def _check_is_workbook(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
    except zipfile.BadZipFile:
        raise refuse("This is not a workbook (.xlsx) that can be opened.") from None
    if "[Content_Types].xml" not in {part.filename for part in parts}:
        raise refuse("This is a zip file, not a workbook (.xlsx).")
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MAX_UNPACKED_BYTES or len(parts) > MAX_PACKED_FILES:
        raise refuse(f"This workbook unpacks to {unpacked // 10**6} MB. The limit is 60 MB.")


def text_of(value: Any) -> str:
    """What stands in a cell of a workbook, as someone would type it."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float() if value.is_integer():
            return str(int(value))
        case datetime():
            return value.date().isoformat()
    return str(value)


def _sheet(rows: Iterator[list[str]], notices: list[str], most: int) -> Sheet:
    header = next((row for row in rows if any(row)), None)
    if header is None:
        raise refuse("This file is empty.")
    while header and not header[-1].strip():
        header = header[:-1]
    names = [normal(name) for name in header]
    twice = sorted(name for name, times in Counter(names).items() if name and times > 1)
    if twice or len(names) > MAX_COLUMNS:
        raise refuse(f"The header names a column twice: {', '.join(twice) or 'too many'}.")
    places = {name: place for place, name in enumerate(names) if name}
    return Sheet(
        tuple(name for name in header if name), _lines(rows, places, len(header), most), notices
    )


def _lines(
    rows: Iterator[list[str]], places: dict[str, int], width: int, most: int
) -> Iterator[Line]:
    numbered = enumerate(rows, start=2)
    for number, cells in islice(numbered, most):
        if any(cell.strip() for cell in cells):
            yield Line(number, cells, places, width)
    if next(rows, None) is not None:
        raise refuse(f"This file has more than {most:,} rows, which is the limit.")


def missing_columns(sheet: Sheet, wanted: tuple[str, ...]) -> list[str]:
    return [column for column in wanted if not sheet.has(column)]
