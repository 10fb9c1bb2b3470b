"""What the tests of rounds start from: a partnership with schools, and its administrator."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from auditapp.accounts.queries import viewer_of
from auditapp.core import clock
from auditapp.core.events import Event
from auditapp.core.jobs import Job
from auditapp.organisations.models import Contact
from auditapp.policy.roles import Role
from auditapp.rounds.models import Invitee, RoundState


@pytest.fixture
def administrator(make):
    return make.membership(Role.ADMINISTRATOR)


@pytest.fixture
def viewer(session, administrator):
    return viewer_of(session, administrator.person_id, administrator.id)


@pytest.fixture
def draft(make):
    """A planned round, due in 60 days."""
    today = clock.today()
    return make.round_row(
        state=RoundState.DRAFT,
        opened_at=None,
        opens_on=today + timedelta(days=3),
        due_on=today + timedelta(days=60),
        final_on=today + timedelta(days=80),
    )


@pytest.fixture
def choose(session):
    """Choose organisations for a round, without a page."""

    def choose(round_, *organisations):
        session.add_all(Invitee(round_id=round_.id, organisation_id=o.id) for o in organisations)
        session.commit()

    return choose


@pytest.fixture
def contact(session):
    """Someone to write to at an organisation."""

    def contact(organisation, email, role=Role.LEAD):
        session.add(
            Contact(
                organisation_id=organisation.id, role=role, name=email.split("@")[0], email=email
            )
        )
        session.commit()

    return contact


def typed(day: date) -> str:
    return f"{day.day} {day.month} {day.year}"


def one(session, model, **wanted):
    """The one row of `model` with these values, read anew."""
    session.rollback()
    return session.scalars(select(model).filter_by(**wanted)).one()


def mails(session):
    session.rollback()
    return session.scalars(select(Job).where(Job.kind == "mail").order_by(Job.id)).all()


def kinds(session):
    session.rollback()
    return list(session.scalars(select(Event.kind).order_by(Event.id)))
