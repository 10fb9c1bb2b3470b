"""Writing what an import plans. The caller holds the lock on the partnership and commits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from auditapp.core import clock
from auditapp.core.events import Happening, record
from auditapp.organisations import queries
from auditapp.organisations.happenings import (
    ListImported,
    OrganisationAdded,
    OrganisationChanged,
    OrganisationClosed,
    OrganisationConverted,
)
from auditapp.organisations.listing import Body, Link, Listed, ListedContact, Reading
from auditapp.organisations.models import (
    Contact,
    Organisation,
    OrganisationPartnership,
    Partnership,
    Registration,
    RegistrationLink,
    ResponsibleBody,
)
from auditapp.organisations.planning import Change, Closing, Conversion, Plan, plan_import
from auditapp.policy.permissions import Permission, require
from auditapp.policy.roles import Viewer


@dataclass(frozen=True)
class Applied:
    """What was done. `converted` are pairs of registration ids, old and new: assessments that are
    not yet submitted follow them."""

    plan: Plan
    converted: tuple[tuple[int, int], ...]


def apply_import(
    session: Session,
    viewer: Viewer | None,
    partnership: Partnership,
    reading: Reading,
    links: Iterable[Link] = (),
) -> Applied:
    """Bring the organisations of `partnership` to what the list says, and record each change.

    Planned again here, so that a list is compared with the database as it is under the lock; the
    same list twice changes nothing. Nothing goes because it is not listed; what was changed here
    stays (`Plan.kept`). Call it inside `transaction(locking=partnership)` with the viewer as read
    there; no viewer is the system's own command.

    Raises:
        NotAllowed: the viewer may not manage this partnership's organisations, any more.

    Source: docs/policy/imports.md.
    """
    if viewer is not None:
        require(viewer, Permission.MANAGE_ORGANISATIONS, partnership)
    plan = plan_import(session, partnership, reading, links)
    writer = _Writer(session, partnership, viewer.person_id if viewer else None)
    converted = writer.write(plan)
    return Applied(plan, converted)


class _Writer:
    def __init__(self, session: Session, partnership: Partnership, actor_id: int | None) -> None:
        self.session, self.partnership, self.actor_id = session, partnership, actor_id
        self.bodies = queries.responsible_bodies(session)

    def write(self, plan: Plan) -> tuple[tuple[int, int], ...]:
        converted = tuple(self._convert(conversion) for conversion in plan.converted)
        for listed in plan.new:
            self._add(listed)
        for change in plan.changed:
            self._change(change)
        for closing in plan.closed:
            self._close(closing)
        self.session.add_all(
            RegistrationLink(
                code=link.code,
                linked_code=link.linked_code,
                link_type=link.type,
                established_on=link.established_on,
            )
            for link in plan.links
        )
        if not plan.changes_nothing:
            self._record(_imported(self.partnership.id, plan))
        self.session.flush()
        return converted

    def _record(self, happening: Happening) -> None:
        record(self.session, happening, actor_id=self.actor_id)

    def _add(self, listed: Listed) -> None:
        place = Organisation(
            name=listed.name,
            locality=listed.locality,
            responsible_body=self._body(listed.body),
        )
        registration = _registration(listed)
        place.registrations.append(registration)
        self.session.add(place)
        self.session.flush()
        self._join(place)
        self._keep_contacts(place, listed.contacts)
        self._record(
            OrganisationAdded(
                partnership_id=self.partnership.id,
                organisation_id=place.id,
                registration_id=registration.id,
                duty=registration.duty,
            )
        )

    def _change(self, change: Change) -> None:
        for difference in change.differences:
            self._set(change.listed, change.registration, difference.field)
        self._record(
            OrganisationChanged(
                partnership_id=self.partnership.id,
                organisation_id=change.registration.organisation_id,
                fields=[difference.field for difference in change.differences],
                duty=change.registration.duty,
            )
        )

    def _set(self, listed: Listed, registration: Registration, field: str) -> None:
        place = registration.organisation
        match field:
            case "partnership":
                self._join(place)
            case "contacts":
                self._keep_contacts(place, listed.contacts)
            case "shown name":
                place.name = listed.name
            case "locality":
                place.locality = listed.locality
            case "responsible body":
                place.responsible_body = self._body(listed.body)
            case "scheme" | "code":
                setattr(registration, field, getattr(listed, field))
            case _ if field in listed.facts:
                setattr(registration, field, listed.facts[field])
            case _:
                registration.register = _document(registration.register | dict(listed.register))

    def _convert(self, conversion: Conversion) -> tuple[int, int]:
        """The place goes on: its old registration is closed and the new one becomes current."""
        old, listed = conversion.old, conversion.listed
        place, duty_before = old.organisation, old.duty
        opened_on = listed.facts.get("opened_on")
        if old.status != "closed":
            old.status = "closed"
            old.closed_on = opened_on - timedelta(days=1) if opened_on else old.closed_on
        old.current = False
        self.session.flush()  # before the new one is current: a place has one
        new, joined = self._successor(conversion, place)
        if not place.named_here:
            place.name = listed.name
        if place.locality in ("", old.register.get("ward")):
            place.locality = listed.locality or place.locality
        if listed.says_body:
            place.responsible_body = self._body(listed.body)
        self.session.flush()
        self._record(
            OrganisationConverted(
                partnership_id=self.partnership.id,
                organisation_id=place.id,
                old_registration_id=old.id,
                new_registration_id=new.id,
                duty_before=duty_before,
                duty_after=new.duty,
                joined_organisation_id=joined,
            )
        )
        return old.id, new.id

    def _successor(
        self, conversion: Conversion, place: Organisation
    ) -> tuple[Registration, int | None]:
        if conversion.apart is None:
            new = _registration(conversion.listed)
            new.commissions = conversion.old.commissions
            place.registrations.append(new)
            return new, None
        new, emptied = conversion.apart, conversion.apart.organisation_id
        new.organisation = place
        for name, value in conversion.listed.facts.items():
            setattr(new, name, value)
        self.session.flush()
        # Nothing hangs on it (`Conversion.apart`): it was only ever the number's own place.
        memberships = OrganisationPartnership.organisation_id == emptied
        self.session.execute(delete(OrganisationPartnership).where(memberships))
        self.session.execute(delete(Organisation).where(Organisation.id == emptied))
        return new, emptied

    def _close(self, closing: Closing) -> None:
        closing.registration.status = "closed"
        closing.registration.closed_on = closing.closed_on
        self._record(
            OrganisationClosed(
                partnership_id=self.partnership.id,
                organisation_id=closing.registration.organisation_id,
                registration_id=closing.registration.id,
            )
        )

    def _join(self, place: Organisation) -> None:
        for membership in place.memberships:
            if membership.partnership_id == self.partnership.id:
                membership.left_on = None
                return
        place.memberships.append(
            OrganisationPartnership(partnership_id=self.partnership.id, joined_on=clock.today())
        )

    def _body(self, body: Body | None) -> ResponsibleBody | None:
        if body is None:
            return None
        known = self.bodies.get((body.kind, body.code))
        if known is None:
            known = ResponsibleBody(kind=body.kind, code=body.code)
            self.bodies[body.kind, body.code] = known
        known.name = body.name
        return known

    def _keep_contacts(self, place: Organisation, contacts: Iterable[ListedContact]) -> None:
        here = {
            (row.role, row.email): row
            for row in self.session.scalars(queries.contacts_of(place.id))
        }
        for role, name, email in contacts:
            if (role, email) in here:
                here[role, email].name = name
            else:
                here[role, email] = Contact(
                    organisation_id=place.id, role=role, name=name, email=email
                )
                self.session.add(here[role, email])


def _registration(listed: Listed) -> Registration:
    return Registration(
        scheme=listed.scheme,
        code=listed.code,
        register=_document(dict(listed.register)),
        **listed.facts,
    )


def _document(register: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in register.items() if value is not None}


def _imported(partnership_id: int, plan: Plan) -> ListImported:
    return ListImported(
        partnership_id=partnership_id,
        is_register=plan.reading.is_register,
        read=plan.reading.read,
        new=len(plan.new),
        changed=len(plan.changed),
        converted=len(plan.converted),
        closed=len(plan.closed),
        errors=len(plan.reading.errors) + len(plan.errors),
    )
