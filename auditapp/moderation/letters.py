"""A letter as it is kept: every word and figure it prints, so that it never changes.

What is released is stored as this document, not drawn again from grades or from our own wording.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class _Kept(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class GradeWords(_Kept):
    """A grade as it was called and filled; no letter: not graded."""

    word: str
    letter: str = ""
    tone: str = "0"


class Words(_Kept):
    """Paragraphs, under a heading unless it is empty."""

    kind: Literal["words"] = "words"
    heading: str = ""
    paragraphs: tuple[str, ...]


class Points(_Kept):
    """A list; what stands before the first colon of a point is printed bold."""

    kind: Literal["points"] = "points"
    heading: str
    items: tuple[str, ...]


class Change(_Kept):
    standard: str
    own: GradeWords
    panel: GradeWords
    why: str


class Changes(_Kept):
    """The grades that the panel changed."""

    kind: Literal["changes"] = "changes"
    heading: str
    rows: tuple[Change, ...]


class Tally(_Kept):
    """How many standards have a grade: `after` the panel, where it read them."""

    grade: GradeWords
    own: int
    after: int | None = None


class Counts(_Kept):
    """Number of standards by grade, best first; what has no grade is said in `note`."""

    kind: Literal["counts"] = "counts"
    heading: str
    rows: tuple[Tally, ...]
    note: str = ""


class Gap(_Kept):
    standard: str
    grade: GradeWords
    action: str


class Gaps(_Kept):
    """Gaps with what the organisation said it will do."""

    kind: Literal["gaps"] = "gaps"
    heading: str
    rows: tuple[Gap, ...]


Part = Annotated[Words | Points | Changes | Counts | Gaps, Field(discriminator="kind")]


class Letter(_Kept):
    """`sender`, `contact` and `to` are lines; `date` is as printed."""

    title: str
    author: str
    brand: str
    sender: tuple[str, ...]
    contact: tuple[str, ...]
    to: tuple[str, ...]
    date: str
    parts: tuple[Part, ...]

    @property
    def has_points(self) -> bool:
        """Whether anything stands in either of its two lists."""
        return any(isinstance(part, Points) for part in self.parts)


def not_graded() -> GradeWords:
    return GradeWords(word="Not graded")


def not_applicable() -> GradeWords:
    return GradeWords(word="Not applicable", letter="n/a", tone="na")
