"""Colleagues of a lead: contributors with their sections, and signatories."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from auditapp.accounts.inviting import Invited
from auditapp.accounts.models import Assignment, Membership, Person
from auditapp.accounts.queries import held_on, refreshed
from auditapp.accounts.service import end_role, give_role
from auditapp.assessments.models import Assessment
from auditapp.core import clock
from auditapp.core.errors import NOT_FOUND, Missing, RuleBroken
from auditapp.core.events import Audience, Happening, record
from auditapp.core.transactions import lock
from auditapp.organisations.models import Organisation, Registration
from auditapp.organisations.trail import chain_of
from auditapp.organisations.types import duty_words
from auditapp.policy.permissions import Permission, require
from auditapp.policy.roles import Role, Viewer
from auditapp.policy.scope import get_visible_or_404, visible
from auditapp.policy.states import OUTSIDE_BASE
from auditapp.questionnaires.schema import Asked
from auditapp.rounds.models import Round, RoundState
from auditapp.rounds.queries import questionnaire_of_round

GIVEN_HERE = (Role.CONTRIBUTOR, Role.SIGNATORY)


@dataclass(frozen=True, kw_only=True)
class SectionsGiven(Happening):
    kind: ClassVar[str] = "sections-given"
    audience: ClassVar[Audience] = Audience.ORGANISATION

    membership_id: int
    assessment_id: int
    section_keys: list[str]


@dataclass(frozen=True)
class SectionChoice:
    """A section of an assessment that is open, to be given to a contributor."""

    assessment_id: int
    value: str  # "<assessment ref>:<section key>"
    section_key: str
    assessment_title: str
    title: str  # "8. Online safety"


@dataclass(frozen=True)
class ColleagueLine:
    membership: Membership
    person: Person
    sections: list[str]


def own_organisation(session: Session, viewer: Viewer) -> Organisation:
    """The organisation that the viewer acts for. Raises `Missing` where there is none."""
    query = select(Organisation).where(Organisation.id == viewer.organisation_id)
    return get_visible_or_404(session, query, viewer)


def sections_to_give(session: Session, viewer: Viewer) -> list[SectionChoice]:
    """Sections asked in the organisation's open rounds: one statement."""
    query = (
        select(Assessment, Round, Registration)
        .join(Round, Round.id == Assessment.round_id)
        .join(Registration, Registration.id == Assessment.registration_id)
        .where(
            Assessment.organisation_id == viewer.organisation_id,
            Assessment.status.not_in(OUTSIDE_BASE),
            Round.state == RoundState.OPEN,
        )
        .order_by(Round.due_on, Assessment.id)
    )
    choices = []
    for assessment, round_, registration in session.execute(visible(query, viewer)).all():
        questionnaire = questionnaire_of_round(session, round_)
        asked = Asked(questionnaire, registration.facts, round_.asked_keys)
        title = f"{duty_words(registration.duty).assessment} {round_.period}"
        choices += [
            SectionChoice(
                assessment.id,
                f"{assessment.ref}:{section.key}",
                section.key,
                title,
                f"{at}. {section.title}",
            )
            for at, section in enumerate(asked.sections, 1)
        ]
    return choices


def colleagues(session: Session, viewer: Viewer) -> list[ColleagueLine]:
    """Contributors and signatories of the viewer's organisation, by name."""
    query = (
        select(Membership, Person)
        .join(Person, Person.id == Membership.person_id)
        .where(
            Membership.organisation_id == viewer.organisation_id,
            Membership.role.in_(GIVEN_HERE),
            held_on(clock.today()),
        )
        .order_by(Person.name, Membership.id)
    )
    held = session.execute(query).all()
    titles = {
        (row.assessment_id, row.section_key): row for row in sections_to_give(session, viewer)
    }
    given = defaultdict(list)
    assigned = select(Assignment).where(
        Assignment.membership_id.in_([membership.id for membership, _ in held]),
        Assignment.withdrawn_at.is_(None),
    )
    for row in session.scalars(assigned.order_by(Assignment.id)):
        if (row.assessment_id, row.section_key) in titles:
            given[row.membership_id].append(titles[row.assessment_id, row.section_key].title)
    return [ColleagueLine(row, person, given[row.id]) for row, person in held]


def invite_colleague(
    session: Session,
    viewer: Viewer,
    *,
    email: str,
    name: str,
    role: Role,
    sections: Collection[str] = (),
) -> Membership:
    """Give a colleague a role, a contributor with the sections named by `SectionChoice.value`.

    Who is a contributor already is given the sections besides those they have.

    Raises:
        Missing, NotAllowed: the viewer may not.
        RuleBroken: no such role, or a contributor without a section.
    """
    viewer = refreshed(session, viewer)
    organisation = own_organisation(session, viewer)
    require(viewer, Permission.INVITE_COLLEAGUES, organisation)
    if role not in GIVEN_HERE:
        raise RuleBroken("Choose what they will be.", field="role")
    chosen = [row for row in sections_to_give(session, viewer) if row.value in sections]
    if role is Role.CONTRIBUTOR and not chosen:
        raise RuleBroken("Choose at least one section.", field="sections")
    chain = chain_of(session, organisation.id)
    invited = Invited(email=email, name=name, role=role, organisation_id=organisation.id)
    by = session.get_one(Person, viewer.person_id)
    membership = give_role(session, invited, place=organisation.name, partnership_id=chain, by=by)
    if role is Role.CONTRIBUTOR:
        _give_sections(session, viewer, membership, chosen, chain)
    return membership


def _give_sections(
    session: Session,
    viewer: Viewer,
    membership: Membership,
    chosen: list[SectionChoice],
    chain: int,
) -> None:
    known = {
        (row.assessment_id, row.section_key): row
        for row in session.scalars(
            select(Assignment).where(Assignment.membership_id == membership.id)
        )
    }
    given = defaultdict(list)
    for choice in chosen:
        row = known.get((choice.assessment_id, choice.section_key))
        if row is not None and row.withdrawn_at is None:
            continue
        if row is None:
            row = Assignment(
                membership_id=membership.id,
                assessment_id=choice.assessment_id,
                section_key=choice.section_key,
            )
            session.add(row)
        row.withdrawn_at = None
        given[choice.assessment_id].append(choice.section_key)
    for assessment_id, section_keys in given.items():
        happened = SectionsGiven(
            partnership_id=chain,
            organisation_id=membership.organisation_id,
            membership_id=membership.id,
            assessment_id=assessment_id,
            section_keys=section_keys,
        )
        record(session, happened, actor_id=viewer.person_id)


def end_colleague(session: Session, viewer: Viewer, ref: str) -> None:
    """Take a colleague's role away, and what was given with it.

    Raises:
        Missing, NotAllowed: not a colleague of the viewer, or the viewer may not.
    """
    viewer = refreshed(session, viewer)
    organisation = own_organisation(session, viewer)
    require(viewer, Permission.INVITE_COLLEAGUES, organisation)
    held = lock(
        session,
        select(Membership).where(
            Membership.ref == ref,
            Membership.organisation_id == organisation.id,
            Membership.role.in_(GIVEN_HERE),
            held_on(clock.today()),
        ),
    )
    if held is None:
        raise Missing(NOT_FOUND)
    chain = chain_of(session, organisation.id)
    end_role(session, held, partnership_id=chain, actor_id=viewer.person_id)
