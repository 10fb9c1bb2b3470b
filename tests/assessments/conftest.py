"""An assessment in progress, its lead, and their browser."""

import pytest

from auditapp.policy.roles import Role


@pytest.fixture
def assessment(make):
    make.answer(make.assessment())  # another organisation's
    return make.assessment()


@pytest.fixture
def lead(make, assessment):
    return make.membership(Role.LEAD, organisation_id=assessment.organisation_id)


@pytest.fixture
def client(client_for, lead):
    return client_for(lead)
