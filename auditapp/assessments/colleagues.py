"""Colleagues of a lead: contributors with their sections, and signatories."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from auditapp.accounts.inviting import Invited, known_as, normal, with_article
from auditapp.accounts.models import Assignment, Membership, Person
from auditapp.accounts.queries import held_on, refreshed
from auditapp.accounts.service import end_role, offer_role
from auditapp.assessments.colleague_lists import (
    GIVEN_HERE,
    SectionChoice,
    own_organisation,
    sections_to_give,
)
from auditapp.core import clock
from auditapp.core.days import in_words
from auditapp.core.errors import NOT_FOUND, Missing, RuleBroken
from auditapp.core.events import Audience, Happening, record
from auditapp.core.transactions import lock
from auditapp.organisations.trail import chain_of
from auditapp.policy.permissions import Permission, require
from auditapp.policy.roles import ROLE_WORDS, Role, Viewer


@dataclass(frozen=True, kw_only=True)
class SectionsGiven(Happening):
    kind: ClassVar[str] = "sections-given"
    audience: ClassVar[Audience] = Audience.ORGANISATION

    membership_id: int
    assessment_id: int
    section_keys: list[str]


@dataclass(frozen=True)
class Welcome:
    """What came of an invitation. `name` is what the organisation may call them, which need not
    be what was typed; `is_new` if the role was given just now; `is_here` if they act for the
    organisation already."""

    role: Role
    name: str
    is_new: bool
    is_here: bool

    @property
    def words(self) -> str:
        if self.is_new and not self.is_here:
            return f"{self.name} is invited. They get a message with the way in."
        if self.is_new:
            role = with_article(ROLE_WORDS[self.role])
            return (
                f"This address belongs to {self.name}, who has a role in your organisation "
                f"already. They get a message that they are {role} too."
            )
        before = f"This address was invited before, as {self.name}."
        if self.role is Role.CONTRIBUTOR:
            return f"{before} The sections you chose are theirs too."
        return f"{before} Nothing changed."


def invite_colleague(
    session: Session,
    viewer: Viewer,
    *,
    email: str,
    name: str,
    role: Role,
    sections: Collection[str] = (),
) -> Welcome:
    """Give a colleague a role, a contributor with the sections named by `SectionChoice.value`.

    Who is a contributor already is given the sections besides those they have.

    Raises:
        Missing, NotAllowed: the viewer may not.
        RuleBroken: no such role, the inviter's own address, or a contributor without a section.
    """
    viewer = refreshed(session, viewer)
    organisation = own_organisation(session, viewer)
    require(viewer, Permission.INVITE_COLLEAGUES, organisation)
    if role not in GIVEN_HERE:
        raise RuleBroken("Choose what they will be.", field="role")
    by = session.get_one(Person, viewer.person_id)
    if normal(email) == by.email:
        raise RuleBroken("This is your own address.", field="email")
    chosen = [row for row in sections_to_give(session, viewer) if row.value in sections]
    if role is Role.CONTRIBUTOR and not chosen:
        raise RuleBroken("Choose at least one section.", field="sections")
    chain = chain_of(session, organisation.id)
    invited = Invited(email=email, name=name, role=role, organisation_id=organisation.id)
    work = _work(chosen) if role is Role.CONTRIBUTOR else []
    given = offer_role(
        session, invited, place=organisation.name, partnership_id=chain, by=by, work=work
    )
    if role is Role.CONTRIBUTOR:
        _give_sections(session, viewer, given.membership, chosen, chain)
    known = known_as(session, organisation.id)[given.membership.id]
    return Welcome(role, known.name, is_new=given.is_new, is_here=not known.is_awaited)


def _work(chosen: list[SectionChoice]) -> list[str]:
    """What a letter asks for: each assessment with its day and the sections of it."""
    titles = defaultdict(list)
    for row in chosen:
        titles[row.assessment_title, row.due_on].append(row.title)
    return [
        f"{title}, due on {in_words(due_on)}: {'; '.join(sections)}"
        for (title, due_on), sections in titles.items()
    ]


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
