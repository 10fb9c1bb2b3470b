"""Reads of organisations: what pages show, and what an import compares with."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, contains_eager, selectinload

from auditapp.core.db import Base
from auditapp.organisations.listing import Link
from auditapp.organisations.models import (
    Contact,
    Organisation,
    OrganisationPartnership,
    Partnership,
    Registration,
    RegistrationLink,
    ResponsibleBody,
    members_of,
)
from auditapp.policy.roles import Viewer
from auditapp.policy.scope import visible

PER_PAGE = 50
CHUNK = 500  # values in one statement
# What an organisation consists of: rows of these tables go with it, all others keep it.
OWN_TABLES = {"registration", "organisation_partnership"}


def own_partnership() -> Select[Partnership]:
    """The partnership that a viewer acts for; narrow it by `get_visible_or_404`."""
    return select(Partnership)


def partnership_by_key(key: str) -> Select[Partnership]:
    return select(Partnership).where(Partnership.key == key)


def partnership_by_ref(ref: str) -> Select[Partnership]:
    return select(Partnership).where(Partnership.ref == ref)


def all_partnerships() -> Select[Partnership]:
    return select(Partnership).order_by(Partnership.key)


def organisation_by_ref(ref: str) -> Select[Organisation]:
    """With its registrations, responsible body and memberships: a page asks for all of them."""
    return (
        select(Organisation)
        .where(Organisation.ref == ref)
        .options(
            selectinload(Organisation.registrations),
            selectinload(Organisation.responsible_body),
            selectinload(Organisation.memberships),
        )
    )


def contacts_of(organisation_id: int) -> Select[Contact]:
    return (
        select(Contact)
        .where(Contact.organisation_id == organisation_id)
        .order_by(Contact.role, Contact.name, Contact.id)
    )


def partnerships_of(organisation_id: int) -> Select[str]:
    """Names of the partnerships that an organisation belongs to now."""
    return (
        select(Partnership.name)
        .join(OrganisationPartnership, OrganisationPartnership.partnership_id == Partnership.id)
        .where(
            OrganisationPartnership.organisation_id == organisation_id,
            OrganisationPartnership.left_on.is_(None),
        )
        .order_by(Partnership.name)
    )


@dataclass(frozen=True)
class Wanted:
    """What a list of organisations is narrowed to; "" is everything."""

    words: str = ""
    type: str = ""
    phase: str = ""
    body: str = ""  # the responsible body's ref
    status: str = ""  # "" is all that are not closed


@dataclass(frozen=True)
class Page:
    """Rows of one page: an organisation with its current registration."""

    rows: Sequence[Registration]
    total: int
    number: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PER_PAGE))


def organisations_page(session: Session, viewer: Viewer, wanted: Wanted, number: int) -> Page:
    """One page of the organisations that `viewer` sees, by name. Three statements."""
    rows = _listed(viewer, wanted)
    total = session.scalar(select(func.count()).select_from(rows.subquery())) or 0
    number = min(max(1, number), max(1, -(-total // PER_PAGE)))
    shown = (
        rows.options(
            contains_eager(Registration.organisation).selectinload(Organisation.responsible_body)
        )
        .order_by(Organisation.name, Organisation.id)
        .limit(PER_PAGE)
        .offset((number - 1) * PER_PAGE)
    )
    return Page(session.scalars(shown).all(), total, number)


def _listed(viewer: Viewer, wanted: Wanted) -> Select[Registration]:
    query = (
        select(Registration)
        .join(Registration.organisation)
        .where(Registration.current, Organisation.visible_to(viewer))
    )
    if wanted.type:
        query = query.where(Registration.type == wanted.type)
    if wanted.phase:
        query = query.where(Registration.phase == wanted.phase)
    if wanted.body:
        query = query.join(Organisation.responsible_body).where(ResponsibleBody.ref == wanted.body)
    if wanted.words:
        found = Organisation.name.icontains(wanted.words, autoescape=True)
        query = query.where(or_(found, Registration.code == wanted.words.strip()))
    if wanted.status == "closed":
        return query.where(Registration.status == "closed")
    return query.where(Registration.status != "closed")


@dataclass(frozen=True)
class Choices:
    """The types, phases and responsible bodies that a viewer's organisations have."""

    types: Sequence[str]
    phases: Sequence[str]
    bodies: Sequence[tuple[str, str]]  # ref and name


def choices(session: Session, viewer: Viewer) -> Choices:
    """Two statements."""
    seen = (
        select(Registration.type, Registration.phase)
        .join(Registration.organisation)
        .where(Registration.current, Organisation.visible_to(viewer))
        .distinct()
    )
    pairs = session.execute(seen).all()
    bodies = (
        select(ResponsibleBody.ref, ResponsibleBody.name)
        .join(Organisation, Organisation.responsible_body_id == ResponsibleBody.id)
        .where(Organisation.visible_to(viewer))
        .distinct()
        .order_by(ResponsibleBody.name)
    )
    return Choices(
        types=sorted({row.type for row in pairs}),
        phases=sorted({row.phase for row in pairs}),
        bodies=[(row.ref, row.name) for row in session.execute(bodies)],
    )


def registrations_for_import(
    session: Session, partnership_id: int, numbers: Collection[tuple[str, str]]
) -> list[Registration]:
    """Every registration of the partnership's organisations, and of those that have one of the
    `numbers` (scheme, code), each with its organisation."""
    ours = Registration.organisation_id.in_(members_of(frozenset({partnership_id})))
    conditions = [ours, *_numbered(numbers)]
    found: dict[int, Registration] = {}
    for condition in conditions:
        query = (
            select(Registration)
            .where(condition)
            .options(
                selectinload(Registration.organisation).options(
                    selectinload(Organisation.responsible_body),
                    selectinload(Organisation.memberships),
                )
            )
        )
        found |= {row.id: row for row in session.scalars(query)}
    return list(found.values())


def _numbered(numbers: Collection[tuple[str, str]]) -> Iterator[ColumnElement[bool]]:
    for scheme in sorted({scheme for scheme, _ in numbers}):
        codes = sorted(code for of_scheme, code in numbers if of_scheme == scheme)
        for start in range(0, len(codes), CHUNK):
            yield and_(
                Registration.scheme == scheme, Registration.code.in_(codes[start : start + CHUNK])
            )


def contacts_for_import(session: Session, organisation_ids: Collection[int]) -> list[Contact]:
    found: list[Contact] = []
    ids = sorted(organisation_ids)
    for start in range(0, len(ids), CHUNK):
        part = Contact.organisation_id.in_(ids[start : start + CHUNK])
        found += session.scalars(select(Contact).where(part))
    return found


def known_links(session: Session) -> set[Link]:
    rows = session.scalars(select(RegistrationLink))
    return {Link(row.code, row.linked_code, row.link_type, row.established_on) for row in rows}


def responsible_bodies(session: Session) -> dict[tuple[str, str], ResponsibleBody]:
    return {(row.kind, row.code): row for row in session.scalars(select(ResponsibleBody))}


def is_bare(session: Session, organisation_id: int) -> bool:
    """Whether nothing but its own registration and memberships hangs on an organisation: no
    person, no contact, no assessment. Every table is asked that could name it."""
    for table in Base.metadata.tables.values():
        if table.name in OWN_TABLES:
            continue
        for column in table.columns:
            if any(key.column.table.name == "organisation" for key in column.foreign_keys):
                named = select(column).where(column == organisation_id).limit(1)
                if session.execute(named).first():
                    return False
    return True


def visible_partnership(viewer: Viewer) -> Select[Partnership]:
    return visible(own_partnership(), viewer)
