"""A round that its partnership closed on a draft: what the pages of the organisation say then."""

import pytest

from auditapp.core import clock
from auditapp.policy.roles import Role
from auditapp.policy.states import Status
from auditapp.rounds.models import RoundState
from auditapp.web.filters import day
from tests.assessments.pages import fields, section
from tests.assessments.savings import save
from tests.clients import text_of
from tests.statements import statements


@pytest.fixture
def closed(session, make, lead, assessment):
    save(session, lead, assessment, commentary="Our words.")
    make.round.state, make.round.closed_at = RoundState.CLOSED, clock.now()
    make.partnership_row.email = "unit@example.org"
    session.commit()
    return assessment


@pytest.fixture
def head(make, client_for, assessment):
    return client_for(make.membership(Role.SIGNATORY, organisation_id=assessment.organisation_id))


def says_so(page):
    said = f"The round closed on {day(clock.today())}" in page
    return said and "The answers are kept." in page and "mailto:unit@example.org" in page


@pytest.mark.parametrize("address", ["", "/sections/culture", "/check"])
def test_its_pages_say_when_and_whom_to_write_to_and_ask_for_nothing(closed, client, address):
    page = text_of(client.get(f"/assessments/{closed.ref}{address}"))

    assert says_so(page)
    asking = (
        "days left, left</ Continue at, to finish, need you, to sign</button>, Check your answers<"
    )
    assert [words for words in asking.split(", ") if words in page] == []


def test_home_leads_to_the_answers_that_were_not_sent(closed, client):
    page = text_of(client.get("/"))

    assert says_so(page) and ": Section 175 assessment 2026</b>" in page
    assert page.count(f'href="/assessments/{closed.ref}"') == 2


@pytest.mark.parametrize("status", [Status.IN_PROGRESS, Status.AWAITING_SIGN_OFF])
def test_the_link_of_whoever_was_to_sign_leads_to_a_page_that_says_so(
    session, closed, head, status
):
    closed.status = status
    session.commit()
    page = text_of(head.get(f"/assessments/{closed.ref}/sign-off", follow_redirects=True))

    assert says_so(page) and "Read all answers" in page
    assert says_so(text_of(head.get("/")))


def test_what_is_written_after_it_closed_is_kept_and_said_to_be_late(closed, client):
    address = f"/assessments/{closed.ref}/answers/c2"
    kept = client.post(address, data=fields("c2"), headers={"Accept": "application/json"})

    assert kept.json["late"] is True
    assert "The round has closed; your draft is kept. Saved" in text_of(client.get(section(closed)))


def test_it_costs_no_more_statements(app, closed, client):
    for address in ("/", f"/assessments/{closed.ref}", section(closed)):
        client.get(address)
        with statements(app.extensions["engine"]) as sent:
            assert client.get(address).status_code == 200
        assert len(sent) <= 12, "\n".join(sent)


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.EXCUSED])
def test_what_was_submitted_or_excused_is_no_draft(session, closed, client, status):
    closed.status, closed.submitted_at = status, clock.now()
    session.commit()

    assert "The round closed on" not in text_of(client.get(f"/assessments/{closed.ref}"))


def test_a_save_of_another_day_says_which(session, lead, assessment, client):
    with clock.moved_to(clock.now().replace(year=2025, month=10, day=13, hour=8, minute=0)):
        save(session, lead, assessment)

    assert "<span data-time>13 October 2025, 09:00</span>" in text_of(
        client.get(section(assessment))
    )
