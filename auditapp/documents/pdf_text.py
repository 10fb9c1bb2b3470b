"""Words set into lines. Nothing here reads markup: what was typed is drawn, sign by sign."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import NamedTuple

from auditapp.documents.fonts import (
    REGULAR,
    STRONG,
    Shaped,
    advances,
    from_the_right,
    mirrored,
    shape,
    shape_in,
    space_units,
    units,
)
from auditapp.documents.marks import Grade
from auditapp.documents.pen import Pen
from auditapp.documents.tags import Node
from auditapp.documents.tokens import LINK, Type, fill_of
from auditapp.documents.words import Link, Prose, Strong

_GAPS = re.compile("[ \t\u2000-\u200a\u3000]+")
_BREAK_AFTER = "-/\\@._?&=,;:)"
TILE = 11.5  # the side of a grade's tile
TILE_GAP = 3.5


@dataclass(frozen=True)
class Atom:
    """A word or a tile, broken only if it alone is wider than a line; `width` in points.

    `glued` to what stands before it, without a space.
    """

    word: Shaped
    text: str
    width: float
    space: float
    glued: bool = False
    tile: Grade | None = None
    link: Node | None = None


class Line(NamedTuple):
    atoms: tuple[Atom, ...]
    width: float
    ends: bool  # no space follows: the words end here, or one word goes on below


def atoms_of(prose: Prose, size: float, *, strong: bool = False) -> list[list[Atom]]:
    """The words of `prose`, in one list per typed line. A link's node has yet to be placed."""
    lines: list[list[Atom]] = [[]]
    glued = False
    for run in (prose,) if isinstance(prose, str) else prose:
        text = run if isinstance(run, str) else run.text
        heavy = strong or isinstance(run, Strong)
        link = None
        if isinstance(run, Link) and run.outside:
            link = Node("Link", address=run.outside)
        for number, line in enumerate(text.split("\n")):
            if number:
                lines.append([])
                glued = False
            for position, word in enumerate(_GAPS.split(line)):
                glued = glued and not position
                if word:
                    lines[-1].append(_atom(word, size, heavy, glued, link))
                    glued = True
    return lines


def grade_atoms(grade: Grade, size: float, *, strong: bool = False) -> list[Atom]:
    """A tile and its word, kept together."""
    blank = Shaped(REGULAR, "", 0)
    tile = Atom(blank, "", TILE + TILE_GAP, space_units(REGULAR) * size, tile=grade)
    word = "\u00a0".join(grade.word.split())
    return [tile, _atom(word, size, strong, True, None)]


def _atom(word: str, size: float, strong: bool, glued: bool, link: Node | None) -> Atom:
    shaped = shape(word, strong)
    space = space_units(STRONG if strong else REGULAR) * size
    return Atom(shaped, word, shaped.units * size, space, glued, link=link)


def wrapped(paragraphs: Sequence[Sequence[Atom]], width: float, size: float) -> list[Line]:
    """Lines no wider than `width`. A word wider than that is broken where it reads best."""
    lines: list[Line] = []
    for atoms in paragraphs:
        if lines:
            lines[-1] = lines[-1]._replace(ends=False)
        lines += _wrapped(atoms, width, size)
    return lines


def _wrapped(atoms: Sequence[Atom], width: float, size: float) -> Iterator[Line]:
    line: list[Atom] = []
    filled = 0.0
    for chunk in _chunks(atoms):
        wide = sum(atom.width for atom in chunk)
        gap = line[-1].space if line else 0.0
        if line and filled + gap + wide > width:
            yield Line(tuple(line), filled, False)
            line, filled, gap = [], 0.0, 0.0
        if wide > width:
            *full, chunk = _broken(chunk, width, size)
            yield from (Line((part[0],), part[0].width, True) for part in full)
            wide = sum(atom.width for atom in chunk)
        line += chunk
        filled += gap + wide
    yield Line(tuple(line), filled, True)


def _chunks(atoms: Sequence[Atom]) -> Iterator[list[Atom]]:
    """Atoms that may not be parted."""
    chunk: list[Atom] = []
    for atom in atoms:
        if chunk and not atom.glued:
            yield chunk
            chunk = []
        chunk.append(atom)
    if chunk:
        yield chunk


def _broken(chunk: list[Atom], width: float, size: float) -> Iterator[list[Atom]]:
    """Each piece as a list of its own; the last is the rest, which fits."""
    for atom in chunk:
        rest = atom.text
        while (cut := _cut(rest, atom.word.face, width / size)) < len(rest):
            yield [_piece(atom, rest[:cut], size)]
            rest = rest[cut:]
        yield [_piece(atom, rest, size)]


def _cut(text: str, face: str, room: float) -> int:
    """How many signs of `text` fit in `room`; back to after a sign that parts words, if near."""
    filled, fits, widths = 0.0, 0, advances(face)
    for sign in text:
        filled += widths[sign]
        if filled > room:
            break
        fits += 1
    fits = max(fits, 1)
    if fits >= len(text):
        return len(text)
    near = [place for place in range(fits * 2 // 3, fits) if text[place] in _BREAK_AFTER]
    return near[-1] + 1 if near else fits


def _piece(atom: Atom, text: str, size: float) -> Atom:
    if text == atom.text:
        return replace(atom, glued=False)
    shaped = shape_in(text, atom.word.face)
    return replace(atom, word=shaped, text=text, width=shaped.units * size, glued=False)


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
