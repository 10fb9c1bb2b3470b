"""Opening a round: an assessment for everyone invited, and a message to those who will do it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from auditapp.accounts.inviting import Invited, invite_all, way_in
from auditapp.accounts.models import Membership, Person
from auditapp.accounts.queries import held_on, refreshed
from auditapp.accounts.service import record_given
from auditapp.assessments.earlier import answered_before
from auditapp.assessments.models import Assessment, AssessmentPartnership
from auditapp.assessments.written import INVITATION, key_of
from auditapp.core import clock
from auditapp.core.days import in_words
from auditapp.core.events import Audience, Happening, record
from auditapp.messages.letters import compose
from auditapp.messages.outbox import Mail, send_all
from auditapp.organisations.models import (
    Contact,
    Organisation,
    OrganisationPartnership,
    Partnership,
    Registration,
)
from auditapp.policy.permissions import Permission, require
from auditapp.policy.roles import Role, Viewer
from auditapp.policy.scope import get_visible_or_404
from auditapp.rounds import rules
from auditapp.rounds.models import Invitee, Round, RoundState
from auditapp.rounds.queries import round_by_ref


@dataclass(frozen=True, kw_only=True)
class RoundOpened(Happening):
    kind: ClassVar[str] = "round-opened"
    audience: ClassVar[Audience] = Audience.PARTNERSHIP

    invited: int


@dataclass(frozen=True, kw_only=True)
class OrganisationInvited(Happening):
    kind: ClassVar[str] = "organisation-invited"
    audience: ClassVar[Audience] = Audience.ORGANISATION

    assessment_id: int
    registration_id: int


@dataclass(frozen=True)
class Opened:
    """What opening did. `unreached` are the names of organisations that have no lead to write to."""

    invited: int
    people: int
    unreached: list[str]


@dataclass(frozen=True)
class Uninvited:
    """An organisation that was chosen and has no assessment yet, as it is registered now."""

    organisation_id: int
    name: str
    registration_id: int
    has_lead: bool
    has_signatory: bool


def uninvited(session: Session, round_: Round) -> list[Uninvited]:
    """Those chosen who can be invited now, by name: one statement.

    Left out: a place that has closed, or that has left the partnerships of the round.
    """
    belongs = select(OrganisationPartnership.organisation_id).where(
        OrganisationPartnership.partnership_id.in_(round_.partnership_ids),
        OrganisationPartnership.left_on.is_(None),
    )
    has_assessment = select(Assessment.id).where(
        Assessment.round_id == round_.id, Assessment.organisation_id == Invitee.organisation_id
    )
    query = (
        select(
            Organisation.id,
            Organisation.name,
            Registration.id,
            _has_someone(Role.LEAD),
            _has_someone(Role.SIGNATORY),
        )
        .join(Invitee, Invitee.organisation_id == Organisation.id)
        .join(Registration, Registration.organisation_id == Organisation.id)
        .where(
            Invitee.round_id == round_.id,
            Registration.current,
            Registration.status != "closed",
            Organisation.id.in_(belongs),
            ~has_assessment.exists(),
        )
        .order_by(Organisation.name, Organisation.id)
    )
    return [Uninvited(*row) for row in session.execute(query)]


def _has_someone(role: Role) -> ColumnElement[bool]:
    """Whether an organisation has somebody in a role, or a contact who will be given it."""
    contact = exists().where(Contact.organisation_id == Organisation.id, Contact.role == role)
    member = exists().where(
        Membership.organisation_id == Organisation.id,
        Membership.role == role,
        held_on(clock.today()),
    )
    return contact | member


def open_round(session: Session, viewer: Viewer, ref: str) -> Opened:
    """Open a round to everyone chosen, or, when it is open already, to those chosen since.

    Each gets an assessment with the registration it has now, shared with those of the round's
    partnerships that it belongs to. Its contacts get their roles, its leads one message each.

    Raises:
        Missing, NotAllowed: the viewer may not see or not manage the round.
        WrongState: it is closed.
        RuleBroken: nobody new is chosen, or the due date is past.
    """
    viewer = refreshed(session, viewer)
    round_ = get_visible_or_404(session, round_by_ref(ref), viewer)
    require(viewer, Permission.MANAGE_ROUND, round_)
    new = uninvited(session, round_)
    rules.check_can_open(round_.state, round_.due_on, clock.today(), len(new))
    if round_.state != RoundState.OPEN:
        round_.state, round_.opened_at = RoundState.OPEN, clock.now()
        round_.opens_on = min(round_.opens_on, clock.today())
    _make_assessments(session, viewer, round_, new)
    names = {one.organisation_id: one.name for one in new}
    leads = _give_roles(session, viewer, round_, names)
    people = _write_to(session, round_, leads, names)
    opened = RoundOpened(partnership_id=round_.partnership_id, round_id=round_.id, invited=len(new))
    record(session, opened, actor_id=viewer.person_id)
    reached = {
        organisation_id for _, organisation_ids in leads for organisation_id in organisation_ids
    }
    return Opened(len(new), people, [name for key, name in names.items() if key not in reached])


def _make_assessments(
    session: Session, viewer: Viewer, round_: Round, new: list[Uninvited]
) -> None:
    shared = _partnerships_of(session, round_, [one.organisation_id for one in new])
    made = [
        Assessment(
            round_id=round_.id,
            organisation_id=one.organisation_id,
            registration_id=one.registration_id,
            shared_with=[
                AssessmentPartnership(partnership_id=key) for key in shared[one.organisation_id]
            ],
        )
        for one in new
    ]
    session.add_all(made)
    session.flush()
    for assessment in made:
        invited = OrganisationInvited(
            partnership_id=round_.partnership_id,
            organisation_id=assessment.organisation_id,
            round_id=round_.id,
            assessment_id=assessment.id,
            registration_id=assessment.registration_id,
        )
        record(session, invited, actor_id=viewer.person_id)


def _partnerships_of(
    session: Session, round_: Round, organisation_ids: list[int]
) -> dict[int, list[int]]:
    query = (
        select(OrganisationPartnership.organisation_id, OrganisationPartnership.partnership_id)
        .where(
            OrganisationPartnership.organisation_id.in_(organisation_ids),
            OrganisationPartnership.partnership_id.in_(round_.partnership_ids),
            OrganisationPartnership.left_on.is_(None),
        )
        .order_by(OrganisationPartnership.partnership_id)
    )
    shared = defaultdict(list)
    for organisation_id, partnership_id in session.execute(query):
        shared[organisation_id].append(partnership_id)
    return shared


def _give_roles(
    session: Session, viewer: Viewer, round_: Round, names: dict[int, str]
) -> list[tuple[Person, list[int]]]:
    """Turn contacts into members; every lead with the organisations they are to be asked for."""
    contacts = session.scalars(
        select(Contact).where(Contact.organisation_id.in_(names)).order_by(Contact.id)
    )
    wanted = [
        Invited(
            email=contact.email,
            name=contact.name,
            role=Role(contact.role),
            organisation_id=contact.organisation_id,
        )
        for contact in contacts
    ]
    for given in invite_all(session, wanted):
        if given.is_new:
            record_given(
                session, round_.partnership_id, given.membership, actor_id=viewer.person_id
            )
    return leads_of(session, names)


def leads_of(
    session: Session, organisation_ids: Iterable[int], role: Role = Role.LEAD
) -> list[tuple[Person, list[int]]]:
    """Who holds `role` today in any of these organisations, and in which: one statement."""
    query = (
        select(Person, Membership.organisation_id)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.organisation_id.in_(list(organisation_ids)),
            Membership.role == role,
            held_on(clock.today()),
            Person.disabled_at.is_(None),
        )
        .order_by(Person.id, Membership.organisation_id)
    )
    found: dict[int, tuple[Person, list[int]]] = {}
    for person, organisation_id in session.execute(query):
        if organisation_id is not None:
            found.setdefault(person.id, (person, []))[1].append(organisation_id)
    return list(found.values())


def _write_to(
    session: Session,
    round_: Round,
    leads: list[tuple[Person, list[int]]],
    names: dict[int, str],
) -> int:
    partnership = session.scalars(
        select(Partnership).where(Partnership.id == round_.partnership_id)
    ).one()
    answered = answered_before(session, round_, names)
    mails = []
    for person, organisation_ids in leads:
        letter = compose(
            "invitation",
            name=person.name,
            partnership=partnership.name,
            contact=partnership.email or partnership.name,
            round_title=round_.title,
            organisations=[names[key] for key in organisation_ids],
            due_on=in_words(round_.due_on),
            voluntary=not round_.statutory,
            earlier=not answered.isdisjoint(organisation_ids),
            signed=round_.needs_signature,
            link=way_in(session, person),
        )
        about = "-".join(str(key) for key in organisation_ids)
        key = key_of(INVITATION, round_.id, person.id, about)
        mails.append(Mail(to=person.email, unique_key=key, **vars(letter)))
    return send_all(session, mails)
