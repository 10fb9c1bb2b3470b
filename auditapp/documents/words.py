"""Words as people typed them: kept, but for what no drawing can show."""

import re
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum
from functools import cache
from operator import is_
from typing import Any, ClassVar
from urllib.parse import urlsplit

from auditapp.documents.figures import Count, Share

# C0 and C1 controls but tab and line feed, lone surrogates, noncharacters, and the marks that
# turn the direction of the text around them (a name could make a page read backwards).
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_SCHEMES = frozenset({"http", "https", "mailto"})


@dataclass(frozen=True)
class Strong:
    text: str
    kind: ClassVar[str] = "strong"


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere. An address that is not safe leaves the words alone."""

    text: str
    address: str
    kind: ClassVar[str] = "link"

    @property
    def href(self) -> str:
        """The address if it is http, https, mailto or within this site; else empty."""
        if self.address.startswith("//") or "\\" in self.address:
            return ""
        if self.address.startswith(("/", "#")):
            return self.address
        return self.outside

    @property
    def outside(self) -> str:
        """The address if it works outside this site, as in a PDF; else empty."""
        try:
            scheme = urlsplit(self.address).scheme
        except ValueError:
            return ""
        return self.address if scheme in _SCHEMES else ""


# Plain words, or pieces of them; a line feed begins a new line. Never markup.
Prose = str | tuple[str | Strong | Link, ...]


def plain(prose: Prose) -> str:
    """The words alone."""
    if isinstance(prose, str):
        return prose
    return "".join(run if isinstance(run, str) else run.text for run in prose)


def cleaned(value: Any) -> Any:
    """The same tree of dataclasses and tuples, its strings without what cannot be seen.

    Windows' and old Macintosh's line ends become line feeds. What needs no cleaning is given
    back itself, not a copy.
    """
    if _is_clean(value):
        return value
    kind = value.__class__
    if kind is str or _is_words(kind):
        return _cleaned_words(value)
    if kind is tuple:
        items = tuple([item if _is_clean(item) else cleaned(item) for item in value])
        return value if all(map(is_, items, value)) else items
    changed = {}
    for name in _field_names(kind):
        before = getattr(value, name)
        if not _is_clean(before) and (after := cleaned(before)) is not before:
            changed[name] = after
    return replace(value, **changed) if changed else value


def _is_clean(value: Any) -> bool:
    """Whether one look is enough: most of a report's thousands of values need no more."""
    kind = value.__class__
    return kind in _NO_WORDS or (kind is str and value.isprintable())


# There are hundreds of these in a report, and nobody typed a word of them.
_NO_WORDS = frozenset({Share, Count, int, bool, type(None)})


def _cleaned_words(words: str) -> str:
    if "\r" in words:
        words = words.replace("\r\n", "\n").replace("\r", "\n")
    return _UNSEEN.sub("", words) if _UNSEEN.search(words) else words


@cache
def _is_words(kind: type[Any]) -> bool:
    return issubclass(kind, str) and not issubclass(kind, Enum)


@cache
def _field_names(kind: type[Any]) -> tuple[str, ...]:
    """Of a dataclass; none of anything else, such as an enum or a number."""
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()
