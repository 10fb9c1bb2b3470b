"""The sheets of a questionnaire's workbook as rows by column, and what was not understood."""

from dataclasses import dataclass
from typing import NamedTuple

from auditapp.core.errors import RuleBroken
from auditapp.organisations.tabular import normal
from auditapp.questionnaires.checking import listed
from auditapp.questionnaires.places import Fault
from auditapp.questionnaires.workbook_columns import Sheet
from auditapp.questionnaires.workbook_grid import Grid, grids_of
from auditapp.questionnaires.workbook_layout import ABOUT, DESCRIPTORS, QUESTIONS, SECTIONS, SHEETS
from auditapp.questionnaires.workbook_places import Cell, Cells

NOTES = "Notes"  # of ours, not read
NEEDED = (ABOUT, SECTIONS, QUESTIONS)


@dataclass(frozen=True)
class Line:
    """One row: its texts by column, those that are not blank, and where each column's cell is."""

    texts: dict[str, str]
    cells: dict[str, Cell]
    row: Cell

    def cell(self, name: str) -> Cell:
        """The cell of a column, or the row where the sheet has no such column."""
        return self.cells.get(name, self.row)


class Tables(NamedTuple):
    lines: dict[str, list[Line]]  # by sheet
    notices: list[Fault]  # what is not used
    faults: list[Fault]


def tables_of(content: bytes, name: str) -> Tables:
    """The rows of every sheet that a questionnaire has.

    Raises:
        RuleBroken: it is no workbook, far too big, or lacks a sheet that none goes without.
    """
    sheets = {normal(sheet.name): (at, sheet) for at, sheet in enumerate(SHEETS, 1)}
    found = Tables({sheet.name: [] for sheet in SHEETS}, [], [])
    cells, seen = Cells(name), set()
    for grid in grids_of(content, set(sheets)):
        if normal(grid.name) in sheets:
            at, sheet = sheets[normal(grid.name)]
            seen.add(sheet.name)
            _read(_Reading(cells, sheet, at, grid), found)
        elif normal(grid.name) != normal(NOTES):
            said = "there is no sheet of this name in the template; it is not used"
            found.notices.append(cells.at(Cell(grid.name, sheet_at=len(SHEETS) + 1), said))
    if missing := [sheet.name for sheet in NEEDED if sheet.name not in seen]:
        raise RuleBroken(
            f"This workbook is not made from the template: it has no sheet {listed(missing)}.",
            field="file",
        )
    return found


class _Reading(NamedTuple):
    cells: Cells
    sheet: Sheet
    at: int
    grid: Grid

    def cell(self, row: int, place: int, header: str) -> Cell:
        return Cell(self.sheet.name, row, header, self.at, place + 1)

    def fault(self, cell: Cell, says: str) -> Fault:
        return self.cells.at(cell, says)


def _read(it: _Reading, found: Tables) -> None:
    if it.sheet is ABOUT:
        found.lines[ABOUT.name].append(_about(it, found))
        return
    rows = iter(it.grid.rows.items())
    number, header = next(rows, (1, []))
    places = _places(it, number, header, found)
    for number, texts in rows:
        cells = {name: it.cell(number, place, name) for name, place in places.items()}
        refused = [name for name, place in places.items() if (number, place) in it.grid.refused]
        for name in refused:
            found.faults.append(it.fault(cells[name], it.grid.refused[number, places[name]]))
        kept = {
            name: texts[place]
            for name, place in places.items()
            if place < len(texts) and texts[place].strip()
        }
        if kept:
            row = Cell(it.sheet.name, number, "", it.at)
            found.lines[it.sheet.name].append(Line(kept, cells, row))


def _places(it: _Reading, number: int, header: list[str], found: Tables) -> dict[str, int]:
    """Column -> where it stands; of descriptors, any name may be a grade's."""
    known = {normal(name): name for name in it.sheet.names}
    places: dict[str, int] = {}
    for place, words in enumerate(header):
        plain = normal(words)
        column = known.get(plain, words.strip() if it.sheet is DESCRIPTORS else "")
        cell = it.cell(number, place, words.strip())
        if column and column not in places:
            places[column] = place
        elif column:
            found.faults.append(it.fault(cell, "this column is there twice"))
        elif plain:
            said = "there is no such column in the template; it is not used"
            found.notices.append(it.fault(cell, said))
    return places


def _about(it: _Reading, found: Tables) -> Line:
    """The one sheet whose names stand below one another, with what they are beside them."""
    known = {normal(column.name): column.name for column in ABOUT.columns}
    texts, cells = {}, {}
    for number, row in it.grid.rows.items():
        words, said = row[0].strip(), row[1] if len(row) > 1 else ""
        name = known.get(normal(words))
        if name is None:
            if words:
                told = f"the template has no {words[:40]!r} here; it is not used"
                found.notices.append(it.fault(it.cell(number, 0, ""), told))
            continue
        cells[name] = it.cell(number, 1, name)
        if (number, 1) in it.grid.refused:
            found.faults.append(it.fault(cells[name], it.grid.refused[number, 1]))
        if said.strip():
            texts[name] = said
    return Line(texts, cells, Cell(ABOUT.name, 0, "", it.at))
