"""A row of a table in a PDF, set at the widths of its columns and drawn."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from auditapp.documents.fonts import REGULAR
from auditapp.documents.marks import Axis, Dots, Grade, StackedBar
from auditapp.documents.pdf_cells import Content
from auditapp.documents.pdf_charts import draw_axis, draw_bar, draw_dots
from auditapp.documents.pdf_lines import draw_letter, draw_line
from auditapp.documents.pdf_text import Line
from auditapp.documents.pdf_widths import GAP
from auditapp.documents.pen import Pen
from auditapp.documents.tags import Node
from auditapp.documents.tokens import (
    EDGE,
    INK,
    LEFT,
    PALE_RULE,
    QUIET,
    RULE,
    WIDTH,
    WRITTEN,
    Type,
    fill_of,
)
from auditapp.documents.tree import Column, ColumnKind, Row, Table

PADDING = 3.0
DRAWN_HEIGHT = 17.5  # of a row that holds a drawing
TILED_HEIGHT = 16.0  # of a heat map's row
CHART = "Chart"  # the spoken label of a column of drawings without one


@dataclass(frozen=True)
class SetCell:
    """A cell in its place: its lines, or what is drawn instead."""

    content: Content
    node: Node
    lines: Sequence[Line]
    left: float
    width: float
    column: Column
    axis: Axis | None

    def start(self, line: Line) -> float:
        """Where the line begins: numbers end at the right edge, letters on fills are centred."""
        if self.column.kind.is_number:
            return self.left + self.width - line.width
        if self.column.kind is ColumnKind.TILE:
            return self.left + (self.width - line.width) / 2
        return self.left


@dataclass(frozen=True)
class SetRow:
    cells: Sequence[SetCell]
    row: Row
    how: Type
    middle: bool = False  # words stand in the middle of the row's height
    goes_on: bool = False  # on the next page: no line below
    to_fill: bool = False  # high enough to write in, its columns ruled

    @property
    def height(self) -> float:
        lines = max(len(cell.lines) for cell in self.cells)
        drawings = [_drawn_height(cell.content) for cell in self.cells]
        least = WRITTEN if self.to_fill else 0.0
        return max(lines * self.how.leading + 2 * PADDING, least, *drawings)

    def parted(self, room: float) -> tuple["SetRow", "SetRow"]:
        """What fits in `room`, and what goes on below."""
        count = max(1, int((room - 2 * PADDING) / self.how.leading))
        first = [replace(cell, lines=cell.lines[:count]) for cell in self.cells]
        rest = [replace(cell, lines=cell.lines[count:]) for cell in self.cells]
        return replace(self, cells=first, goes_on=True), replace(self, cells=rest)


def _drawn_height(content: Content) -> float:
    if content.drawing is None:
        return 0.0
    return TILED_HEIGHT if isinstance(content.drawing, Grade) else DRAWN_HEIGHT


def set_cells(
    table: Table, contents: Sequence[Content], nodes: Sequence[Node], widths: Sequence[float]
) -> list[SetCell]:
    """The cells of a row from the left margin on."""
    cells, left = [], LEFT
    for index, (content, node, width) in enumerate(zip(contents, nodes, widths)):
        column = table.columns[index]
        inner = width - (0 if column.kind is ColumnKind.TILE else GAP)
        lines = content.lines(inner + 0.01) if content.paragraphs else []
        cells.append(SetCell(content, node, lines, left, inner, column, table.axes[index]))
        left += width
    return cells


def draw_row(pen: Pen, row: SetRow, top: float, brand: str) -> None:
    height = row.height
    for cell in row.cells:
        if cell.content.drawing:
            _draw_drawing(pen, cell, top, height, brand)
        else:
            _draw_lines(pen, cell, row, top, brand)
    if not row.goes_on:
        _draw_rule(pen, row, top - height)
    for cell in row.cells[1:] if row.to_fill else ():
        at = cell.left - GAP / 2
        pen.line((at, top), (at, top - height), (0.6, EDGE))


def _draw_lines(pen: Pen, cell: SetCell, row: SetRow, top: float, brand: str) -> None:
    filled = len(cell.lines) * row.how.leading
    above = (row.height - filled) / 2 if row.middle else PADDING
    baseline = top - above - row.how.drop
    for index, line in enumerate(cell.lines):
        at = (cell.start(line), baseline - index * row.how.leading)
        draw_line(pen, cell.node, line, at, row.how, brand)


def _draw_drawing(pen: Pen, cell: SetCell, top: float, height: float, brand: str) -> None:
    box = (cell.left, top - height, cell.width, height)
    match cell.content.drawing:
        case StackedBar() as bar:
            draw_bar(pen, cell.node, bar, box, brand)
        case Dots() as dots if cell.axis:
            draw_dots(pen, cell.node, dots, box, cell.axis, brand)
        case Grade() as grade:
            _draw_tile(pen, cell, grade, box, brand)


def _draw_tile(
    pen: Pen, cell: SetCell, grade: Grade, box: tuple[float, float, float, float], brand: str
) -> None:
    """The letter on its fill; the letter is the cell's text."""
    left, bottom, width, height = box
    fill = fill_of(grade.tone, brand)
    pen.filled((left + 1, bottom + 1, width - 2, height - 2), fill)
    centre = (left + width / 2, bottom + height / 2)
    draw_letter(pen, grade.letter, centre, fill.letter, cell.node)


def _draw_rule(pen: Pen, row: SetRow, y: float) -> None:
    """The line below a row; a total is closed above and below."""
    ends = ((LEFT, y), (LEFT + WIDTH, y))
    if row.row.ends_group:
        pen.line(*ends, (1.1, INK))
    elif row.row.total:
        above = y + row.height
        pen.line((LEFT, above), (LEFT + WIDTH, above), (0.75, EDGE))
        pen.line(*ends, (0.75, EDGE))
    elif not any(cell.column.kind is ColumnKind.TILE for cell in row.cells):
        colour = EDGE if row.to_fill else PALE_RULE if row.middle else RULE
        pen.line(*ends, (0.6, colour))


def draw_head(pen: Pen, row: SetRow, top: float, brand: str, *, repeated: bool) -> None:
    """The columns' labels, standing on the line below; an artifact where they are repeated."""
    bottom = top - row.height
    for cell in row.cells:
        node = None if repeated else cell.node
        lowest = bottom + PADDING + row.how.leading - row.how.drop
        if cell.axis:
            draw_axis(pen, node, cell.axis, (cell.left, lowest), cell.width)
        elif node and cell.column.kind is ColumnKind.BAR and not cell.column.label:
            at = (cell.left, lowest, row.how.size)
            pen.text(node, " ", at, (REGULAR, QUIET), CHART)
        else:
            _draw_label(pen, node, cell, (row.how, lowest), brand)
    if not any(cell.column.kind is ColumnKind.TILE for cell in row.cells):
        pen.line((LEFT, bottom), (LEFT + WIDTH, bottom), (0.75, EDGE))


def _draw_label(
    pen: Pen, node: Node | None, cell: SetCell, lowest: tuple[Type, float], brand: str
) -> None:
    how, baseline = lowest
    for above, line in zip(range(len(cell.lines) - 1, -1, -1), cell.lines):
        at = (cell.start(line), baseline + above * how.leading)
        draw_line(pen, node, line, at, how, brand)
