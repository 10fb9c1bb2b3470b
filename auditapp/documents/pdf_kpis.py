"""The figures that come first, large and side by side."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from auditapp.documents.pdf_flow import Flow
from auditapp.documents.pdf_text import Line, atoms_of, draw_line, wrapped
from auditapp.documents.pen import Pen
from auditapp.documents.tags import Node
from auditapp.documents.tokens import EDGE, KPI_BESIDE, KPI_NUMBER, LEFT, SMALL, WIDTH, Type
from auditapp.documents.tree import KPI, text_of

KPI_ROW = 5  # side by side
GAP = 14.0
BEFORE, AFTER = 8.0, 10.0
LABEL = SMALL._replace(leading=11)
TOP_SPACE = 3.0
BESIDE_GAP = 4.5
SIZES = (KPI_NUMBER.size, 18.0, 15.0, 12.0, 9.0, 6.5)


@dataclass(frozen=True)
class _SetKPI:
    number: Line
    how: Type  # of the number: smaller where it would not fit
    beside: Line
    label: Sequence[Line]
    name: Node
    value: Node


@dataclass
class KPIBlock:
    """Up to five figures: number, what stands beside it, and what it is, below."""

    items: list[_SetKPI]
    width: float
    stays_with_next: bool = False

    @classmethod
    def of(cls, items: Sequence[KPI], listed: Node) -> "KPIBlock":
        width = (WIDTH - GAP * (KPI_ROW - 1)) / KPI_ROW
        return cls([_set(item, listed.add("LI"), width) for item in items], width)

    @property
    def least(self) -> float:
        return BEFORE + self._height + AFTER

    @property
    def _height(self) -> float:
        lines = max(len(item.label) for item in self.items)
        return TOP_SPACE + KPI_NUMBER.leading + lines * LABEL.leading

    def place(self, flow: Flow) -> None:
        flow.take(BEFORE)
        top = flow.take(self._height)
        flow.take(AFTER)
        for index, item in enumerate(self.items):
            left = LEFT + index * (self.width + GAP)
            flow.draw(lambda pen, item=item, left=left: self._draw(pen, item, left, top, flow.brand))

    def _draw(self, pen: Pen, item: _SetKPI, left: float, top: float, brand: str) -> None:
        pen.line((left, top), (left + self.width, top), (0.75, EDGE))
        baseline = top - TOP_SPACE - KPI_NUMBER.drop
        draw_line(pen, item.value, item.number, (left, baseline), item.how, brand)
        beside = left + item.number.width + BESIDE_GAP
        draw_line(pen, item.value, item.beside, (beside, baseline), KPI_BESIDE, brand)
        first = top - TOP_SPACE - KPI_NUMBER.leading - LABEL.drop
        for index, line in enumerate(item.label):
            at = (left, first - index * LABEL.leading)
            draw_line(pen, item.name, line, at, LABEL, brand)


def _set(item: KPI, holder: Node, width: float) -> _SetKPI:
    beside = _one_line(text_of(item.beside), KPI_BESIDE)
    room = width - (beside.width + BESIDE_GAP if beside.atoms else 0)
    for size in SIZES:
        how = KPI_NUMBER._replace(size=size)
        number = _one_line(text_of(item.value), how)
        if number.width <= room:
            break
    label = wrapped(atoms_of(item.label, LABEL.size), width, LABEL.size)
    name, value = holder.add("Lbl"), holder.add("LBody")
    return _SetKPI(number._replace(ends=not beside.atoms), how, beside, label, name, value)


def _one_line(words: str, how: Type) -> Line:
    [atoms] = atoms_of(words.replace("\n", " "), how.size, strong=how.strong)
    return wrapped([atoms], math.inf, how.size)[0]
