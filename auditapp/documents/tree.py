"""The tree of a document: what it says, before it is drawn as a page or a file."""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from typing import ClassVar

from auditapp.documents.figures import Figure
from auditapp.documents.form_parts import Boxes, Ticks
from auditapp.documents.marks import Axis, Dots, Grade, GradePair, StackedBar
from auditapp.documents.words import Prose, cleaned, plain

BRAND = "#1d4b63"


class Style(StrEnum):
    LEAD = "lead"  # what the document comes to, in a sentence or two
    BODY = "body"
    SMALL = "small"  # basis, method
    SOURCE = "source"  # under a figure


class ColumnKind(StrEnum):
    TEXT = "text"
    COUNT = "count"
    SHARE = "share"
    GRADE = "grade"  # tile and word
    TILE = "tile"  # the letter on its fill alone, as in a heat map
    BAR = "bar"  # a StackedBar or Dots

    @property
    def is_number(self) -> bool:
        return self in {ColumnKind.COUNT, ColumnKind.SHARE}


@dataclass(frozen=True)
class Heading:
    text: str
    level: int = 2
    kind: ClassVar[str] = "heading"


@dataclass(frozen=True)
class Paragraph:
    text: Prose
    style: Style = Style.BODY
    leads: bool = False  # to what follows: no page ends with it
    kind: ClassVar[str] = "paragraph"


@dataclass(frozen=True)
class Bullets:
    items: tuple[Prose, ...]
    numbered: bool = False
    kind: ClassVar[str] = "bullets"


@dataclass(frozen=True)
class KPI:
    """One of the figures that come first: `value` large, `beside` it small, `label` below."""

    value: Figure | str
    label: str
    beside: Figure | str = ""


@dataclass(frozen=True)
class KPIs:
    items: tuple[KPI, ...]
    kind: ClassVar[str] = "kpis"


@dataclass(frozen=True)
class KeyValues:
    items: tuple[tuple[str, Prose | Figure | Grade], ...]
    kind: ClassVar[str] = "keyvalues"


@dataclass(frozen=True)
class PageBreak:
    kind: ClassVar[str] = "pagebreak"


@dataclass(frozen=True)
class RowHead:
    """The cell that says what its row is about."""

    text: Prose | Grade
    kind: ClassVar[str] = "rowhead"


Cell = Prose | RowHead | Figure | Grade | GradePair | StackedBar | Dots


@dataclass(frozen=True)
class Column:
    """`short` names the cell where a narrow screen turns the row into a card."""

    label: str
    kind: ColumnKind = ColumnKind.TEXT
    short: str = ""
    strong: bool = False


@dataclass(frozen=True)
class Row:
    """`ends_group` draws a line below it; `total` sets it off as a sum of those above."""

    cells: tuple[Cell, ...]
    ends_group: bool = False
    total: bool = False


@dataclass(frozen=True)
class Table:
    """The table is the chart: `title` says what it finds, `name` what it is (a sheet's name).

    `caption` is the basis, above; `source` the base, date and notes, below; `key` the grades
    whose letters and fills the bars and tiles use. Without a title it is under a heading.
    The blank cells of a table `to_fill` are to be written in.
    Raises `ValueError` where a row has not a cell for each column.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    name: str
    title: str = ""
    caption: Prose = ""
    source: Prose = ""
    key: tuple[Grade, ...] = ()
    level: int = 2
    to_fill: bool = False
    kind: ClassVar[str] = "table"

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row.cells) != len(self.columns):
                raise ValueError(f"{self.name}: {len(row.cells)} cells, not {len(self.columns)}")

    @property
    def has_bars(self) -> bool:
        return any(column.kind is ColumnKind.BAR for column in self.columns)

    @property
    def has_dots(self) -> bool:
        return any(self.axes)

    @property
    def is_heat_map(self) -> bool:
        return any(column.kind is ColumnKind.TILE for column in self.columns)

    @cached_property
    def axes(self) -> tuple[Axis | None, ...]:
        """For each column the axis that its dots share; None where it has none."""
        return tuple(
            _axis([row.cells[index] for row in self.rows]) for index in range(len(self.columns))
        )


Part = Heading | Paragraph | Bullets | KPIs | KeyValues | Ticks | Boxes | Table | PageBreak


@dataclass(frozen=True)
class Letterhead:
    """Who writes, how to reach them, to whom and when; each string is a line."""

    sender: tuple[str, ...]
    contact: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    date: str = ""


@dataclass(frozen=True, kw_only=True)
class Document:
    """One report or letter. `author` is the partnership's name; `as_at` a line saying of when.

    `subtitle` stands above the title (the round), `captions` below it (basis, base). Words are
    cleaned of what no drawing can show. Raises `ValueError` for a heading whose level skips one,
    and a brand colour that is not like "#1d4b63".
    """

    title: str
    author: str
    parts: tuple[Part, ...] = field(repr=False)
    subtitle: str = ""
    captions: tuple[str, ...] = ()
    as_at: str = ""
    letterhead: Letterhead | None = None
    brand: str = BRAND
    language: str = "en-GB"
    kind: ClassVar[str] = "document"

    def __post_init__(self) -> None:
        for name in ("title", "author", "parts", "subtitle", "captions", "as_at", "letterhead"):
            object.__setattr__(self, name, cleaned(getattr(self, name)))
        if not re.fullmatch("#[0-9a-fA-F]{6}", self.brand):
            raise ValueError(f"{self.brand!r} is not a colour")
        levels = [1, *(level for part in self.parts if (level := _level(part)))]
        if any(after > before + 1 for before, after in pairwise(levels)) or 1 in levels[1:]:
            raise ValueError(f"{self.title}: heading levels skip or repeat the first: {levels}")

    @property
    def tables(self) -> tuple[Table, ...]:
        return tuple(part for part in self.parts if isinstance(part, Table))


def text_of(cell: Cell) -> str:
    """A cell's words or figure as every drawing prints it."""
    text = cell if isinstance(cell, str | tuple) else cell.text
    return text.word if isinstance(text, Grade) else plain(text)


def _axis(cells: list[Cell]) -> Axis | None:
    shares = [share for cell in cells if isinstance(cell, Dots) for share in cell.shares]
    return Axis.around(shares) if shares else None


def _level(part: Part) -> int | None:
    match part:
        case Heading(level=level):
            return level
        case Table(title=title, level=level) if title:
            return level
        case _:
            return None
