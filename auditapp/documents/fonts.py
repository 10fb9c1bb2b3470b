"""The faces of the PDFs: which face draws a word, and how wide it is."""

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFont

FOLDER = Path(__file__).parent.parent / "static" / "fonts"
REGULAR, STRONG, FALLBACK = "AuditRegular", "AuditStrong", "AuditFallback"
FILES = {
    REGULAR: "AtkinsonHyperlegibleNext-Regular.ttf",
    STRONG: "AtkinsonHyperlegibleNext-Bold.ttf",
    FALLBACK: "DejaVuSans.ttf",
}
UNKNOWN = "\u25a1"  # drawn for a character that no face has; what was typed can still be copied
SPACE = "\u00a0"  # a space within a word
KEPT_MAX_CHARS = 40
_RIGHT_TO_LEFT = {"R", "AL"}
_NUMBER = {"EN", "AN", "ES", "CS", "ET"}


@dataclass(frozen=True)
class Shaped:
    """A word ready to draw: `drawn` in one face, `units` wide at size 1.

    `spoken` is the word as typed where `drawn` differs from it, else empty. `backwards` words
    are drawn from the right.
    """

    face: str
    drawn: str
    units: float
    spoken: str = ""
    backwards: bool = False


@cache
def font(name: str) -> "TTFont":
    """The face, registered with ReportLab at first use."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    face = TTFont(name, str(FOLDER / FILES[name]))
    pdfmetrics.registerFont(face)
    return face


@cache
def space_units(face: str) -> float:
    return units(" ", face)


class _Advances(dict[str, float]):
    """The width of each sign at size 1, looked up once."""

    def __init__(self, face: str) -> None:
        super().__init__()
        self._face = font(face).face

    def __missing__(self, sign: str) -> float:
        width: float = self._face.charWidths.get(ord(sign), self._face.defaultWidth) / 1000
        self[sign] = width
        return width


@cache
def advances(face: str) -> _Advances:
    return _Advances(face)


def units(text: str, face: str) -> float:
    """The width of `text` at size 1."""
    return sum(map(advances(face).__getitem__, text))


def face_of(word: str, strong: bool) -> str:
    """One face for the whole word: letters of two faces in one word read badly."""
    face = STRONG if strong else REGULAR
    glyphs = font(face).face.charToGlyph
    return face if all(ord(sign) in glyphs or _is_unseen(sign) for sign in word) else FALLBACK


def shape(word: str, strong: bool = False) -> Shaped:
    """`word` in the face that draws it. Short words are kept: a report says them often."""
    if len(word) <= KEPT_MAX_CHARS:
        return _kept(word, strong)
    return shape_in(word, face_of(word, strong))


@lru_cache(maxsize=20_000)
def _kept(word: str, strong: bool) -> Shaped:
    return shape_in(word, face_of(word, strong))


def shape_in(word: str, face: str) -> Shaped:
    """`word` in a given face."""
    if word.isascii():
        return Shaped(face, word, units(word, face))
    glyphs = font(face).face.charToGlyph
    drawn = "".join(
        " " if sign == SPACE else sign if ord(sign) in glyphs else UNKNOWN
        for sign in word
        if not _is_unseen(sign)
    )
    backwards = any(unicodedata.bidirectional(sign) in _RIGHT_TO_LEFT for sign in drawn)
    spoken = "" if drawn == word.replace(SPACE, " ") else word
    return Shaped(face, drawn, units(drawn, face), spoken, backwards)


def _is_unseen(sign: str) -> bool:
    """Joiners, soft hyphens and variation selectors: they shape other signs and draw nothing."""
    return unicodedata.category(sign) == "Cf" or "\ufe00" <= sign <= "\ufe0f"


def from_the_right(words: str) -> list[str]:
    """The signs in the order of reading, each to be drawn left of the one before it; numbers
    are pieces that keep their own order.

    This is the plain case of the bidirectional algorithm, without joining Arabic letters.
    """
    pieces: list[str] = []
    for sign in words:
        is_number = unicodedata.bidirectional(sign) in _NUMBER
        if is_number and pieces and unicodedata.bidirectional(pieces[-1][-1]) in _NUMBER:
            pieces[-1] += sign
        else:
            pieces.append(sign)
    return pieces


def mirrored(piece: str) -> str:
    """Brackets as they stand where words are read from the right."""
    return piece.translate(_MIRRORED)


_MIRRORED = str.maketrans("()[]{}<>\u00ab\u00bb", ")(][}{><\u00bb\u00ab")
