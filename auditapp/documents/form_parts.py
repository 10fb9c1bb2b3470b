"""Parts of a document that are filled in by hand."""

from dataclasses import dataclass
from typing import ClassVar

from auditapp.documents.words import Prose


@dataclass(frozen=True)
class Tick:
    """What a box to tick stands before; a `line` to write on may follow it."""

    text: Prose
    line: bool = False


@dataclass(frozen=True)
class Ticks:
    """Boxes to tick, for files that are printed: one below the other or, if short, `in_a_row`."""

    items: tuple[Tick, ...]
    in_a_row: bool = False
    kind: ClassVar[str] = "ticks"


@dataclass(frozen=True)
class Boxes:
    """Empty boxes side by side to write in, for files that are printed.

    Each has the words that say what belongs there, and its part of the width; `lines` is the
    height, in lines of handwriting.
    """

    items: tuple[tuple[Prose, int], ...]
    lines: int = 1
    kind: ClassVar[str] = "boxes"
