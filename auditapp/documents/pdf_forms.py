"""What a printed form is filled in with, as blocks of a PDF: boxes to tick and to write in."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from auditapp.documents.form_parts import Boxes, Tick, Ticks
from auditapp.documents.pdf_flow import Block, Flow, TextBlock
from auditapp.documents.pdf_lines import draw_line
from auditapp.documents.pdf_text import Atom, Line, atoms_of, wrapped
from auditapp.documents.pen import Pen
from auditapp.documents.tags import Node
from auditapp.documents.tokens import EDGE, LEFT, SMALL, TICKED, WIDTH, WRITTEN, WRITTEN_SMALL
from auditapp.documents.words import plain

SIGN = "\u2610"
SIGN_SIZE = 12.0
SIGN_WIDTH = 16.0  # from the margin to the words
SIGN_GAP = 3.0
BETWEEN = 18.0  # ticks in a row
WORDS_BEFORE_LINE = 0.6 * WIDTH
INSET = 4.0  # of the words in a box
AFTER_BOX = 3.0
LABEL = SMALL._replace(leading=10.5)
STROKE = (0.6, EDGE)


def form_blocks(part: Ticks | Boxes, root: Node) -> list[Block]:
    """The blocks of a part that has items, their elements added to `root`."""
    if isinstance(part, Boxes):
        return [BoxesBlock.of(part, root)]
    if part.in_a_row:
        return [_row_of_ticks(part, root)]
    listed = root.add("L", numbering="None")
    blocks = [_tick(item, listed.add("LI")) for item in part.items]
    return [replace(block, stays_with_next=block is not blocks[-1]) for block in blocks]


def _tick(item: Tick, holder: Node) -> TextBlock:
    how = TICKED._replace(leading=WRITTEN_SMALL, after=0) if item.line else TICKED
    sign_how = how._replace(size=SIGN_SIZE)
    [sign] = wrapped(atoms_of(SIGN, SIGN_SIZE), SIGN_WIDTH, SIGN_SIZE)
    label = ([sign._replace(ends=False)], sign_how, holder.add("Lbl"))
    width = (WORDS_BEFORE_LINE if item.line else WIDTH) - SIGN_WIDTH
    lines = wrapped(atoms_of(item.text, how.size), width, how.size)
    kind = LinedBlock if item.line else TextBlock
    return kind(lines, how, holder.add("LBody"), SIGN_WIDTH, label=label)


@dataclass
class LinedBlock(TextBlock):
    """Words with a line to write on behind them."""

    def place(self, flow: Flow) -> None:
        super().place(flow)
        y = flow.y + self.how.leading - self.how.drop - 1
        start = LEFT + self.left + self.lines[-1].width + INSET
        flow.draw(lambda pen: pen.line((start, y), (LEFT + WIDTH, y), STROKE))


def _row_of_ticks(part: Ticks, root: Node) -> TextBlock:
    """In lines, each box kept with its words."""
    how = TICKED._replace(size=10.5, leading=WRITTEN)
    atoms: list[Atom] = []
    for item in part.items:
        words = "\u00a0".join(plain(item.text).split()) or "\u00a0"
        [[sign], [word]] = [atoms_of(each, how.size)[0] for each in (SIGN, words)]
        spoken = replace(sign.word, spoken=f"{SIGN} ")
        atoms.append(replace(sign, width=sign.width + SIGN_GAP, word=spoken))
        atoms.append(replace(word, glued=True, space=BETWEEN))
    return TextBlock.set([atoms], how, root.add("P"))


@dataclass
class BoxesBlock:
    """Boxes side by side, never parted: what each is for stands in its upper corner."""

    cells: Sequence[tuple[float, float, Sequence[Line], Node]]  # left, width, words, their element
    height: float
    stays_with_next: bool = False

    @classmethod
    def of(cls, part: Boxes, root: Node) -> "BoxesBlock":
        unit = WIDTH / sum(share for _, share in part.items)
        cells, left = [], LEFT
        for words, share in part.items:
            width = unit * share
            lines = wrapped(atoms_of(words, LABEL.size), width - 2 * INSET, LABEL.size)
            cells.append((left, width, lines, root.add("P")))
            left += width
        labels = max(len(lines) for _, _, lines, _ in cells)
        return cls(cells, labels * LABEL.leading + part.lines * WRITTEN + 2)

    @property
    def least(self) -> float:
        return self.height + AFTER_BOX

    def place(self, flow: Flow) -> None:
        top = flow.take(self.least)
        flow.draw(lambda pen: self._draw(pen, top, flow.brand))

    def _draw(self, pen: Pen, top: float, brand: str) -> None:
        bottom = top - self.height
        for left, width, lines, node in self.cells:
            right = left + width
            corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
            for start, end in pairwise(corners):
                pen.line(start, end, STROKE)
            for index, line in enumerate(lines):
                y = top - 2 - index * LABEL.leading - LABEL.drop
                draw_line(pen, node, line, (left + INSET, y), LABEL, brand)
