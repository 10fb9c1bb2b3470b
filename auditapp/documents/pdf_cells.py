"""What stands in a cell of a table in a PDF: words set into atoms, and perhaps a drawing."""

import itertools
from dataclasses import dataclass
from typing import NamedTuple

from auditapp.documents.marks import Dots, Grade, GradePair, StackedBar
from auditapp.documents.pdf_text import Atom, Line, atoms_of, grade_atoms, wrapped
from auditapp.documents.tree import Cell, Column, ColumnKind, RowHead, Table, text_of

Drawing = StackedBar | Dots | Grade  # a Grade is drawn as the letter on its fill alone


class Extent(NamedTuple):
    """How wide a column must be, is well, and would be if its longest line were not wrapped."""

    least: float
    natural: float
    unwrapped: float


@dataclass(frozen=True)
class Content:
    paragraphs: list[list[Atom]]
    size: float
    drawing: Drawing | None = None
    is_head: bool = False

    @property
    def extent(self) -> Extent:
        widths = [_line_width(atoms) for atoms in self.paragraphs]
        natural = max(widths, default=0.0)
        return Extent(max(_chunk_widths(self.paragraphs), default=0.0), natural, natural)

    def lines(self, width: float) -> list[Line]:
        return wrapped(self.paragraphs, width, self.size)


def content_of(cell: Cell, column: Column, size: float, *, strong: bool = False) -> Content:
    """A cell's content at a type size; `strong` for the cells of a total."""
    heavy = strong or column.strong
    match cell:
        case StackedBar() | Dots():
            return Content([], size, cell)
        case Grade() if column.kind is ColumnKind.TILE:
            return Content([], size, cell)
        case Grade():
            return Content([grade_atoms(cell, size, strong=heavy)], size)
        case GradePair():
            return Content([_pair_atoms(cell, size)], size)
        case RowHead(text=Grade() as grade):
            return Content([grade_atoms(grade, size, strong=strong)], size, is_head=True)
        case RowHead(text=str() | tuple() as text):
            return Content(atoms_of(text, size, strong=strong), size, is_head=True)
        case str() | tuple():
            return Content(atoms_of(cell, size, strong=heavy), size)
        case _:
            return Content(atoms_of(_unbroken(text_of(cell)), size, strong=heavy), size)


def label_of(column: Column, size: float) -> Content:
    return Content(atoms_of(column.label, size), size)


def rows_of(table: Table, size: float) -> list[list[Content]]:
    return [
        [
            content_of(cell, column, size, strong=row.total)
            for cell, column in zip(row.cells, table.columns)
        ]
        for row in table.rows
    ]


def _pair_atoms(pair: GradePair, size: float) -> list[Atom]:
    atoms = grade_atoms(pair.own, size)
    if pair.changed_to:
        atoms += atoms_of("\u2192", size)[0]
        atoms += grade_atoms(pair.changed_to, size)
    return atoms + atoms_of(pair.outcome, size, strong=True)[0]


def _unbroken(figure: str) -> str:
    """A figure such as "9 of 21, 43%" is parted only at its comma."""
    return figure.replace(" ", "\u00a0").replace(",\u00a0", ", ")


def _line_width(atoms: list[Atom]) -> float:
    gaps = sum(before.space for before, after in itertools.pairwise(atoms) if not after.glued)
    return sum(atom.width for atom in atoms) + gaps


def _chunk_widths(paragraphs: list[list[Atom]]) -> list[float]:
    widths: list[float] = []
    for atoms in paragraphs:
        for index, atom in enumerate(atoms):
            if atom.glued and index:
                widths[-1] += atom.width
            else:
                widths.append(atom.width)
    return widths
