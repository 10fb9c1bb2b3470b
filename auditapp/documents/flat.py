"""The figures of a document as CSV, for whatever reads columns."""

import csv
import io

from auditapp.documents.guard import guarded
from auditapp.documents.spread import Sheet, Value, sheets_of
from auditapp.documents.tree import Document


def draw_csv(document: Document) -> bytes:
    """A block for each table, its title in the first column of every row; UTF-8 with BOM.

    Figures are printed as on the page; a share is followed by its number and what it is of.
    """
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\r\n")
    about = (document.title, document.author, document.subtitle, document.as_at)
    for words in (*about, *document.captions):
        if words:
            writer.writerow([guarded(words)])
    for sheet in sheets_of(document):
        writer.writerow([])
        writer.writerows(_block(sheet))
    return lines.getvalue().encode("utf-8-sig")


def _block(sheet: Sheet) -> list[list[str]]:
    title = guarded(sheet.title)
    head = ["Table", *(guarded(label) for label in sheet.labels)]
    notes = [["Note", guarded(note)] for note in sheet.notes]
    return [head, *([title, *(_printed(value) for value in row)] for row in sheet.rows), *notes]


def _printed(value: Value) -> str:
    match value:
        case str():
            return guarded(value)
        case int():
            return str(value)
        case _:
            return value.text
