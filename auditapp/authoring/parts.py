"""The parts of a questionnaire that a page can show and change: what each is called, what may be
said of it, and which lists hang on it. Pure.

An address is the names and keys on the way to a part, with points between them:
`sections.leading.questions.policy`. What has no key stands by its place in the list, from 0.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from pydantic import BaseModel

from auditapp.core.errors import NOT_FOUND, Missing
from auditapp.questionnaires.checking import Path
from auditapp.questionnaires.choices import Option
from auditapp.questionnaires.entries import TAGGED, Piece
from auditapp.questionnaires.kinds import ENTRIES
from auditapp.questionnaires.matrix import Cells, Figure, Period
from auditapp.questionnaires.questions import Question
from auditapp.questionnaires.scales import Grade, Scale, Steps
from auditapp.questionnaires.schema import Questionnaire, Section
from auditapp.questionnaires.sources import ListedPart, Reference, Source
from auditapp.questionnaires.variants import QuestionWording, SectionWording, Variant
from auditapp.questionnaires.workbook_columns import GRADED, KEY, MORE, Column, path_of
from auditapp.questionnaires.workbook_layout import (
    ABOUT,
    GRADES,
    MATRIX_COLUMNS,
    MATRIX_ROWS,
    OPTIONS,
    PARTS,
    QUESTION_WORDINGS,
    QUESTIONS,
    REFERENCES,
    SCALES,
    SECTION_WORDINGS,
    SECTIONS,
    SOURCE_PARTS,
    SOURCES,
    VARIANTS,
)

Document = dict[str, Any]
WHOLE = "questionnaire"  # the address of it all


@dataclass(frozen=True)
class Sort:
    """What a part is: `lists` are those that hang on it, by where they are in it."""

    noun: str
    model: type[BaseModel]
    columns: tuple[Column, ...]
    lists: tuple[tuple[str, str], ...] = ()  # place, name of the sort of its items


SORTS = {
    "questionnaire": Sort(
        "questionnaire",
        Questionnaire,
        ABOUT.columns,
        (
            ("sections", "section"),
            ("scales", "scale"),
            ("variants", "variant"),
            ("sources", "source"),
        ),
    ),
    "section": Sort(
        "section",
        Section,
        SECTIONS.columns,
        (("questions", "question"), ("wordings", "section-wording")),
    ),
    "question": Sort(
        "question",
        Question,
        QUESTIONS.columns,
        (("references", "reference"), ("wordings", "question-wording")),
    ),
    "variant": Sort("variant", Variant, VARIANTS.columns),
    "section-wording": Sort("wording", SectionWording, SECTION_WORDINGS.columns),
    "question-wording": Sort("wording", QuestionWording, QUESTION_WORDINGS.columns),
    "scale": Sort("scale", Scale, SCALES.columns, (("grades", "grade"),)),
    "grade": Sort("grade", Grade, GRADES.columns),
    "option": Sort("choice", Option, OPTIONS.columns),
    "piece": Sort("box", Piece, PARTS.columns),
    "figure": Sort("row", Figure, MATRIX_ROWS.columns),
    "period": Sort("column", Period, MATRIX_COLUMNS.columns),
    "source": Sort("source", Source, SOURCES.columns, (("parts", "source-part"),)),
    "source-part": Sort("part", ListedPart, SOURCE_PARTS.columns),
    "reference": Sort("reference", Reference, REFERENCES.columns),
}
# Kind of answer -> its lists.
IN_ANSWERS = {
    "choice": (("answer.options", "option"),),
    "parts": (("answer.parts", "piece"),),
    "rows": (("answer.columns", "piece"),),
    "matrix": (("answer.rows", "figure"), ("answer.columns", "period")),
}


# The fewest that a list may have, by the sort of its items.
FEWEST = {
    "section": 1,
    "question": 1,
    "option": 2,
    "grade": 2,
    "piece": 1,
    "figure": 1,
    "period": 1,
}


class Found(NamedTuple):
    """A part of a document: `path` leads to it, `around` is the list that it stands in, `owner`
    the address of the part which that hangs on."""

    owner: str
    address: str
    path: Path
    sort: str
    part: Document
    around: list[Document]


def find(document: Document, address: str) -> Found:
    """The part at the address.

    Raises:
        Missing: there is none.
    """
    if address == WHOLE:
        return Found(WHOLE, WHOLE, (), "questionnaire", document, [])
    found = next((it for it in parts_of(document) if it.address == address), None)
    if found is None:
        raise Missing(NOT_FOUND)
    return found


def parts_of(document: Document) -> Iterator[Found]:
    """Every part of every list, each before what hangs on it."""
    yield from _below(document, "questionnaire", (), "")


def _below(part: Document, sort: str, path: Path, before: str) -> Iterator[Found]:
    for place, inner in lists_of(sort, part):
        items, step = list_in(part, place), (*path, *place.split("."))
        for at, item in enumerate(items):
            address = f"{before}{place}.{_named(items, at)}"
            yield Found(before.rstrip(".") or WHOLE, address, (*step, at), inner, item, items)
            yield from _below(item, inner, (*step, at), f"{address}.")


def _named(items: list[Document], at: int) -> str:
    """Its key; its place where it has none, or shares it with one before."""
    key = items[at].get("key")
    return str(at) if key is None or any(it.get("key") == key for it in items[:at]) else str(key)


def lists_of(sort: str, part: Document) -> tuple[tuple[str, str], ...]:
    """The lists that a part of this sort has, or may have."""
    own = SORTS[sort].lists
    if sort in ("question", "piece"):
        return (*IN_ANSWERS.get(kind_of(part), ()), *own)
    return () if sort == "scale" and "steps" in part else own


def list_in(part: Document, place: str) -> list[Document]:
    """The list at its place in the part; empty where there is none."""
    value: Any = part
    for name in place.split("."):
        value = value.get(name, {})
    return value if isinstance(value, list) else []


def nearest_part(places: Mapping[Path, Found], path: Path) -> Found:
    """The part around a place in the document; `places` has all parts, the whole at ()."""
    return next(places[path[:end]] for end in range(len(path), -1, -1) if path[:end] in places)


def kind_of(part: Document) -> str:
    """The kind of its answer; "grade" where it is graded."""
    answer = part.get("answer")
    return str(answer.get("kind")) if isinstance(answer, dict) else GRADED


def columns_of(
    sort: str, part: Document, many_scales: bool
) -> list[tuple[Column, tuple[str, ...]]]:
    """What may be said of a part, and where in it: only what its kind of answer has."""
    kind = kind_of(part) if sort in ("question", "piece") else ""
    placed = [(it, path_of(it, kind)) for it in SORTS[sort].columns if it not in (KEY, MORE)]
    if sort == "scale":
        hidden = "best" if "steps" in part else "steps"
        return [(it, path) for it, path in placed if path[0] != hidden]
    if not kind:
        return placed
    return [(it, path) for it, path in placed if _is_said(path, kind, many_scales)]


def _is_said(path: tuple[str, ...], kind: str, many_scales: bool) -> bool:
    if path[0] == "scale":
        return kind == GRADED and many_scales
    if path[0] == "may_not_apply":
        return kind != GRADED
    if path[0] != "answer":
        return True
    model = ENTRIES.get(f"{TAGGED}{kind}")
    return path[1] != "kind" and model is not None and path[1] in model.model_fields


def model_at(sort: str, part: Document, path: tuple[str, ...]) -> type[BaseModel] | None:
    """The model whose field the last name of `path` is."""
    model: type[BaseModel] | None = SORTS[sort].model
    if path[0] == "answer" and len(path) > 1:
        model = ENTRIES.get(f"{TAGGED}{kind_of(part)}")
    if path[0] == "steps" and len(path) > 1:
        model = Steps
    if path[-2:-1] == ("number",):
        model = Cells
    return model


def label_of(part: Document) -> str:
    """What a list calls the part."""
    names = ("title", "label", "part", "key", "variant")
    return next(str(part[name]) for name in names if part.get(name))
