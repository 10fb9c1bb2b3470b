"""A report as the page draws it, and as the files that come from it."""

import csv
from io import BytesIO, StringIO

from openpyxl import load_workbook
from pypdf import PdfReader

from tests.browser.visitor import Visitor


def files_of(visitor: Visitor) -> dict[str, str]:
    """The report as PDF, workbook and CSV: what each says, as plain text."""
    return {
        "PDF": _pdf_text(visitor.download("PDF")),
        "Excel": _workbook_text(visitor.download("Excel")),
        "CSV": _csv_text(visitor.download("CSV")),
    }


def _pdf_text(content: bytes) -> str:
    pages = PdfReader(BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def _workbook_text(content: bytes) -> str:
    book = load_workbook(BytesIO(content), read_only=True)
    rows = (row for sheet in book.worksheets for row in sheet.iter_rows(values_only=True))
    return "\n".join(" ".join(str(cell) for cell in row if cell is not None) for row in rows)


def _csv_text(content: bytes) -> str:
    rows = csv.reader(StringIO(content.decode("utf-8-sig")))
    return "\n".join(" ".join(row) for row in rows)
