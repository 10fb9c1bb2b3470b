"""Who a section or a question is for: conditions as data, never an expression language."""

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    field_validator,
    model_validator,
)

from auditapp.questionnaires.scales import Key

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
# Question key -> what was answered: a grade's key, or the canonical value; not answered is not there.
Answers = Mapping[str, Any]
NO_ANSWERS: Answers = {}


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


class AnswerIs(_Node):
    """An earlier answer against a value: a grade, an option, or a number. `in` takes a list. Where
    several options were chosen, one that is meant is enough."""

    answer: Key
    op: Literal["eq", "ne", "in", "least", "most"] = "eq"
    value: bool | int | float | str | tuple[str, ...]

    @model_validator(mode="after")
    def _can_be_compared(self) -> Self:
        if self.value in ((), ""):
            raise ValueError("a condition needs a value to compare with")
        if self.op in ("least", "most") and _number(self.value) is None:
            raise ValueError(f"{self.op!r} compares with a number, not {self.value!r}")
        return self

    @property
    def wanted(self) -> tuple[str, ...]:
        """Yes and no are what YAML may read as true and false."""
        values = self.value if isinstance(self.value, tuple) else (self.value,)
        return tuple(
            {True: "yes", False: "no"}[it] if isinstance(it, bool) else str(it) for it in values
        )


class AllOf(_Node):
    all: tuple["Condition", ...] = Field(min_length=1)


class AnyOf(_Node):
    any: tuple["Condition", ...] = Field(min_length=1)


class Not(_Node):
    not_: "Condition" = Field(alias="not")


def _kind_of(value: Any) -> str:
    # One branch is tried, so that one mistake gives one error.
    if isinstance(value, dict):
        return next((kind for kind in ("all", "any", "not", "answer") if kind in value), "compare")
    kinds: dict[type, str] = {AllOf: "all", AnyOf: "any", Not: "not", AnswerIs: "answer"}
    return kinds.get(type(value), "compare")


Condition = Annotated[
    Annotated[Compare, Tag("compare")]
    | Annotated[AnswerIs, Tag("answer")]
    | Annotated[AllOf, Tag("all")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[Not, Tag("not")],
    Discriminator(_kind_of),
]
for _model in (AllOf, AnyOf, Not):
    _model.model_rebuild()


def holds(condition: Condition | None, facts: Facts, answers: Answers = NO_ANSWERS) -> bool:
    """Whether `condition` is true of an organisation that answered so; no condition always is. A
    fact that is not known, and a question that is not answered, equal nothing."""
    return _verdict(condition, facts, answers) is True


def may_hold(condition: Condition | None, facts: Facts) -> bool:
    """Whether some answers would make it true."""
    return _verdict(condition, facts, None) is not False


def _verdict(condition: Condition | None, facts: Facts, answers: Answers | None) -> bool | None:
    """None: it depends on answers, and there are none to look at."""
    match condition:
        case None:
            return True
        case AllOf(all=parts):
            verdicts = [_verdict(part, facts, answers) for part in parts]
            return False if False in verdicts else None if None in verdicts else True
        case AnyOf(any=parts):
            verdicts = [_verdict(part, facts, answers) for part in parts]
            return True if True in verdicts else None if None in verdicts else False
        case Not(not_=part):
            verdict = _verdict(part, facts, answers)
            return None if verdict is None else not verdict
        case Compare(key=key, op=op, value=value):
            return _compare(facts.get(key), op, value)
        case AnswerIs(answer=key):
            return None if answers is None else _compare_answer(answers.get(key), condition)


def _compare(fact: str | bool | None, op: str, value: Any) -> bool:
    if op == "in":
        return fact in (value if isinstance(value, tuple) else (value,))
    return (fact == value) is (op == "eq")


def _compare_answer(said: Any, asked: AnswerIs) -> bool:
    if asked.op in ("least", "most"):
        number, limit = _number(said), _number(asked.value)
        if number is None or limit is None:
            return False
        return number >= limit if asked.op == "least" else number <= limit
    given = said if isinstance(said, list) else [] if said is None else [said]
    is_one = any(_same(one, wanted) for one in given for wanted in asked.wanted)
    return is_one is (asked.op != "ne")


def _same(said: Any, wanted: str) -> bool:
    number = _number(said)
    return said == wanted or (number is not None and number == _number(wanted))


def _number(value: Any) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None  # "nan" is a word that somebody typed


Asking = Compare | AnswerIs


def asked_in(condition: Condition | None) -> Iterator[Asking]:
    """What a condition asks, one by one: of facts and of answers."""
    match condition:
        case Compare() | AnswerIs():
            yield condition
        case AllOf(all=parts) | AnyOf(any=parts):
            for part in parts:
                yield from asked_in(part)
        case Not(not_=part):
            yield from asked_in(part)


def facts_asked(condition: Condition | None) -> Iterator[str]:
    """The names of the facts that a condition asks about."""
    return (it.key for it in asked_in(condition) if isinstance(it, Compare))


def answers_asked(condition: Condition | None) -> Iterator[str]:
    """The keys of the questions that a condition asks about."""
    return (it.answer for it in asked_in(condition) if isinstance(it, AnswerIs))
