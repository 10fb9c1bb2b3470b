"""Telling people that it is their turn, in the transaction that makes it so."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from auditapp.accounts.inviting import way_in
from auditapp.accounts.models import Membership, Person
from auditapp.accounts.queries import held_on
from auditapp.assessments.models import Move
from auditapp.assessments.setting import Setting
from auditapp.core import clock
from auditapp.messages.letters import compose
from auditapp.messages.outbox import Mail, send_all
from auditapp.policy.roles import Role


def people_with(session: Session, organisation_id: int, role: Role) -> list[Person]:
    """Those who hold the role in the organisation today, by name."""
    query = (
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.organisation_id == organisation_id,
            Membership.role == role,
            held_on(clock.today()),
            Person.disabled_at.is_(None),
        )
        .distinct()
        .order_by(Person.name, Person.id)
    )
    return list(session.scalars(query))


def tell(
    session: Session, setting: Setting, role: Role, letter: str, step: Move, **values: Any
) -> None:
    """Write `letter` to everyone who holds `role` in the organisation, once for this step.

    `values["path"]` is the page that the link leads to.
    """
    path = values.pop("path")
    mails = []
    for person in people_with(session, setting.assessment.organisation_id, role):
        words = compose(
            letter,
            name=person.name,
            organisation=setting.organisation_name,
            title=setting.title,
            link=way_in(session, person, path),
            **values,
        )
        unique_key = f"{letter}:{step.id}:{person.id}"
        mails.append(
            Mail(to=person.email, subject=words.subject, text=words.text, unique_key=unique_key)
        )
    send_all(session, mails)
