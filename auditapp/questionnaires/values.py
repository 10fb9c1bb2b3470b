"""What was answered in a question's boxes: reading, keeping and printing it. Pure.

What is kept is canonical JSON of the shape of the boxes; nothing filled in is None.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from auditapp.core.errors import RuleBroken
from auditapp.questionnaires.choices import Choosing
from auditapp.questionnaires.derived import DerivedEntry
from auditapp.questionnaires.entries import Compound, Path, Place, RowsEntry
from auditapp.questionnaires.kinds import Entry
from auditapp.questionnaires.matrix import MatrixEntry
from auditapp.questionnaires.numbers import NumberEntry
from auditapp.questionnaires.scales import Need

Typed = Mapping[str, Sequence[str]]  # a place's name in the form -> what was typed
Value = Any  # of a single box its text or list, of several a mapping, of rows a list of those


class EntriesBroken(RuleBroken):
    """Boxes that cannot be read: `faults` has a sentence for each, by its path."""

    def __init__(self, faults: Mapping[Path, str]) -> None:
        path, message = next(iter(faults.items()))
        super().__init__(message, field=field_of(path))
        self.faults = faults


def field_of(path: Path) -> str:
    """What a form calls the box at `path`: "value", "value-name", "value-2-who"."""
    return "-".join(("value", *path))


def boxes_of(entry: Entry | None, rows: int = 0) -> tuple[Place, ...]:
    """Its boxes, in order, and none where it is graded; `rows` matters to a list of rows only."""
    if entry is None:
        return ()
    if isinstance(entry, Compound):
        return entry.boxes(rows)
    return (Place((), "", entry),)


def rows_in(entry: Entry | None, value: Value) -> int:
    """How many rows a value has; 0 for what has none."""
    return len(value) if isinstance(entry, RowsEntry) and value else 0


def read_value(entry: Entry | None, typed: Typed) -> Value:
    """What is kept of what was typed; None where every box is blank. Blank rows are left out.

    Raises:
        EntriesBroken: with every box that cannot be read.
    """
    rows = typed_rows(typed) if isinstance(entry, RowsEntry) else 0
    faults: dict[Path, str] = {}
    kept: dict[Path, Any] = {}
    for place in boxes_of(entry, rows):
        try:
            read = place.entry.read(typed.get(field_of(place.path), ()))
        except ValueError as error:
            faults[place.path] = str(error)
            continue
        if read is not None:
            kept[place.path] = read
    if faults:
        raise EntriesBroken(faults)
    return _shaped(entry, kept)


def _shaped(entry: Entry | None, kept: Mapping[Path, Any]) -> Value:
    if not kept:
        return None
    if isinstance(entry, RowsEntry):
        numbers = dict.fromkeys(int(row) for row, _ in kept)
        return [{key: it for (at, key), it in kept.items() if int(at) == row} for row in numbers]
    if isinstance(entry, MatrixEntry):
        found: dict[str, dict[str, Any]] = {}
        for (row, column), it in kept.items():
            found.setdefault(row, {})[column] = it
        return found
    return {path[0]: it for path, it in kept.items()} if isinstance(entry, Compound) else kept[()]


def filled(entry: Entry | None, value: Value) -> Iterator[tuple[Place, Any]]:
    """Each box that holds something, with what it holds."""
    for place in boxes_of(entry, rows_in(entry, value)):
        held = _held(value, place.path)
        if held is not None:
            yield place, held


def _held(value: Value, path: Path) -> Any:
    for step in path:
        if value is None:
            return None
        if isinstance(value, list):
            value = value[int(step)] if int(step) < len(value) else None
        else:
            value = value.get(step)
    return value


def typed_rows(typed: Typed) -> int:
    """How many rows of a list were sent, blank ones included."""
    numbers = [re.match(r"value-(\d{1,3})-", name) for name in typed]
    return 1 + max((int(found[1]) for found in numbers if found), default=-1)


def typed_of(entry: Entry | None, value: Value) -> dict[str, list[str]]:
    """What stands in the boxes, by name, when they are opened again."""
    return {field_of(place.path): place.entry.typed(held) for place, held in filled(entry, value)}


def lacking(entry: Entry | None, value: Value) -> list[Place]:
    """Boxes that have to be filled in and are not."""
    have = {place.path for place, _ in filled(entry, value)}
    boxes = boxes_of(entry, rows_in(entry, value))
    unexplained = entry.unexplained(value) if isinstance(entry, MatrixEntry) and value else []
    return [
        place
        for place in boxes
        if place.path in unexplained or (place.required and place.path not in have)
    ]


def number_of(entry: Entry | None, value: Value) -> Decimal | None:
    """The number that a question of one number was answered with, or that was worked out."""
    if isinstance(entry, DerivedEntry):
        return Decimal(value["figure"]) if value is not None else None
    return entry.number(value) if isinstance(entry, NumberEntry) and value is not None else None


def needs_of_value(entry: Entry | None, value: Value) -> frozenset[Need]:
    """What the chosen options ask for."""
    return frozenset[Need]().union(
        *(place.entry.needs(held) for place, held in filled(entry, value))
    )


def options_needing(entry: Entry | None, need: Need) -> list[str]:
    """Labels of the options that ask for it, as inside a sentence: "no", "partly"."""
    options = [
        option
        for place in boxes_of(entry)
        if isinstance(place.entry, Choosing)
        for option in place.entry.choices
    ]
    return list(dict.fromkeys(option.label.lower() for option in options if need in option.needs))


class Shown(NamedTuple):
    """One line of an answer in print: its label (empty for a single box), words, and remark."""

    label: str
    words: str
    remark: str = ""

    @property
    def in_full(self) -> str:
        return f"{self.words} ({self.remark})" if self.remark else self.words


def shown_of(entry: Entry | None, value: Value, on: date) -> list[Shown]:
    """The answer in lines, for a round due `on` that day; a row of a list is one line. Nothing
    where it is blank, or a grade."""
    if isinstance(entry, DerivedEntry):
        return [Shown("", entry.shown(value))] if value is not None else []
    if isinstance(entry, MatrixEntry):
        return [
            Shown(row.label, "; ".join(f"{at}: {it}" for at, it in entry.words_of(row, value)))
            for row in (entry.rows if value else ())
        ]
    if not isinstance(entry, RowsEntry):
        return [
            Shown(place.label, place.entry.shown(held), place.entry.remark(held, on))
            for place, held in filled(entry, value)
        ]
    lines = []
    for at in range(rows_in(entry, value)):
        cells = [(place, held) for place, held in filled(entry, value) if place.path[0] == str(at)]
        words = "; ".join(f"{place.label}: {place.entry.shown(held)}" for place, held in cells)
        remarks = [said for place, held in cells if (said := place.entry.remark(held, on))]
        lines.append(Shown(f"{at + 1}", words, "; ".join(remarks)))
    return lines
