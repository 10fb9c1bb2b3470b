"""A table's cells as HTML.

Most of a report's page is cells of figures and bars. They are put together here, because a
template takes most of the page's time for them; everything else is drawn by templates/documents.
"""

from collections.abc import Callable
from functools import lru_cache
from html import escape

from markupsafe import Markup

from auditapp.documents.figures import Amount, Count, Share
from auditapp.documents.marks import Axis, Span, StackedBar
from auditapp.documents.tree import Cell, Column, Row, RowHead, Table

Drawing = Callable[[Cell, Column, Axis | None], str]

NOTHING = '<rect x="0.2%" y="0.5" width="99.6%" height="19" class="f-white s-rule" stroke-dasharray="3 3"/>'


def row_cells(table: Table, row: Row, draw: Drawing) -> Markup:
    """The row's cells; those that are neither figures nor bars nor plain row heads by `draw`."""
    columns = zip(row.cells, table.columns, table.axes, strict=True)
    return Markup("\n".join([_cell(held, column, axis, draw) for held, column, axis in columns]))


def _cell(held: Cell, column: Column, axis: Axis | None, draw: Drawing) -> str:
    match held:
        case Share() | Count() | Amount():
            before, after = _around(column)
            return f"{before}{escape(held.text)}{after}"
        case StackedBar():
            return f'<td role="cell" class="bar">{_bar(held)}</td>'
        case RowHead(text=str() as words) if "\n" not in words:
            return f'<th scope="row" role="rowheader">{escape(words)}</th>'
        case _:
            return draw(held, column, axis)


@lru_cache(maxsize=500)
def _around(column: Column) -> tuple[str, str]:
    """What stands before and after the figures of a column."""
    number = ' class="num"' if column.kind.is_number else ""
    cell = f'<td role="cell"{number} data-l="{escape(column.short or column.label)}">'
    return (f"{cell}<b>", "</b></td>") if column.strong else (cell, "</td>")


def _bar(held: StackedBar) -> str:
    """Its drawing. Places are per cents, so it stretches; no style attributes."""
    spans = "".join([_span(span) for span in held.spans]) or NOTHING
    return f'<svg width="100%" height="20" aria-hidden="true" focusable="false">{spans}</svg>'


def _span(span: Span) -> str:
    tone = span.segment.tone
    width = max(span.width - 0.35, 0.2)
    fill = (
        f'<rect x="{span.start:.2f}%" y="0.5" width="{width:.2f}%" height="19" class="f-{tone}"/>'
    )
    if not span.letter:
        return fill
    middle, white = span.start + span.width / 2, "lt-w" if tone.is_dark else "lt"
    return (
        f'{fill}<text x="{middle:.2f}%" y="15" text-anchor="middle" font-weight="700" '
        f'class="{white}">{escape(span.letter)}</text>'
    )
