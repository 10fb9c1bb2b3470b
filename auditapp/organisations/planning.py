"""What an import would do: a list that was read, compared with the database. Writes nothing."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from auditapp.organisations import queries
from auditapp.organisations.agency_words import local_code
from auditapp.organisations.conversions import Undecided, Waiting, follow
from auditapp.organisations.listing import DFE_NUMBER, LOCAL, URN, Link, Listed, Reading
from auditapp.organisations.models import Contact, Organisation, Partnership, Registration


class Difference(NamedTuple):
    """One field before and after; values as they are kept."""

    field: str
    before: Any
    after: Any


class Change(NamedTuple):
    """A listed organisation whose registration is here already, with what differs."""

    listed: Listed
    registration: Registration
    differences: tuple[Difference, ...]


class Conversion(NamedTuple):
    """A place that goes on under a new number. `apart`: the new number's registration, where an
    earlier import made a place of its own for it."""

    listed: Listed
    old: Registration
    apart: Registration | None = None


class Closing(NamedTuple):
    registration: Registration
    closed_on: date | None


class Kept(NamedTuple):
    """What was changed here and the list has otherwise: it stays as it is here."""

    code: str
    field: str
    here: Any
    listed: Any


@dataclass
class Plan:
    """What one import would change. `new`, `changed`, `converted` and `unchanged` together are the
    rows that were taken in."""

    reading: Reading
    new: list[Listed] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    unchanged: list[Registration] = field(default_factory=list)
    converted: list[Conversion] = field(default_factory=list)
    closed: list[Closing] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)
    undecided: list[Undecided] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)  # to be remembered
    errors: list[str] = field(default_factory=list)
    contacts: int = 0  # new or renamed
    names: dict[str, str] = field(default_factory=dict)  # of numbers, for pages

    @property
    def by_duty(self) -> dict[str, int]:
        listed = (row.facts["duty"] for row in self.reading.listed if "duty" in row.facts)
        return dict(sorted(Counter(listed).items()))

    @property
    def changes_nothing(self) -> bool:
        return not (self.new or self.changed or self.converted or self.closed or self.links)

    def figures(self) -> dict[str, Any]:
        """The counts, as the command prints them. A closing counts as a change."""
        return {
            "read": self.reading.read,
            "in_scope": len(self.reading.listed),
            "skipped": dict(sorted(self.reading.skipped.items())),
            "new": len(self.new),
            "changed": len(self.changed) + len(self.closed),
            "unchanged": len(self.unchanged),
            "converted": len(self.converted),
            "by_duty": self.by_duty,
            "errors": [*self.reading.errors, *self.errors],
        }


def plan_import(
    session: Session, partnership: Partnership, reading: Reading, links: Iterable[Link] = ()
) -> Plan:
    """Compare what was read with the organisations of `partnership`, and of others where a number
    is theirs. The number of statements does not grow with the rows but by hundreds of them."""
    return _Planner(session, partnership, reading).plan(links)


class _Planner:
    def __init__(self, session: Session, partnership: Partnership, reading: Reading) -> None:
        self.session, self.partnership, self.reading = session, partnership, reading
        self.result = Plan(reading)
        numbers = {row.key for row in reading.listed if row.scheme != DFE_NUMBER}
        rows = queries.registrations_for_import(session, partnership.id, numbers)
        self.known = {(row.scheme, row.code): row for row in rows}
        self.by_dfe_number = {
            row.la_code + row.establishment_number: row
            for row in rows
            if row.current and row.establishment_number
        }
        self.contacts = _contacts(session, reading, rows)

    def plan(self, links: Iterable[Link]) -> Plan:
        here = {row.code: row.organisation.name for row in self.known.values()}
        self.result.names = {row.code: row.name for row in self.reading.listed} | here
        converting = self._follow(links) if self.reading.is_register else {}
        for listed in self.reading.listed:
            if listed.code in converting:
                self.result.converted.append(converting[listed.code])
            else:
                self._compare(listed)
        self._close({conversion.old.id for conversion in self.result.converted})
        return self.result

    def _follow(self, links: Iterable[Link]) -> dict[str, Conversion]:
        places = {
            row.code: row.organisation_id
            for row in self.known.values()
            if row.scheme == URN and row.current and self._is_ours(row.organisation)
        }
        before = queries.known_links(self.session)
        listed = {row.code: row for row in self.reading.listed}
        ours = {link for link in links if {link.code, link.linked_code} & (listed | places).keys()}
        self.result.links = sorted(ours - before, key=lambda link: link[:3])
        followed = follow(ours | before, listed=listed.keys(), places=places)
        self.result.waiting, self.result.undecided = followed.waiting, followed.undecided
        found = {
            new: Conversion(listed[new], self.known[URN, old])
            for new, old in followed.converted.items()
        }
        for new, old in followed.apart.items():
            if queries.is_bare(self.session, places[new]):
                found[new] = Conversion(listed[new], self.known[URN, old], self.known[URN, new])
            else:
                why = "Both have people, contacts or assessments of their own here."
                self.result.undecided.append(Undecided(old, new, why))
        return found

    def _compare(self, listed: Listed) -> None:
        registration = self._registration(listed)
        if registration is None and listed.only_contacts:
            self.result.errors.append(
                f"Row {listed.row}, {listed.scheme.replace('-', ' ')}: {listed.code} is not one of "
                "your organisations. Import the register of schools first."
            )
        elif registration is None:
            self.result.new.append(listed)
            self.result.contacts += len(listed.contacts)
        elif not registration.current:
            # An older file than the last one: the place goes on under its newer number.
            here = registration.status
            self.result.kept.append(Kept(listed.code, "status", here, listed.facts.get("status")))
            self.result.unchanged.append(registration)
        elif found := tuple(self._differences(listed, registration)):
            self.result.changed.append(Change(listed, registration, found))
        else:
            self.result.unchanged.append(registration)

    def _registration(self, listed: Listed) -> Registration | None:
        if listed.scheme == DFE_NUMBER:
            return self.by_dfe_number.get(listed.code)
        found = self.known.get(listed.key)
        if found is None and not self.reading.is_register and listed.scheme != URN:
            # An agency that was listed without a code, and has one now.
            return self.known.get((LOCAL, local_code(self.partnership.key, listed.name)))
        return found

    def _is_ours(self, organisation: Organisation) -> bool:
        return self.partnership.id in organisation.partnership_ids

    def _differences(self, listed: Listed, registration: Registration) -> Iterable[Difference]:
        place = registration.organisation
        if not self._is_ours(place):
            yield Difference("partnership", None, self.partnership.key)
        yield from self._facts(listed, registration)
        if new := self._new_contacts(listed, place):
            self.result.contacts += new
            yield Difference("contacts", None, new)

    def _facts(self, listed: Listed, registration: Registration) -> Iterable[Difference]:
        if listed.only_contacts:
            return
        place = registration.organisation
        found = [*_registered(listed, registration), *_of_place(listed, registration, place)]
        others = place.partnership_ids - {self.partnership.id}
        for difference in found:
            if (others and not self.reading.is_register) or _changed_here(difference, registration):
                self.result.kept.append(
                    Kept(listed.code, difference.field, difference.before, difference.after)
                )
            else:
                yield difference

    def _new_contacts(self, listed: Listed, place: Organisation) -> int:
        here = self.contacts.get(place.id, {})
        return sum(here.get((row.role, row.email)) != row.name for row in listed.contacts)

    def _close(self, converted: Collection[int]) -> None:
        for code, closed_on in self.reading.closed.items():
            row = self.known.get((URN, code))
            if row is None or row.id in converted or row.status == "closed":
                continue
            if self._is_ours(row.organisation):
                self.result.closed.append(Closing(row, closed_on))


def _contacts(
    session: Session, reading: Reading, rows: list[Registration]
) -> dict[int, dict[tuple[str, str], str]]:
    """Organisation id -> (role, e-mail) -> name, where the list has contacts at all."""
    found: dict[int, dict[tuple[str, str], str]] = {}
    if any(row.contacts for row in reading.listed):
        ids = {row.organisation_id for row in rows}
        contacts: list[Contact] = queries.contacts_for_import(session, ids)
        for contact in contacts:
            found.setdefault(contact.organisation_id, {})[contact.role, contact.email] = (
                contact.name
            )
    return found


def _registered(listed: Listed, registration: Registration) -> Iterable[Difference]:
    """Columns of the registration, then keys of its document."""
    for name, after in {**listed.facts, "scheme": listed.scheme, "code": listed.code}.items():
        before = getattr(registration, name)
        if before != after:
            yield Difference(name, before, after)
    for name, value in listed.register.items():
        if registration.register.get(name) != value:
            yield Difference(name, registration.register.get(name), value)


def _changed_here(difference: Difference, registration: Registration) -> bool:
    """Whether someone chose the value that a list has otherwise."""
    if difference.field == "locality":
        return difference.before not in (None, registration.register.get("ward"))
    return difference.field == "shown name" and registration.organisation.named_here


def _of_place(
    listed: Listed, registration: Registration, place: Organisation
) -> Iterable[Difference]:
    """What pages show of the place."""
    if place.name != listed.name:
        yield Difference("shown name", place.name, listed.name)
    if listed.locality and place.locality != listed.locality:
        yield Difference("locality", place.locality or None, listed.locality)
    body = place.responsible_body
    before = body and (body.kind, body.code, body.name)
    if listed.says_body and before != (listed.body and tuple(listed.body)):
        yield Difference("responsible body", body and body.name, listed.body and listed.body.name)
