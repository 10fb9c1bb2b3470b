"""Numbers by period: indicators by quarter, a figure beside its comparators. Pure."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Literal, NamedTuple, Self

from pydantic import Field, model_validator

from auditapp.questionnaires.boxes import TextEntry, inside
from auditapp.questionnaires.entries import Compound, Path, Place
from auditapp.questionnaires.numbers import NumberEntry, mean_of
from auditapp.questionnaires.scales import Key, Part, Text

Rule = Literal["sum", "mean", "last"]
YEAR, WHY = "year", "why"
MOST_CELLS = 240


class Cells(NumberEntry):
    """What each box of a matrix takes."""

    kind: Literal["number"] = "number"


class Figure(Part):
    """One row. `year`: how its figure for the year is made of its periods; None: it has none."""

    label: Text
    year: Rule | None = None
    number: Cells | None = None  # where it is another than the matrix's


class Period(Part):
    """One column. What is not `of_year` (last year, a target) is in no year's figure."""

    label: Text
    of_year: bool = True


class Year(NamedTuple):
    """A row's figure for the year: made of `base` periods, or given with its reason."""

    figure: Decimal | None
    base: int
    why: str = ""


class MatrixEntry(Compound):
    """Rows of numbers by period. `override`: a year's figure may be given in place of the one that
    the rule makes, with a reason. `change_from`: the period that the year is compared with."""

    kind: Literal["matrix"]
    rows: tuple[Figure, ...] = Field(min_length=1)
    columns: tuple[Period, ...] = Field(min_length=1, max_length=12)
    number: Cells = Cells(form="decimal")
    year_label: str = "Year"
    override: bool = False
    change_from: Key | None = None

    @model_validator(mode="after")
    def _can_be_drawn(self) -> Self:
        if len(self.rows) * len(self.columns) > MOST_CELLS:
            raise ValueError(f"at most {MOST_CELLS} numbers in one question")
        columns = {column.key: column for column in self.columns}
        if taken := columns.keys() & {YEAR, WHY}:
            raise ValueError(f"no column is called {min(taken)!r}: that is for the year's figure")
        if self.change_from is not None:
            compared = columns.get(self.change_from)
            if compared is None:
                raise ValueError(f"there is no column {self.change_from!r} to compare with")
            if compared.of_year:
                raise ValueError(f"{self.change_from!r} is of the year: give it 'of_year: false'")
        return self

    @property
    def described(self) -> str:
        periods = ", ".join(it.label for it in self.columns)
        return f"Numbers by {periods}, for: {'; '.join(it.label for it in self.rows)}"

    def cells_of(self, row: Figure) -> Cells:
        """What each number of the row is."""
        return row.number or self.number

    def boxes(self, rows: int = 0) -> tuple[Place, ...]:
        places = []
        for row in self.rows:
            number = self.cells_of(row)
            for column in self.columns:
                label = f"{row.label}: {column.label}"
                places.append(Place((row.key, column.key), label, number, False))
            if self.override and row.year:
                label = f"{row.label}: {self.year_label}"
                places.append(Place((row.key, YEAR), f"{label}, if it is another", number, False))
                why = TextEntry(kind="text")
                places.append(Place((row.key, WHY), f"{label}: why", why, False))
        return tuple(places)

    def unexplained(self, value: Mapping[str, Any]) -> list[Path]:
        """Where a year's figure is given without its reason."""
        return [(key, WHY) for key, held in value.items() if held.get(YEAR) and not held.get(WHY)]

    def year_of(self, row: Figure, value: Mapping[str, Any]) -> Year:
        """Blank periods are left out; of none there is no figure."""
        held = value.get(row.key, {})
        if held.get(YEAR) is not None:
            return Year(Decimal(held[YEAR]), 0, held.get(WHY, ""))
        given = [
            Decimal(held[column.key])
            for column in self.columns
            if column.of_year and held.get(column.key) is not None
        ]
        if row.year is None or not given:
            return Year(None, 0)
        if row.year == "last":
            return Year(given[-1], 1)
        figure = sum(given, Decimal(0)) if row.year == "sum" else mean_of(given)
        return Year(figure, len(given))

    def change_of(self, row: Figure, value: Mapping[str, Any]) -> Decimal | None:
        """The year's figure less the one it is compared with; None where either is missing."""
        before = value.get(row.key, {}).get(self.change_from)
        figure = self.year_of(row, value).figure
        return None if before is None or figure is None else figure - Decimal(before)

    def words_of(self, row: Figure, value: Mapping[str, Any]) -> list[tuple[str, str]]:
        """The row in print: each period's label and number, then the year and its change."""
        held, number = value.get(row.key, {}), self.cells_of(row)
        words = [
            (column.label, number.shown(held[column.key]) if held.get(column.key) else "no data")
            for column in self.columns
        ]
        if row.year is not None:
            words.append((self.year_label, self._year_words(row, value)))
        if row.year is not None and self.change_from is not None:
            change = self.change_of(row, value)
            since = next(it.label for it in self.columns if it.key == self.change_from)
            sign = "+" if change is not None and change > 0 else ""
            shown = "no data" if change is None else f"{sign}{number.printed(change)}"
            words.append((f"Change from {inside(since)}", shown))
        return words

    def _year_words(self, row: Figure, value: Mapping[str, Any]) -> str:
        year, number = self.year_of(row, value), self.cells_of(row)
        if year.figure is None:
            return "no data"
        shown = number.printed(year.figure)
        if not year.base:
            return f"{shown} (given: {year.why})" if year.why else f"{shown} (given)"
        periods = sum(column.of_year for column in self.columns)
        left = f" of {periods}" if year.base < periods and row.year != "last" else ""
        made = {
            "sum": f"sum of {year.base}{left}",
            "mean": f"mean of {year.base}{left}",
            "last": "last",
        }
        return f"{shown} ({made[row.year or 'last']})"
