"""Blocks, one below the other, over as many pages as they need."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from auditapp.documents.pdf_lines import draw_line
from auditapp.documents.pdf_text import Atom, Line, atoms_of, wrapped
from auditapp.documents.pen import Pen
from auditapp.documents.tags import Node
from auditapp.documents.tokens import BOTTOM, LEFT, TOP, WIDTH, Type
from auditapp.documents.words import Prose

TOGETHER = 2  # lines of a paragraph at least, at the foot and at the head of a page

BALANCES = (0.9, 0.8, 0.7, 0.6)  # of the width, for titles

Draw = Callable[[Pen], None]


@dataclass
class Flow:
    """Where the next block goes, and what is to be drawn on each page so far."""

    brand: str
    y: float = TOP
    pages: list[list[Draw]] = field(default_factory=lambda: [[]])

    @property
    def room(self) -> float:
        return self.y - BOTTOM

    @property
    def at_top(self) -> bool:
        return self.y >= TOP

    def next_page(self) -> None:
        self.pages.append([])
        self.y = TOP

    def need(self, height: float) -> bool:
        """Go to the next page unless `height` is left or the page is fresh; whether it did."""
        if height > self.room and not self.at_top:
            self.next_page()
            return True
        return False

    def take(self, height: float) -> float:
        """The upper edge of the next `height` points."""
        top, self.y = self.y, self.y - height
        return top

    def draw(self, draw: Draw) -> None:
        self.pages[-1].append(draw)


class Block(Protocol):
    """Something that takes room. `least` is the height below which it does not begin."""

    stays_with_next: bool

    @property
    def least(self) -> float: ...

    def place(self, flow: Flow) -> None: ...


def place_all(blocks: Sequence[Block], flow: Flow) -> None:
    """Place blocks in order; what stays with the next does not end a page."""
    for index, block in enumerate(blocks):
        least, after = block.least, index
        while blocks[after].stays_with_next and after + 1 < len(blocks):
            after += 1
            least += blocks[after].least
        flow.need(least)
        block.place(flow)


@dataclass
class Break:
    """The rest of the page stays empty."""

    stays_with_next: bool = False
    least: float = 0.0

    def place(self, flow: Flow) -> None:
        if not flow.at_top:
            flow.next_page()


@dataclass
class TextBlock:
    """Lines of words, `left` points right of the margin.

    `label`, if given, is a bullet or a name: its lines stand in the margin that `left` leaves.
    `bookmark` is an entry of the outline, its words and level.
    """

    lines: Sequence[Line]
    how: Type
    node: Node
    left: float = 0.0
    stays_with_next: bool = False
    bookmark: tuple[str, int] | None = None
    label: tuple[Sequence[Line], Type, Node] | None = None

    @classmethod
    def of(cls, prose: Prose, how: Type, node: Node, *, left: float = 0.0) -> "TextBlock":
        return cls.set(atoms_of(prose, how.size, strong=how.strong), how, node, left=left)

    @classmethod
    def set(
        cls, atoms: Sequence[Sequence[Atom]], how: Type, node: Node, *, left: float = 0.0
    ) -> "TextBlock":
        return cls(wrapped(atoms, WIDTH - left, how.size), how, node, left)

    @classmethod
    def balanced(cls, words: str, how: Type, node: Node) -> "TextBlock":
        """A title, its lines about as long as each other."""
        atoms = atoms_of(words, how.size, strong=how.strong)
        lines = wrapped(atoms, WIDTH, how.size)
        for part in BALANCES:
            narrower = wrapped(atoms, WIDTH * part, how.size)
            if len(narrower) > len(lines):
                break
            lines = narrower
        return cls(lines, how, node)

    @property
    def least(self) -> float:
        whole = self.stays_with_next or len(self.lines) <= TOGETHER + 1
        lines = len(self.lines) if whole else TOGETHER
        after = self.how.after if self.stays_with_next else 0  # else it may hang over the edge
        return self.how.before + lines * self.how.leading + after

    def place(self, flow: Flow) -> None:
        if not flow.at_top:
            flow.take(self.how.before)
        self._place_bookmark(flow)
        for index, line in enumerate(self.lines):
            left = len(self.lines) - index
            flow.need(self.how.leading * (TOGETHER if left == TOGETHER else 1))
            self._place_label(flow, index)
            self._place_line(flow, line)
        flow.take(self.how.after)

    def _place_line(self, flow: Flow, line: Line) -> None:
        at = (LEFT + self.left, flow.take(self.how.leading) - self.how.drop)
        flow.draw(lambda pen: draw_line(pen, self.node, line, at, self.how, flow.brand))

    def _place_label(self, flow: Flow, index: int) -> None:
        if self.label and index < len(self.label[0]):
            (lines, how, node), at = self.label, (LEFT, flow.y - self.how.drop)
            flow.draw(lambda pen: draw_line(pen, node, lines[index], at, how, flow.brand))

    def _place_bookmark(self, flow: Flow) -> None:
        if self.bookmark:
            (title, level), top = self.bookmark, flow.y
            flow.draw(lambda pen: pen.bookmark(title, level, top))
