"""Where each part of a document stands, so that a mistake is shown at its place."""

from collections.abc import Container
from dataclasses import dataclass, field
from typing import Any, Protocol

import yaml

from auditapp.core.errors import RuleBroken
from auditapp.questionnaires.checking import Path


@dataclass(frozen=True)
class Fault:
    """One mistake: where it is (1 is the first line) and what was expected."""

    name: str
    line: int
    column: int
    message: str

    @property
    def where(self) -> str:
        return f"Line {self.line}, column {self.column}"

    @property
    def order(self) -> tuple[int, ...]:
        """Faults in the order of the file; no two of one place."""
        return (self.line, self.column)

    def __str__(self) -> str:
        return f"{self.name}:{self.line}:{self.column}: {self.message}"


class Unreadable(RuleBroken):
    """The file is no questionnaire; `faults` says why, in the order of the file."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults), field="file")
        self.faults = faults


def place_of(mark: Any) -> tuple[int, int]:
    """Line and column of a mark, from 1."""
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


class Placed(Protocol):
    """What knows where the parts of a document stand."""

    def fault(self, path: Path, says: str, first: Path | None = None) -> Fault:
        """A fault at the part at `path`, or the nearest around it; `first` is where what stands
        twice stood before."""


def nearest(path: Path, marked: Container[Path]) -> Path:
    """What of `path` is marked. Parts of unions are named in the path but not in the document: they
    are left out."""
    known: Path = ()
    for part in path:
        known = (*known, part) if (*known, part) in marked else known
    return known


@dataclass
class Places:
    """Lines and columns of the parts of the file `name`, and the keys that stand twice in one
    mapping."""

    name: str
    twice: list[Fault] = field(default_factory=list)
    _marks: dict[Path, tuple[int, int]] = field(default_factory=dict)
    _called: dict[Path, str] = field(default_factory=dict)  # items of a list, by their own key

    @classmethod
    def of(cls, node: yaml.Node, name: str) -> "Places":
        places = cls(name)
        places._walk(node, ())
        return places

    def fault(self, path: Path, says: str, first: Path | None = None) -> Fault:
        """A fault at the part at `path`, or the nearest around it that is in the document;
        `first` is where what stands twice stood before."""
        known = nearest(path, self._marks)
        where = ".".join(
            self._called.get(known[:at], str(known[at - 1])) for at in self._ends(known)
        )
        also = (
            f"; it stands on line {self._marks[nearest(first, self._marks)][0]} too"
            if first
            else ""
        )
        return Fault(
            self.name, *self._marks[known], f"{where}: {says}{also}" if where else f"{says}{also}"
        )

    def _ends(self, path: Path) -> range:
        return range(1, len(path) + 1)

    def _walk(self, node: yaml.Node, path: Path) -> None:
        self._marks.setdefault(path, place_of(node.start_mark))
        if isinstance(node, yaml.SequenceNode):
            for at, item in enumerate(node.value):
                self._walk(item, (*path, at))
        elif isinstance(node, yaml.MappingNode):
            self._walk_mapping(node, path)

    def _walk_mapping(self, node: yaml.MappingNode, path: Path) -> None:
        seen: dict[str, int] = {}
        for key, value in node.value:
            line, column = place_of(key.start_mark)
            if key.value in seen:
                said = f"duplicate key {key.value!r}; it stands on line {seen[key.value]} too"
                self.twice.append(Fault(self.name, line, column, said))
                continue
            seen[key.value] = line
            self._marks[(*path, key.value)] = (line, column)
            if key.value == "key" and path and isinstance(value.value, str):
                self._called[path] = value.value
            self._walk(value, (*path, key.value))
