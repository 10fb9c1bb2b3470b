"""Who a section or a standard is for: conditions as data, never an expression language."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, field_validator

Fact = Literal[
    "kind",
    "type",
    "group",
    "phase",
    "duty",
    "early_years",
    "boarding",
    "sixth_form",
    "commissions",
]
FACTS: tuple[str, ...] = get_args(Fact)
Facts = Mapping[str, str | bool]


class _Node(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Compare(_Node):
    """One fact about the organisation against a value. `in` takes a list."""

    key: Fact
    op: Literal["eq", "ne", "in"] = "eq"
    value: bool | str | tuple[str, ...]

    @field_validator("value")
    @classmethod
    def _not_empty(cls, value: bool | str | tuple[str, ...]) -> bool | str | tuple[str, ...]:
        if value == () or value == "":
            raise ValueError("a condition needs a value to compare with")
        return value


class AllOf(_Node):
    all: tuple["Condition", ...] = Field(min_length=1)


class AnyOf(_Node):
    any: tuple["Condition", ...] = Field(min_length=1)


class Not(_Node):
    not_: "Condition" = Field(alias="not")


def _kind_of(value: Any) -> str:
    # One branch is tried, so that one mistake gives one error.
    if isinstance(value, dict):
        return next((kind for kind in ("all", "any", "not") if kind in value), "compare")
    kinds: dict[type, str] = {AllOf: "all", AnyOf: "any", Not: "not"}
    return kinds.get(type(value), "compare")


Condition = Annotated[
    Annotated[Compare, Tag("compare")]
    | Annotated[AllOf, Tag("all")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[Not, Tag("not")],
    Discriminator(_kind_of),
]
for _model in (AllOf, AnyOf, Not):
    _model.model_rebuild()


def holds(condition: Condition | None, facts: Facts) -> bool:
    """Whether `condition` is true of an organisation; no condition always is. A fact that is not
    known equals nothing."""
    match condition:
        case None:
            return True
        case AllOf(all=parts):
            return all(holds(part, facts) for part in parts)
        case AnyOf(any=parts):
            return any(holds(part, facts) for part in parts)
        case Not(not_=part):
            return not holds(part, facts)
        case Compare(key=key, op=op, value=value):
            return _compare(facts.get(key), op, value)


def _compare(fact: str | bool | None, op: str, value: Any) -> bool:
    if op == "in":
        return fact in (value if isinstance(value, tuple) else (value,))
    return (fact == value) is (op == "eq")


def facts_asked(condition: Condition | None) -> Iterator[str]:
    """The names of the facts that a condition asks about."""
    match condition:
        case Compare(key=key):
            yield key
        case AllOf(all=parts) | AnyOf(any=parts):
            for part in parts:
                yield from facts_asked(part)
        case Not(not_=part):
            yield from facts_asked(part)
