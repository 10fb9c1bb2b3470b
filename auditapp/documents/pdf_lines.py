"""Lines of words, and the tiles among them, drawn on a page."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from auditapp.documents.fonts import REGULAR, from_the_right, mirrored, shape, units
from auditapp.documents.marks import Grade
from auditapp.documents.pdf_text import TILE, TILE_GAP, Atom, Line
from auditapp.documents.pen import Pen
from auditapp.documents.tags import Node
from auditapp.documents.tokens import LINK, Type, fill_of


def draw_line(
    pen: Pen, node: Node | None, line: Line, at: tuple[float, float], how: Type, brand: str
) -> None:
    """Draw a line from its left end and baseline. A space follows it where words go on.

    An element without a word gets a space: none is without content.
    """
    x, y = at
    if node and not line.atoms and not node.kids:
        pen.text(node, " ", (x, y, how.size), (REGULAR, how.colour))
    runs = list(_runs(line.atoms))
    for number, run in enumerate(runs):
        first = run[0]
        if first.tile:
            draw_tile(pen, first.tile, (x, y), brand)
            x += TILE + TILE_GAP
            continue
        follows = runs[number + 1][0] if number + 1 < len(runs) else None
        gap = (follows and not follows.glued) or (not follows and not line.ends)
        ending = " " if gap else ""
        wide = _draw_run(pen, node, run, ending, (x, y), how)
        x += wide + (run[-1].space if ending else 0)


def _runs(atoms: Sequence[Atom]) -> Iterator[list[Atom]]:
    """Neighbours drawn alike; words that read from right to left in the order of the eye."""

    def alike(atom: Atom) -> tuple[object, ...]:
        return atom.word.face, bool(atom.word.spoken), atom.word.backwards, id(atom.link), atom.tile

    for _, run in groupby(atoms, alike):
        yield list(run)


def _draw_run(
    pen: Pen, node: Node | None, run: list[Atom], ending: str, at: tuple[float, float], how: Type
) -> float:
    """Draw neighbours as one string; returns its width without the `ending`."""
    drawn = _joined(run, [atom.word.drawn for atom in run]) + ending
    spoken = _joined(run, [atom.text for atom in run]) + ending if run[0].word.spoken else ""
    width = sum(atom.width + (0 if atom.glued else atom.space) for atom in run)
    width -= 0 if run[0].glued else run[0].space
    link = run[0].link
    owner = node
    if link and node:
        if link not in node.kids:
            node.kids.append(link)
        owner = link
    look = (run[0].word.face, LINK if link else how.colour)
    if run[0].word.backwards:
        _draw_backwards(pen, owner, drawn, (at[0] + width, at[1], how.size), look)
    else:
        pen.text(owner, drawn or " ", (*at, how.size), look, spoken)
    if link and node:
        x, y = at
        pen.line((x, y - 1.4), (x + width, y - 1.4), (0.5, LINK))
        pen.link(link, (x, y - 0.25 * how.size, width, how.size * 1.1))
    return width


def _draw_backwards(
    pen: Pen, node: Node | None, words: str, end: tuple[float, float, float], look: tuple[str, str]
) -> None:
    """Draw `words` leftwards from their right `end`, in the order in which they are read."""
    x, y, size = end
    for piece in from_the_right(words):
        turned = mirrored(piece)
        x -= units(piece, look[0]) * size
        pen.text(node, turned, (x, y, size), look, piece if turned != piece else "")


def _joined(run: list[Atom], words: list[str]) -> str:
    return words[0] + "".join(
        word if atom.glued else f" {word}" for atom, word in zip(run[1:], words[1:])
    )


def draw_tile(pen: Pen, grade: Grade, at: tuple[float, float], brand: str) -> None:
    """A grade's tile, standing on the baseline. For the eye: its word is beside it."""
    x, y = at
    fill = fill_of(grade.tone, brand)
    bottom = y - 2.6
    pen.filled((x, bottom, TILE, TILE), fill)
    draw_letter(pen, grade.letter, (x + TILE / 2, bottom + TILE / 2), fill.letter)


def draw_letter(
    pen: Pen, letter: str, centre: tuple[float, float], colour: str, node: Node | None = None
) -> None:
    """A letter or two in the middle of a fill; of `node`, or else of the figure around it."""
    size = 8.0 if len(letter) < 2 else 6.5
    shaped = shape(letter, True)
    x, y = centre
    start = (x - shaped.units * size / 2, y - 0.335 * size, size)
    pen.text(node or pen.inside, shaped.drawn, start, (shaped.face, colour))
