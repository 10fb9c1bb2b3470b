"""What a report prints in each of its forms, as words to look for."""

import csv
import io
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from html.parser import HTMLParser
from typing import Any

from flask.testing import FlaskClient
from openpyxl import load_workbook
from pypdf import PdfReader

Rows = list[list[str]]


@dataclass(frozen=True)
class Printed:
    """`page` and `pdf` are their words with single spaces; `sheets` and `csv` rows of cells."""

    page: str
    pdf: str
    sheets: dict[str, Rows]
    csv: Rows

    def sheet(self, name: str, label: str) -> dict[str, str]:
        """A column of a sheet by its label, keyed by the first cell of each row."""
        head, *rows = self.sheets[name]
        return {row[0]: row[head.index(label)] for row in rows}

    def column(self, table: str, label: str) -> dict[str, str]:
        """The same of the CSV's block whose title is `table`."""
        at = next(n for n, row in enumerate(self.csv) if row and row[0] == table) - 1
        head = self.csv[at]
        rows = [row for row in self.csv if row and row[0] == table]
        return {row[1]: row[head.index(label)] for row in rows}


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def printed(client: FlaskClient, page: str) -> Printed:
    """The page at that address and its files, each fetched as a browser would."""
    address, _, query = page.partition("?")
    answers = {form: client.get(f"{address}.{form}?{query}") for form in ("pdf", "xlsx", "csv")}
    shown = client.get(page)
    assert [shown.status_code, *(it.status_code for it in answers.values())] == [200] * 4
    words = _Words()
    words.feed(shown.text)
    reader = PdfReader(io.BytesIO(answers["pdf"].data))
    return Printed(
        page=_spaced(" ".join(words.words)),
        pdf=_spaced(" ".join(sheet.extract_text() for sheet in reader.pages)),
        sheets=_sheets(answers["xlsx"].data),
        csv=list(csv.reader(io.StringIO(answers["csv"].data.decode("utf-8-sig")))),
    )


def _sheets(content: bytes) -> dict[str, Rows]:
    book = load_workbook(io.BytesIO(content))
    return {
        sheet.title: [[_shown(cell) for cell in row] for row in sheet.iter_rows()]
        for sheet in book.worksheets
    }


def _shown(cell: Any) -> str:
    """The cell as Excel shows it: a percent format rounds half up to its decimals."""
    percent = re.fullmatch(r"0(?:\.(0+))?%", cell.number_format)
    if percent is None or not isinstance(cell.value, int | float):
        return "" if cell.value is None else str(cell.value)
    step = Decimal(1).scaleb(-len(percent[1] or ""))
    number = (Decimal(repr(cell.value)) * 100).quantize(step, rounding=ROUND_HALF_UP)
    return f"{number}%"


def _spaced(text: str) -> str:
    return " ".join(text.replace("\u00ad", "").split())
