"""A questionnaire as rows of its workbook's sheets. Pure."""

from collections.abc import Iterator
from typing import Any

from auditapp.questionnaires.schema import Questionnaire, as_json
from auditapp.questionnaires.workbook_cells import cell_of
from auditapp.questionnaires.workbook_columns import GRADED, MORE, Sheet, path_of
from auditapp.questionnaires.workbook_layout import ABOUT, SHEETS

Row = dict[str, str]  # by the name of the column


def rows_of(questionnaire: Questionnaire) -> dict[str, list[Row]]:
    """Every sheet's rows, by the sheet's name."""
    document = as_json(questionnaire)
    found: dict[str, list[Row]] = {sheet.name: [] for sheet in SHEETS}
    sheets = {sheet.name: sheet for sheet in SHEETS}
    for name, item, owners in _items(document):
        kind = item.get("answer", {}).get("kind", GRADED) if name == "Questions" else ""
        found[name].append(owners | _row(sheets[name], item, kind))
    return found


def _items(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], Row]]:
    """Each part with its sheet and what it belongs to; what has rows of its own is taken out of
    the part around it."""
    for scale in document.pop("scales", []):
        yield from _listed("Grades", scale.pop("grades", []), {"scale": scale["key"]})
        yield "Scales", scale, {}
    for source in document.pop("sources", []):
        yield from _listed("Source parts", source.pop("parts", []), {"source": source["key"]})
        yield "Sources", source, {}
    for variant in document.pop("variants", []):
        yield "Variants", variant, {}
    for section in document.pop("sections"):
        owner = {"section": section["key"]}
        yield from _listed("Section wording", section.pop("wordings", []), owner)
        for question in section.pop("questions"):
            yield from _in_question(question)
            yield "Questions", question, owner
        yield "Sections", section, {}
    yield ABOUT.name, document, {}


def _in_question(question: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], Row]]:
    owner, answer = {"question key": question["key"]}, question.get("answer", {})
    if means := question.pop("descriptors", {}):
        yield "Descriptors", {}, owner | means
    for wording in question.pop("wordings", []):
        if means := wording.pop("descriptors", {}):
            yield "Descriptors", {}, owner | {"of variant": wording["variant"]} | means
        yield "Question wording", wording, owner
    yield from _listed("References", question.pop("references", []), owner)
    yield from _listed("Options", answer.pop("options", []), owner)
    if answer.get("kind") == "matrix":
        yield from _listed("Matrix columns", answer.pop("columns"), owner)
        for row in [*answer["rows"], answer]:
            if "number" in row:
                row["number"].setdefault("form", "whole")  # left out, it is not there at all
        yield from _listed("Matrix rows", answer.pop("rows"), owner)
    for part in answer.pop("parts", answer.pop("columns", [])):
        options = part["answer"].pop("options", [])
        yield from _listed("Options", options, owner | {"part": part["key"]})
        yield "Parts", part, owner


def _listed(
    sheet: str, items: list[dict[str, Any]], owners: Row
) -> Iterator[tuple[str, dict[str, Any], Row]]:
    return ((sheet, item, owners) for item in items)


def _row(sheet: Sheet, item: dict[str, Any], kind: str) -> Row:
    row = {}
    for column in sheet.columns:
        value = item if column is MORE else _taken(item, path_of(column, kind))
        if value not in (None, {}):
            row[column.name] = cell_of(column, value)
    return row if not kind else {"answer": kind} | row


def _taken(item: dict[str, Any], path: tuple[str, ...]) -> Any:
    """Take the value out of the part; what is left in the end has no column of its own."""
    if len(path) == 1:
        return item.pop(path[0], None)
    inside = item.get(path[0])
    if not isinstance(inside, dict):
        return None
    value = _taken(inside, path[1:])
    if value is not None and not inside:
        del item[path[0]]
    return value
