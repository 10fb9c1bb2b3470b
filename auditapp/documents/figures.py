"""Figures: numbers that print the same wherever they are drawn, and know what they came from."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import ClassVar

MINUS = "\u2212"


class Form(StrEnum):
    PERCENT = "percent"  # 68.5%
    COUNTED = "counted"  # 68.5% (89)
    OF = "of"  # 9 of 21, 43%


@dataclass(frozen=True)
class Share:
    """`numerator` of `denominator` as a percentage, rounded half up to `places` decimals.

    Nothing is divided by nothing: a share of none prints the words `empty`.
    Raises `ValueError` for a part that is negative or more than the whole.
    """

    numerator: int
    denominator: int
    places: int = 1
    empty: str = "no grades"
    form: Form = Form.PERCENT
    kind: ClassVar[str] = "share"

    def __post_init__(self) -> None:
        if not 0 <= self.numerator <= self.denominator:
            raise ValueError(f"{self.numerator} of {self.denominator} is not a share")

    @property
    def percent(self) -> Decimal | None:
        """The percentage as printed; None where there is nothing to share."""
        return Decimal(self._printed) if self.denominator else None

    @property
    def _printed(self) -> str:
        """Rounded half up, in whole numbers: a page prints hundreds of shares."""
        unit = 10**self.places
        steps = (200 * unit * self.numerator + self.denominator) // (2 * self.denominator)
        return f"{steps // unit}.{steps % unit:0{self.places}}" if self.places else f"{steps}"

    @property
    def fraction(self) -> float:
        """From 0 to 1, not rounded, for drawing; 0 of nothing."""
        return self.numerator / self.denominator if self.denominator else 0.0

    @property
    def text(self) -> str:
        if not self.denominator:
            return self.empty
        match self.form:
            case Form.COUNTED:
                return f"{self._printed}% ({self.numerator:,})"
            case Form.OF:
                return f"{self.numerator:,} of {self.denominator:,}, {self._printed}%"
            case _:
                return f"{self._printed}%"


@dataclass(frozen=True)
class Count:
    """A whole number; `empty` is printed where it is not known or hidden."""

    number: int | None
    empty: str = "\u2013"
    kind: ClassVar[str] = "count"

    @property
    def text(self) -> str:
        if self.number is None:
            return self.empty
        return f"{self.number:,}".replace("-", MINUS)


@dataclass(frozen=True)
class Amount:
    """A measured or worked-out number: a mean, a sum, a change. Rounded half up to `places`.

    `signed` prints the sign of a change above nought too. `unit` follows the number.
    """

    number: Decimal | None
    places: int = 0
    unit: str = ""
    signed: bool = False
    empty: str = "\u2013"
    kind: ClassVar[str] = "amount"

    @property
    def value(self) -> Decimal | None:
        """The number as printed."""
        return None if self.number is None else _rounded(self.number, self.places)

    @property
    def text(self) -> str:
        if self.value is None:
            return self.empty
        sign = MINUS if self.value < 0 else "+" if self.signed and self.value > 0 else ""
        return f"{sign}{abs(self.value):,}{self.unit}"


Figure = Share | Count | Amount


def _rounded(number: Decimal, places: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
