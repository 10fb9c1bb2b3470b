"""The register of schools ("Get information about schools"): its file of establishments. Pure.

Source: DfE, edubasealldata.csv: 139 columns to January 2025, 135 since; matched by name.
"""

from collections import Counter
from collections.abc import Callable, Collection
from typing import Any, TypeVar

from auditapp.organisations import cells
from auditapp.organisations.cells import CellError
from auditapp.organisations.gias_files import (
    LA,
    NAME,
    PHASE,
    PHASE_NAME,
    REQUIRED,
    STATUS,
    TYPE,
    check_establishments,
    why_not_whole,
)
from auditapp.organisations.gias_words import (
    named_areas,
    not_of_the_area,
    padded_words,
    phase_not_known,
    why_not,
)
from auditapp.organisations.listing import URN, Body, Listed, Reading
from auditapp.organisations.names import trust_name
from auditapp.organisations.tabular import Line, Sheet, read_csv, refuse
from auditapp.organisations.types import OrganisationType, Scope, is_phase_known, phase_of, type_of

NUMBER = "EstablishmentNumber"
DATES = ("OpenDate", "CloseDate", "LastChangedDate", "CensusDate", "DateOfLastInspectionVisit")
STATUSES = {"1": "open", "2": "closed", "3": "closing", "4": "proposed"}
NOT_TAKEN = {"closed": "status: Closed", "proposed": "status: Proposed to open"}
BOARDING = {"2", "3", "4"}  # children's home, boarding school, college residence
# Key in the registration's document -> column, and whether it is a number.
REGISTER = {
    "low_age": ("StatutoryLowAge", True),
    "high_age": ("StatutoryHighAge", True),
    "pupils": ("NumberOfPupils", True),
    "ward": ("AdministrativeWard (name)", False),
    "inspectorate": ("InspectorateName (name)", False),
    "resourced_provision": ("TypeOfResourcedProvision (name)", False),
    "section_41": ("Section41Approved (name)", False),
    "further_education_type": ("FurtherEducationType (name)", False),
}
Value = TypeVar("Value")


def read_establishments(content: bytes, la_codes: Collection[str]) -> Reading:
    """The establishments of the local authorities `la_codes` (three digits each).

    Raises:
        RuleBroken: the file is another one, cannot be read, or has no row of these authorities.
    """
    sheet = read_csv(content)
    check_establishments(sheet)
    return _Reader(sheet, la_codes).reading()


class _Reader:
    """Goes through a file once, then through the rows of the area."""

    def __init__(self, sheet: Sheet, la_codes: Collection[str]) -> None:
        self.sheet, self.la_codes = sheet, la_codes
        self.result = Reading(notices=sheet.notices)
        self.padded = 0
        self.rows_of: dict[str, int] = {}
        self.day_first = False

    def reading(self) -> Reading:
        ours, elsewhere = self._of_the_area()
        self._check_area(ours, elsewhere)
        self.result.skipped.update(named_areas(elsewhere))
        self.day_first = cells.day_is_first(line[name] for line in ours for name in DATES)
        for line in ours:
            try:
                self._take(line)
            except CellError as error:
                self.result.errors.append(f"Row {line.number}, {error}")
        if self.padded:
            self.result.notices.append(padded_words(self.padded))
        return self.result

    def _of_the_area(self) -> tuple[list[Line], Counter[str]]:
        ours, elsewhere = [], Counter[str]()
        following = next(self.sheet.lines, None)
        while (line := following) is not None:
            following = next(self.sheet.lines, None)
            self.result.read += 1
            if fault := why_not_whole(line, is_last=following is None):
                self.result.errors.append(fault)
            elif line[LA] in self.la_codes or not _is_la_code(line[LA]):
                ours.append(line)
            else:
                elsewhere[f"{line['LA (name)'] or 'another authority'} ({line[LA]})"] += 1
        return ours, elsewhere

    def _check_area(self, ours: list[Line], elsewhere: Counter[str]) -> None:
        if ours or self.result.errors:
            return
        if not elsewhere:
            raise refuse("This file has a header and no rows.")
        raise refuse(not_of_the_area(self.result.read, self.la_codes, elsewhere))

    def _take(self, line: Line) -> None:
        """Put a row where it belongs. Raises `CellError` with the column's name before it."""
        self._code(line, LA, 3)
        urn = self._urn(line)
        status = STATUSES.get(line[STATUS])
        if status is None:
            raise CellError(f"{STATUS}: “{line[STATUS]}” is not a status we know (1 to 4).")
        if status in NOT_TAKEN:
            self.result.skipped[NOT_TAKEN[status]] += 1
            if status == "closed":
                self.result.closed[urn] = self._day(line, "CloseDate")
            return
        code = self._code(line, TYPE, 2)
        of_type = type_of(code, line["FurtherEducationType (name)"])
        if of_type is None or of_type.scope is not Scope.IN:
            self.result.skipped[why_not(line, code, of_type)] += 1
        else:
            self.result.listed.append(self._listed(line, urn, status, of_type))

    def _urn(self, line: Line) -> str:
        urn = _in("URN", lambda: cells.code(line["URN"], 5, 6))
        if not urn or len(str(int(urn))) < 5:
            raise CellError(f"URN: “{line['URN']}” is not a number of five or six digits.")
        if urn in self.rows_of:
            raise CellError(f"URN: {urn} is in row {self.rows_of[urn]} already.")
        self.rows_of[urn] = line.number
        return urn

    def _code(self, line: Line, column: str, width: int) -> str:
        value = line[column]
        found = _in(column, lambda: cells.code(value, width))
        if not found and column in REQUIRED:
            raise CellError(f"{column}: there is no code.")
        self.padded += bool(found) and len(value) < width
        return found

    def _day(self, line: Line, column: str) -> Any:
        return _in(column, lambda: cells.day(line[column], day_first=self.day_first))

    def _listed(self, line: Line, urn: str, status: str, of_type: OrganisationType) -> Listed:
        name = _in(NAME, lambda: cells.words(line[NAME]))
        if not name:
            raise CellError(f"{NAME}: there is no name.")
        register = self._register(line)
        return Listed(
            row=line.number,
            scheme=URN,
            code=urn,
            name=name,
            facts=self._facts(line, name, status, of_type),
            register=register,
            locality=str(register.get("ward") or ""),
            says_body=self.sheet.has("Trusts (code)", "Trusts (name)"),
            body=_body(line),
        )

    def _facts(
        self, line: Line, name: str, status: str, of_type: OrganisationType
    ) -> dict[str, Any]:
        """The columns of a registration that this file has something to say about."""
        said = {
            "OpenDate": ("opened_on", lambda: self._day(line, "OpenDate")),
            "CloseDate": ("closed_on", lambda: self._day(line, "CloseDate")),
            NUMBER: ("establishment_number", lambda: self._code(line, NUMBER, 4)),
            "UKPRN": ("ukprn", lambda: self._code(line, "UKPRN", 8)),
            "NurseryProvision (name)": ("early_years", lambda: _has_early_years(line, of_type)),
            "Boarders (code)": ("boarding", lambda: line["Boarders (code)"] in BOARDING),
            "OfficialSixthForm (code)": (
                "sixth_form",
                lambda: line["OfficialSixthForm (code)"] == "1",
            ),
        }
        facts = {
            "name": name,
            "kind": of_type.kind,
            "type": of_type.key,
            "type_code": of_type.code,
            "group": of_type.group,
            "duty": of_type.duty,
            "status": status,
            "la_code": line[LA],
        }
        facts |= self._phase(line, of_type)
        return facts | {key: get() for col, (key, get) in said.items() if self.sheet.has(col)}

    def _phase(self, line: Line, of_type: OrganisationType) -> dict[str, str]:
        """The phase; nothing where the register gives one that we do not know, with a notice."""
        if of_type.phase or is_phase_known(line[PHASE], line[PHASE_NAME]):
            return {"phase": phase_of(of_type, line[PHASE_NAME])}
        self.result.notices.append(phase_not_known(line))
        return {}

    def _register(self, line: Line) -> dict[str, str | int | None]:
        found: dict[str, str | int | None] = {}
        for key, (column, is_number) in REGISTER.items():
            if self.sheet.has(column):
                value = _number(line, column) if is_number else line[column]
                found[key] = None if value in ("", "Not applicable") else value
        return found


def _number(line: Line, column: str) -> int | None:
    return _in(column, lambda: cells.whole(line[column]))


def _in(column: str, get: Callable[[], Value]) -> Value:
    try:
        return get()
    except CellError as error:
        raise CellError(f"{column}: {error}") from None


def _is_la_code(value: str) -> bool:
    return value.isdigit() and len(value) == 3


def _has_early_years(line: Line, of_type: OrganisationType) -> bool:
    provision = line["NurseryProvision (name)"]
    return provision == "Has Nursery Classes" or of_type.key == "nursery-school"


def _body(line: Line) -> Body | None:
    """The trust, or else the federation, that answers for a school."""
    for kind, column in (("trust", "Trusts"), ("federation", "Federations")):
        if name := line[f"{column} (name)"]:
            return Body(kind, line[f"{column} (code)"] or name, trust_name(name))
    return None
