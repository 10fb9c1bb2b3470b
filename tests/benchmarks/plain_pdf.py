"""The words of a document drawn by ReportLab alone: what a PDF must take at least."""

import io
from collections.abc import Iterator
from xml.sax.saxutils import escape

from auditapp.documents import tree
from auditapp.documents.tree import text_of


def draw_plain(document: tree.Document) -> bytes:
    """Headings, paragraphs and tables: no tags, no bars, no fonts of its own."""
    from reportlab.lib.pagesizes import A4
    from reportlab.platypus import SimpleDocTemplate

    made = io.BytesIO()
    drawn = [_paragraph(words, "Normal") for words in (document.subtitle, *document.captions)]
    drawn.insert(0, _paragraph(document.title, "Title"))
    for part in document.parts:
        drawn += _drawn(part)
    SimpleDocTemplate(made, pagesize=A4).build(drawn)
    return made.getvalue()


def _drawn(part: tree.Part) -> Iterator[object]:
    from reportlab.platypus import PageBreak

    match part:
        case tree.Heading(text=text):
            yield _paragraph(text, "Heading2")
        case tree.Paragraph(text=text):
            yield _paragraph(text_of(text), "Normal")
        case tree.Bullets(items=items):
            yield from (_paragraph(text_of(item), "Normal") for item in items)
        case tree.KPIs(items=items):
            yield from (_paragraph(f"{text_of(kpi.value)} {kpi.label}", "Normal") for kpi in items)
        case tree.KeyValues(items=items):
            yield _grid([[name, text_of(value)] for name, value in items])
        case tree.PageBreak():
            yield PageBreak()
        case tree.Table():
            yield _paragraph(part.title or part.name, "Heading3")
            yield _grid(_words_of(part))


def _words_of(table: tree.Table) -> list[list[str]]:
    """Every cell that has words; a bar has none."""
    worded = [
        place
        for place, column in enumerate(table.columns)
        if column.kind is not tree.ColumnKind.BAR
    ]
    head = [table.columns[place].label for place in worded]
    return [head, *([text_of(row.cells[place]) for place in worded] for row in table.rows)]


def _paragraph(words: str, style: str) -> object:
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph

    return Paragraph(escape(words), getSampleStyleSheet()[style])


def _grid(rows: list[list[str]]) -> object:
    """The first column wraps; figures stand as they are."""
    from reportlab.platypus import Table

    wrapped = [[_paragraph(row[0], "Normal"), *row[1:]] for row in rows]
    width, left = 54, 480  # points
    beside = len(rows[0]) - 1
    return Table(wrapped, [left - width * beside, *[width] * beside], repeatRows=1)
