"""Words set into lines. Nothing here reads markup: what was typed is drawn, sign by sign."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from auditapp.documents.fonts import (
    REGULAR,
    STRONG,
    Shaped,
    advances,
    shape,
    shape_in,
    space_units,
)
from auditapp.documents.marks import Grade
from auditapp.documents.tags import Node
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
