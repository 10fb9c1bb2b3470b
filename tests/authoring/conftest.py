"""Fixtures: who writes, the version that a draft begins from, and a draft."""

import pytest
from sqlalchemy import select

from auditapp.authoring.models import QuestionnaireDraft
from auditapp.policy.roles import Role
from auditapp.questionnaires.library import publish
from tests.authoring.pages import AT, saving
from tests.authoring.test_editing import SMALL


@pytest.fixture
def member(make):
    return make.membership(Role.ADMINISTRATOR)


@pytest.fixture
def client(client_for, member):
    return client_for(member)


@pytest.fixture
def version(make, member, session):
    return make.keep(publish(session, f"# For ever\n{SMALL}", owner_id=member.partnership_id))


@pytest.fixture
def draft(client, version, session):
    """One of the next version, fresh."""
    start = f"{AT}/start/{version.ref}"
    where = client.post(start, data=saving(which="next"))
    session.rollback()
    assert where.location.startswith(AT)
    return session.scalars(select(QuestionnaireDraft)).one()
