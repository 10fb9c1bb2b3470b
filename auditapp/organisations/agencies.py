"""The area's own list: its agencies with whom to ask, and the contacts of its schools. Pure.

Neither is in any register: schools' designated leads stand in no public file.
"""

import re
from difflib import get_close_matches

from email_validator import EmailNotValidError, validate_email

from auditapp.organisations import cells
from auditapp.organisations.cells import CellError
from auditapp.organisations.listing import DFE_NUMBER, LOCAL, URN, Listed, ListedContact, Reading
from auditapp.organisations.tabular import Line, Sheet, missing_columns, normal, read_sheet, refuse
from auditapp.organisations.types import AGENCY_TYPES, OrganisationType

LEAD, SIGNATORY = "LEAD", "SIGN"
# What we call a column -> what areas call it too.
COLUMNS: dict[str, tuple[str, ...]] = {
    "name": ("organisation", "organisation name", "agency", "agency name", "school", "setting"),
    "type": ("agency_type", "agency type", "organisation type", "kind"),
    "code scheme": ("code_scheme", "scheme"),
    "code": ("reference", "organisation code", "ods code"),
    "urn": (),
    "dfe number": ("dfe no", "dfes number", "laestab"),
    "locality": ("ward", "district", "part of the area"),
    "commissions": ("buys services", "commissioner"),
    "contact name": ("lead name", "dsl name", "dsl", "audit lead", "contact"),
    "contact email": ("lead email", "dsl email", "dsl e-mail", "contact e-mail", "email", "e-mail"),
    "contact role": ("role",),
    "sign-off name": ("head name", "headteacher", "head teacher", "chief officer"),
    "sign-off email": ("head email", "headteacher email", "head teacher email", "sign-off e-mail"),
}
# What areas write for a type -> its key, beside the keys and labels themselves.
TYPE_ALIASES = {
    "council": "local-authority",
    "childrens services": "local-authority",
    "nhs icb": "icb",
    "integrated care board": "icb",
    "nhs foundation trust": "nhs-trust",
    "hospital trust": "nhs-trust",
    "mental health trust": "nhs-trust",
    "ambulance service": "ambulance-trust",
    "police force": "police",
    "probation service": "probation",
    "youth offending team": "youth-justice",
    "youth justice": "youth-justice",
    "yot": "youth-justice",
    "yjs": "youth-justice",
    "secure setting": "prison",
    "gp": "general-practice",
    "gp practice": "general-practice",
    "primary care": "general-practice",
    "fire": "fire-and-rescue",
    "fire service": "fire-and-rescue",
    "housing": "housing-provider",
    "housing association": "housing-provider",
    "registered provider": "housing-provider",
    "vcse": "voluntary-group",
    "vcfse": "voluntary-group",
    "vcse organisation": "voluntary-group",
    "charity": "voluntary-group",
    "voluntary": "voluntary-group",
    "voluntary sector": "voluntary-group",
    "madrasah": "faith-group",
    "place of worship": "faith-group",
    "family court service": "cafcass",
    "nursery": "early-years-provider",
    "private nursery": "early-years-provider",
    "out of school club": "early-years-provider",
    "sports club": "sports-club",
    "other": "other-agency",
}
SIGN_WORDS = ("sign", "head", "chief", "governor", "chair", "board", "principal", "trustee")
YES, NO = {"yes", "y", "true", "1"}, {"no", "n", "false", "0", ""}


def plain(words: str) -> str:
    """Words as they are matched: letters and digits only, lower case, single spaces."""
    return " ".join(re.sub(r"[’']", "", words.casefold()).replace("-", " ").split())


_TYPES = {plain(key): row for key, row in AGENCY_TYPES.items()}
_TYPES |= {plain(row.label): row for row in AGENCY_TYPES.values()}
_TYPES |= {alias: AGENCY_TYPES[key] for alias, key in TYPE_ALIASES.items()}


def local_code(partnership_key: str, name: str) -> str:
    """The code of an agency that no register numbers: unique within its partnership."""
    return f"{partnership_key}:{re.sub(r'[^a-z0-9]+', '-', plain(name)).strip('-')}"


def read_agencies(content: bytes, partnership_key: str) -> Reading:
    """The list, from a CSV file or a workbook. Rows for the same organisation are one, with the
    contacts of all; good rows of a file that has bad ones are kept.

    Raises:
        RuleBroken: the file cannot be read, or has no column that says which organisation it is.
    """
    sheet = read_sheet(content)
    named = _columns_of(sheet)
    reading = Reading(is_register=False, notices=sheet.notices)
    if unused := [name for name in sheet.columns if normal(name) not in set(named.values())]:
        reading.notices.append(f"Columns that were not used: {', '.join(unused)}.")
    found: dict[tuple[str, str], Listed] = {}
    for line in sheet.lines:
        reading.read += 1
        try:
            listed = _Row(line, named, partnership_key).listed()
        except CellError as error:
            reading.errors.append(f"Row {line.number}, {error}")
        else:
            _add(found, listed, reading)
    reading.listed = list(found.values())
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
    if not named.keys() & {"urn", "dfe number"} and (wanted := missing_columns(sheet, ("name",))):
        if "name" in named:
            return named
        raise refuse(
            f"The list has no column {wanted[0]}. The columns are {', '.join(COLUMNS)}; "
            "download the empty list to see them."
        )
    return named


def _add(found: dict[tuple[str, str], Listed], listed: Listed, reading: Reading) -> None:
    before = found.get(listed.key)
    if before is None:
        found[listed.key] = listed
        return
    reading.skipped["the same organisation as another row"] += 1
    extra = tuple(contact for contact in listed.contacts if contact not in before.contacts)
    found[listed.key] = Listed(
        row=before.row,
        scheme=before.scheme,
        code=before.code,
        name=before.name or listed.name,
        facts=before.facts or listed.facts,
        locality=before.locality or listed.locality,
        contacts=before.contacts + extra,
    )


class _Row:
    def __init__(self, line: Line, named: dict[str, str], partnership_key: str) -> None:
        self.line, self.named, self.partnership_key = line, named, partnership_key

    def cell(self, column: str) -> str:
        return self.line[self.named[column]] if column in self.named else ""

    def listed(self) -> Listed:
        """The row. Raises `CellError` with the column's name before it."""
        scheme, code = self._which()
        try:
            name = cells.words(self.cell("name"))
        except CellError as error:
            raise CellError(f"name: {error}") from None
        contacts = tuple(self._contacts())
        if scheme in (URN, DFE_NUMBER):
            return Listed(
                row=self.line.number, scheme=scheme, code=code, name=name, contacts=contacts
            )
        of_type, commissions = self._type(), self._commissions()
        if not name:
            raise CellError("name: there is no name.")
        return Listed(
            row=self.line.number,
            scheme=scheme,
            code=code,
            name=name,
            facts=_facts(of_type, name) | commissions,
            locality=self.cell("locality"),
            contacts=contacts,
        )

    def _which(self) -> tuple[str, str]:
        scheme, code = plain(self.cell("code scheme")).replace(" ", "-"), self.cell("code")
        urn = self.cell("urn") or (code if scheme == URN else "")
        dfe = self.cell("dfe number") or (code if scheme == DFE_NUMBER else "")
        column = "urn"
        try:
            if urn:
                return URN, cells.code(urn, 5, 6)
            column = "dfe number"
            if dfe:
                return DFE_NUMBER, cells.code(re.sub(r"[/\s-]", "", dfe), 7)
        except CellError as error:
            raise CellError(f"{column}: {error}") from None
        if code and not scheme:
            raise CellError(f"code scheme: whose code is “{code}”? Write ODS, URN or another name.")
        return (
            (scheme, code) if code else (LOCAL, local_code(self.partnership_key, self.cell("name")))
        )

    def _type(self) -> OrganisationType:
        written = self.cell("type")
        known = _TYPES.get(plain(written))
        if known:
            return known
        if not written:
            raise CellError("type: there is no type. The list of types is in the empty list.")
        near = get_close_matches(plain(written), _TYPES, n=1, cutoff=0.6)
        guess = f" Did you mean “{_TYPES[near[0]].label}”?" if near else ""
        raise CellError(f"type: “{written}” is not a type we know.{guess}")

    def _commissions(self) -> dict[str, bool]:
        if "commissions" not in self.named:
            return {}
        written = self.cell("commissions").casefold()
        if written not in YES | NO:
            raise CellError(f"commissions: write yes or no, not “{written}”.")
        return {"commissions": written in YES}

    def _contacts(self) -> list[ListedContact]:
        said = self.cell("contact role").casefold()
        role = SIGNATORY if any(word in said for word in SIGN_WORDS) else LEAD
        found = []
        for role_of, who in ((role, "contact"), (SIGNATORY, "sign-off")):
            email, name = self.cell(f"{who} email"), self.cell(f"{who} name")
            if email:
                found.append(ListedContact(role_of, name or email, _email(email, f"{who} email")))
            elif name:
                raise CellError(f"{who} email: {who} has a name and no e-mail address.")
        return found


def _facts(of_type: OrganisationType, name: str) -> dict[str, str | bool]:
    return {
        "name": name,
        "kind": of_type.kind,
        "type": of_type.key,
        "group": of_type.group,
        "phase": of_type.phase,
        "duty": of_type.duty,
        "early_years": of_type.kind == "early-years",
    }


def _email(written: str, column: str) -> str:
    try:
        return validate_email(written, check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        raise CellError(
            f"{column}: “{written}” is not an e-mail address like name@example.org."
        ) from None
