"""One row of the area's own list, read with all its faults. Pure."""

import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from functools import partial
from typing import TypeVar

from email_validator import EmailNotValidError, validate_email

from auditapp.organisations import cells
from auditapp.organisations.agency_words import (
    LEAD,
    NO,
    SIGNATORY,
    TYPES_WRITTEN,
    YES,
    local_code,
    plain,
    role_of,
)
from auditapp.organisations.cells import CellError
from auditapp.organisations.listing import DFE_NUMBER, LOCAL, URN, Listed, ListedContact
from auditapp.organisations.tabular import Line
from auditapp.organisations.types import OrganisationType, phase_of

SCHOOL_SCHEMES = (URN, DFE_NUMBER)
Value = TypeVar("Value")


class AgencyRow:
    """A row, whose cells are found by our `named` columns. `faults` is filled by `listed`."""

    def __init__(self, line: Line, named: Mapping[str, str], partnership_key: str) -> None:
        self.line, self.named, self.partnership_key = line, named, partnership_key
        self.faults: list[str] = []

    def listed(self) -> Listed | None:
        """What the row says; None where it has faults."""
        is_school = bool(self.cell("urn") or self.cell("dfe number"))
        scheme, code = self._tried(self._which, (URN if is_school else LOCAL, ""))
        name = self._tried(partial(self._name, scheme), "")
        facts: dict[str, str | bool] = {}
        if scheme not in SCHOOL_SCHEMES:
            of_type, commissions = (
                self._tried(self._type, None),
                self._tried(self._commissions, None),
            )
            facts = _facts(of_type, name) | (commissions or {}) if of_type else {}
        contacts = self._contacts()
        if self.faults:
            return None
        return Listed(
            row=self.line.number,
            scheme=scheme,
            code=code,
            name=name,
            facts=facts,
            locality=self.cell("locality") if facts else "",
            contacts=contacts,
        )

    def cell(self, column: str) -> str:
        return self.line[self.named[column]] if column in self.named else ""

    def _tried(self, get: Callable[[], Value], instead: Value) -> Value:
        """A part of the row, or `instead` of it where it has a fault, which is kept."""
        try:
            return get()
        except CellError as error:
            self.faults.append(str(error))
            return instead

    def _name(self, scheme: str) -> str:
        try:
            name = cells.words(self.cell("name"))
        except CellError as error:
            raise CellError(f"name: {error}") from None
        if not name and scheme not in SCHOOL_SCHEMES:
            raise CellError("name: there is no name.")
        return name

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

    def _type(self) -> OrganisationType | None:
        written = self.cell("type")
        known = TYPES_WRITTEN.get(plain(written))
        if known:
            return known
        if not written:
            raise CellError("type: there is no type. The list of types is in the empty list.")
        near = get_close_matches(plain(written), TYPES_WRITTEN, n=1, cutoff=0.6)
        guess = f" Did you mean “{TYPES_WRITTEN[near[0]].label}”?" if near else ""
        raise CellError(f"type: “{written}” is not a type we know.{guess}")

    def _commissions(self) -> dict[str, str | bool] | None:
        if "commissions" not in self.named:
            return None
        written = self.cell("commissions").casefold()
        if written not in YES | NO:
            raise CellError(f"commissions: write yes or no, not “{written}”.")
        return {"commissions": written in YES}

    def _contacts(self) -> tuple[ListedContact, ...]:
        role = self._tried(self._role, LEAD)
        asked = ((role, "contact"), (SIGNATORY, "sign-off"))
        found = [self._tried(partial(self._contact, *who), None) for who in asked]
        return tuple(contact for contact in found if contact)

    def _role(self) -> str:
        written = self.cell("contact role")
        role = role_of(written)
        if role is None:
            raise CellError(f"contact role: write lead or sign-off, not “{written}”.")
        return role

    def _contact(self, role: str, who: str) -> ListedContact | None:
        email, name = self.cell(f"{who} email"), self.cell(f"{who} name")
        if name and not email:
            raise CellError(f"{who} email: {who} has a name and no e-mail address.")
        return ListedContact(role, name or email, _email(email, f"{who} email")) if email else None


def _facts(of_type: OrganisationType, name: str) -> dict[str, str | bool]:
    return {
        "name": name,
        "kind": of_type.kind,
        "type": of_type.key,
        "group": of_type.group,
        "phase": phase_of(of_type),
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
