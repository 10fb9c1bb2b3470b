"""Administrators: of partnerships and of the installation."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from auditapp.accounts.inviting import Given, Invited
from auditapp.accounts.models import Membership, Person
from auditapp.accounts.queries import held_on, refreshed
from auditapp.accounts.service import end_role, offer_role
from auditapp.core import clock
from auditapp.core.errors import NOT_FOUND, Missing, RuleBroken
from auditapp.core.events import INSTALLATION
from auditapp.core.transactions import lock
from auditapp.organisations.models import Partnership
from auditapp.policy.permissions import Permission, require
from auditapp.policy.roles import Role, Viewer

ROLES = (Role.ADMINISTRATOR, Role.SYSTEM_ADMINISTRATOR)


@dataclass(frozen=True)
class Installation:
    """The subject of what a system administrator may do."""

    id: int = INSTALLATION


@dataclass(frozen=True)
class AdministratorLine:
    membership: Membership
    person: Person
    partnership_name: str | None


def administrators(session: Session) -> list[AdministratorLine]:
    """Everyone who administers something today: one statement."""
    query = _lines().order_by(Partnership.name, Person.name, Membership.id)
    return [AdministratorLine(*row) for row in session.execute(query)]


def administrator(session: Session, ref: str) -> AdministratorLine:
    """Raises `Missing` where there is none."""
    row = session.execute(_lines().where(Membership.ref == ref)).one_or_none()
    if row is None:
        raise Missing(NOT_FOUND)
    return AdministratorLine(*row)


def _lines() -> Select[Membership, Person, str]:
    return (
        select(Membership, Person, Partnership.name)
        .join(Person, Person.id == Membership.person_id)
        .outerjoin(Partnership, Partnership.id == Membership.partnership_id)
        .where(Membership.role.in_(ROLES), held_on(clock.today()))
    )


def partnerships(session: Session) -> list[Partnership]:
    """Every partnership of the installation, by name."""
    return list(session.scalars(select(Partnership).order_by(Partnership.name)))


def administrator_by_ref(ref: str) -> Select[Membership]:
    return select(Membership).where(
        Membership.ref == ref, Membership.role.in_(ROLES), held_on(clock.today())
    )


def invite_administrator(
    session: Session, viewer: Viewer, invited: Invited, places: Sequence[Partnership]
) -> Given:
    """Make someone an administrator and tell them; who is one already is told nothing new.

    Raises:
        NotAllowed: the viewer may not.
        RuleBroken: an administrator of a partnership, and no partnership.
    """
    viewer = refreshed(session, viewer)
    require(viewer, Permission.MANAGE_INSTALLATION, Installation())
    if invited.role is Role.ADMINISTRATOR and invited.partnership_id is None:
        raise RuleBroken("Choose a partnership.", field="partnership_ref")
    names = {row.id: row.name for row in places}
    by = session.get_one(Person, viewer.person_id)
    return offer_role(
        session,
        invited,
        place=names.get(invited.partnership_id or 0, "this installation"),
        partnership_id=invited.partnership_id or INSTALLATION,
        by=by,
    )


def end_administrator(session: Session, viewer: Viewer, ref: str) -> None:
    """Take the role of an administrator away.

    Raises:
        Missing, NotAllowed: there is none, or the viewer may not.
        RuleBroken: it is the last one.
    """
    viewer = refreshed(session, viewer)
    require(viewer, Permission.MANAGE_INSTALLATION, Installation())
    held = lock(session, administrator_by_ref(ref))
    if held is None:
        raise Missing(NOT_FOUND)
    chain = held.partnership_id or INSTALLATION
    end_role(session, held, partnership_id=chain, actor_id=viewer.person_id)
