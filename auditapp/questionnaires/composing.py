"""YAML to plain values: safely, and knowing where each part stands."""

import re
from typing import Any

import yaml

from auditapp.questionnaires.places import Fault, Places, Unreadable, place_of

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


def composed(text: str, name: str, expected: str) -> tuple[dict[str, Any], Places]:
    """The mapping that `text` is, and the places of its parts; `expected` says what it should be.

    Raises:
        Unreadable: too big, too deep, not YAML, no mapping, a key that stands twice.
    """
    node = root_of(text, name, expected)
    places = Places.of(node, name)
    if places.twice:
        raise Unreadable(places.twice)
    try:
        document: dict[str, Any] = value_of(node)
    except yaml.YAMLError as error:  # a "<<" that merges no mapping
        raise Unreadable([_fault(error, name)]) from None
    return document, places


def _fault(error: yaml.YAMLError, name: str) -> Fault:
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "unreadable"
    line, column = place_of(getattr(error, "problem_mark", None))
    return Fault(name, line, column, f"this is not YAML: {problem}")


def value_of(node: yaml.Node) -> Any:
    """The plain value that a node stands for."""
    return _PlainLoader("").construct_document(node)


def root_of(text: str, name: str, expected: str) -> yaml.MappingNode:
    """The YAML's nodes, once it is known that composing them is safe.

    Raises:
        Unreadable: too big, too deep, not YAML, no mapping.
    """
    if len(text.encode()) > MAX_BYTES:
        raise Unreadable([Fault(name, 1, 1, f"the file is over {MAX_BYTES:,} bytes")])
    try:
        _check_events(text, name)
        node = yaml.compose(text, Loader=_PlainLoader)
    except yaml.YAMLError as error:
        raise Unreadable([_fault(error, name)]) from None
    if not isinstance(node, yaml.MappingNode):
        raise Unreadable([Fault(name, 1, 1, f"expected {expected}")])
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
                raise Unreadable([Fault(name, *place_of(event.start_mark), message)])
