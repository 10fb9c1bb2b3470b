"""Strengths and gaps: who stands where, by a basis that is printed with the figure.

Source: docs/policy/figures.md, "Ranking".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import lcm

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
    """A line in its place, 1 the best; no place without a grade. `share` is that of the basis."""

    place: int | None
    line: Line
    share: Share


@dataclass(frozen=True)
class Ranking:
    """Best first. Ties share a place, and the next place is left out."""

    by: RankBy
    lines: tuple[Ranked, ...]

    @property
    def placed(self) -> tuple[Ranked, ...]:
        return tuple(line for line in self.lines if line.place is not None)

    @property
    def highest(self) -> tuple[Ranked, ...]:
        """Those in the first place; several where they tie."""
        return tuple(line for line in self.placed if line.place == 1)

    @property
    def lowest(self) -> tuple[Ranked, ...]:
        """Those in the last place."""
        placed = self.placed
        return tuple(line for line in placed if line.place == placed[-1].place)

    @property
    def is_level(self) -> bool:
        """Whether there is no telling them apart."""
        return len(self.highest) == len(self.placed)

    @property
    def parting(self) -> tuple[int, int] | None:
        """How many lines are among the three highest, and from which on among the three lowest.

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
    """`lines` in order. What ties stands with the fewest gaps first, then as asked.

    Shares are compared as they are, not as they are rounded.
    """
    basis = basis_of(scale, by)
    keys = scale.strengths if basis is RankBy.STRENGTH else scale.gaps
    graded = [line for line in lines if line.tally.graded]
    whole = lcm(*(line.tally.graded for line in graded))
    gaps = {line.key: _part_of(whole, line, scale.gaps) for line in graded}
    worth = {
        line.key: _part_of(whole, line, keys) if basis is RankBy.STRENGTH else -gaps[line.key]
        for line in graded
    }
    graded.sort(key=lambda line: (-worth[line.key], gaps[line.key]))
    empty = [line for line in lines if not line.tally.graded]
    places = _places([worth[line.key] for line in graded])
    return Ranking(
        basis,
        tuple(
            Ranked(place, line, line.tally.share(keys, PLACES))
            for place, line in zip([*places, *(None for _ in empty)], [*graded, *empty])
        ),
    )


def _part_of(whole: int, line: Line, keys: frozenset[str]) -> int:
    """The share of `keys` as a number of `whole`, which every base divides: exact, and quick."""
    return line.tally.number(keys) * (whole // line.tally.graded)


def _places(worths: Sequence[int]) -> list[int]:
    """1, 2, 2, 4: of what is sorted already, best first."""
    first: dict[int, int] = {}
    return [first.setdefault(worth, place) for place, worth in enumerate(worths, start=1)]
