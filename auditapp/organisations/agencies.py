"""The area's own list: its agencies with whom to ask, and the contacts of its schools. Pure.

Neither is in any register: schools' designated leads stand in no public file.
"""

from dataclasses import replace

from auditapp.organisations.agency_rows import AgencyRow
from auditapp.organisations.agency_words import COLUMNS, plain
from auditapp.organisations.gias_files import check_is_no_register
from auditapp.organisations.listing import Listed, Reading
from auditapp.organisations.tabular import Sheet, missing_columns, normal, read_sheet, refuse
from auditapp.organisations.types import type_label


def read_agencies(content: bytes, partnership_key: str) -> Reading:
    """The list, from a CSV file or a workbook. Rows for the same organisation are one, with the
    contacts of all; good rows of a file that has bad ones are kept.

    Raises:
        WrongPlace: it is a file of the register.
        RuleBroken: the file cannot be read, or has no column that says which organisation it is.
    """
    sheet = read_sheet(content)
    named = _columns_of(sheet)
    reading = Reading(is_register=False, notices=sheet.notices)
    if unused := [name for name in sheet.columns if normal(name) not in set(named.values())]:
        reading.notices.append(f"Columns that were not used: {', '.join(unused)}.")
    faults: dict[int, str] = {}
    found: dict[tuple[str, str], list[Listed]] = {}
    for line in sheet.lines:
        reading.read += 1
        row = AgencyRow(line, named, partnership_key)
        if listed := row.listed():
            found.setdefault(listed.key, []).append(listed)
        else:
            faults[line.number] = " Also, ".join(row.faults)
    for rows in found.values():
        if contradicting := _contradictions(rows):
            faults |= contradicting
        else:
            one = _as_one(rows)
            reading.listed.append(one)
            reading.notices += _other_names(one, rows)
            reading.skipped.update(["the same organisation as another row"] * (len(rows) - 1))
    reading.errors = [f"Row {number}, {faults[number]}" for number in sorted(faults)]
    if not reading.read:
        raise refuse("This file has a header and no rows.")
    return reading


def _columns_of(sheet: Sheet) -> dict[str, str]:
    """Our name -> the file's, for the columns that it has."""
    named = {}
    for column, aliases in COLUMNS.items():
        known = next((name for name in (column, *aliases) if sheet.has(name)), None)
        if known:
            named[column] = known
    if "contact email" not in named:
        check_is_no_register(sheet)
    if not named.keys() & {"urn", "dfe number"} and (wanted := missing_columns(sheet, ("name",))):
        if "name" in named:
            return named
        raise refuse(
            f"The list has no column {wanted[0]}. The columns are {', '.join(COLUMNS)}; "
            "download the empty list to see them."
        )
    return named


def _contradictions(rows: list[Listed]) -> dict[int, str]:
    """A fault for each row of one organisation, where they do not agree on its type."""
    faults = {}
    for row in rows:
        own = row.facts.get("type")
        other = next((other for other in rows if other.facts.get("type") != own), None)
        if other:
            faults[row.row] = (
                f"type: {row.name} is “{type_label(row.facts['type'])}” here and "
                f"“{type_label(other.facts['type'])}” in row {other.row}. Write one type in both."
            )
    return faults


def _other_names(one: Listed, rows: list[Listed]) -> list[str]:
    """A notice for each row of an agency that calls it otherwise: one code may stand for two by
    mistake. What schools are called is the register's to say."""
    return [
        f"Row {row.row} has the same code as row {one.row}, {one.code}, and is the same "
        f"organisation here: “{one.name}”. “{row.name}” is not used. Write another code if it is "
        "another organisation."
        for row in rows
        if not one.only_contacts and plain(row.name) != plain(one.name)
    ]


def _as_one(rows: list[Listed]) -> Listed:
    """The first row, with the contacts of all and what it leaves empty from the others."""
    contacts = dict.fromkeys(contact for row in rows for contact in row.contacts)
    return replace(
        rows[0],
        name=next((row.name for row in rows if row.name), ""),
        locality=next((row.locality for row in rows if row.locality), ""),
        contacts=tuple(contacts),
    )
