"""After the last day of a round that is still open: what the pages of a draft say then."""

from datetime import timedelta

import pytest

from auditapp.core import clock
from auditapp.core.days import in_words
from auditapp.policy.roles import Role
from auditapp.policy.states import Status
from auditapp.web.filters import day
from tests.assessments.pages import section
from tests.assessments.savings import save
from tests.clients import text_of

YESTERDAY = clock.today() - timedelta(days=1)
SAID = f"The last day was {day(YESTERDAY)}"


@pytest.fixture
def late(session, make, lead, assessment):
    make.round.due_on = make.round.final_on = YESTERDAY
    make.partnership_row.email = "unit@example.org"
    make.membership(Role.SIGNATORY, organisation_id=assessment.organisation_id)
    session.commit()
    save(session, lead, assessment)
    return assessment


@pytest.fixture
def complete(session, lead, late):
    for key in ("c2", "c3", "o1", "o2"):
        save(session, lead, late, key=key)
    return late


@pytest.mark.parametrize("address", ["", "/sections/culture", "/check"])
def test_pages_say_so_and_whom_to_ask_before_anything_is_pressed(late, client, address):
    page = text_of(client.get(f"/assessments/{late.ref}{address}"))

    assert SAID in page and "mailto:unit@example.org" in page
    assert "round has closed" not in page.split("<template")[0]


def test_what_is_missing_is_still_said(late, client):
    page = text_of(client.get(f"/assessments/{late.ref}/check"))

    assert "4 things to finish" in page and "Check your answers</h1>" in page


def test_nothing_leads_to_a_send_that_is_refused(complete, client):
    check = text_of(client.get(f"/assessments/{complete.ref}/check"))
    tasks = text_of(client.get(f"/assessments/{complete.ref}"))
    refused = client.post(f"/assessments/{complete.ref}/send")

    assert "to sign</button>" not in check
    assert "Ask the business unit for more time</h2>" in tasks and "and send them" not in tasks
    assert refused.status_code == 409
    assert f"The last day was {in_words(YESTERDAY)}. Your answers are kept" in text_of(refused)


def test_more_time_brings_the_button_back(session, complete, client):
    complete.due_on = clock.today()
    session.commit()

    for address in ("", "/check"):
        assert SAID not in text_of(client.get(f"/assessments/{complete.ref}{address}"))
    assert "to sign</button>" in text_of(client.get(f"/assessments/{complete.ref}/check"))


def test_what_waits_for_a_signature_may_still_be_signed(
    session, make, complete, client, client_for
):
    complete.status = Status.AWAITING_SIGN_OFF
    session.commit()
    head = client_for(make.membership(Role.SIGNATORY, organisation_id=complete.organisation_id))

    assert "Sign and submit" in text_of(head.get(f"/assessments/{complete.ref}/sign-off"))
    assert SAID not in text_of(client.get(f"/assessments/{complete.ref}"))
    assert SAID not in text_of(client.get(section(complete)))
