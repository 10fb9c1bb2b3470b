"""Strengths and gaps: who stands where, by a basis that is printed with the figure.

Source: docs/policy/figures.md, "Ranking".
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import lcm
from typing import NamedTuple

from auditapp.documents.figures import Share
from auditapp.questionnaires.scales import Scale
from auditapp.reports.aggregate.grades import Line

EXTREMES = 3  # how many places are called the highest, and the lowest
PLACES = 2  # decimals: neighbours in a ranking are told apart by them


class RankBy(StrEnum):
    """Which share says who is ahead: most strength grades, or fewest gap grades."""

    STRENGTH = "strength"
    GAP = "gap"


@dataclass(frozen=True)
class Ranked:
    """A line in its place; no place without a grade. `share` is that of the basis."""

    place: int | None
    line: Line
    share: Share


@dataclass(frozen=True)
class Ranking:
    """In order, from place 1. Ties share a place, and the next place is left out."""

    by: RankBy
    lines: tuple[Ranked, ...]

    @property
    def placed(self) -> tuple[Ranked, ...]:
        return tuple(line for line in self.lines if line.place is not None)

    @property
    def first(self) -> tuple[Ranked, ...]:
        """Those in the first place; several where they tie."""
        return tuple(line for line in self.placed if line.place == 1)

    @property
    def last(self) -> tuple[Ranked, ...]:
        """Those in the last place."""
        placed = self.placed
        return tuple(line for line in placed if line.place == placed[-1].place)

    @property
    def is_level(self) -> bool:
        """Whether there is no telling them apart."""
        return len(self.first) == len(self.placed)

    @property
    def parting(self) -> tuple[int, int] | None:
        """How many lines are among the first three, and after how many the last three begin.

        A tie across the border goes with the extreme. None where the two would meet.
        """
        places = [line.place for line in self.placed if line.place is not None]
        if len(places) <= 2 * EXTREMES:
            return None
        top = sum(place <= EXTREMES for place in places)
        bottom = places.index(places[-EXTREMES])
        return (top, bottom) if top < bottom else None


def basis_of(scale: Scale, by: RankBy) -> RankBy:
    """`by`, or the other where the scale has no grade of that kind."""
    keys = {RankBy.STRENGTH: scale.strengths, RankBy.GAP: scale.gaps}
    other = RankBy.GAP if by is RankBy.STRENGTH else RankBy.STRENGTH
    return other if not keys[by] and keys[other] else by


def ranked(lines: Iterable[Line], scale: Scale, by: RankBy) -> Ranking:
    """The best first. What ties stands with the fewest gaps first, then by where its grades stand
    on the scale, then as asked."""
    basis = basis_of(scale, by)
    if basis is RankBy.STRENGTH:
        return _ranking(lines, scale, basis, lambda it: (-it.strengths, it.gaps, -it.rank))
    return _ranking(lines, scale, basis, lambda it: (it.gaps, -it.strengths, -it.rank))


def weakest_first(lines: Iterable[Line], scale: Scale) -> Ranking:
    """By gaps, the most first: place 1 is the weakest. What ties stands with the fewest strengths
    first, then by where its grades stand on the scale, then as asked."""
    basis = basis_of(scale, RankBy.GAP)
    if basis is RankBy.GAP:
        return _ranking(lines, scale, basis, lambda it: (-it.gaps, it.strengths, it.rank))
    return _ranking(lines, scale, basis, lambda it: (it.strengths, -it.gaps, it.rank))


class _Worth(NamedTuple):
    """Shares of strength and gap grades, and the mean place on the scale, as numbers of one whole:
    exact, and quick to compare."""

    strengths: int
    gaps: int
    rank: int


def _ranking(
    lines: Iterable[Line],
    scale: Scale,
    basis: RankBy,
    order: Callable[[_Worth], tuple[int, int, int]],
) -> Ranking:
    """Shares are compared as they are, not as they are rounded."""
    keys = scale.strengths if basis is RankBy.STRENGTH else scale.gaps
    graded = [line for line in lines if line.tally.graded]
    whole = lcm(*(line.tally.graded for line in graded))
    worth = {line.key: order(_worth(line, scale, whole)) for line in graded}
    graded.sort(key=lambda line: worth[line.key])
    empty = [line for line in lines if not line.tally.graded]
    places = _places([worth[line.key][0] for line in graded])
    return Ranking(
        basis,
        tuple(
            Ranked(place, line, line.tally.share(keys, PLACES))
            for place, line in zip([*places, *(None for _ in empty)], [*graded, *empty])
        ),
    )


def _worth(line: Line, scale: Scale, whole: int) -> _Worth:
    tally, unit = line.tally, whole // line.tally.graded
    ranks = sum([place * tally.counts.get(key, 0) for place, key in enumerate(scale.keys)])
    strengths, gaps = tally.number(scale.strengths), tally.number(scale.gaps)
    return _Worth(strengths * unit, gaps * unit, ranks * unit)


def _places(worths: Sequence[int]) -> list[int]:
    """1, 2, 2, 4: of what is sorted already."""
    first: dict[int, int] = {}
    return [first.setdefault(worth, place) for place, worth in enumerate(worths, start=1)]
