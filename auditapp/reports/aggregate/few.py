"""Which standards tell of so few organisations that their figures could show one's answers.

For those who may not read answers. A standard that only some are asked (boarding, over 16), or that
many left blank, may be graded by one; so may what the panel settled of it.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from auditapp.reports.aggregate.grades import AnswerRow, ModeratedRow
from auditapp.reports.aggregate.hiding import hidden_slices
from auditapp.reports.aggregate.slices import PlaceRow, Slice


class StandardRow(NamedTuple):
    """`number` submitted answers to one standard from one kind of place, of the whole round: with
    a self-grade or without, settled by the panel or not."""

    question_key: str
    type: str
    phase: str
    trust: str
    is_graded: bool
    is_settled: bool
    number: int


@dataclass(frozen=True)
class TooFew:
    """Keys of standards: hidden altogether; where settled grades are hidden that changed or kept a
    self-grade; and where those are hidden that stand where there was none."""

    standards: frozenset[str] = frozenset()
    settled: frozenset[str] = frozenset()
    settled_anew: frozenset[str] = frozenset()

    def answers(self, rows: Iterable[AnswerRow]) -> list[AnswerRow]:
        """Those that may be counted."""
        return [row for row in rows if row.question_key not in self.standards]

    def changes(self, rows: Iterable[ModeratedRow]) -> list[ModeratedRow]:
        """Those that may be counted."""
        return [row for row in rows if row.question_key not in self._hidden_of(row)]

    def _hidden_of(self, row: ModeratedRow) -> frozenset[str]:
        return self.standards | (self.settled if row.self_key else self.settled_anew)


NOTHING_HIDDEN = TooFew()


def too_few(rows: Iterable[StandardRow], keys: Collection[str], within: Slice) -> TooFew:
    """What to hide in a slice, of the standards `keys`. Each number that could be had by taking one basis, or one slice,
    from another is held to the same rule as the number of assessments.

    Source: docs/policy/figures.md, "Small numbers".
    """

    of_standards = [row for row in rows if row.question_key in keys]

    def telling(wanted: Callable[[StandardRow], bool]) -> frozenset[str]:
        return _telling(of_standards, within, wanted)

    return TooFew(
        standards=telling(lambda row: True) | telling(lambda row: row.is_graded),
        settled=telling(lambda row: row.is_graded and row.is_settled)
        | telling(lambda row: row.is_graded and not row.is_settled),
        settled_anew=telling(lambda row: row.is_settled and not row.is_graded),
    )


def _telling(
    rows: Iterable[StandardRow], within: Slice, wanted: Callable[[StandardRow], bool]
) -> frozenset[str]:
    """Standards of which the number of `wanted` answers in the slice must not be told."""
    found: defaultdict[str, Counter[tuple[str, str, str]]] = defaultdict(Counter)
    for row in rows:
        if wanted(row):
            found[row.question_key][row.type, row.phase, row.trust] += row.number
    return frozenset(
        key
        for key, numbers in found.items()
        if within in _hidden(tuple(sorted((*place, number) for place, number in numbers.items())))
    )


@lru_cache(maxsize=512)
def _hidden(places: tuple[tuple[str, str, str, int], ...]) -> frozenset[Slice]:
    """Once for all standards that the same organisations answered."""
    return hidden_slices(
        [PlaceRow(type_, phase, trust, False, number) for type_, phase, trust, number in places]
    )
