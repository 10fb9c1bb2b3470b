"""A questionnaire as the text of a file."""

import io
from typing import Any

import yaml

from auditapp.questionnaires.schema import Questionnaire, as_json

WIDTH = 100
ONE_LINE = 90  # characters that a short mapping or list may have to stand on one line

Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class _Dumper(Dumper):
    """Short mappings and lists stand on a line each, and texts of several lines line by line, as
    people write them."""

    def represent_str(self, data: str) -> yaml.Node:
        style = "|" if "\n" in data.strip() else None
        return super().represent_scalar("tag:yaml.org,2002:str", data, style)

    def represent_sequence(self, tag: str, sequence: Any, flow_style: Any = None) -> yaml.Node:
        return _shortened(super().represent_sequence(tag, sequence, flow_style))

    def represent_mapping(self, tag: str, mapping: Any, flow_style: Any = None) -> yaml.Node:
        return _shortened(super().represent_mapping(tag, mapping, flow_style))


_Dumper.add_representer(str, _Dumper.represent_str)


def _shortened(node: Any) -> Any:
    node.flow_style = _length(node) <= ONE_LINE
    return node


def _length(node: yaml.Node) -> int:
    """About how long it is on one line; past `ONE_LINE` where it cannot stand on one."""
    match node:
        case yaml.ScalarNode(value=words):
            return ONE_LINE + 1 if "\n" in words else len(words) + 2
        case yaml.MappingNode(value=pairs):
            return sum(_length(key) + _length(value) for key, value in pairs) + 2
        case yaml.SequenceNode(value=items):
            return sum(map(_length, items)) + 2
    raise TypeError(node)


def written(questionnaire: Questionnaire) -> str:
    """YAML that `reading.read` takes as the same questionnaire: keys in the order of the schema, the
    kind of an answer first, and nothing that is so anyway. Its sources are written in full."""
    return str(
        yaml.dump(
            _ordered(as_json(questionnaire)),
            Dumper=_Dumper,
            sort_keys=False,
            allow_unicode=True,
            width=WIDTH,
        )
    )


def written_entry(value: Any, name: str | None = None, style: str | None = None) -> str:
    """One entry, without indentation: `name: value`, or without a name `- value`.
    A text is folded (">") or kept line by line ("|") where `style` says so."""
    dumper = _Dumper(io.StringIO(), sort_keys=False)
    node = dumper.represent_data(_ordered(value))
    if isinstance(node, yaml.ScalarNode):
        node.style = style or node.style
    if name is None:
        root: yaml.Node = yaml.SequenceNode("tag:yaml.org,2002:seq", [node], flow_style=False)
    else:
        pair = (dumper.represent_data(name), node)
        root = yaml.MappingNode("tag:yaml.org,2002:map", [pair], flow_style=False)
    return str(yaml.serialize(root, Dumper=_Dumper, allow_unicode=True, width=WIDTH))


def _ordered(part: Any) -> Any:
    if isinstance(part, list):
        return [_ordered(item) for item in part]
    if not isinstance(part, dict):
        return part
    names = sorted(part, key=lambda name: name not in ("key", "kind", "title"))
    return {name: _ordered(part[name]) for name in names}
