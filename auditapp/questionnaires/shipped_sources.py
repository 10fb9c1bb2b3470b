"""The law and guidance that ship with the product: a file each, named by questionnaires."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path as FilePath
from typing import Any

from pydantic import ValidationError

from auditapp.questionnaires.checking import Flaw, Path, listed
from auditapp.questionnaires.composing import composed
from auditapp.questionnaires.places import Fault, Unreadable
from auditapp.questionnaires.shape import shape_faults
from auditapp.questionnaires.sources import Edition, Source, SourceRecord

FOLDER = FilePath(__file__).resolve().parents[2] / "questionnaires" / "sources"
NAMED_BY = {"key", "edition"}  # and nothing else: a source that is declared has a title too


@dataclass(frozen=True)
class Register:
    """Records by their keys."""

    records: dict[str, SourceRecord]

    def record_of(self, source: Source) -> SourceRecord | None:
        """The record of what a questionnaire cites: of that key, or that title under another."""
        titled = (it for it in self.records.values() if it.title == source.title)
        return self.records.get(source.key) or next(titled, None)

    def edition_of(self, source: Source) -> Edition | None:
        """The record of the edition that it cites."""
        record = self.record_of(source)
        return record.edition(source.edition) if record else None

    def fill_in(self, named: Iterable[tuple[Path, dict[str, Any]]]) -> list[Flaw]:
        """Put the shipped edition in the place of its name; a flaw for each that is not there."""
        flaws: list[Flaw] = []
        for path, document in named:
            key, name = document["key"], document["edition"]
            record = self.records.get(key)
            edition = record.edition(name) if record else None
            if record and edition:
                source = record.source(edition)
                document.update(source.model_dump(mode="json", exclude_defaults=True))
                continue
            document["title"] = key  # stands in, so that what else is wrong is said as well
            if record:
                known = listed([it.edition for it in record.editions])
                said = f"there is no edition {name!r} of {key}; expected {known}"
                flaws.append(Flaw((*path, "edition"), said))
            else:
                said = f"there is no source {key!r} to name; give its title, or name one of "
                flaws.append(Flaw((*path, "key"), f"{said}{listed(set(self.records))}"))
        return flaws


def named_sources(document: dict[str, Any]) -> list[tuple[Path, dict[str, Any]]]:
    """The sources that a questionnaire's document names and does not declare, with their paths."""
    sources = document.get("sources")
    return [
        (("sources", at), source)
        for at, source in enumerate(sources if isinstance(sources, list) else [])
        if isinstance(source, dict)
        and set(source) == NAMED_BY
        and all(isinstance(it, str) for it in source.values())
    ]


def read_source(text: str, name: str) -> SourceRecord:
    """The law or guidance in `text`.

    Raises:
        Unreadable: as `reading.read`; editions or parts twice, editions not in order.
    """
    document, places = composed(text, name, "a law or guidance: key, title, editions ...")
    try:
        record = SourceRecord.model_validate(document)
    except ValidationError as error:
        raise Unreadable(shape_faults(places, error, SourceRecord)) from None
    if found := [places.fault(*flaw) for flaw in _flaws_of(record)]:
        raise Unreadable(found)
    return record


def read_sources(folder: FilePath) -> Register:
    """Every record in a folder.

    Raises:
        Unreadable: of any of its files; or a key that is not its file's name.
    """
    records = {}
    for path in sorted(folder.glob("*.yaml")):
        record = read_source(path.read_text(encoding="utf-8"), path.name)
        if record.key != path.stem:
            said = f"the key {record.key!r} is not the name of its file"
            raise Unreadable([Fault(path.name, 1, 1, said)])
        records[record.key] = record
    return Register(records)


@cache
def register() -> Register:
    """What ships, read once in a process. Raises `Unreadable` as `read_sources`."""
    return read_sources(FOLDER)


def _flaws_of(record: SourceRecord) -> Iterator[Flaw]:
    known: dict[str, Path] = {}
    latest = None
    for at, edition in enumerate(record.editions):
        path: Path = ("editions", at)
        for name in edition.names:
            if name in known:
                yield Flaw((*path, "edition"), f"the edition {name!r} is there twice", known[name])
            known.setdefault(name, (*path, "edition"))
        begins, ends = edition.in_force_from, edition.in_force_until
        if begins and latest and begins <= latest:
            yield Flaw((*path, "in_force_from"), "editions stand in order, the oldest first")
        if begins and ends and ends < begins:
            yield Flaw((*path, "in_force_until"), f"this is before {begins}, when it begins")
        latest = begins or latest
        parts: dict[str, Path] = {}
        for step, one in enumerate(edition.parts):
            here: Path = (*path, "parts", step, "part")
            if one.part in parts:
                yield Flaw(here, f"the part {one.part!r} is there twice", parts[one.part])
            parts.setdefault(one.part, here)
