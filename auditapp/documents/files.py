"""A document as a file. Every form is drawn from the same tree."""

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from auditapp.documents.figures import Amount, Count, Share
from auditapp.documents.spread import Sheet, Value, sheets_of
from auditapp.documents.tree import Document, Paragraph, Style
from auditapp.documents.words import plain

_OFFICE = "application/vnd.openxmlformats-officedocument"


class FileForm(StrEnum):
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"


MEDIA_TYPES = {
    FileForm.PDF: "application/pdf",
    FileForm.DOCX: f"{_OFFICE}.wordprocessingml.document",
    FileForm.XLSX: f"{_OFFICE}.spreadsheetml.sheet",
    FileForm.CSV: "text/csv",
    FileForm.JSON: "application/json",
}


@dataclass(frozen=True)
class File:
    content: bytes
    media_type: str


def draw(document: Document, form: FileForm) -> File:
    """The document in that form. PDF, DOCX and XLSX load what draws them at their first use."""
    match form:
        case FileForm.PDF:
            from auditapp.documents.pdf import draw_pdf

            content = draw_pdf(document)
        case FileForm.DOCX:
            from auditapp.documents.word import draw_word

            content = draw_word(document)
        case FileForm.XLSX:
            from auditapp.documents.workbook import draw_workbook

            content = draw_workbook(document)
        case FileForm.CSV:
            from auditapp.documents.flat import draw_csv

            content = draw_csv(document)
        case FileForm.JSON:
            content = draw_json(document)
    return File(content, MEDIA_TYPES[form])


def draw_json(document: Document) -> bytes:
    """The document's tables as JSON: a figure is an object with its number and its printed text."""
    held = {
        "title": document.title,
        "about": document.subtitle,
        "published_by": document.author,
        "as_at": document.as_at,
        "basis": list(document.captions),
        "findings": [
            plain(part.text)
            for part in document.parts
            if isinstance(part, Paragraph) and part.style is Style.LEAD
        ],
        "tables": [_table(sheet) for sheet in sheets_of(document)],
    }
    return (json.dumps(held, ensure_ascii=False, indent=2) + "\n").encode()


def _table(sheet: Sheet) -> dict[str, Any]:
    rows = [dict(zip(sheet.labels, map(_json, row), strict=True)) for row in sheet.rows]
    return {"name": sheet.name, "title": sheet.title, "notes": list(sheet.notes), "rows": rows}


def _json(value: Value) -> Any:
    match value:
        case Share():
            return {
                "numerator": value.numerator,
                "denominator": value.denominator,
                "percent": None if value.percent is None else float(value.percent),
                "text": value.text,
            }
        case Count():
            return value.number
        case Amount():
            return None if value.value is None else float(value.value)
        case _:
            return value
