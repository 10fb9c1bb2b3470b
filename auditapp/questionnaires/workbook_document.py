"""The document of a questionnaire out of the rows of its workbook. Pure."""

from typing import Any

from auditapp.questionnaires.checking import Path, listed
from auditapp.questionnaires.entries import TAGGED
from auditapp.questionnaires.kinds import ENTRIES
from auditapp.questionnaires.places import Fault
from auditapp.questionnaires.workbook_cells import value_of
from auditapp.questionnaires.workbook_columns import GRADED, MORE, Column, Sheet, path_of
from auditapp.questionnaires.workbook_layout import (
    ABOUT,
    DESCRIPTORS,
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
from auditapp.questionnaires.workbook_places import Cells
from auditapp.questionnaires.workbook_table import Line

Owners = dict[str, tuple[Path, dict[str, Any]]]  # key -> where the part is, and the part
LISTS = {"parts": "parts", "rows": "columns"}  # kind -> what it calls its boxes
# Sheets whose rows belong to an answer -> the kinds of answer that have such.
OF_KIND = {
    OPTIONS.name: ("choice",),
    PARTS.name: tuple(LISTS),
    MATRIX_ROWS.name: ("matrix",),
    MATRIX_COLUMNS.name: ("matrix",),
}


class Composing:
    """One workbook on its way to a document; what is wrong goes to `faults`."""

    def __init__(self, name: str, lines: dict[str, list[Line]], faults: list[Fault]) -> None:
        self.cells, self.lines, self.faults = Cells(name), lines, faults
        self._more: list[tuple[dict[str, Any], dict[str, Any]]] = []

    def document(self) -> dict[str, Any]:
        """As a file would have it; `cells` then knows where its parts stand."""
        [about] = self.lines[ABOUT.name]
        document = self._part(ABOUT, about, ())
        top: Owners = {"": ((), document)}
        scales = self._listed(SCALES, "scales", top)
        self._listed(GRADES, "grades", scales)
        sources = self._listed(SOURCES, "sources", top)
        self._listed(SOURCE_PARTS, "parts", sources)
        self._listed(VARIANTS, "variants", top)
        sections = self._listed(SECTIONS, "sections", top)
        self._listed(SECTION_WORDINGS, "wordings", sections)
        questions = self._listed(QUESTIONS, "questions", sections)
        self._listed(REFERENCES, "references", questions)
        self._listed(QUESTION_WORDINGS, "wordings", questions)
        self._descriptors(questions)
        boxes = self._in_answers(PARTS, questions)
        self._in_answers(MATRIX_ROWS, questions)
        self._in_answers(MATRIX_COLUMNS, questions)
        self._in_answers(OPTIONS, questions, boxes)
        for item, more in self._more:  # last: it may put anything in the place of a list
            _merge(item, more)
        return document

    def _listed(self, sheet: Sheet, name: str, owners: Owners) -> Owners:
        """Put each row of the sheet into the list called `name` of what it belongs to."""
        found: Owners = {}
        for line in self.lines[sheet.name]:
            owner = self._owner(sheet, line, owners)
            if owner is not None:
                self._add(sheet, line, owner, (name,), found)
        return found

    def _add(
        self,
        sheet: Sheet,
        line: Line,
        owner: tuple[Path, dict[str, Any]],
        at: tuple[str, ...],
        found: Owners,
        before: str = "",
    ) -> None:
        path, part = owner
        for name in at[:-1]:
            part = part.setdefault(name, {})
        items = part.setdefault(at[-1], [])
        self.cells.marks.setdefault((*path, *at), line.row)
        here: Path = (*path, *at, len(items))
        item = self._part(sheet, line, here)
        items.append(item)
        found.setdefault(before + str(item.get("key", "")), (here, item))

    def _owner(
        self, sheet: Sheet, line: Line, owners: Owners
    ) -> tuple[Path, dict[str, Any]] | None:
        if not sheet.owners:
            return owners[""]
        column = sheet.owners[0][0]
        key = line.texts.get(column, "").strip()
        if key in owners and key:
            return owners[key]
        of = column.removesuffix(" key")
        known = listed([it for it in owners if it])
        said = f"there is no {of} {key!r}; expected {known:.200}" if key else f"say which {of}"
        self.faults.append(self.cells.at(line.cell(column), said))
        return None

    def _descriptors(self, questions: Owners) -> None:
        for line in self.lines[DESCRIPTORS.name]:
            owner = self._owner(DESCRIPTORS, line, questions)
            if owner is None:
                continue
            path, question = self._reading(line, *owner)
            means = question.setdefault("descriptors", {})
            self.cells.marks.setdefault((*path, "descriptors"), line.row)
            for name, cell in line.cells.items():
                self.cells.marks[(*path, "descriptors", name)] = cell
                if name in line.texts and name not in DESCRIPTORS.names:
                    means[name] = line.texts[name]

    def _reading(
        self, line: Line, path: Path, question: dict[str, Any]
    ) -> tuple[Path, dict[str, Any]]:
        """The question, or its wording in the variant that the row is of; made where there is none
        yet."""
        variant = line.texts.get(DESCRIPTORS.names[1], "").strip()
        if not variant:
            return path, question
        wordings = question.setdefault("wordings", [])
        at = next((n for n, it in enumerate(wordings) if it.get("variant") == variant), None)
        if at is None:
            at = len(wordings)
            wordings.append({"variant": variant})
            self.cells.marks[(*path, "wordings", at, "variant")] = line.cell(DESCRIPTORS.names[1])
        return (*path, "wordings", at), wordings[at]

    def _in_answers(self, sheet: Sheet, questions: Owners, boxes: Owners | None = None) -> Owners:
        """Rows that belong to answers; `found` are keyed by question and part."""
        found: Owners = {}
        for line in self.lines[sheet.name]:
            owner = self._owner(sheet, line, questions)
            if owner is None:
                continue
            key, part = (line.texts.get(it, "").strip() for it in (sheet.owners[0][0], "part"))
            if boxes is not None and part:
                owner = boxes.get(f"{key}/{part}")
            if owner is None:
                said = f"{key!r} has no part {part!r}"
                self.faults.append(self.cells.at(line.cell("part"), said))
                continue
            kind = owner[1].get("answer", {}).get("kind", GRADED)
            if kind not in OF_KIND[sheet.name]:
                wanted = " or ".join(OF_KIND[sheet.name])
                said = f"the answer of {part or key!r} is not {wanted} but {kind}"
                self.faults.append(self.cells.at(line.cell(sheet.owners[0][0]), said))
                continue
            name = LISTS.get(kind, sheet.name.split()[-1].lower())
            self._add(sheet, line, owner, ("answer", name), found, f"{key}/")
        return found

    def _part(self, sheet: Sheet, line: Line, path: Path) -> dict[str, Any]:
        """What one row says."""
        item: dict[str, Any] = {}
        self.cells.marks[path] = line.row
        kind = line.texts.get("answer", "").strip().casefold()
        for column in sheet.columns:
            at = path_of(column, kind)
            self._mark(path, at, line, column)
            value = self._value(line, column)
            if value is None or (at == ("answer", "kind") and value == GRADED):
                continue
            if column is MORE:
                self._more.append((item, value))
            elif said := _not_taken(kind, at):
                self.faults.append(self.cells.at(line.cell(column.name), said))
            else:
                _put(item, at, value)
        return item

    def _mark(self, path: Path, at: tuple[str, ...], line: Line, column: Column) -> None:
        cell = line.cell(column.name)
        if column is not MORE:
            self.cells.marks[(*path, *at)] = cell
        if at == ("answer", "kind"):
            self.cells.marks[(*path, "answer")] = cell

    def _value(self, line: Line, column: Column) -> Any:
        """None where there is nothing, or nothing that can be read."""
        text = line.texts.get(column.name)
        if text is None:
            return None
        try:
            value = value_of(column, text)
            if column is MORE and not isinstance(value, dict):
                raise ValueError("expected JSON in curly brackets")
        except ValueError as error:
            self.faults.append(self.cells.at(line.cell(column.name), str(error)))
            return None
        return value


def _not_taken(kind: str, path: tuple[str, ...]) -> str:
    """Why an answer of this kind cannot say this; empty if it can."""
    model = ENTRIES.get(f"{TAGGED}{kind}")
    if path[0] != "answer" or path == ("answer", "kind"):
        return ""
    if kind in ("", GRADED):
        return "a standard that is graded has none of this; leave it blank, or say its answer"
    return (
        ""
        if model is None or path[1] in model.model_fields
        else f"a {kind} answer has none of this"
    )


def _put(item: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    for name in path[:-1]:
        item = item.setdefault(name, {})
    item[path[-1]] = value


def _merge(item: dict[str, Any], more: dict[str, Any]) -> None:
    for name, value in more.items():
        inside = item.get(name)
        if isinstance(inside, dict) and isinstance(value, dict):
            _merge(inside, value)
        else:
            item[name] = value
