"""The people of a partnership: who holds which role where, and who may be given one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from auditapp.accounts.inviting import Given, Invited
from auditapp.accounts.models import Membership, Person
from auditapp.accounts.queries import current_memberships, held_on, refreshed
from auditapp.accounts.service import end_role, offer_role
from auditapp.core import clock
from auditapp.core.errors import NOT_FOUND, Missing, RuleBroken
from auditapp.core.transactions import lock
from auditapp.organisations.models import Organisation, Partnership, members_of
from auditapp.policy.permissions import Permission, require
from auditapp.policy.roles import ORGANISATION_ROLES, PANEL_ROLES, Role, Viewer
from auditapp.policy.scope import visible
from auditapp.rounds.models import Round, RoundState
from auditapp.rounds.queries import own_partnership

# Whom an administrator invites and ends; contributors are their organisation's, administrators
# the installation's.
GIVEN_HERE = (
    Role.LEAD,
    Role.SIGNATORY,
    Role.PANEL_MEMBER,
    Role.PANEL_CHAIR,
    Role.SCRUTINEER,
    Role.PARTNERSHIP_VIEWER,
)
LISTED = (*GIVEN_HERE, Role.ADMINISTRATOR)
# The name of where a role is held.
PLACE = func.coalesce(Organisation.name, Round.title, Partnership.name)


@dataclass(frozen=True)
class PersonLine:
    """One role of one person; `place` names where it is held."""

    membership: Membership
    person: Person
    place: str

    @property
    def can_be_ended(self) -> bool:
        return self.membership.role in GIVEN_HERE


def people(session: Session, viewer: Viewer, *, name: str = "", role: str = "") -> list[PersonLine]:
    """The roles held today in the viewer's partnership, its rounds and organisations."""
    query = _lines(viewer).where(Membership.role.in_(LISTED)).order_by(Person.name, Membership.id)
    if role in LISTED:
        query = query.where(Membership.role == Role(role))
    if wanted := name.strip():
        query = query.where(
            or_(
                Person.name.icontains(wanted, autoescape=True),
                Person.email.icontains(wanted, autoescape=True),
                PLACE.icontains(wanted, autoescape=True),
            )
        )
    return [PersonLine(*row) for row in session.execute(query)]


def one_to_end(session: Session, viewer: Viewer, ref: str) -> PersonLine:
    """A role that an administrator may take away. Raises `Missing` as `end_person` does."""
    query = _lines(viewer).where(Membership.ref == ref, Membership.role.in_(GIVEN_HERE))
    row = session.execute(query).one_or_none()
    if row is None:
        raise Missing(NOT_FOUND)
    return PersonLine(*row)


def _lines(viewer: Viewer) -> Select[Membership, Person, str]:
    return (
        select(Membership, Person, PLACE)
        .join(Person, Person.id == Membership.person_id)
        .outerjoin(Organisation, Organisation.id == Membership.organisation_id)
        .outerjoin(Round, Round.id == Membership.round_id)
        .outerjoin(Partnership, Partnership.id == Membership.partnership_id)
        .where(_in_reach(viewer), held_on(clock.today()))
    )


def _in_reach(viewer: Viewer) -> ColumnElement[bool]:
    rounds = select(Round.id).where(Round.visible_to(viewer))
    return or_(
        Membership.organisation_id.in_(members_of(viewer.partnership_ids)),
        Membership.partnership_id.in_(viewer.partnership_ids),
        Membership.round_id.in_(rounds),
    )


@dataclass(frozen=True)
class Places:
    """Where an administrator may give roles."""

    partnership: Partnership
    organisations: Sequence[tuple[int, str, str]]  # id, ref, name
    rounds: Sequence[Round]


def places_of(session: Session, viewer: Viewer) -> Places:
    organisations = select(Organisation.id, Organisation.ref, Organisation.name).order_by(
        Organisation.name
    )
    rounds = select(Round).where(Round.state != RoundState.CLOSED).order_by(Round.due_on.desc())
    found = [(row.id, row.ref, row.name) for row in session.execute(visible(organisations, viewer))]
    return Places(
        own_partnership(session, viewer), found, list(session.scalars(visible(rounds, viewer)))
    )


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """Who is invited to what, as typed; refs are empty where nothing was chosen."""

    email: str
    name: str
    role: Role
    organisation_ref: str = ""
    round_ref: str = ""


def invite_person(session: Session, viewer: Viewer, invitation: Invitation) -> Given:
    """Give someone a role in the viewer's partnership, one of its organisations or rounds; who has
    it already is told nothing new.

    Raises:
        NotAllowed: the viewer may not.
        RuleBroken: no such role, organisation or round.
    """
    viewer = refreshed(session, viewer)
    places = places_of(session, viewer)
    require(viewer, Permission.MANAGE_PEOPLE, places.partnership)
    if invitation.role not in GIVEN_HERE:
        raise RuleBroken("Choose what they will be.", field="role")
    invited, place = _placed(invitation, places)
    by = session.get_one(Person, viewer.person_id)
    partnership_id = places.partnership.id
    return offer_role(session, invited, place=place, partnership_id=partnership_id, by=by)


def _placed(invitation: Invitation, places: Places) -> tuple[Invited, str]:
    who = Invited(email=invitation.email, name=invitation.name, role=invitation.role)
    if invitation.role in ORGANISATION_ROLES:
        named = {ref: (key, name) for key, ref, name in places.organisations}
        if invitation.organisation_ref not in named:
            raise RuleBroken("Choose an organisation.", field="organisation_ref")
        organisation_id, name = named[invitation.organisation_ref]
        return replace(who, organisation_id=organisation_id), name
    if invitation.role in PANEL_ROLES:
        rounds = {row.ref: row for row in places.rounds}
        if invitation.round_ref not in rounds:
            raise RuleBroken("Choose a round.", field="round_ref")
        chosen = rounds[invitation.round_ref]
        return replace(who, round_id=chosen.id), chosen.title
    return replace(who, partnership_id=places.partnership.id), places.partnership.name


def end_person(session: Session, viewer: Viewer, ref: str) -> None:
    """Take a role away that an administrator may give.

    Raises:
        Missing, NotAllowed: it is not held in the viewer's reach, or the viewer may not.
    """
    viewer = refreshed(session, viewer)
    partnership = own_partnership(session, viewer)
    require(viewer, Permission.MANAGE_PEOPLE, partnership)
    held = lock(
        session,
        select(Membership).where(
            and_(Membership.ref == ref, Membership.role.in_(GIVEN_HERE), _in_reach(viewer)),
            held_on(clock.today()),
        ),
    )
    if held is None:
        raise Missing(NOT_FOUND)
    end_role(session, held, partnership_id=partnership.id, actor_id=viewer.person_id)


@dataclass(frozen=True)
class OwnRole:
    """A role that a person may act in."""

    membership: Membership
    place: str


def own_roles(session: Session, person_id: int) -> list[OwnRole]:
    """The roles a person holds today, with the names of where: one statement."""
    place = func.coalesce(Organisation.name, Round.title, Partnership.name, "")
    query: Select[Membership, str] = (
        current_memberships(person_id)
        .add_columns(place)
        .outerjoin(Organisation, Organisation.id == Membership.organisation_id)
        .outerjoin(Round, Round.id == Membership.round_id)
        .outerjoin(Partnership, Partnership.id == Membership.partnership_id)
    )
    return [OwnRole(*row) for row in session.execute(query)]
