"""What a question takes: one box, or several that belong together. Pure.

The boxes of an answer have paths: () for a single one, ("name",) for a part, ("2", "who") for a
cell of the third row.
"""

import re
from abc import abstractmethod
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import Discriminator, Field, Tag, model_validator

from auditapp.questionnaires.boxes import DateEntry, Described, LinkEntry, TextEntry, inside
from auditapp.questionnaires.choices import ChoiceEntry, YesNoEntry
from auditapp.questionnaires.numbers import NumberEntry
from auditapp.questionnaires.scales import Part, Text

Path = tuple[str, ...]
MOST_ROWS = 200


# Before a kind, where the place of a mistake is named: no key of a file looks so.
TAGGED = "kind: "


def tag_of(value: object) -> str:
    kind = value.get("kind") if isinstance(value, dict) else getattr(value, "kind", None)
    return f"{TAGGED}{kind}"


# Not discriminated yet: `kinds` adds its own to these.
Single = (
    Annotated[TextEntry, Tag("kind: text")]
    | Annotated[NumberEntry, Tag("kind: number")]
    | Annotated[DateEntry, Tag("kind: date")]
    | Annotated[ChoiceEntry, Tag("kind: choice")]
    | Annotated[YesNoEntry, Tag("kind: yes-no")]
    | Annotated[LinkEntry, Tag("kind: link")]
)
SingleEntry = Annotated[Single, Discriminator(tag_of)]


class Place(NamedTuple):
    path: Path
    label: str
    entry: SingleEntry
    required: bool = True


class Piece(Part):
    """One of several boxes, with a label of its own."""

    label: Text
    required: bool = True
    answer: SingleEntry


class Compound(Described):
    """Boxes that belong together."""

    @abstractmethod
    def boxes(self, rows: int = 0) -> tuple[Place, ...]:
        """In order; `rows` matters to a list of rows only."""


class PartsEntry(Compound):
    """Several boxes in one question."""

    kind: Literal["parts"]
    parts: tuple[Piece, ...] = Field(min_length=1)

    @property
    def described(self) -> str:
        return "; ".join(f"{it.label} ({inside(it.answer.described)})" for it in self.parts)

    def boxes(self, rows: int = 0) -> tuple[Place, ...]:
        return tuple(Place((it.key,), it.label, it.answer, it.required) for it in self.parts)


class _Mail(TextEntry):
    """An address that somebody could be written to; whether they are there, no form can know."""

    def _read(self, words: str) -> str:
        kept = super()._read(words)
        if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s.]+", kept):
            raise ValueError("Enter an e-mail address like name@example.org")
        return kept


class PersonEntry(Compound):
    """Someone who holds a part: name, role, e-mail and phone; and, if asked, a substitute."""

    kind: Literal["person"]
    substitute: bool = False

    @property
    def described(self) -> str:
        return "A person and a substitute" if self.substitute else "A person"

    def boxes(self, rows: int = 0) -> tuple[Place, ...]:
        word, mail = TextEntry(kind="text"), _Mail(kind="text", most=254)
        asked = [
            ("name", "Name", word, True),
            ("role", "Role", word, False),
            ("email", "E-mail address", mail, False),
            ("phone", "Phone number", word, False),
        ]
        boxes = [Place((key,), label, entry, needed) for key, label, entry, needed in asked]
        if self.substitute:
            boxes += [
                Place((f"substitute-{key}",), f"Substitute: {inside(label)}", entry, False)
                for key, label, entry, _ in asked
            ]
        return tuple(boxes)


class RowsEntry(Compound):
    """A list of rows with the same columns: who was trained, in what, when."""

    kind: Literal["rows"]
    columns: tuple[Piece, ...] = Field(min_length=1, max_length=8)
    least: int = Field(default=1, ge=0)
    most: int = Field(default=50, ge=1, le=MOST_ROWS)

    @model_validator(mode="after")
    def _has_a_range(self) -> Self:
        if self.least > self.most:
            raise ValueError(f"least {self.least} is more than most {self.most}")
        return self

    @property
    def described(self) -> str:
        return f"A list of rows: {', '.join(it.label for it in self.columns)}"

    def boxes(self, rows: int = 0) -> tuple[Place, ...]:
        """`rows` of them, at least those that are needed."""
        return tuple(
            Place((str(at), it.key), it.label, it.answer, it.required)
            for at in range(min(max(rows, self.least, 1), self.most))
            for it in self.columns
        )
