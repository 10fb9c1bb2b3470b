"""What one box takes: text, a date, a link. Pure.

A box reads what was typed, keeps it as canonical JSON, and prints it again. Blank is None, never
nought. What cannot be read is a `ValueError` whose sentence says what to type.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field

from auditapp.core.days import day_of, in_words
from auditapp.questionnaires.scales import Need

Kept = str | list[str]  # the canonical JSON of one box
SHORT_TEXT_MAX_CHARS = 200
LONG_TEXT_MAX_CHARS = 10_000
LINK_MAX_CHARS = 2_000
MONTHS = 12


def inside(words: str) -> str:
    """As inside a sentence: "a percentage, up to 100%"."""
    return f"{words[0].lower()}{words[1:]}"


class Described(BaseModel, ABC):
    """What every answer has, of one box or of several."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    hint: str = ""

    @property
    @abstractmethod
    def described(self) -> str:
        """What it takes, in words: "A percentage, up to 100%"."""


class Box(Described):
    """What every box has."""

    @property
    def takes_many(self) -> bool:
        """Whether several things can be chosen in it."""
        return False

    @abstractmethod
    def read(self, typed: Sequence[str]) -> Kept | None:
        """What is kept of what was typed; None for nothing.

        Raises:
            ValueError: it is no such thing; the message says what to type.
        """

    def shown(self, kept: Kept) -> str:
        """As pages and documents print it."""
        return str(kept)

    def typed(self, kept: Kept) -> list[str]:
        """What stands in the box when it is opened again."""
        return [str(kept)]

    def number(self, kept: Kept) -> Decimal | None:
        """What SQL may count; None for what is no number."""
        return None

    def needs(self, kept: Kept) -> frozenset[Need]:
        """What this answer asks for besides itself."""
        return frozenset()

    def remark(self, kept: Kept, on: date) -> str:
        """What a reader should notice, for a round due `on` that day; empty for nothing."""
        return ""


class Line(Box):
    """A box that is typed into."""

    def read(self, typed: Sequence[str]) -> Kept | None:
        words = typed[0].strip() if typed else ""
        return self._read(words) if words else None

    @abstractmethod
    def _read(self, words: str) -> Kept:
        """`words` are not blank. Raises as `read`."""


class TextEntry(Line):
    """Words: one line, or a `long` text."""

    kind: Literal["text"]
    long: bool = False
    most: int | None = Field(default=None, gt=0)  # characters

    @property
    def described(self) -> str:
        return "A text" if self.long else "A line of text"

    @property
    def most_chars(self) -> int:
        return self.most or (LONG_TEXT_MAX_CHARS if self.long else SHORT_TEXT_MAX_CHARS)

    def _read(self, words: str) -> str:
        unified = words.replace("\r\n", "\n").replace("\r", "\n")
        kept = "".join(sign for sign in unified if sign in "\n\t" or sign >= " ")
        kept = kept.strip() if self.long else " ".join(kept.split())
        if len(kept) > self.most_chars:
            raise ValueError(f"Use {self.most_chars:,} characters or fewer.")
        return kept


class DateEntry(Line):
    """A day. `within_months`: how long before the round's due date it may lie and still hold; an
    older one is kept, and said to have run out."""

    kind: Literal["date"]
    within_months: int | None = Field(default=None, gt=0)

    @property
    def described(self) -> str:
        if self.within_months is None:
            return "A date"
        return f"A date; it runs out after {_span(self.within_months)}"

    def _read(self, words: str) -> str:
        return day_of(words).isoformat()

    def shown(self, kept: Kept) -> str:
        return in_words(date.fromisoformat(str(kept)))

    def typed(self, kept: Kept) -> list[str]:
        day = date.fromisoformat(str(kept))
        return [f"{day.day} {day.month} {day.year}"]

    def remark(self, kept: Kept, on: date) -> str:
        if self.within_months is None:
            return ""
        day = date.fromisoformat(str(kept))
        months = (on.year - day.year) * MONTHS + on.month - day.month
        if (months, on.day) <= (self.within_months, day.day):
            return ""
        return f"more than {_span(self.within_months)} before {in_words(on)}"


def _span(months: int) -> str:
    years, rest = divmod(months, MONTHS)
    if rest:
        return f"{months} months"
    return f"{years} years" if years > 1 else "a year"


class LinkEntry(Line):
    """The address of a page."""

    kind: Literal["link"]

    @property
    def described(self) -> str:
        return "A link"

    def _read(self, words: str) -> str:
        try:
            parts = urlsplit(words)
            host = parts.hostname
        except ValueError:
            host = None
        if not host or parts.scheme not in {"http", "https"} or set(words) & set(" \t\n\\<>\"'"):
            raise ValueError("Enter a link that begins with http:// or https://")
        if len(words) > LINK_MAX_CHARS:
            raise ValueError(f"Use {LINK_MAX_CHARS:,} characters or fewer.")
        return words
