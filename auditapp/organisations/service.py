"""What a partnership changes of itself and its organisations. The caller holds the lock, has read
the viewer again under it, and commits."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from auditapp.core.errors import RuleBroken
from auditapp.core.events import record
from auditapp.organisations import queries, rules
from auditapp.organisations.happenings import (
    OrganisationChanged,
    PartnershipCreated,
    SettingsChanged,
)
from auditapp.organisations.models import Contact, Organisation, Partnership, Registration
from auditapp.policy.permissions import Permission, require
from auditapp.policy.roles import Role, Viewer
from auditapp.policy.scope import get_visible_or_404

CONTACT_ROLES = (Role.LEAD.value, Role.SIGNATORY.value)


def create_partnership(
    session: Session, *, key: str, name: str, la_codes: Sequence[str], email: str = ""
) -> Partnership:
    """A new partnership, by the system's own command. Raises `RuleBroken`."""
    rules.check_key(key, set(session.scalars(select(Partnership.key))))
    rules.check_la_codes(la_codes)
    made = Partnership(
        key=key,
        name=rules.checked_name(name, rules.PARTNERSHIP_NAME_MAX_CHARS),
        la_codes=sorted(set(la_codes)),
        email=rules.checked_email(email) if email else "",
    )
    session.add(made)
    session.flush()
    record(session, PartnershipCreated(partnership_id=made.id), actor_id=None)
    return made


@dataclass(frozen=True, kw_only=True)
class Place:
    """What people may change of an organisation; the register has the rest."""

    name: str
    locality: str
    commissions: bool


def edit_organisation(session: Session, viewer: Viewer, ref: str, wanted: Place) -> Organisation:
    """Change how the partnership shows an organisation; the next import leaves that.

    A name equal to the registered one follows the register again. Call it inside
    `transaction(locking=organisation)`.

    Raises:
        Missing, NotAllowed: the viewer may not see or manage it, any more.
        RuleBroken: there is no name, or it is too long.
    """
    place = get_visible_or_404(session, queries.organisation_by_ref(ref), viewer)
    require(viewer, Permission.MANAGE_ORGANISATIONS, place)
    registration = current_registration(place)
    name, locality = rules.checked_name(wanted.name), " ".join(wanted.locality.split())
    changed = [
        field
        for field, before, after in (
            ("shown name", place.name, name),
            ("locality", place.locality, locality[: rules.NAME_MAX_CHARS]),
            ("commissions", registration.commissions, wanted.commissions),
        )
        if before != after
    ]
    place.name, place.locality = name, locality[: rules.NAME_MAX_CHARS]
    place.named_here = name != registration.name
    registration.commissions = wanted.commissions
    _note_change(session, viewer, place, changed)
    return place


def current_registration(place: Organisation) -> Registration:
    """What a place is registered as now; every place has one."""
    return next(row for row in place.registrations if row.current)


def add_contact(
    session: Session, viewer: Viewer, ref: str, *, role: str, name: str, email: str
) -> Contact:
    """Note whom to invite at an organisation; the same address in the same role is renamed.

    Raises:
        Missing, NotAllowed: as `edit_organisation`.
        RuleBroken: no name, no such role, or no e-mail address.
    """
    place = get_visible_or_404(session, queries.organisation_by_ref(ref), viewer)
    require(viewer, Permission.MANAGE_ORGANISATIONS, place)
    if role not in CONTACT_ROLES:
        raise RuleBroken("Choose what this person does.", field="role")
    name, email = rules.checked_name(name), rules.checked_email(email)
    contact = _contact(session, place, role, email)
    if contact is None:
        contact = Contact(organisation_id=place.id, role=role, name=name, email=email)
        session.add(contact)
    contact.name = name
    _note_change(session, viewer, place, ["contacts"])
    return contact


def remove_contact(session: Session, viewer: Viewer, ref: str, *, role: str, email: str) -> None:
    """Invite this person no longer; one who is gone already is no error.

    Raises:
        Missing, NotAllowed: as `edit_organisation`.
    """
    place = get_visible_or_404(session, queries.organisation_by_ref(ref), viewer)
    require(viewer, Permission.MANAGE_ORGANISATIONS, place)
    contact = _contact(session, place, role, email)
    if contact is not None:
        session.delete(contact)
        _note_change(session, viewer, place, ["contacts"])


def _contact(session: Session, place: Organisation, role: str, email: str) -> Contact | None:
    of_place = queries.contacts_of(place.id).where(Contact.role == role, Contact.email == email)
    return session.scalars(of_place).one_or_none()


def _note_change(session: Session, viewer: Viewer, place: Organisation, fields: list[str]) -> None:
    if fields:
        happened = OrganisationChanged(
            partnership_id=min(place.partnership_ids & viewer.partnership_ids),
            organisation_id=place.id,
            fields=fields,
            duty=current_registration(place).duty,
        )
        record(session, happened, actor_id=viewer.person_id)


@dataclass(frozen=True, kw_only=True)
class Look:
    """A partnership's settings as sent. `logo` is (SHA-256, media type) of a new picture, already
    stored; `removes_logo` takes the old one away."""

    name: str
    email: str
    hue: str
    names_organisations_to_viewers: bool
    logo: tuple[str, str] | None = None
    removes_logo: bool = False


def change_settings(session: Session, viewer: Viewer, wanted: Look) -> Partnership:
    """Change the viewer's own partnership. Call it inside `transaction(locking=partnership)`.

    Raises:
        Missing, NotAllowed: it is not theirs to change, any more.
        RuleBroken: no name, no e-mail address, or a colour on which white cannot be read.
    """
    partnership = get_visible_or_404(session, queries.own_partnership(), viewer)
    require(viewer, Permission.CHANGE_SETTINGS, partnership)
    sha256, kind = partnership.logo_sha256, partnership.logo_type
    if wanted.logo is not None:
        sha256, kind = wanted.logo
    elif wanted.removes_logo:
        sha256 = kind = None
    values = {
        "name": rules.checked_name(wanted.name, rules.PARTNERSHIP_NAME_MAX_CHARS),
        "email": rules.checked_email(wanted.email) if wanted.email.strip() else "",
        "hue": rules.checked_hue(wanted.hue),
        "names_organisations_to_viewers": wanted.names_organisations_to_viewers,
        "logo_sha256": sha256,
        "logo_type": kind,
    }
    changed = [field for field, value in values.items() if getattr(partnership, field) != value]
    for field in changed:
        setattr(partnership, field, values[field])
    if changed:
        happened = SettingsChanged(partnership_id=partnership.id, fields=changed)
        record(session, happened, actor_id=viewer.person_id)
    return partnership
