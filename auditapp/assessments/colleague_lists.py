"""What a lead's pages of colleagues show: who they are, and the sections there are to give."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from auditapp.accounts.inviting import known_as
from auditapp.accounts.models import Assignment, Membership, Person
from auditapp.accounts.queries import held_on
from auditapp.assessments.models import Assessment
from auditapp.core import clock
from auditapp.core.errors import NOT_FOUND, Missing
from auditapp.organisations.models import Organisation, Registration
from auditapp.organisations.types import duty_words
from auditapp.policy.roles import ROLE_WORDS, Role, Viewer
from auditapp.policy.scope import get_visible_or_404, visible
from auditapp.policy.states import OUTSIDE_BASE
from auditapp.questionnaires.schema import Asked
from auditapp.rounds.models import Round, RoundState
from auditapp.rounds.queries import questionnaire_of_round

GIVEN_HERE = (Role.CONTRIBUTOR, Role.SIGNATORY)


@dataclass(frozen=True)
class SectionChoice:
    """A section of an assessment that is open, to be given to a contributor."""

    assessment_id: int
    value: str  # "<assessment ref>:<section key>"
    section_key: str
    assessment_title: str
    title: str  # "8. Online safety"
    due_on: date


@dataclass(frozen=True)
class ColleagueLine:
    """`name` is what the organisation may call them; `is_awaited` until they have come."""

    membership: Membership
    email: str
    name: str
    is_awaited: bool
    sections: list[str]

    @property
    def role(self) -> str:
        return ROLE_WORDS[self.membership.role]


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
        title = round_.assessment_title(duty_words(registration.duty))
        choices += [
            SectionChoice(
                assessment.id,
                f"{assessment.ref}:{section.key}",
                section.key,
                title,
                f"{at}. {section.title}",
                assessment.due_on or round_.due_on,
            )
            for at, section in enumerate(asked.sections, 1)
        ]
    return choices


def colleagues(session: Session, viewer: Viewer) -> list[ColleagueLine]:
    """Contributors and signatories of the viewer's organisation, by name."""
    query = (
        select(Membership, Person.email)
        .join(Person, Person.id == Membership.person_id)
        .where(
            Membership.organisation_id == viewer.organisation_id,
            Membership.role.in_(GIVEN_HERE),
            held_on(clock.today()),
        )
        .order_by(Membership.id)
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
    known = known_as(session, viewer.organisation_id or 0)
    lines = [
        ColleagueLine(row, email, known[row.id].name, known[row.id].is_awaited, given[row.id])
        for row, email in held
    ]
    return sorted(lines, key=lambda line: line.name.casefold())


def colleague(session: Session, viewer: Viewer, ref: str) -> ColleagueLine:
    """One of `colleagues`. Raises `Missing` where there is none of that reference."""
    for line in colleagues(session, viewer):
        if line.membership.ref == ref:
            return line
    raise Missing(NOT_FOUND)
