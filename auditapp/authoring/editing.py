"""Changing the document of a questionnaire part by part. Every change gives a new document, of
which the shape is right; what it lacks to be published is listed apart. Pure."""

import copy
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from auditapp.authoring.parts import FEWEST, SORTS, Document, Found, find, list_in, lists_of
from auditapp.core.errors import NOT_FOUND, Missing, RuleBroken
from auditapp.questionnaires.checking import Flaw, Path
from auditapp.questionnaires.places import Fault
from auditapp.questionnaires.reading import questionnaire_in
from auditapp.questionnaires.schema import Questionnaire, as_json

Said = Mapping[tuple[str, ...], Any]  # place in a part -> what stands there now; None: nothing
NAME = ""
KEY_CHARS = 40
RESERVED = {"year", "why"}  # of a matrix's columns


@dataclass(frozen=True)
class PartFault(Fault):
    """One mistake in a document, by its path."""

    path: Path = ()


class _Paths:
    """As `places.Placed`, for a document that stands in no file."""

    def fault(self, path: Path, says: str, first: Path | None = None) -> Fault:
        return PartFault(NAME, 0, 0, says, path)


class Reading(NamedTuple):
    """What a document is now, and what it lacks to be published."""

    questionnaire: Questionnaire
    flaws: list[Flaw]


def reading_of(document: Document) -> Reading:
    """Raises `Unreadable`, with `PartFault`s, where it has not the shape of a questionnaire."""
    return Reading(*questionnaire_in(copy.deepcopy(document), _Paths()))


def changed(document: Document, address: str, said: Said) -> Document:
    """The document with the part saying this.

    Raises:
        Missing: there is no such part.
        Unreadable: it has not the shape of a questionnaire then.
    """
    made = copy.deepcopy(document)
    found = find(made, address)
    for path, value in said.items():
        _put(found.part, path, value)
    if ("scale",) in said:
        _forget_grades(made, [found.part])
    if said.get(("answer",)):
        for wording in found.part.get("wordings", []):
            wording.pop("descriptors", None)
    _settle(made, found, said)
    return made


def added(document: Document, address: str, place: str, item: Document) -> tuple[Document, str]:
    """The document with the item last in a list of the part, and the item's address.

    Raises:
        Missing: there is no such part, or it has no such list.
        Unreadable: as `changed`.
    """
    made = copy.deepcopy(document)
    found = find(made, address)
    if place not in [name for name, _ in lists_of(found.sort, found.part)]:
        raise Missing(NOT_FOUND)
    items = [*list_in(found.part, place), item]
    path = tuple(place.split("."))
    _put(found.part, path, items)
    whole = _settle(made, found, {})
    if place != "sources":  # one that ships is named, and not copied in
        items[-1] = _at(whole, path)[-1]
    before = "" if found.sort == "questionnaire" else f"{address}."
    return made, f"{before}{place}.{item.get('key', len(items) - 1)}"


def moved(document: Document, address: str, by: int) -> Document:
    """The document with the part so many places further down its list, or up; at an end it stays.

    Raises:
        Missing: there is no such part.
    """
    made = copy.deepcopy(document)
    found = find(made, address)
    items = found.around
    if items:
        at = int(found.path[-1])
        items.pop(at)
        items.insert(min(max(at + by, 0), len(items)), found.part)
    return made


def moved_to(document: Document, address: str, section_key: str) -> tuple[Document, str]:
    """The document with the question last in another section, and its address there.

    Raises:
        Missing: there is no such question or section.
        RuleBroken: it is the only one of its section.
    """
    made = copy.deepcopy(document)
    found = find(made, address)
    target = find(made, f"sections.{section_key}")
    if found.sort != "question":
        raise Missing(NOT_FOUND)
    _refuse_to_empty(found)
    found.around.pop(int(found.path[-1]))
    target.part["questions"].append(found.part)
    return made, f"sections.{section_key}.questions.{found.part['key']}"


def removed(document: Document, address: str) -> Document:
    """The document without the part.

    Raises:
        Missing: there is no such part.
        RuleBroken: its list needs it.
    """
    made = copy.deepcopy(document)
    found = find(made, address)
    if not found.around:
        raise Missing(NOT_FOUND)
    _refuse_to_empty(found)
    found.around.pop(int(found.path[-1]))
    if not found.around:
        _put(made, tuple(found.path[:-1]), None)
    if found.sort in ("scale", "grade"):
        _forget_grades(made, [it for one in made["sections"] for it in one["questions"]])
    if found.sort == "variant":
        _forget_wordings(made, found.part["key"])
    return made


def described(document: Document, address: str) -> Document:
    """The document with each standard that does not say what a grade of this scale means for it
    saying the grade's own meaning.

    Raises:
        Missing: there is no such scale, or it has steps.
    """
    made = copy.deepcopy(document)
    scale = find(made, address)
    if scale.sort != "scale" or "grades" not in scale.part:
        raise Missing(NOT_FOUND)
    for section in made["sections"]:
        for question in section["questions"]:
            if (
                "answer" in question
                or question.get("scale", scale.part["key"]) != scale.part["key"]
            ):
                continue
            means = question.get("descriptors", {})
            question["descriptors"] = {
                it["key"]: means.get(it["key"], it["meaning"]) for it in scale.part["grades"]
            } | means
            _order(question, "question")
    return made


def _forget_grades(made: Document, questions: list[Document]) -> None:
    """Take out what standards and their wordings say of grades that their scale has not, and a scale
    that is gone where there is no choice any more: no page could."""
    scales = {it["key"]: it for it in made.get("scales", [])}
    for question in questions:
        if question.get("scale") not in scales and len(scales) < 2:
            question.pop("scale", None)
        only = next(iter(scales), "") if len(scales) == 1 else ""
        scale = scales.get(question.get("scale", only), {})
        grades = [it["key"] for it in scale.get("grades", [])]
        for part in (question, *question.get("wordings", [])):
            means = part.get("descriptors", {})
            kept = {key: said for key, said in means.items() if key in grades or not grades}
            if kept != means:
                part["descriptors"] = kept
            if "descriptors" in part and not kept:
                del part["descriptors"]


def _forget_wordings(made: Document, variant: str) -> None:
    """Take out what parts say for a variant that is gone."""
    for section in made["sections"]:
        for part in (section, *section["questions"]):
            kept = [it for it in part.get("wordings", []) if it["variant"] != variant]
            if kept:
                part["wordings"] = kept
            else:
                part.pop("wordings", None)


def key_from(words: str, taken_keys: set[str]) -> str:
    """A key made of words, like none of those taken: "Safer recruitment" is "safer-recruitment"."""
    plain = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")
    plain = plain if re.match("[a-z]", plain) else f"k-{plain}".strip("-")
    plain = plain[: KEY_CHARS - 4].strip("-")
    numbers = (f"{plain}-{number}" for number in range(2, 10_000))
    return next(it for it in (plain, *numbers) if it not in taken_keys)


def keys_taken(document: Document, address: str, place: str) -> set[str]:
    """Keys that a new item of a list cannot have: of a question, those of all questions."""
    if place == "questions":
        return {it["key"] for section in document["sections"] for it in section["questions"]}
    known = {str(it.get("key")) for it in list_in(find(document, address).part, place)}
    return known | (RESERVED if place == "answer.columns" else set())


def _refuse_to_empty(found: Found) -> None:
    fewest = FEWEST.get(found.sort, 0)
    if len(found.around) <= fewest:
        noun = SORTS[found.sort].noun
        said = "the last one" if fewest == 1 else f"one of the last {fewest}"
        raise RuleBroken(f"This {noun} is {said} there, and there must be {fewest} at least.")


def _settle(made: Document, found: Found, said: Said) -> Any:
    """Have what was said in the form that files keep it in, and in the schema's order. All of the
    part in that form."""
    whole: Any = as_json(reading_of(made).questionnaire)
    for step in found.path:
        whole = whole[step]
    for path in said:
        _put(found.part, path, _at(whole, path))
        if len(path) > 1 and not _at(found.part, path[:-1]) and _at(whole, path[:-1]) is None:
            _put(found.part, path[:-1], None)
    _order(found.part, found.sort)
    return whole


def _at(part: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        part = part.get(name) if isinstance(part, dict) else None
    return part


def _put(part: Any, path: tuple[Any, ...], value: Any) -> None:
    """Set, or with None take out."""
    name, *rest = path
    if rest:
        if isinstance(part, dict) and value is not None:
            part.setdefault(name, {})
        inside = part[name] if isinstance(part, list) else part.get(name)
        if inside is not None:
            _put(inside, tuple(rest), value)
    elif value is None:
        part.pop(name, None)
    else:
        part[name] = value


def _order(part: Document, sort: str) -> None:
    """In the order of the schema: so a file is read, and what is new finds its place."""
    names = ["key", *SORTS[sort].model.model_fields]
    inside = dict(sorted(part.items(), key=lambda it: names.index(it[0])))
    part.clear()
    part.update(inside)
