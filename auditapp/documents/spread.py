"""A document's tables as plain rows, for workbooks and CSV: one value to a cell."""

from collections.abc import Sequence
from typing import NamedTuple

from auditapp.documents.figures import Amount, Count, Share
from auditapp.documents.marks import GradePair
from auditapp.documents.tree import (
    Cell,
    Column,
    ColumnKind,
    Document,
    KeyValues,
    KPIs,
    Row,
    Table,
    text_of,
)
from auditapp.documents.words import plain

# Words, a bare number beside a share, or a figure that the drawing prints in its own way.
Value = str | int | Share | Count | Amount


class Sheet(NamedTuple):
    """A table laid flat. `notes` are its basis and source, a line each."""

    name: str
    title: str
    notes: tuple[str, ...]
    labels: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def sheets_of(document: Document) -> tuple[Sheet, ...]:
    """Every table, and every list of figures, in the order of the document."""
    sheets = []
    for part in document.parts:
        match part:
            case Table():
                sheets.append(_spread(part))
            case KPIs(items=items):
                rows = tuple(Row((item.label, item.value, item.beside)) for item in items)
                sheets.append(_spread(_table("Key figures", ("Figure", "Number", "Beside"), rows)))
            case KeyValues(items=pairs):
                rows = tuple(Row(pair) for pair in pairs)
                sheets.append(_spread(_table("Details", ("Name", "Value"), rows)))
    return tuple(sheets)


def _table(name: str, labels: tuple[str, ...], rows: tuple[Row, ...]) -> Table:
    return Table(tuple(Column(label) for label in labels), rows, name=name)


def _spread(table: Table) -> Sheet:
    columns = [
        _spread_column(column, [row.cells[index] for row in table.rows])
        for index, column in enumerate(table.columns)
        if column.kind is not ColumnKind.BAR  # its numbers stand in the other cells
    ]
    labels = tuple(label for labels, _ in columns for label in labels)
    rows = zip(*(cells for _, cells in columns), strict=True)
    notes = tuple(note for note in (plain(table.caption), plain(table.source)) if note)
    flat = tuple(tuple(value for cell in row for value in cell) for row in rows)
    return Sheet(table.name, table.title or table.name, notes, labels, flat)


def _spread_column(
    column: Column, cells: Sequence[Cell]
) -> tuple[tuple[str, ...], list[tuple[Value, ...]]]:
    """The column's labels, and for each row as many values."""
    if any(isinstance(cell, Share) for cell in cells):
        labels = (column.label, f"{column.label}: number", f"{column.label}: of")
        return labels, [_share_values(cell) for cell in cells]
    if any(isinstance(cell, GradePair) for cell in cells):
        labels = (f"{column.label}: self", f"{column.label}: panel", f"{column.label}: outcome")
        return labels, [_pair_values(cell) for cell in cells]
    return (column.label,), [(_value(cell),) for cell in cells]


def _share_values(cell: Cell) -> tuple[Value, ...]:
    if isinstance(cell, Share):
        return cell, cell.numerator, cell.denominator
    return _value(cell), "", ""


def _pair_values(cell: Cell) -> tuple[Value, ...]:
    if isinstance(cell, GradePair):
        return cell.own.word, cell.panel.word if cell.panel else "", cell.outcome
    return _value(cell), "", ""


def _value(cell: Cell) -> Value:
    return cell if isinstance(cell, Share | Count | Amount) else text_of(cell)
