"""Tables in a Word file: their header rows are real and repeat on every page."""

from typing import TYPE_CHECKING, Any

from auditapp.documents.marks import Grade
from auditapp.documents.pdf_cells import rows_of
from auditapp.documents.pdf_widths import column_extents, column_widths
from auditapp.documents.tokens import PALE, RULE, TABLE, WIDTH, WRITTEN, fill_of
from auditapp.documents.tree import (
    Cell,
    Column,
    ColumnKind,
    Row,
    RowHead,
    Style,
    Table,
    text_of,
)
from auditapp.documents.word_styles import STYLES
from auditapp.documents.word_text import element, styled, write
from auditapp.documents.words import Prose, plain

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.table import Table as WordTable
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def add_table(word: "Word", table: Table, brand: str) -> None:
    """The table with its title, basis, key and source."""
    from docx.shared import Pt

    if table.title:
        write(styled(word.add_paragraph(), f"Heading {table.level}"), table.title)
    key = ", ".join(f"{grade.letter} {grade.word}" for grade in table.key)
    for words in (table.caption, key):
        if plain(words):
            above = write(styled(word.add_paragraph(), STYLES[Style.SMALL]), words)
            above.paragraph_format.keep_with_next = True
    kept = [at for at, column in enumerate(table.columns) if column.kind is not ColumnKind.BAR]
    columns = [table.columns[at] for at in kept]
    made = new_table(word, len(columns), _widths(table, kept))
    made._tbl.tblPr.append(element("w:tblDescription", w_val=table.name))
    _add_head(made, columns)
    for row in table.rows:
        _add_row(made, columns, row, [row.cells[at] for at in kept], brand)
        if table.to_fill:
            made.rows[-1].height = Pt(WRITTEN)
    write(styled(word.add_paragraph(), STYLES[Style.SOURCE]), table.source)


def new_table(word: "Word", columns: int, widths: list[float]) -> "WordTable":
    """Without rows yet; `widths` in points. A paragraph has to follow: tables that touch are one."""
    from docx.shared import Pt

    made = word.add_table(rows=0, cols=columns)
    made.autofit = False
    borders = element("w:tblBorders")
    for side in SIDES:
        colour = RULE.removeprefix("#")
        borders.append(element(f"w:{side}", w_val="single", w_sz="4", w_space="0", w_color=colour))
    # Word refuses a file whose properties are out of order.
    made._tbl.tblPr.insert_element_before(borders, "w:tblLayout", "w:tblLook")
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Pt(width)
    return made


def add_row(table: "WordTable") -> list["_Cell"]:
    """A row that no page parts."""
    row = table.add_row()
    row._tr.get_or_add_trPr().append(element("w:cantSplit"))
    return list(row.cells)


def _widths(table: Table, kept: list[int]) -> list[float]:
    """As in the PDF, without the columns that are left out; all of them on one page."""
    rows = rows_of(table, TABLE.size)
    extents = column_extents(table, rows, TABLE.size)
    columns = [table.columns[at] for at in kept]
    widths = column_widths(columns, [extents[at] for at in kept])
    scale = min(1.0, WIDTH / sum(widths))
    return [width * scale for width in widths]


def _add_head(table: "WordTable", columns: list[Column]) -> None:
    cells = add_row(table)
    table.rows[0]._tr.get_or_add_trPr().append(element("w:tblHeader"))
    for cell, column in zip(cells, columns, strict=True):
        _shade(cell, PALE)
        write(_line(cell, column), column.label, strong=True)


def _add_row(
    table: "WordTable", columns: list[Column], row: Row, held: list[Cell], brand: str
) -> None:
    for cell, column, value in zip(add_row(table), columns, held, strict=True):
        line = _line(cell, column)
        strong = row.total or column.strong or isinstance(value, RowHead)
        if column.kind is ColumnKind.TILE and isinstance(value, Grade):
            fill = fill_of(value.tone, brand)
            _shade(cell, fill.fill)
            _coloured(line, value.letter, fill.letter)
        else:
            write(line, _prose(value), strong=strong)


def _prose(value: Cell) -> Prose:
    words = value.text if isinstance(value, RowHead) else value
    return words if isinstance(words, str | tuple) else text_of(words)


def _line(cell: "_Cell", column: Column) -> "Paragraph":
    """The cell's paragraph, ready to write in."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    [line] = cell.paragraphs
    styled(line, "Cell")
    if column.kind.is_number:
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    return line


def _coloured(line: "Paragraph", letter: str, colour: str) -> None:
    from docx.shared import RGBColor

    run = line.add_run(letter)
    run.bold = True
    run.font.color.rgb = RGBColor.from_string(colour.removeprefix("#").upper())


def _shade(cell: "_Cell", colour: str) -> None:
    properties: Any = cell._tc.get_or_add_tcPr()
    properties.append(
        element("w:shd", w_val="clear", w_color="auto", w_fill=colour.removeprefix("#"))
    )
