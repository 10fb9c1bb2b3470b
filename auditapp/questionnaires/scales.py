"""Scales: ordered grades, with what each means and asks. No code names a grade."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_serializer, model_validator

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=40)]
Text = Annotated[str, Field(min_length=1)]
Need = Literal["action", "commentary", "evidence"]

# Fill of a grade's tile by its place from the best, for scales of so many grades. Lightness tells
# them apart without colour (docs/design.md, "Grades").
TONES: dict[int, tuple[str, ...]] = {
    2: ("1", "4"),
    3: ("g", "3", "4"),
    4: ("1", "2", "3", "4"),
    5: ("1", "5", "2", "3", "4"),
}


class Part(BaseModel):
    """Every part has a key; a misspelt field is an error; a loaded document never changes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: Key


class Grade(Part):
    """One step of a scale: what it is called, what it means, what it asks of the organisation."""

    label: Text
    letter: Annotated[str, Field(min_length=1, max_length=2)]
    meaning: Text
    points: int | None = None
    strength: bool = False
    gap: bool = False
    needs: frozenset[Need] = frozenset()

    @field_serializer("needs")
    def _in_order(self, needs: frozenset[Need]) -> list[Need]:
        # A set has no order of its own, and a version's hash must come out the same everywhere.
        return sorted(needs)


class Scale(Part):
    """Grades, worst first. `edition` changes when a grade's meaning does: a break in series."""

    title: Text
    edition: Text
    grades: tuple[Grade, ...] = Field(min_length=2, max_length=7)

    @model_validator(mode="after")
    def _letters_are_unique(self) -> "Scale":
        letters = [grade.letter for grade in self.grades]
        if len(set(letters)) < len(letters):
            raise ValueError(
                f"letters of the grades must differ, these do not: {' '.join(letters)}"
            )
        return self

    @property
    def keys(self) -> tuple[str, ...]:
        """Worst first."""
        return tuple(grade.key for grade in self.grades)

    @property
    def best_first(self) -> tuple[Grade, ...]:
        return self.grades[::-1]

    @property
    def strengths(self) -> frozenset[str]:
        return frozenset(grade.key for grade in self.grades if grade.strength)

    @property
    def gaps(self) -> frozenset[str]:
        return frozenset(grade.key for grade in self.grades if grade.gap)

    def grade(self, key: str) -> Grade:
        """The grade called `key`. Raises `KeyError` if there is none."""
        return {grade.key: grade for grade in self.grades}[key]

    def rank(self, key: str) -> int:
        """0 for the worst grade. Raises `KeyError` if there is none."""
        return {grade.key: place for place, grade in enumerate(self.grades)}[key]

    def tone(self, key: str) -> str:
        """Which fill its tile has: 1, 2, 3, 4, 5 or g."""
        from_best = len(self.grades) - 1 - self.rank(key)
        tones = TONES.get(len(self.grades), ("1", "5", "2", "2", "3", "3", "4"))
        return tones[from_best] if len(tones) > from_best + 1 else tones[-1]
