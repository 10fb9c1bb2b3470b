"""The crosswalk: which questions serve each part of a law or guidance, and the other way round."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Generic, NamedTuple, Protocol, TypeVar

from auditapp.core.days import in_words
from auditapp.core.errors import NOT_FOUND, Missing
from auditapp.questionnaires.questions import Question
from auditapp.questionnaires.schema import Asked, Questionnaire
from auditapp.questionnaires.shipped_sources import Register
from auditapp.questionnaires.sources import Edition, ListedPart, Source


class Numbered(Protocol):
    """A question with its number, and whatever else the page shows of it."""

    @property
    def number(self) -> str: ...

    @property
    def question(self) -> Question: ...


Line = TypeVar("Line", bound=Numbered)


class AskedLine(NamedTuple):
    number: str
    question: Question


@dataclass(frozen=True)
class CitedPart(Generic[Line]):
    """A part as questions cite it; `title` is empty where it is not known."""

    part: str
    title: str
    lines: tuple[Line, ...]

    @property
    def label(self) -> str:
        return f"{self.part}: {self.title}" if self.title else self.part


@dataclass(frozen=True)
class CitedSource(Generic[Line]):
    """A source that is cited: `key` and `name` are those of its record, where one ships.

    `newer` is the edition that has replaced the one cited, or will.
    """

    key: str
    name: str
    source: Source
    parts: tuple[CitedPart[Line], ...]
    newer: Edition | None

    @property
    def lines(self) -> tuple[Line, ...]:
        """The questions that cite any part of it, each once, in order."""
        cited = {line.number: line for part in self.parts for line in part.lines}
        return tuple(cited[number] for number in sorted(cited, key=_in_order))


def lines_of(asked: Asked) -> list[AskedLine]:
    """All that is asked, in order."""
    return [AskedLine(asked.number_of(key), asked.question(key)) for key in asked.keys]


def crosswalk_of(
    questionnaire: Questionnaire, lines: Sequence[Line], register: Register, on: date
) -> tuple[CitedSource[Line], ...]:
    """The sources that `lines` cite, as the questionnaire lists them, and their parts in order;
    `on` is the day that decides what is in force."""
    found = (_cited(source, lines, register, on) for source in questionnaire.sources)
    return tuple(cited for cited in found if cited.parts)


def choices_of(crosswalk: Iterable[CitedSource[Line]]) -> list[tuple[str, str]]:
    """What `narrowed` takes, each with its words: every source, followed by its parts."""
    return [
        choice
        for cited in crosswalk
        for choice in (
            (cited.source.key, cited.name),
            *((f"{cited.source.key}:{it.part}", f"{cited.name}, {it.label}") for it in cited.parts),
        )
    ]


def narrowed(crosswalk: Iterable[CitedSource[Line]], wanted: str) -> tuple[CitedSource[Line], ...]:
    """The source that is wanted ("kcsie"), or a part with what lies within it ("kcsie:Part three").

    Raises:
        Missing: nothing cites that.
    """
    key, _, words = wanted.partition(":")
    for cited in crosswalk:
        part = ListedPart(part=words) if words else None
        parts = tuple(it for it in cited.parts if part is None or part.holds(it.part))
        if cited.source.key == key and parts:
            return (replace(cited, parts=parts),)
    raise Missing(NOT_FOUND)


def cited_by(line: Numbered, crosswalk: Iterable[CitedSource[Line]]) -> list[str]:
    """The other way: what a question cites, "KCSIE 2025, Part three"."""
    names = {cited.source.key: cited.name for cited in crosswalk}
    return [f"{names[it.source]}, {it.part}" for it in line.question.references]


def everywhere(
    questionnaires: Mapping[str, Questionnaire], register: Register, on: date
) -> dict[str, list[tuple[str, CitedSource[AskedLine]]]]:
    """The crosswalk of many questionnaires, by what they are called here, with all they ask: key of
    a source -> which of them cite it, and how. A source that one declares under a key of its own is
    found by its record."""
    walked: dict[str, list[tuple[str, CitedSource[AskedLine]]]] = {}
    for name, questionnaire in questionnaires.items():
        lines = lines_of(Asked(questionnaire, None))
        for cited in crosswalk_of(questionnaire, lines, register, on):
            walked.setdefault(cited.key, []).append((name, cited))
    return walked


def newer_edition(source: Source, register: Register, on: date) -> Edition | None:
    """The edition that a reader of `source` should look at instead: the newest in force, else the
    newest that is known; None where the edition cited is the newest, or is not ours."""
    record, edition = register.record_of(source), register.edition_of(source)
    later = record.since(edition) if record and edition else ()
    in_force = tuple(it for it in later if it.is_in_force(on))
    return next(reversed(in_force or later), None)


def edition_words(edition: Edition, on: date) -> str:
    """ "the edition of 2025 is in force since 1 September 2025"."""
    begins = edition.in_force_from
    if begins is None:
        said = f"an edition of {edition.edition} is known"
        return f"{said}; from when it is in force was not checked"
    verb = "is in force since" if begins <= on else "comes into force on"
    return f"the edition of {edition.edition} {verb} {in_words(begins)}"


def newer_words(line: Numbered, cited: CitedSource[Line], on: date) -> str:
    """ "8.3 cites KCSIE 2024; the edition of 2025 is in force since 1 September 2025". Empty where
    no newer edition is known."""
    if cited.newer is None:
        return ""
    return f"{line.number} cites {cited.name}; {edition_words(cited.newer, on)}"


def _cited(
    source: Source, lines: Iterable[Line], register: Register, on: date
) -> CitedSource[Line]:
    record, edition = register.record_of(source), register.edition_of(source)
    named = record.source(edition) if record and edition else source
    # What a questionnaire lists itself goes before what ships: it is what was published.
    facts = source if source.parts else named
    by_part: dict[str, list[Line]] = {}
    for line in lines:
        for words in dict.fromkeys(
            it.part for it in line.question.references if it.source == source.key
        ):
            by_part.setdefault(words, []).append(line)
    places = {one.part: at for at, one in enumerate(facts.parts)}
    parts = []
    for words, citing in by_part.items():
        listed = facts.listed(words)
        place = places[listed.part] if listed else len(places)
        # The title of a part is not that of what lies within it.
        title = listed.title if listed and listed.part == words else ""
        part = CitedPart(words, title, tuple(citing))
        parts.append((place, _in_order(words), part))
    return CitedSource(
        key=record.key if record else source.key,
        name=named.name,
        source=source,
        parts=tuple(part for *_, part in sorted(parts, key=lambda it: it[:2])),
        newer=newer_edition(source, register, on),
    )


def _in_order(words: str) -> list[tuple[int, str]]:
    """Numbers in words by their size: "section 9" before "section 10"."""
    pieces = re.findall(r"\d+|\D+", words)
    return [(int(it), "") if it.isdigit() else (0, it) for it in pieces]
