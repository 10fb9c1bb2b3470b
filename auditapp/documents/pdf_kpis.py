"""The figures that come first, large and side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from auditapp.documents.fonts import space_units, REGULAR
from auditapp.documents.pdf_flow import Flow
from auditapp.documents.pdf_text import Line, atoms_of, draw_line, wrapped
from auditapp.documents.pen import Pen
from auditapp.documents.tags import Node
from auditapp.documents.tokens import EDGE, KPI_BESIDE, KPI_NUMBER, LEFT, SMALL, WIDTH
from auditapp.documents.tree import KPI, text_of

KPI_ROW = 5  # side by side
GAP = 14.0
BEFORE, AFTER = 8.0, 10.0
LABEL = SMALL._replace(leading=11)
TOP_SPACE = 3.0


@dataclass(frozen=True)
class _SetKPI:
    number: Line
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
        draw_line(pen, item.value, item.number, (left, baseline), KPI_NUMBER, brand)
        beside = left + item.number.width + space_units(REGULAR) * KPI_NUMBER.size * 0.7
        draw_line(pen, item.value, item.beside, (beside, baseline), KPI_BESIDE, brand)
        first = top - TOP_SPACE - KPI_NUMBER.leading - LABEL.drop
        for index, line in enumerate(item.label):
            at = (left, first - index * LABEL.leading)
            draw_line(pen, item.name, line, at, LABEL, brand)


def _set(item: KPI, holder: Node, width: float) -> _SetKPI:
    number = wrapped(atoms_of(text_of(item.value), KPI_NUMBER.size, strong=True), WIDTH, 1)[0]
    beside = wrapped(atoms_of(text_of(item.beside), KPI_BESIDE.size), WIDTH, 1)[0]
    label = wrapped(atoms_of(item.label, LABEL.size), width, LABEL.size)
    return _SetKPI(number._replace(ends=False), beside, label, holder.add("Lbl"), holder.add("LBody"))
