"""Colours and sizes of printed documents. Sizes are in points.

Source: the design tokens of app.css, which pages use; its print rules give the sizes.
"""

from typing import NamedTuple

from auditapp.documents.marks import Tone

MM = 72 / 25.4
PAGE_WIDTH, PAGE_HEIGHT = 210 * MM, 297 * MM
LEFT, TOP, BOTTOM = 16 * MM, PAGE_HEIGHT - 18 * MM, 18 * MM
WIDTH = PAGE_WIDTH - 2 * LEFT
HEIGHT = TOP - BOTTOM

INK, QUIET, LINK, WHITE = "#17232d", "#4d5a66", "#14556f", "#ffffff"
EDGE, RULE, PALE_RULE = "#5b6873", "#c3ccd2", "#e4e9ec"
SECOND_BRAND, PALE = "#6a90a3", "#dbe5ea"


class Fill(NamedTuple):
    """A fill, its edge and the letter on it."""

    fill: str
    edge: str
    letter: str
    dashed: bool = False


FILLS = {
    Tone.BEST: Fill("#1f7a82", "#125c63", WHITE),
    Tone.BETTER: Fill("#7fb8b4", "#45827e", INK),
    Tone.GOOD: Fill("#d3e8e3", "#5f9490", INK),
    Tone.SHORT: Fill("#e8a23a", "#94600f", INK),
    Tone.WORST: Fill("#7d1230", "#5c0b22", WHITE),
    Tone.GREEN: Fill("#2c7d52", "#1c5a39", WHITE),
    Tone.NOT_APPLICABLE: Fill(WHITE, EDGE, QUIET, dashed=True),
    Tone.NONE: Fill(WHITE, "#8b97a0", QUIET),
    Tone.NEARLY: Fill(SECOND_BRAND, EDGE, INK),
    Tone.BEGUN: Fill(PALE, EDGE, INK),
    Tone.NOT_BEGUN: Fill(WHITE, EDGE, INK),
}


def fill_of(tone: Tone, brand: str) -> Fill:
    """The fill of a tone; what is done has the partnership's own hue."""
    return Fill(brand, brand, WHITE) if tone is Tone.DONE else FILLS[tone]


class Type(NamedTuple):
    """How words are set: size, distance of lines, colour, and space above and below."""

    size: float
    leading: float
    colour: str = INK
    strong: bool = False
    before: float = 0.0
    after: float = 0.0

    @property
    def drop(self) -> float:
        """From the upper edge of a line to its baseline."""
        return self.leading * 0.5 + self.size * 0.32


TITLE = Type(22, 26, INK, True, before=2, after=5)
HEADINGS = {
    2: Type(13.5, 17, INK, True, before=17, after=4),
    3: Type(11, 14, INK, True, before=12, after=3),
    4: Type(10, 13, INK, True, before=9, after=2),
}
LETTER_TITLE = Type(16, 20, INK, True, before=6, after=8)
CAPTION = Type(10.5, 14, QUIET, after=1)
LEAD = Type(12, 17, INK, before=9, after=6)
BODY = Type(10.5, 15, INK, after=7)
SMALL = Type(8.5, 12, QUIET, after=5)
SOURCE = Type(8, 11, QUIET, before=4, after=4)
TABLE = Type(8.5, 11, INK)
TABLE_HEAD = Type(8.5, 10.5, QUIET)
KPI_NUMBER = Type(21, 25, INK, True)
KPI_BESIDE = Type(9.5, 12, QUIET)
# To be filled in by hand: what is ticked, and the distance of lines of handwriting.
TICKED = Type(9, 11, INK, after=2)
WRITTEN, WRITTEN_SMALL = 18.0, 15.5
RUNNING = Type(8, 10, QUIET)
