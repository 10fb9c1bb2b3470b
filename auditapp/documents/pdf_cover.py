"""How a PDF begins, and what runs along the edges of its pages."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from auditapp.documents.pdf_flow import Block, Flow, TextBlock
from auditapp.documents.pdf_lines import draw_line
from auditapp.documents.pdf_text import Line, atoms_of, wrapped
from auditapp.documents.pen import Pen
from auditapp.documents.tags import Node
from auditapp.documents.tokens import (
    BODY,
    BOTTOM,
    CAPTION,
    LEFT,
    LETTER_TITLE,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    PALE_RULE,
    RUNNING,
    SMALL,
    TITLE,
    TOP,
    WHITE,
    WIDTH,
    Type,
)
from auditapp.documents.tree import Document, Letterhead

BAND = 44.0  # from the upper edge of the first page
BAND_NAME = Type(13, 16, WHITE, True)
RULE = 5.0  # above a letter
GAP = 18.0
SENDER = 0.55 * WIDTH
EDGE_MAX_CHARS = 200  # more do not fit along an edge
HEAD_LINE, FOOT_LINE = PAGE_HEIGHT - 36.0, BOTTOM - 12.0


@dataclass
class Fixed:
    """Lines at places of their own on the page; `height` is kept free for them."""

    lines: Sequence[tuple[Node, Line, tuple[float, float], Type]]
    height: float
    stays_with_next: bool = True

    @property
    def least(self) -> float:
        return self.height

    def place(self, flow: Flow) -> None:
        flow.take(self.height)
        for node, line, at, how in self.lines:
            flow.draw(partial(draw_line, node=node, line=line, at=at, how=how, brand=flow.brand))


def cover_blocks(document: Document, root: Node) -> list[Block]:
    """Who writes, the title, and what it is of; a letter has its letterhead first."""
    if document.letterhead:
        blocks = _letter_blocks(document.letterhead, root)
    else:
        blocks = [_band_block(document, root)]
    if document.subtitle:
        blocks.append(TextBlock.of(document.subtitle, CAPTION, root.add("P")))
    how = LETTER_TITLE if document.letterhead else TITLE
    title = TextBlock.balanced(document.title, how, root.add("H1"))
    blocks.append(replace(title, stays_with_next=True, bookmark=(document.title, 0)))
    for words in (*document.captions, document.as_at):
        if words:
            how = SMALL._replace(after=1)
            blocks.append(TextBlock.of(words, how, root.add("P")))
    return blocks


def _band_block(document: Document, root: Node) -> Block:
    """The partnership's name, white on the band that `draw_cover` draws."""
    node = root.add("P")
    line = wrapped(atoms_of(document.author, BAND_NAME.size, strong=True), WIDTH, BAND_NAME.size)[0]
    at = (LEFT, PAGE_HEIGHT - BAND / 2 - BAND_NAME.size * 0.34)
    return Fixed([(node, line, at, BAND_NAME)], 12.0)


def _letter_blocks(head: Letterhead, root: Node) -> list[Block]:
    strong = BODY._replace(strong=True)
    top = TOP - RULE - 8
    sender = _lines(head.sender, strong, (LEFT, top), SENDER, root)
    right = LEFT + SENDER + GAP
    contact = _lines(head.contact, BODY, (right, top), WIDTH - SENDER - GAP, root)
    height = max(len(sender), len(contact)) * BODY.leading + RULE + 8 + GAP
    blocks: list[Block] = [Fixed([*sender, *contact], height)]
    for words in ("\n".join(head.to), head.date):
        if words:
            how = BODY._replace(after=GAP * 0.7)
            blocks.append(TextBlock.of(words, how, root.add("P")))
    return blocks


def _lines(
    words: Sequence[str], how: Type, start: tuple[float, float], width: float, root: Node
) -> list[tuple[Node, Line, tuple[float, float], Type]]:
    if not words:
        return []
    node, (x, y) = root.add("P"), start
    lines = wrapped(atoms_of("\n".join(words), how.size, strong=how.strong), width, how.size)
    return [
        (node, line, (x, y - index * how.leading - how.drop), how)
        for index, line in enumerate(lines)
    ]


def draw_cover(pen: Pen, document: Document) -> None:
    """The brand's colour: a band above a report, a rule above a letter."""
    if document.letterhead:
        pen.rect((LEFT, TOP - RULE, WIDTH, RULE), document.brand)
    else:
        pen.rect((0, PAGE_HEIGHT - BAND, PAGE_WIDTH, BAND), document.brand)


def draw_running(pen: Pen, document: Document, page: int, pages: int) -> None:
    """Along the edges, for the eye only: whose and what above, of when and the page below."""
    if page > 1:
        with pen.running("Header"):
            _draw_edge(pen, (document.author, document.title), HEAD_LINE + 5)
            pen.line((LEFT, HEAD_LINE), (LEFT + WIDTH, HEAD_LINE), (0.6, PALE_RULE))
    with pen.running("Footer"):
        pen.line((LEFT, FOOT_LINE), (LEFT + WIDTH, FOOT_LINE), (0.6, PALE_RULE))
        _draw_edge(pen, (document.as_at, f"Page {page} of {pages}"), FOOT_LINE - 12)


def _draw_edge(pen: Pen, ends: tuple[str, str], baseline: float) -> None:
    left, right = ends
    line = _cut(right, WIDTH * 0.55)
    draw_line(pen, None, line, (LEFT + WIDTH - line.width, baseline), RUNNING, "")
    line = _cut(left, WIDTH * 0.95 - line.width)
    draw_line(pen, None, line, (LEFT, baseline), RUNNING, "")


def _cut(words: str, width: float) -> Line:
    """The words in one line; what does not fit is left out, and said so by three dots."""
    short = " ".join(words[:EDGE_MAX_CHARS].split())
    first, *rest = wrapped(atoms_of(short, RUNNING.size), width, RUNNING.size)
    if not rest:
        return first
    kept = " ".join(atom.text for atom in first.atoms)
    return wrapped(atoms_of(f"{kept}\u2026", RUNNING.size), WIDTH, RUNNING.size)[0]
