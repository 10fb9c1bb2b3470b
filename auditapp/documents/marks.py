"""Marks: grades, and the bars and dots drawn in a table's own row."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar, NamedTuple

from auditapp.documents.figures import Share

LETTER_FROM = 4.5  # per cent of the bar: a letter does not fit in less
WHOLE = 100.0
EQUAL_WITHIN = 0.002  # of the whole: nearer dots would lie on one another


class Tone(StrEnum):
    """A fill, by the place on the scale; the value ends the classes `t-` and `f-` of app.css."""

    BEST = "1"
    BETTER = "5"  # between best and good, on scales of five
    GOOD = "2"
    SHORT = "3"
    WORST = "4"
    GREEN = "g"  # the best of three
    NOT_APPLICABLE = "na"
    NONE = "0"
    # Progress, which is not a grade: shades of the brand.
    DONE = "brand"
    NEARLY = "mid"
    BEGUN = "pale"
    NOT_BEGUN = "none"

    @property
    def is_dark(self) -> bool:
        """Whether a letter on it is white."""
        return self in {Tone.BEST, Tone.WORST, Tone.GREEN, Tone.DONE}


@dataclass(frozen=True)
class Grade:
    """A step of a scale: the tile (letter and tone) is never without its word."""

    word: str
    letter: str
    tone: Tone
    kind: ClassVar[str] = "grade"

    @property
    def text(self) -> str:
        return self.word


@dataclass(frozen=True)
class GradePair:
    """The organisation's own grade and the panel's, and what came of it ("raised").

    The panel's is None before it is released, or where it could not be given: then only the
    outcome follows ("inconclusive").
    """

    own: Grade
    panel: Grade | None
    outcome: str
    kind: ClassVar[str] = "pair"

    @property
    def changed_to(self) -> Grade | None:
        """The panel's grade where it differs."""
        return self.panel if self.panel != self.own else None

    @property
    def text(self) -> str:
        words = [self.own.word]
        if self.changed_to:
            words += ["\u2192", self.changed_to.word]
        return " ".join([*words, self.outcome]).strip()


@dataclass(frozen=True)
class Segment:
    """One part of a stacked bar: how much of the whole, and what it is called."""

    share: Share
    word: str
    tone: Tone
    letter: str = ""


class Span(NamedTuple):
    """Where a segment is drawn, in per cent of the bar from its left edge."""

    start: float
    width: float
    segment: Segment
    letter: str


@dataclass(frozen=True)
class StackedBar:
    """Segments from left to right. Their numbers stand in the row's other cells."""

    segments: tuple[Segment, ...]
    kind: ClassVar[str] = "bar"

    @property
    def spans(self) -> tuple[Span, ...]:
        spans, start = [], 0.0
        for segment in self.segments:
            width = WHOLE * segment.share.fraction
            if width:
                letter = segment.letter if width >= LETTER_FROM else ""
                spans.append(Span(start, width, segment, letter))
            start += width
        return tuple(spans)

    @property
    def text(self) -> str:
        """What it shows, in words."""
        if not self.spans:
            return next((part.share.empty for part in self.segments), "")
        return ", ".join(f"{part.word} {part.share.text}" for part in self.segments)


@dataclass(frozen=True)
class Dots:
    """Two shares on one axis: self is the open dot, moderated the filled one, if there is one."""

    own: Share
    panel: Share | None
    kind: ClassVar[str] = "dots"

    @property
    def shares(self) -> tuple[Share, ...]:
        return (self.own,) if self.panel is None else (self.own, self.panel)

    @property
    def drawn(self) -> tuple[Share, ...]:
        """The shares that have a place: not those of nothing."""
        return tuple(share for share in self.shares if share.denominator)

    @property
    def are_equal(self) -> bool:
        """Whether both would be drawn in one place."""
        places = [share.fraction for share in self.drawn]
        return len(places) == 2 and abs(places[0] - places[1]) < EQUAL_WITHIN

    @property
    def text(self) -> str:
        panel = f", moderated {self.panel.text}" if self.panel else ""
        return f"self {self.own.text}{panel}"


@dataclass(frozen=True)
class Axis:
    """A percentage axis from `low`, in whole per cents, to 100."""

    low: int

    @classmethod
    def around(cls, shares: Iterable[Share]) -> "Axis":
        """From the last 10 per cent below the least of them; from nought if that is below 40."""
        percents = [share.percent for share in shares if share.percent is not None]
        least = int(min(percents, default=Decimal(0))) // 10 * 10
        return cls(min(least, 90) if least >= 40 else 0)

    @property
    def ticks(self) -> tuple[int, ...]:
        step = 10 if self.low else 25
        return tuple(range(self.low, 101, step))

    def place(self, percent: float) -> float:
        """Where a percentage is drawn, in per cent of the cell, within margins of 2."""
        return 2 + 96 * (percent - self.low) / (WHOLE - self.low)

    def place_of(self, share: Share) -> float:
        return self.place(WHOLE * share.fraction)
