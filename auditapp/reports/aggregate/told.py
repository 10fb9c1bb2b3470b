"""Answers that are no grade, counted over a round. Pure.

Every figure is of those who answered; blank, *not applicable* and not asked are counted apart.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from auditapp.questionnaires.boxes import DateEntry
from auditapp.questionnaires.choices import Choosing
from auditapp.questionnaires.conditions import Condition, answers_asked
from auditapp.questionnaires.derived import DerivedEntry
from auditapp.questionnaires.numbers import NumberEntry, mean_of
from auditapp.questionnaires.questions import Question
from auditapp.questionnaires.schema import Asked

HIDDEN_BELOW = 5  # who answered, for those who may not read answers


class ToldRow(NamedTuple):
    """One submitted answer: its canonical value, and whether it does not apply."""

    question_key: str
    value: Any
    is_not_applicable: bool


class Numbers(NamedTuple):
    total: Decimal
    mean: Decimal
    least: Decimal
    most: Decimal


class Ratio(NamedTuple):
    part: Decimal
    whole: Decimal


@dataclass(frozen=True, kw_only=True)
class Told:
    """One question: how many were `asked`, and of those who answered what they said. One of the
    last four is given, by the kind of the question; none for words."""

    question: Question
    label: str
    asked: int
    answered: int
    not_applicable: int
    is_hidden: bool
    numbers: Numbers | None = None
    ratio: Ratio | None = None
    options: tuple[tuple[str, int], ...] = ()
    run_out: int | None = None

    @property
    def blank(self) -> int:
        return self.asked - self.answered - self.not_applicable


def told_figures(
    asked: Asked, rows: Iterable[ToldRow], on: date, *, hides_few: bool = False
) -> list[Told]:
    """In the order of the questionnaire, for a round due `on` that day. `hides_few`: for those who
    may not read answers, nothing of fewer than `HIDDEN_BELOW` who answered; and nothing of a
    question that an earlier answer asks, whose number would tell how few gave that answer."""
    found: dict[str, list[ToldRow]] = defaultdict(list)
    for row in rows:
        found[row.question_key].append(row)
    return [
        _told(asked, question, found[question.key], on, hides_few)
        for section in asked.sections
        for question in section.questions
        if not question.is_graded and not question.is_statement and not question.private
    ]


def _told(
    asked: Asked, question: Question, rows: Sequence[ToldRow], on: date, hides_few: bool
) -> Told:
    values = [row.value for row in rows if row.value is not None]
    follows = any(key for it in _conditions(asked, question) for key in answers_asked(it))
    few = hides_few and (0 < len(values) < HIDDEN_BELOW or follows)
    return Told(
        question=question,
        label=asked.label_of(question.key),
        asked=len(rows),
        answered=len(values),
        not_applicable=sum(row.is_not_applicable for row in rows),
        is_hidden=few,
        **({} if few else _said(question, values, on)),
    )


def _conditions(asked: Asked, question: Question) -> Iterator[Condition | None]:
    yield asked.section_of(question.key).applies
    yield question.applies


def _said(question: Question, values: Sequence[Any], on: date) -> dict[str, Any]:
    match question.answer:
        case NumberEntry():
            return {"numbers": _numbers([Decimal(value) for value in values])}
        case DerivedEntry(op="share"):
            part = sum((Decimal(value["part"]) for value in values), Decimal(0))
            whole = sum((Decimal(value["whole"]) for value in values), Decimal(0))
            return {"ratio": Ratio(part, whole)} if whole else {}
        case DerivedEntry():
            return {"numbers": _numbers([Decimal(value["figure"]) for value in values])}
        case Choosing() as entry:
            chosen = Counter(key for value in values for key in entry.typed(value))
            return {"options": tuple((it.label, chosen[it.key]) for it in entry.choices)}
        case DateEntry(within_months=int()) as entry:
            return {"run_out": sum(bool(entry.remark(value, on)) for value in values)}
        case _:
            return {}


def _numbers(numbers: Sequence[Decimal]) -> Numbers | None:
    if not numbers:
        return None
    return Numbers(sum(numbers, Decimal(0)), mean_of(numbers), min(numbers), max(numbers))
