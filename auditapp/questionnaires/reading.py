"""Reading a questionnaire from YAML: safely, and with the line of every mistake."""

import re
from typing import Any

import yaml
from pydantic import ValidationError

from auditapp.questionnaires.checking import flaws_of
from auditapp.questionnaires.places import Fault, Places, Unreadable, place_of
from auditapp.questionnaires.schema import Questionnaire
from auditapp.questionnaires.shape import shape_faults

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


def read(text: str, name: str = "questionnaire.yaml") -> Questionnaire:
    """The questionnaire in `text`.

    Raises:
        Unreadable: too big, too deep, not YAML, a duplicate or unknown key, a missing descriptor,
            a grade or scale or source that is not there. One fault per mistake.
    """
    node = _composed(text, name)
    places = Places.of(node, name)
    if places.twice:
        raise Unreadable(places.twice)
    document = _PlainLoader("").construct_document(node)
    try:
        questionnaire = Questionnaire.model_validate(document)
    except ValidationError as error:
        raise Unreadable(shape_faults(places, error)) from None
    if found := [places.fault(*flaw) for flaw in flaws_of(questionnaire)]:
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
        line, column = place_of(getattr(error, "problem_mark", None))
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
                raise Unreadable([Fault(name, *place_of(event.start_mark), message)])
