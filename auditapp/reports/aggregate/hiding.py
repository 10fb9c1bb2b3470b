"""Which slices of a round tell of so few assessments that they could show one's answers.

For those who may not read answers. Figures can be taken from one another, so a slice is also
hidden where it differs from one around it by too few, and where it is what is left of its kind.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from auditapp.reports.aggregate.slices import EVERYWHERE, PlaceRow, Slice

HIDDEN_BELOW = 5  # assessments


def hidden_slices(places: Sequence[PlaceRow]) -> frozenset[Slice]:
    """Of the whole and the slices by one filter, those to hide.

    Source: docs/policy/figures.md, "Small numbers".
    """
    held = _held(places)
    size = {one: sum(places[at].number for at in rows) for one, rows in held.items()}
    sized = defaultdict(list)
    for one, number in size.items():
        sized[number].append(one)
    hidden = {one for one in held if _is_few(size[one])}
    hidden |= {
        inner
        for inner, rows in held.items()
        for few in range(1, HIDDEN_BELOW)
        for outer in sized.get(size[inner] + few, ())
        if rows < held[outer]
    }
    for at in range(len(EVERYWHERE)):  # by phase, by type, by trust
        kind = [one for one in sorted(held) if one[at]]
        hidden |= set(_complements(kind, hidden, size))
    return frozenset(hidden)


def is_hidden(within: Slice, places: Sequence[PlaceRow]) -> bool:
    """Slices by more than one filter are hidden: too much could be worked out from them."""
    asked = [value for value in within if value]
    return len(asked) > 1 or within in hidden_slices(places)


def _held(places: Sequence[PlaceRow]) -> dict[Slice, set[int]]:
    """The rows of the whole and of every slice by one filter."""
    held: defaultdict[Slice, set[int]] = defaultdict(set, {EVERYWHERE: set()})
    for at, row in enumerate(places):
        by_one = (Slice(phase=row.phase), Slice(type=row.type), Slice(trust=row.trust))
        for one in (EVERYWHERE, *by_one):
            held[one].add(at)
    return held


def _is_few(number: int) -> bool:
    return 0 < number < HIDDEN_BELOW


def _complements(
    kind: Sequence[Slice], hidden: set[Slice], size: dict[Slice, int]
) -> Iterator[Slice]:
    """The smallest others, until what is hidden of a kind is no longer few together. With it goes
    what is of no such kind (in no trust), which is in the whole and cannot be asked for."""
    left = size[EVERYWHERE] - sum(size[one] for one in kind if one not in hidden)
    for one in sorted((one for one in kind if one not in hidden), key=size.__getitem__):
        if not _is_few(left):
            return
        left += size[one]
        yield one
