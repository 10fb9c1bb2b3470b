"""A YAML file as the lines of its parts: each entry with the comments and blank lines that stand
before it. Pure."""

import re
from dataclasses import dataclass
from typing import Any

import yaml

from auditapp.questionnaires.composing import Loader, value_of

Lines = list[str]
_LINE = re.compile("[^\n\x85\u2028\u2029]*(?:[\n\x85\u2028\u2029]|$)")
_HEADER_COMMENT = re.compile(r"[|>][-+0-9]*[ \t]+(#.*)")


def split(text: str) -> Lines:
    """Lines as YAML counts them, each with its end."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return [it for it in _LINE.findall(plain if plain.endswith("\n") else f"{plain}\n") if it]


@dataclass(frozen=True)
class Entry:
    """One pair of a block mapping, or one item of a block sequence.

    `first` and `last` are its lines, from 0. `gap` stands before it and is not its own: blank lines,
    and comments with one below them. `above` are the comments directly above it.
    """

    name: str | None
    node: yaml.Node
    first: int
    last: int
    gap: Lines
    above: Lines


@dataclass(frozen=True)
class File:
    """The lines of a file, and what is a comment in them: line, from 0 -> "# ..."."""

    lines: Lines
    comments: dict[int, str]

    @classmethod
    def of(cls, text: str) -> "File":
        lines = split(text)
        return cls(lines, _comments(lines))

    def entries(self, node: Any, before: Lines) -> list[Entry]:
        """Of a block mapping or sequence; `before` stands between its parent's line and its own."""
        found: list[Entry] = []
        for item in node.value:
            key, value = item if isinstance(node, yaml.MappingNode) else (None, item)
            first = self._dash(node, value) if key is None else key.start_mark.line
            between = self.lines[found[-1].last + 1 : first] if found else before
            own = _above(between)
            name = None if key is None else key.value
            last = max(first, self.last(value))
            gap = between[: len(between) - len(own)]
            found.append(Entry(name, value, first, last, gap, own))
        return found

    def last(self, node: Any) -> int:
        """The last line of what it says: the parser counts comments below it to it."""
        if not isinstance(node, yaml.ScalarNode):
            if node.flow_style or not node.value:
                return int(node.end_mark.line)
            end = node.value[-1]
            key, value = end if isinstance(node, yaml.MappingNode) else (None, end)
            return max(self.last(value), key.start_mark.line if key is not None else 0)
        at = node.end_mark.line - (node.end_mark.column == 0 and bool(node.style))
        if node.style in ("|", ">") and "+" not in self.lines[node.start_mark.line]:
            while at > node.start_mark.line and not self.lines[at].strip():
                at -= 1
        return int(max(at, node.start_mark.line) if node.value or node.style else 0)

    def has_lines_of_its_own(self, node: Any) -> bool:
        """Whether its entries can be changed line by line."""
        if isinstance(node, yaml.ScalarNode) or node.flow_style or not node.value:
            return False
        if isinstance(node, yaml.MappingNode):
            return all(key.value != "<<" for key, _ in node.value)
        return not self.lines[node.start_mark.line][: node.start_mark.column].strip()

    def _dash(self, node: Any, item: yaml.Node) -> int:
        column, at = node.start_mark.column, item.start_mark.line
        while self.lines[at][column : column + 1] != "-" or self.lines[at][:column].strip():
            at -= 1
        return int(at)


def _above(between: Lines) -> Lines:
    own: Lines = []
    for line in reversed(between):
        if not line.lstrip().startswith("#"):
            break
        own.insert(0, line)
    return own


def _comments(lines: Lines) -> dict[int, str]:
    """What stands between the tokens of a file is white space and comments."""
    found: dict[int, str] = {}
    line = column = 0
    for token in yaml.scan("".join(lines), Loader=Loader):
        _note(lines, found, (line, column), (token.start_mark.line, token.start_mark.column))
        if getattr(token, "style", None) in ("|", ">"):
            header = lines[token.start_mark.line][token.start_mark.column :]
            if said := _HEADER_COMMENT.match(header):
                found[token.start_mark.line] = said[1].rstrip()
        line, column = max(
            (line, column),
            (token.end_mark.line, token.end_mark.column),
        )
    _note(lines, found, (line, column), (len(lines), 0))
    return found


def _note(
    lines: Lines, found: dict[int, str], start: tuple[int, int], end: tuple[int, int]
) -> None:
    for at in range(start[0], min(end[0] + 1, len(lines))):
        left = start[1] if at == start[0] else 0
        between = lines[at][left : end[1] if at == end[0] else None]
        if "#" in between:
            found[at] = between[between.index("#") :].rstrip()


def same(node: yaml.Node, value: Any) -> bool:
    """Whether the node says exactly this."""
    return exact(value_of(node)) == exact(value)


def exact(value: Any) -> Any:
    """To compare with: 1 is not true."""
    if isinstance(value, dict):
        return {name: exact(inside) for name, inside in value.items()}
    if isinstance(value, list):
        return [exact(inside) for inside in value]
    return (type(value).__name__, value)
