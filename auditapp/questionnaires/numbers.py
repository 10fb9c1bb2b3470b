"""A box that takes a number. Pure."""

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, Self

from pydantic import Field, model_validator

from auditapp.questionnaires.boxes import Kept, Line

MOST_DIGITS = 15
CENT = Decimal("0.01")
KINDS = {
    "whole": "A whole number",
    "decimal": "A number",
    "percent": "A percentage",
    "money": "An amount in pounds",
}
Form = Literal["whole", "decimal", "percent", "money"]


class NumberEntry(Line):
    """A number of one `form`, from `least` to `most`, with up to so many decimal `places`."""

    kind: Literal["number"]
    form: Form = "whole"
    least: Decimal | None = None
    most: Decimal | None = None
    places: int = Field(default=2, ge=1, le=6)
    unit: str = ""

    @model_validator(mode="after")
    def _has_a_range(self) -> Self:
        low, high = self._lowest, self.most
        if low is not None and high is not None and low > high:
            raise ValueError(f"least {low} is more than most {high}")
        edges = [edge for edge in (self.least, high) if edge is not None]
        if self.form == "whole" and any(edge != round(edge) for edge in edges):
            raise ValueError("least and most of a whole number are whole numbers")
        return self

    @property
    def measure(self) -> str:
        """What it counts in: numbers of two measures have no sum."""
        known = {"money": "pounds", "percent": "per cent"}
        return known.get(self.form) or self.unit or "a plain number"

    @property
    def described(self) -> str:
        words = KINDS[self.form] + (f" ({self.unit})" if self.unit else "")
        if self.least is not None and self.most is not None:
            return f"{words} from {self.printed(self.least)} to {self.printed(self.most)}"
        if self.most is not None:
            return f"{words}, up to {self.printed(self.most)}"
        return words if self.least is None else f"{words}, {self.printed(self.least)} or more"

    def _read(self, words: str) -> str:
        number, low, high = self._number(words), self._lowest, self.most
        if (low is not None and number < low) or (high is not None and number > high):
            raise ValueError(self._range_words)
        return format(number.normalize(), "f")

    def _number(self, words: str) -> Decimal:
        bare = re.sub(r"[\s_]", "", words.replace("\u2212", "-"))
        bare = bare.removeprefix("£") if self.form == "money" else bare
        bare = bare.removesuffix("%") if self.form == "percent" else bare
        bare = bare.removesuffix(self.unit.replace(" ", "")) if self.unit else bare
        if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", bare, re.ASCII):
            bare = bare.replace(",", "")
        if not re.fullmatch(r"-?(\d+(\.\d*)?|\.\d+)", bare, re.ASCII) or len(bare) > MOST_DIGITS:
            raise ValueError(f"Enter {self._example}.")
        number = Decimal(bare) + 0  # no minus before nought
        if number != round(number, 0 if self.form == "whole" else self.places):
            raise ValueError(f"Enter {self._example}.")
        return number

    @property
    def _lowest(self) -> Decimal | None:
        """A share or a sum of money is not below nought unless the questionnaire says so."""
        if self.least is None and self.form in ("percent", "money", "whole"):
            return Decimal(0)
        return self.least

    @property
    def _example(self) -> str:
        return {
            "whole": "a whole number, like 12",
            "decimal": f"a number, like 12.5; up to {self.places} digits after the point",
            "percent": "a percentage, like 85",
            "money": "an amount in pounds, like 1200 or 1200.50",
        }[self.form]

    @property
    def _range_words(self) -> str:
        low, high = self._lowest, self.most
        if low is not None and high is not None:
            return f"Enter a number from {self.printed(low)} to {self.printed(high)}."
        if high is None:
            return f"Enter {self.printed(low or Decimal(0))} or more."
        return f"Enter {self.printed(high)} or less."

    def shown(self, kept: Kept) -> str:
        return self.printed(Decimal(str(kept)))

    def printed(self, number: Decimal) -> str:
        """As pages and documents print it, with its sign and unit."""
        if self.form == "money":
            whole = number == number.to_integral_value()
            return f"{'-' if number < 0 else ''}£{abs(number):,.{0 if whole else 2}f}"
        words = f"{number.normalize():,f}"
        if self.form == "percent":
            return f"{words}%"
        return f"{words} {self.unit}".strip() if self.unit else words

    def number(self, kept: Kept) -> Decimal:
        return Decimal(str(kept))


def mean_of(numbers: Sequence[Decimal]) -> Decimal:
    """To two decimals, halves up; there is at least one number."""
    return (sum(numbers, Decimal(0)) / len(numbers)).quantize(CENT, ROUND_HALF_UP)
