"""Changing what a YAML file says and nothing else in it: comments, blank lines, the order and the
way of writing of all that stays are kept as a person left them. Pure.

A comment directly above an entry, or behind it on its line, belongs to it: it moves and goes with
it. One with a blank line below it stands for itself, and stays.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

import yaml

from auditapp.authoring.nodes import Entry, File, Lines, exact, same, split
from auditapp.questionnaires.composing import root_of, value_of
from auditapp.questionnaires.reading import EXPECTED
from auditapp.questionnaires.writing import written_entry

Home = tuple[str | None, str, int]  # of an item: its list's name, its key, its column


def rewritten(text: str, document: dict[str, Any]) -> str:
    """`text` with no more changed than makes it say `document`.

    Raises:
        Unreadable: `text` is no YAML of a mapping.
    """
    if same(root_of(text, "", EXPECTED), document):
        return text
    file = File.of(text)
    root = root_of("".join(file.lines), "", EXPECTED)
    first, last = root.start_mark.line, file.last(root)
    if file.has_lines_of_its_own(root):
        body = _Rewriting(file, root).block(root, document, [])
    else:
        comments = [f"{file.comments[at]}\n" for at in sorted(file.comments) if first <= at <= last]
        body = comments + [written_entry(document[it], it) for it in document]
    return "".join([*file.lines[:first], *body, *file.lines[last + 1 :]])


class _Rewriting:
    """Blocks as full lines; of the first only what stands left of it may be another's."""

    def __init__(self, file: File, root: Any) -> None:
        self.file, self.root = file, root

    @cached_property
    def known(self) -> dict[Home, Entry]:
        """What has a key and stands in a list, wherever that is: it may move to another."""
        return dict(_keyed_items(self.file, self.root))

    def block(self, node: Any, value: Any, before: Lines, name: str | None = None) -> Lines:
        """The lines of the mapping or list that is called `name`, when it says `value`."""
        entries = self.file.entries(node, before)
        column = node.start_mark.column
        if isinstance(node, yaml.MappingNode):
            chosen: list[tuple[int | None, str | None, Any]] = [
                (at, name, value[name]) for at, name in _names(entries, value)
            ]
        else:
            chosen = [
                (at, None, item) for at, item in zip(_matches(entries, value), value, strict=True)
            ]
        gaps, rest = _gaps(entries, [at for at, _, _ in chosen])
        lines: Lines = []
        for (at, inner, item), gap in zip(chosen, gaps, strict=True):
            entry = entries[at] if at is not None else self._moved_here(name, item, column)
            lines += gap
            if entry is None:
                lines += _indented(written_entry(item, inner), column)
            else:
                lines += entry.above
                lines += self._entry(entry, item, column)
        return lines + rest

    def _moved_here(self, name: str | None, item: Any, column: int) -> Entry | None:
        """What stood in another list of this name, at the same column, under the item's key."""
        key = item.get("key") if isinstance(item, dict) else None
        return self.known.get((name, key, column)) if isinstance(key, str) else None

    def _entry(self, entry: Entry, value: Any, column: int) -> Lines:
        """The lines of an entry that may say something else now."""
        lines = self.file.lines
        kept = lines[entry.first : entry.last + 1]
        kept[0] = " " * column + kept[0][column:]
        if same(entry.node, value):
            return kept
        kinds: dict[type, type] = {dict: yaml.MappingNode, list: yaml.SequenceNode}
        is_alike = value and isinstance(entry.node, kinds.get(type(value), ()))
        if is_alike and self.file.has_lines_of_its_own(entry.node):
            return self._inside(entry, value, kept[0], column)
        style = entry.node.style if isinstance(entry.node, yaml.ScalarNode) else None
        fresh = _indented(
            written_entry(value, entry.name, style if _folds(value) else None), column
        )
        notes = [
            (at, self.file.comments[at])
            for at in range(entry.first, entry.last + 1)
            if at in self.file.comments
        ]
        if len(fresh) == len(notes) == 1 and notes[0][0] == entry.last:
            return [f"{fresh[0].rstrip()}  {notes[0][1]}\n"]
        return [f"{' ' * column}{said}\n" for _, said in notes] + fresh

    def _inside(self, entry: Entry, value: Any, head: str, column: int) -> Lines:
        start = entry.node.start_mark
        if start.line > entry.first:
            before = self.file.lines[entry.first + 1 : start.line]
            return [head, *self.block(entry.node, value, before, entry.name)]
        # After "- " on its line: what would stand above its first line stands above the dash.
        inner = self.block(entry.node, value, [])
        at = next(at for at, line in enumerate(inner) if line.strip() and line.lstrip()[0] != "#")
        above = [f"{' ' * column}{line.lstrip()}" for line in inner[:at] if line.strip()]
        return [*above, head[: start.column] + inner[at][start.column :], *inner[at + 1 :]]


def _keyed_items(
    file: File, node: Any, name: str | None = None, before: Sequence[str] = ()
) -> Iterator[tuple[Home, Entry]]:
    """Every item of a list that has a key, with where it stands."""
    if not file.has_lines_of_its_own(node):
        return
    for entry in file.entries(node, list(before)):
        said = value_of(entry.node) if entry.name is None else {}
        if isinstance(said, dict) and isinstance(said.get("key"), str):
            yield (name, said["key"], node.start_mark.column), entry
        between = file.lines[entry.first + 1 : entry.node.start_mark.line]
        yield from _keyed_items(file, entry.node, entry.name, between)


def _names(entries: list[Entry], value: dict[str, Any]) -> list[tuple[int | None, str]]:
    """Names that stay, in the order that they had, and new ones behind what they follow now."""
    places = {str(entry.name): at for at, entry in enumerate(entries)}
    order = [name for name in places if name in value]
    before = ""
    for name in value:
        if name not in places:
            order.insert(order.index(before) + 1 if before else 0, name)
        before = name
    return [(places.get(name), name) for name in order]


def _matches(entries: list[Entry], items: list[Any]) -> list[int | None]:
    """Which entry each item was: that with its key, or that says the same; then in their order."""
    old = [value_of(entry.node) for entry in entries]
    if _are_keyed(old) and _are_keyed(items):
        places = {it["key"]: at for at, it in enumerate(old)}
        return [places.get(it["key"]) for it in items]
    left, said = list(range(len(old))), [exact(it) for it in old]
    found: list[int | None] = []
    for item in map(exact, items):
        found.append(next((at for at in left if said[at] == item), None))
        if found[-1] is not None:
            left.remove(found[-1])
    for at, match in enumerate(found):
        if match is None and left:
            found[at] = left.pop(0)
    return found


def _are_keyed(items: list[Any]) -> bool:
    keys = [it.get("key") if isinstance(it, dict) else None for it in items]
    return all(isinstance(key, str) for key in keys) and len(set(keys)) == len(keys)


def _gaps(entries: list[Entry], chosen: list[int | None]) -> tuple[list[Lines], Lines]:
    """What stands before each, and behind the last. Blank lines belong to the place; comments go
    with what they stand before, and stay where that goes."""
    blank = [[] if _has_comment(it.gap) else it.gap for it in entries]
    usual = blank[1] if len(blank) > 1 else []
    noted: dict[int, Lines] = {}
    carried: Lines = []
    for at, entry in enumerate(entries):
        own = entry.gap if _has_comment(entry.gap) else []
        if at in chosen:
            noted[at] = carried + own
            carried = []
        else:
            carried += own
    gaps = []
    for place, match in enumerate(chosen):
        stays = noted.get(match, []) if match is not None else []
        gaps.append(stays or (blank[place] if place < len(blank) else usual))
    return gaps, carried


def _has_comment(lines: Lines) -> bool:
    return any(line.strip() for line in lines)


def _folds(value: Any) -> bool:
    """Whether it can be written over several lines and read as the same."""
    return isinstance(value, str) and (" ".join(value.split()) == value or "\n" in value)


def _indented(text: str, column: int) -> Lines:
    return [f"{' ' * column}{line}" if line.strip() else line for line in split(text)]
