"""The figures that come first, large and side by side."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from auditapp.documents.pdf_flow import Flow
from auditapp.documents.pdf_lines import draw_line
from auditapp.documents.pdf_text import Line, atoms_of, wrapped
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
    """`number` is set as large as fits; what has no room beside it stands first in `below`."""

    number: Sequence[Line]
    how: Type
    beside: Line | None
    below: Sequence[Line]
    label: Sequence[Line]
    name: Node
    value: Node

    @property
    def number_height(self) -> float:
        more = (len(self.number) - 1) * self.how.leading
        return KPI_NUMBER.leading + more + len(self.below) * LABEL.leading

    @property
    def height(self) -> float:
        return TOP_SPACE + self.number_height + len(self.label) * LABEL.leading


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
        return BEFORE + max(item.height for item in self.items) + AFTER

    def place(self, flow: Flow) -> None:
        top = flow.take(self.least) - BEFORE
        for index, item in enumerate(self.items):
            at = (LEFT + index * (self.width + GAP), top)
            flow.draw(partial(self._draw, item=item, at=at, brand=flow.brand))

    def _draw(self, pen: Pen, item: _SetKPI, at: tuple[float, float], brand: str) -> None:
        left, top = at
        pen.line((left, top), (left + self.width, top), (0.75, EDGE))
        baseline = top - TOP_SPACE - KPI_NUMBER.drop
        for index, line in enumerate(item.number):
            start = (left, baseline - index * item.how.leading)
            draw_line(pen, item.value, line, start, item.how, brand)
        if item.beside:
            beside = (left + item.number[0].width + BESIDE_GAP, baseline)
            draw_line(pen, item.value, item.beside, beside, KPI_BESIDE, brand)
        first = top - TOP_SPACE - item.number_height - LABEL.drop
        for index, line in enumerate(item.below):
            start = (left, first + (len(item.below) - index) * LABEL.leading)
            draw_line(pen, item.value, line, start, LABEL, brand)
        for index, line in enumerate(item.label):
            start = (left, first - index * LABEL.leading)
            draw_line(pen, item.name, line, start, LABEL, brand)


def _set(item: KPI, holder: Node, width: float) -> _SetKPI:
    words = text_of(item.beside)
    beside = _one_line(words, KPI_BESIDE) if words else None
    room = width - beside.width - BESIDE_GAP if beside else width
    if room < width / 2:
        beside, room = None, width
    number, how = _number(text_of(item.value), room)
    below = [] if beside or not words else _lines(words, LABEL, width)
    if words:
        number[-1] = number[-1]._replace(ends=False)
    name, value = holder.add("Lbl"), holder.add("LBody")
    return _SetKPI(number, how, beside, below, _lines(item.label, LABEL, width), name, value)


def _number(words: str, room: float) -> tuple[list[Line], Type]:
    """In one line at the largest size that fits, or else in several at the smallest."""
    for size in SIZES:
        how = KPI_NUMBER._replace(size=size, leading=size * 1.2)
        if _one_line(words, how).width <= room:
            break
    return _lines(words, how, room), how


def _lines(words: str, how: Type, width: float) -> list[Line]:
    return wrapped(atoms_of(words, how.size, strong=how.strong), width + 0.01, how.size)


def _one_line(words: str, how: Type) -> Line:
    return _lines(words.replace("\n", " "), how, math.inf)[0]
