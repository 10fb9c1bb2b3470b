"""What is worked out from other answers, and what is only read. Pure."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from auditapp.questionnaires.entries import Compound, Place
from auditapp.questionnaires.numbers import Form, NumberEntry, mean_of
from auditapp.questionnaires.scales import Key

Op = Literal["sum", "mean", "difference", "share"]
TENTH = Decimal("0.1")
HUNDRED = Decimal(100)


class StatementEntry(Compound):
    """Nothing is answered: the question's text is there to be read."""

    kind: Literal["statement"]

    @property
    def described(self) -> str:
        return "To be read"

    def boxes(self, rows: int = 0) -> tuple[Place, ...]:
        return ()


class DerivedEntry(Compound):
    """A figure worked out from earlier numbers `of` the same form: their sum or mean, the first less
    the rest, or their share of the sum of `base`. Blank numbers are left out. It is printed in its
    own `form` with its `unit`; a share is a percentage."""

    kind: Literal["derived"]
    op: Op
    of: tuple[Key, ...] = Field(min_length=1)
    base: tuple[Key, ...] = ()
    form: Form = "decimal"
    unit: str = ""

    @model_validator(mode="after")
    def _has_a_base(self) -> Self:
        if (self.op == "share") is not bool(self.base):
            raise ValueError("a share has a 'base', and nothing else has")
        if self.op == "difference" and len(self.of) < 2:
            raise ValueError("a difference is of two numbers or more")
        return self

    @property
    def described(self) -> str:
        return "Worked out from other answers"

    @property
    def asks(self) -> tuple[str, ...]:
        """Keys of the questions that it is worked out from, each once."""
        return tuple(dict.fromkeys((*self.of, *self.base)))

    def boxes(self, rows: int = 0) -> tuple[Place, ...]:
        return ()

    def value_of(self, said: Mapping[str, Any]) -> dict[str, str | int] | None:
        """The figure, as canonical JSON, and how many numbers it was made of; of a share its two
        sums. None where there is nothing to work it out from."""
        given = [Decimal(said[key]) for key in self.of if said.get(key) is not None]
        total = sum(given, Decimal(0))
        if not given or (self.op == "difference" and len(given) < len(self.of)):
            return None
        kept: dict[str, str | int] = {"made_of": len(given)}
        match self.op:
            case "sum":
                figure = total
            case "mean":
                figure = mean_of(given)
            case "difference":
                figure = given[0] - sum(given[1:], Decimal(0))
            case "share":
                base = [Decimal(said[key]) for key in self.base if said.get(key) is not None]
                whole = sum(base, Decimal(0))
                if not whole:
                    return None
                figure = (total * HUNDRED / whole).quantize(TENTH, ROUND_HALF_UP)
                kept |= {"part": _plain(total), "whole": _plain(whole)}
        return kept | {"figure": _plain(figure)}

    def shown(self, value: Mapping[str, Any]) -> str:
        """ "3,533 (sum of 5)", "58.4% (2,063 of 3,533)"."""
        form: Form = "percent" if self.op == "share" else self.form
        number = NumberEntry(kind="number", form=form, unit=self.unit)
        figure, made = number.printed(Decimal(value["figure"])), value["made_of"]
        left = f" of {len(self.of)}" if made < len(self.of) else ""
        match self.op:
            case "share":
                part, whole = Decimal(value["part"]), Decimal(value["whole"])
                return f"{figure} ({part:,f} of {whole:,f})"
            case "difference":
                return figure
            case op:
                return f"{figure} ({op} of {made}{left})"


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")
