"""A questionnaire as an Excel workbook that a business unit can read, change and publish again."""

import io
import re
from datetime import datetime
from pathlib import Path
from typing import Any

from auditapp.core.errors import RuleBroken
from auditapp.questionnaires.reading import read
from auditapp.questionnaires.schema import Questionnaire
from auditapp.questionnaires.workbook_columns import Sheet
from auditapp.questionnaires.workbook_layout import ABOUT, DESCRIPTORS, KEYS_OF, SHEETS
from auditapp.questionnaires.workbook_rows import Row, rows_of

MADE = datetime(2026, 1, 1)  # the same bytes every time
MOST_CHARS = 32_767  # of a cell
ROWS = 1_000  # that have drop-downs
Header = tuple[str, str, int, tuple[str, ...]]
_UNKEPT = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_x000D_|x005F_")
EXAMPLE = Path(__file__).with_name("example.yaml")


def template() -> bytes:
    """A workbook to write over: a small questionnaire with an example of each kind of question."""
    return workbook_of(read(EXAMPLE.read_text(encoding="utf-8"), EXAMPLE.name))


def workbook_of(questionnaire: Questionnaire) -> bytes:
    """An .xlsx file that `workbook_in.read_workbook` reads as the same questionnaire.

    Raises:
        RuleBroken: a text is longer than a cell can hold, or only white space.
    """
    import xlsxwriter  # only who asks for a workbook should wait for it

    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(content, options)
    book.set_properties({"title": questionnaire.title[:255], "created": MADE})
    _Drawing(book).draw(rows_of(questionnaire))
    book.close()
    return content.getvalue()


class _Drawing:
    def __init__(self, book: Any) -> None:
        # As text, so that Excel makes no date of the edition 2026-11 and no number of 1.10.
        text = {"num_format": "@", "text_wrap": True, "valign": "top"}
        self.book, self.cell = book, book.add_format(text)
        self.head = book.add_format(text | {"bold": True, "bottom": 2, "bg_color": "#eef3f6"})

    def draw(self, rows: dict[str, list[Row]]) -> None:
        self._about(rows[ABOUT.name][0])
        for sheet in SHEETS:
            if sheet is not ABOUT:
                self._listed(sheet, rows[sheet.name])
        self._notes()

    def _about(self, row: Row) -> None:
        page = self._page(ABOUT.name, (16, 70, 60))
        for at, column in enumerate(ABOUT.columns):
            page.write_string(at, 0, column.name, self.head)
            page.write_string(at, 1, _fitting(row.get(column.name, ""), ABOUT), self.cell)
            page.write_string(at, 2, column.note, self.cell)
            _drop_down(page, column.choices, at, at, 1)

    def _listed(self, sheet: Sheet, rows: list[Row]) -> None:
        headers = _headers(sheet, rows)
        page = self._page(sheet.name, [width for _, _, width, _ in headers])
        for place, (name, note, _, choices) in enumerate(headers):
            page.write_string(0, place, name, self.head)
            page.write_comment(0, place, note, {"x_scale": 1.5})
            for at, row in enumerate(rows, 1):
                if row.get(name):
                    page.write_string(at, place, _fitting(row[name], sheet), self.cell)
            _drop_down(page, _keys(name, sheet) or choices, 1, ROWS, place)
        page.freeze_panes(1, len(sheet.owners) + 1)

    def _notes(self) -> None:
        lines = [("sheet", "column", "what it takes")]
        for sheet in SHEETS:
            lines.append((sheet.name, "", sheet.about))
            lines += [(sheet.name, name, note) for name, note, _, _ in _headers(sheet, [])]
        page = self._page("Notes", (18, 18, 90))
        for at, line in enumerate(lines):
            for place, words in enumerate(line):
                page.write_string(at, place, words, self.cell if at else self.head)
        page.freeze_panes(1, 0)

    def _page(self, name: str, widths: Any) -> Any:
        page = self.book.add_worksheet(name)
        for place, width in enumerate(widths):
            page.set_column(place, place, width, self.cell)
        page.ignore_errors({"number_stored_as_text": f"A1:AZ{ROWS}"})
        page.set_landscape()
        page.fit_to_pages(1, 0)
        return page


def _headers(sheet: Sheet, rows: list[Row]) -> list[Header]:
    """Name, note, width and choices of each column; of descriptors, one for each grade."""
    owners: list[Header] = [(name, note, 18, ()) for name, note in sheet.owners]
    if sheet is DESCRIPTORS:
        known = {name for name, _ in sheet.owners}
        grades = list(dict.fromkeys(name for row in rows for name in row if name not in known))
        return owners + [(name, "What this grade means for it.", 40, ()) for name in grades]
    return owners + [(it.name, it.note, it.width, it.choices) for it in sheet.columns]


def _keys(name: str, sheet: Sheet) -> str:
    """The range of the keys that may stand in the column, if there is one."""
    of = KEYS_OF.get(name)
    if of is None or of is sheet:
        return ""
    letter = "AB"[of.names.index("key")]
    return f"={of.name}!${letter}$2:${letter}${ROWS}"


def _drop_down(page: Any, source: str | tuple[str, ...], first: int, last: int, at: int) -> None:
    if source:
        listed = source if isinstance(source, str) else list(source)
        asks = {"validate": "list", "source": listed, "error_type": "warning"}
        page.data_validation(first, at, last, at, asks)


def _fitting(words: str, sheet: Sheet) -> str:
    if len(words) > MOST_CHARS:
        said = f"a text of {len(words):,} characters, and a cell of Excel holds {MOST_CHARS:,}"
    elif words and not words.strip():
        said = "a text that is only white space, which a workbook does not keep"
    elif _UNKEPT.search(words):
        said = "a control character, or what Excel writes for one"
    else:
        return words
    raise RuleBroken(f"{sheet.name} has {said}. Download it as YAML.")
