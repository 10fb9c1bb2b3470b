"""Scales: ordered grades, with what each means and asks. No code names a grade."""

from collections.abc import Mapping
from functools import cache
from itertools import groupby
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, model_validator

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=40)]
Text = Annotated[str, Field(min_length=1)]
Need = Literal["action", "commentary", "evidence"]
# A set has no order of its own, and a version's hash must come out the same everywhere.
Needs = Annotated[frozenset[Need], PlainSerializer(sorted, return_type=list[Need])]
# The fills that were chosen to be told apart, each with its letter in a colour that can be read on
# it: docs/design.md, "Grades".
Colour = Literal["teal", "mid-teal", "pale-teal", "green", "amber", "red"]
FILLS: dict[Colour, str] = {
    "teal": "1",
    "mid-teal": "5",
    "pale-teal": "2",
    "green": "g",
    "amber": "3",
    "red": "4",
}
# Fill of a grade's tile by its place from the best, for scales of so many grades. Lightness tells
# them apart without colour.
TONES: dict[int, tuple[str, ...]] = {
    2: ("1", "4"),
    3: ("g", "3", "4"),
    4: ("1", "2", "3", "4"),
    5: ("1", "5", "2", "3", "4"),
}
MOST_GRADES = 7  # that are listed; a scale of steps may have more
MOST_STEPS = 101
LETTERS = 3  # of a tile


class Part(BaseModel):
    """Every part has a key; a misspelt field is an error; a loaded document never changes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: Key


class Grade(Part):
    """One grade of a scale: what it is called, what it means, what it asks of the organisation."""

    label: Text
    letter: Annotated[str, Field(min_length=1, max_length=LETTERS)]
    meaning: Text
    points: int | None = None
    colour: Colour | None = None  # None: by its place on the scale
    strength: bool = False
    gap: bool = False
    needs: Needs = frozenset()


class Steps(BaseModel):
    """Grades that are numbers: from `low` to `high` by `by`, each printed with `unit` behind it.

    `best` says which end is best. `strength` and what is better is a strength; `gap` and what is
    worse is a gap, and needs `needs`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    low: int = 0
    high: int = 100
    by: int = Field(default=5, gt=0)
    unit: str = "%"
    best: Literal["high", "low"] = "high"
    strength: int
    gap: int
    needs: Needs = frozenset()

    @model_validator(mode="after")
    def _leads_from_one_end_to_the_other(self) -> Self:
        if self.low >= self.high or (self.high - self.low) % self.by:
            raise ValueError(f"steps of {self.by} do not lead from {self.low} to {self.high}")
        if (self.high - self.low) // self.by >= MOST_STEPS:
            raise ValueError(f"at most {MOST_STEPS} steps")
        if not all(self.low <= edge <= self.high for edge in (self.strength, self.gap)):
            raise ValueError(f"strength and gap lie between {self.low} and {self.high}")
        if self.strength == self.gap or self.is_gap(self.strength):
            raise ValueError(f"strength {self.strength} must be better than gap {self.gap}")
        return self

    def is_gap(self, number: int) -> bool:
        return number <= self.gap if self.best == "high" else number >= self.gap

    def is_strength(self, number: int) -> bool:
        return number >= self.strength if self.best == "high" else number <= self.strength


@cache
def _grades_of(steps: Steps) -> tuple[Grade, ...]:
    """Worst first. A step's key is its number: "p85", or "m5" for 5 below nought."""
    numbers = range(steps.low, steps.high + 1, steps.by)
    in_order = numbers if steps.best == "high" else reversed(numbers)
    return tuple(
        Grade(
            key=f"{'m' if number < 0 else 'p'}{abs(number)}",
            label=f"{number}{steps.unit}",
            letter=str(number)[:LETTERS],
            meaning=f"{number}{steps.unit}",
            points=number,
            strength=steps.is_strength(number),
            gap=steps.is_gap(number),
            needs=steps.needs if steps.is_gap(number) else frozenset(),
        )
        for number in in_order
    )


class Band(NamedTuple):
    """Grades that reports draw as one: each by itself; of a scale of steps those that are gaps,
    those that are strengths, and those between."""

    label: str
    letter: str
    tone: str
    keys: frozenset[str]
    gap: bool

    def count(self, counts: Mapping[str, int]) -> int:
        """Of numbers by grade key, those of its grades."""
        return sum([counts.get(key, 0) for key in self.keys])


class Scale(Part):
    """Grades, or steps. `best` says at which end of the list the best grade stands.

    `edition` changes when a grade's meaning does: a break in series. Where `descriptors` is
    "scale" a grade means the same for every standard, and standards need not describe it.
    """

    title: Text
    edition: Text
    best: Literal["first", "last"] = "last"
    descriptors: Literal["standard", "scale"] = "standard"
    grades: tuple[Grade, ...] = Field(default=(), max_length=MOST_GRADES)
    steps: Steps | None = None

    @model_validator(mode="after")
    def _has_grades(self) -> Self:
        if self.grades and self.steps:
            raise ValueError("a scale has grades or steps, not both")
        if self.steps is None and len(self.grades) < 2:
            raise ValueError("a scale has at least two grades, or steps")
        letters = [grade.letter for grade in self.grades]
        if len(set(letters)) < len(letters):
            raise ValueError(
                f"letters of the grades must differ, these do not: {' '.join(letters)}"
            )
        return self

    @property
    def worst_first(self) -> tuple[Grade, ...]:
        if self.steps is not None:
            return _grades_of(self.steps)
        return self.grades if self.best == "last" else self.grades[::-1]

    @property
    def best_first(self) -> tuple[Grade, ...]:
        return self.worst_first[::-1]

    @property
    def keys(self) -> tuple[str, ...]:
        """Worst first."""
        return tuple(grade.key for grade in self.worst_first)

    @property
    def strengths(self) -> frozenset[str]:
        return frozenset(grade.key for grade in self.worst_first if grade.strength)

    @property
    def gaps(self) -> frozenset[str]:
        return frozenset(grade.key for grade in self.worst_first if grade.gap)

    @property
    def needs_descriptors(self) -> bool:
        """Whether every standard says what each grade means for it."""
        return self.steps is None and self.descriptors == "standard"

    def words_needing(self, need: Need) -> list[str]:
        """Best first, what asks for it: "partially met", "not met"; "0% to 55%"."""
        needing = {grade.key for grade in self.worst_first if need in grade.needs}
        return [band.label.lower() for band in self.bands if band.keys & needing]

    @property
    def bands(self) -> tuple[Band, ...]:
        """Best first."""
        if self.steps is None:
            return tuple(
                Band(it.label, it.letter, self.tone(it.key), frozenset({it.key}), it.gap)
                for it in self.best_first
            )
        kinds = groupby(self.best_first, key=lambda grade: (grade.strength, grade.gap))
        return tuple(_band(list(grades), self.steps.unit) for _, grades in kinds)

    def grade(self, key: str) -> Grade:
        """The grade called `key`. Raises `KeyError` if there is none."""
        return {grade.key: grade for grade in self.worst_first}[key]

    def rank(self, key: str) -> int:
        """0 for the worst grade. Raises `KeyError` if there is none."""
        return {key: place for place, key in enumerate(self.keys)}[key]

    def tone(self, key: str) -> str:
        """Which fill its tile has: 1, 2, 3, 4, 5 or g. Raises `KeyError` as `grade` does."""
        grade = self.grade(key)
        if grade.colour is not None:
            return FILLS[grade.colour]
        if self.steps is not None:
            return _tone_of(grade)
        from_best = len(self.grades) - 1 - self.rank(key)
        tones = TONES.get(len(self.grades), ("1", "5", "2", "2", "3", "3", "4"))
        return tones[from_best] if len(tones) > from_best + 1 else tones[-1]


def _tone_of(step: Grade) -> str:
    return "1" if step.strength else "4" if step.gap else "2"


def _band(steps: list[Grade], unit: str) -> Band:
    """Steps next to one another: "60% to 75%"."""
    numbers = sorted(step.points or 0 for step in steps)
    low, high, first = numbers[0], numbers[-1], steps[0]
    label = f"{low}{unit}" if low == high else f"{low}{unit} to {high}{unit}"
    keys = frozenset(step.key for step in steps)
    return Band(label, str(low)[:LETTERS], _tone_of(first), keys, first.gap)
