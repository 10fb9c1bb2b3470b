"""Reading a questionnaire from YAML: safely, and with the line of every mistake."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

import yaml
from pydantic import ValidationError

from auditapp.core.errors import RuleBroken
from auditapp.questionnaires.checking import Path, faults_of
from auditapp.questionnaires.schema import Questionnaire

MAX_BYTES = 1_000_000
MAX_DEPTH = 20
MAX_EVENTS = 60_000

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _PlainLoader(Loader):
    """Only `true` and `false` are booleans and dates stay text: a label "No" stays "No"."""


_PlainLoader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in resolvers
        if tag in {"tag:yaml.org,2002:null", "tag:yaml.org,2002:merge"}
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_PlainLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), "tf")
_PlainLoader.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile(r"^-?(?:0|[1-9][0-9]{0,14})$"), list("-0123456789")
)


@dataclass(frozen=True)
class Fault:
    """One mistake: where it is (1 is the first line) and what was expected."""

    name: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.name}:{self.line}:{self.column}: {self.message}"


class Unreadable(RuleBroken):
    """The file is no questionnaire; `faults` says why, in the order of the file."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults), field="file")
        self.faults = faults


def read(text: str, name: str = "questionnaire.yaml") -> Questionnaire:
    """The questionnaire in `text`.

    Raises:
        Unreadable: too big, too deep, not YAML, a duplicate or unknown key, a missing descriptor,
            a grade or scale or source that is not there. One fault per mistake.
    """
    node = _composed(text, name)
    marks, faults = _marks_of(node, name)
    if faults:
        raise Unreadable(faults)
    document = _PlainLoader("").construct_document(node)
    try:
        questionnaire = Questionnaire.model_validate(document)
    except ValidationError as error:
        raise Unreadable(_shape_faults(name, marks, error)) from None
    if found := [_fault(name, marks, path, says) for path, says in faults_of(questionnaire)]:
        raise Unreadable(found)
    return questionnaire


def _composed(text: str, name: str) -> yaml.Node:
    """The YAML's nodes, once it is known that composing them is safe."""
    if len(text.encode()) > MAX_BYTES:
        raise Unreadable([Fault(name, 1, 1, f"the file is over {MAX_BYTES:,} bytes")])
    try:
        _check_events(text, name)
        node = yaml.compose(text, Loader=_PlainLoader)
    except yaml.YAMLError as error:
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "unreadable"
        line, column = _place(getattr(error, "problem_mark", None))
        raise Unreadable([Fault(name, line, column, f"this is not YAML: {problem}")]) from None
    if not isinstance(node, yaml.MappingNode):
        raise Unreadable([Fault(name, 1, 1, "expected a questionnaire: key, version, title ...")])
    return node


def _check_events(text: str, name: str) -> None:
    """Depth, size, aliases and tags, before composing: the C parser dies on deep nesting."""
    depth = 0
    for number, event in enumerate(yaml.parse(text, Loader=_PlainLoader)):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        refused = {
            f"this nests deeper than {MAX_DEPTH}": depth > MAX_DEPTH,
            f"this has over {MAX_EVENTS:,} parts": number > MAX_EVENTS,
            "an alias (*) is not allowed here": isinstance(event, yaml.AliasEvent),
            "a tag (!) is not allowed here": bool(getattr(event, "tag", None)),
        }
        for message, holds in refused.items():
            if holds:
                raise Unreadable([Fault(name, *_place(event.start_mark), message)])


def _place(mark: Any) -> tuple[int, int]:
    """Line and column of a mark, from 1."""
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


Marks = dict[Path, tuple[int, int]]


def _marks_of(node: yaml.Node, name: str) -> tuple[Marks, list[Fault]]:
    """Where each part of the document stands, and the keys that stand twice in one mapping."""
    marks: Marks = {}
    faults: list[Fault] = []

    def walk(node: yaml.Node, path: Path) -> None:
        marks.setdefault(path, (node.start_mark.line + 1, node.start_mark.column + 1))
        if isinstance(node, yaml.SequenceNode):
            for at, item in enumerate(node.value):
                walk(item, (*path, at))
        elif isinstance(node, yaml.MappingNode):
            seen: dict[str, int] = {}
            for key, value in node.value:
                line, column = key.start_mark.line + 1, key.start_mark.column + 1
                if key.value in seen:
                    said = f"duplicate key {key.value!r}; it stands on line {seen[key.value]} too"
                    faults.append(Fault(name, line, column, said))
                    continue
                seen[key.value] = line
                marks[(*path, key.value)] = (line, column)
                walk(value, (*path, key.value))

    walk(node, ())
    return marks, faults


def _fault(name: str, marks: Marks, path: Path, message: str) -> Fault:
    """The fault at the nearest part that is in the document."""
    known: Path = ()
    for part in path:
        # Parts of unions are named in the path but not in the document: leave them out.
        known = (*known, part) if (*known, part) in marks else known
    where = ".".join(str(part) for part in known)
    return Fault(name, *marks[known], f"{where}: {message}" if where else message)


def _shape_faults(name: str, marks: Marks, error: ValidationError) -> list[Fault]:
    """One fault per mistake: what only follows from another is left out."""
    found = [(tuple(one["loc"]), one) for one in error.errors()]
    missing = [path for path, one in found if one["type"] == "missing"]
    unknown = [path for path, one in found if one["type"] == "extra_forbidden"]
    faults = []
    for path, one in found:
        if one["type"] == "extra_forbidden":
            meant = [other[-1] for other in missing if _misspelt(path, other)]
            hint = f"; expected {meant[0]!r}" if meant else ""
            faults.append(_fault(name, marks, path, f"unknown key {path[-1]!r}{hint}"))
        elif (
            one["type"] == "missing"
            and any(_misspelt(other, path) for other in unknown)
            or one["type"] == "too_short"
            and any(len(other) > len(path) and other[: len(path)] == path for other, _ in found)
        ):
            continue
        else:
            faults.append(_fault(name, marks, path, _in_words(one)))
    first = {(fault.line, fault.column): fault for fault in reversed(faults)}
    return [first[place] for place in sorted(first)]


def _misspelt(unknown: Path, missing: Path) -> bool:
    """Whether the unknown key is probably the missing one beside it."""
    alike = SequenceMatcher(None, str(unknown[-1]), str(missing[-1])).ratio() > 0.6
    return unknown[:-1] == missing[:-1] and alike


def _in_words(found: Any) -> str:
    match found["type"]:
        case "missing":
            return f"{found['loc'][-1]!r} is missing"
        case "value_error":
            return str(found["ctx"]["error"])
        case "too_short":
            return "expected at least one"
        case _:
            return f"{found['msg'][0].lower()}{found['msg'][1:]}, not {found['input']!r:.60}"
