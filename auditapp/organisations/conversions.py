"""Which new number is an old place under another name: the register's links, followed. Pure.

A link alone converts nothing: its successor must be in the register as open. One place that became
one place is followed; splits, mergers and amalgamations are put to a person.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from auditapp.organisations.listing import Link

MOST_STEPS = 5
PLAIN = {"Successor": False, "Predecessor": True}  # whether `code` is the new one
NOT_SUCCESSION = ("Sixth Form Centre", "Children", "Other", "Not applicable")


class Waiting(NamedTuple):
    """An announced conversion whose successor is not in the register as open yet."""

    old: str
    new: str


class Undecided(NamedTuple):
    """Two numbers that a person must compare, and why the software did not."""

    old: str
    new: str
    why: str


@dataclass
class Followed:
    """`converted` is new number -> old; `apart` the same, where both are places already."""

    converted: dict[str, str] = field(default_factory=dict)
    apart: dict[str, str] = field(default_factory=dict)
    waiting: list[Waiting] = field(default_factory=list)
    undecided: list[Undecided] = field(default_factory=list)


@dataclass
class _Web:
    """The links both ways. `by_person` are pairs whose link says more than one became one."""

    successors: dict[str, set[str]]
    predecessors: dict[str, set[str]]
    by_person: dict[frozenset[str], str]


def follow(
    links: Iterable[Link], *, listed: Collection[str], places: Mapping[str, int]
) -> Followed:
    """What the links say of the numbers that a register lists as open.

    `places` are the current numbers in the database with their place's id. A chain of conversions
    that were missed is followed to the place it began with; what a person saw and left as two
    places is not asked again.
    """
    web, result = _web(links), Followed()
    for new in listed:
        path = _path(web, new, places)
        if path is None or places.get(new) == places[path[-1]]:
            continue
        old, why = path[-1], _reason_to_ask(web, path, listed)
        if why and new not in places:
            result.undecided.append(Undecided(old, new, why))
        elif not why and new in places:
            result.apart[new] = old
        elif not why:
            result.converted[new] = old
    result.waiting = _waiting(web, listed, places)
    return result


def _web(links: Iterable[Link]) -> _Web:
    web = _Web(defaultdict(set), defaultdict(set), {})
    for link in links:
        if link.type.startswith(NOT_SUCCESSION):
            continue
        begins_new = link.type.startswith("Predecessor")
        new, old = (link.code, link.linked_code)[:: 1 if begins_new else -1]
        if link.type not in PLAIN:
            web.by_person[frozenset((old, new))] = link.type
        if link.type.startswith(("Successor", "Predecessor")):
            web.successors[old].add(new)
            web.predecessors[new].add(old)
    return web


def _path(web: _Web, new: str, places: Mapping[str, int]) -> list[str] | None:
    """From `new` back, at most a few steps, to a number in the database."""
    path = [new]
    for _ in range(MOST_STEPS):
        before = web.predecessors.get(path[-1], set()) | _partners(web, path[-1])
        known = sorted(before & places.keys())
        if known:
            return [*path, known[0]]
        if len(before) != 1 or not before.isdisjoint(path):
            return None
        path += before
    return None


def _partners(web: _Web, code: str) -> set[str]:
    return {other for pair in web.by_person if code in pair for other in pair - {code}}


def _reason_to_ask(web: _Web, path: list[str], listed: Collection[str]) -> str:
    for new, old in pairwise(path):
        if kind := web.by_person.get(frozenset((old, new))):
            return f"The register calls it “{kind}”."
        if len(web.predecessors.get(new, ())) > 1:
            return "It has more than one predecessor."
        if len(web.successors.get(old, ())) > 1:
            return "The old one has more than one successor."
    return "The register lists both as open." if path[-1] in listed else ""


def _waiting(web: _Web, listed: Collection[str], places: Mapping[str, int]) -> list[Waiting]:
    current = set(listed) | set(places)
    return [
        Waiting(old, new)
        for old in sorted(current)
        for new in sorted(web.successors.get(old, ()))
        if new not in current and frozenset((old, new)) not in web.by_person
    ]
