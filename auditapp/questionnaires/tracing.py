"""Following questions from one version to another over the mappings that were confirmed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from auditapp.core.errors import RuleBroken
from auditapp.questionnaires.comparing import Pair
from auditapp.questionnaires.schema import Questionnaire

Fate = tuple[str | None, str | None]  # keys before and after; None: new, or gone


class At(NamedTuple):
    """A version's place among those of its questionnaire."""

    number: int
    id: int


@dataclass(frozen=True)
class Step:
    """One confirmed mapping: what became of keys, other than that they stayed."""

    before: At
    after: At
    pairs: frozenset[Pair]


def pairs_between(steps: Iterable[Step], before: At, after: At) -> frozenset[Pair]:
    """What keys of `before` are called in `after`, where that is not the same.

    It goes by the mapping of the two where one is confirmed, else over those between, each as far
    on as one leads: so a mapping between two versions stands above those over a third. Pairs may
    name keys that neither version has; `compare` leaves those out. `before` may be the later one.
    """
    if before.number > after.number:
        return frozenset((new, old) for old, new in pairs_between(steps, after, before))
    found: set[Pair] = set()
    for step in _path(list(steps), before, after):
        further = {(first, new) for first, then in found for old, new in step.pairs if then == old}
        found |= further | step.pairs
    return frozenset(found)


def kin(steps: Iterable[Step], keys: Iterable[str]) -> set[str]:
    """Every key that the questions `keys` may have had in any version, by what was confirmed."""
    known = [set(pair) for step in steps for pair in step.pairs]
    found = set(keys)
    while more := {key for pair in known if pair & found for key in pair} - found:
        found |= more
    return found


def _path(steps: list[Step], at: At, end: At) -> Iterator[Step]:
    while True:
        onward = [
            step
            for step in steps
            if (step.before == at or step.before.number > at.number)
            and (step.after == end or step.after.number < end.number)
        ]
        if not onward:
            return
        step = min(
            onward,
            key=lambda it: (it.before != at, it.before, it.after != end, -it.after.number),
        )
        yield step
        if step.after == end:
            return
        at = step.after
        steps = [it for it in steps if it is not step]


def fates_of(before: Questionnaire, after: Questionnaire, pairs: frozenset[Pair]) -> list[Fate]:
    """The pairs, and every key besides that only one version has, with None for the other.

    Raises:
        RuleBroken: a pair names no question, or one that stayed as it is; or there is nothing to
            say.
    """
    old, new = ([it.key for it in side.questions] for side in (before, after))
    kept = set(old) & set(new)
    for pair in pairs:
        if pair[0] not in old or pair[1] not in new or pair[0] == pair[1]:
            raise RuleBroken(f"{pair[0]} did not become {pair[1]}.")
    went, came = ({pair[side] for pair in pairs} for side in (0, 1))
    gone = [(key, None) for key in old if key not in kept and key not in went]
    fresh = [(None, key) for key in new if key not in kept and key not in came]
    fates = [*sorted(pairs), *gone, *fresh]
    if not fates:
        raise RuleBroken("Every question has kept its key: there is nothing to confirm.")
    return fates
