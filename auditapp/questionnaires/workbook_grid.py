"""The sheets of an uploaded workbook as rows of text, within limits that a hostile one meets."""

import io
import re
import zipfile
from dataclasses import dataclass, field
from typing import Any

from auditapp.core.errors import RuleBroken
from auditapp.organisations.tabular import normal, text_of

MAX_BYTES = 3_000_000
MAX_UNPACKED_BYTES = 12_000_000
MAX_PARTS = 300  # files in the zip
MAX_TAGS = 150_000  # of all parts: what takes time is their number
MAX_OTHER_TAGS = 40_000  # of styles and the like, which the library reads whole
MAX_WORDS = 200_000  # bytes of one text or tag: a cell has up to 32,767 signs
MAX_ROWS = 5_000  # of a sheet
MAX_COLUMNS = 400
_LIST = re.compile(r"xl/(worksheets/[^/]+|sharedStrings)\.xml")
NOT_ONE = "This is not an Excel workbook (.xlsx) that can be opened."
TOO_BIG = "This workbook is far bigger than any questionnaire. Start from the template."


@dataclass
class Grid:
    """One sheet: its rows by number, the first being 1, and the cells that have no text of their
    own, by row and place, with what is said of them."""

    name: str
    rows: dict[int, list[str]] = field(default_factory=dict)
    refused: dict[tuple[int, int], str] = field(default_factory=dict)


def grids_of(content: bytes, wanted: set[str]) -> list[Grid]:
    """The sheets of the workbook; rows only of those whose name is `wanted`, in small letters.

    Raises:
        RuleBroken: it is no workbook, or bigger than any questionnaire is.
    """
    _check(content)
    import openpyxl  # half a second that no other page should wait for

    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
        grids = []
        for sheet in book.worksheets:
            grid = Grid(sheet.title)
            if normal(sheet.title) in wanted:
                _fill(grid, sheet)
            grids.append(grid)
    except RuleBroken:
        raise
    except Exception:  # noqa: BLE001 - the library raises whatever its parts raise
        raise RuleBroken(NOT_ONE, field="file") from None
    return grids


def _check(content: bytes) -> None:
    """What can be known without reading it. Raises `RuleBroken`."""
    if len(content) > MAX_BYTES:
        raise RuleBroken(TOO_BIG, field="file")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            if "[Content_Types].xml" not in {part.filename for part in parts}:
                raise RuleBroken(NOT_ONE, field="file")
            unpacked = sum(part.file_size for part in parts)
            if unpacked > MAX_UNPACKED_BYTES or len(parts) > MAX_PARTS:
                raise RuleBroken(TOO_BIG, field="file")
            _check_tags(packed, parts)
    except RuleBroken:
        raise
    except Exception:  # noqa: BLE001 - a broken zip file raises what its parts raise
        raise RuleBroken(NOT_ONE, field="file") from None


def _check_tags(packed: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    tags = others = 0
    for part in parts:
        if not part.filename.endswith((".xml", ".rels")):
            continue
        xml = packed.read(part)
        if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
            raise RuleBroken(NOT_ONE, field="file")
        found = xml.count(b"<")
        tags += found
        others += 0 if _LIST.fullmatch(part.filename) else found
        if tags > MAX_TAGS or others > MAX_OTHER_TAGS:
            raise RuleBroken(TOO_BIG, field="file")
        if max(map(len, xml.split(b"<"))) > MAX_WORDS:
            raise RuleBroken(TOO_BIG, field="file")


def _fill(grid: Grid, sheet: Any) -> None:
    sheet.reset_dimensions()  # what the file says of its size need not be so
    for number, row in enumerate(sheet.iter_rows(), 1):
        if number > MAX_ROWS or len(row) > MAX_COLUMNS:
            said = f"{grid.name} has more than {MAX_ROWS:,} rows or {MAX_COLUMNS} columns"
            raise RuleBroken(f"{said}; delete what is empty below and beside it.", field="file")
        words = []
        for place, cell in enumerate(row):
            if cell.data_type == "f":
                grid.refused[number, place] = "this is a formula; write its result in its place"
            elif cell.data_type == "e":
                grid.refused[number, place] = f"this is an error of Excel ({cell.value})"
            words.append(_text(cell.value))
        if any(it.strip() for it in words):
            grid.rows[number] = words


def _text(value: Any) -> str:
    # How Excel writes the first half of a line break.
    return text_of(value).replace("_x000D_", "")
