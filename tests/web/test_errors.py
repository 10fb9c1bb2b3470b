"""Pages that refuse what was sent: why, what was typed, and the way back."""

from datetime import date

import pytest
from sqlalchemy import update

from auditapp.accounts.models import Membership, UserSession
from auditapp.core import clock
from auditapp.policy.roles import Role
from tests.assessments.pages import fields, section
from tests.clients import text_of

JSON = {"Accept": "application/json"}
TYPED = fields("c1", commentary="Words of an hour.", grade="not-met", impact=" ") | {
    "c1-number": "1.1",
    "then": "bring:allegations",
}


@pytest.fixture
def assessment(make):
    return make.assessment()


@pytest.fixture
def lead(make, assessment):
    return make.membership(Role.LEAD, organisation_id=assessment.organisation_id)


@pytest.fixture
def end_session(session):
    def end():
        session.execute(update(UserSession).values(ended_at=clock.now()))
        session.commit()

    return end


@pytest.mark.parametrize("token_fails", [True, False])
def test_who_was_signed_out_gets_their_words_back_and_a_way_to_the_page(
    app, assessment, lead, client_for, end_session, token_fails
):
    client = client_for(lead)
    end_session()
    app.config["WTF_CSRF_ENABLED"] = token_fails
    response = client.post(section(assessment), data=TYPED)
    page = text_of(response)

    assert response.status_code == (400 if token_fails else 401)
    assert '<h1 class="govuk-heading-l">You are signed out</h1>' in page
    assert '<dt class="quiet">1.1 What you do</dt> <dd class="as-typed">Words of an hour.' in page
    assert '<dt class="quiet">1.1 Your grade</dt> <dd class="as-typed">Not met<' in page
    assert page.count("<dt") == 2
    assert f'href="/sign-in?next={section(assessment)}"' in page


def test_a_page_of_an_earlier_sign_in_gives_back_the_words_and_leads_to_itself(
    app, assessment, lead, client_for
):
    app.config["WTF_CSRF_ENABLED"] = True
    address = f"{section(assessment)}?bring=c1"
    came = {"Referer": f"http://localhost{address}"}
    response = client_for(lead).post(section(assessment), data=TYPED, headers=came)
    page = text_of(response)

    assert response.status_code == 400
    assert "This page is from an earlier sign-in" in page and "Words of an hour." in page
    assert f'href="{address}"' in page


@pytest.mark.parametrize(
    "other", ["https://evil.example/x", "http://localhost//evil.example/", "["]
)
def test_nothing_leads_to_another_site(app, assessment, lead, client_for, other):
    app.config["WTF_CSRF_ENABLED"] = True
    response = client_for(lead).post(section(assessment), headers={"Referer": other})

    assert "evil.example" not in response.text
    assert f'href="{section(assessment)}"' in response.text


def test_signing_in_in_another_window_still_leads_back_to_the_page(assessment, lead, client_for):
    client = client_for(lead)

    assert client.get(f"/sign-in?next={section(assessment)}").location == section(assessment)
    assert client.get("/sign-in?next=//evil.example/").location == "/"


def test_a_password_is_never_given_back(app):
    app.config["WTF_CSRF_ENABLED"] = True
    sent = {"email": "lead@example.org", "password": "gravel otter lantern"}
    page = app.test_client().post("/sign-in", data=sent).text

    assert "lead@example.org" in page and "gravel" not in page


def test_what_is_too_large_is_said_to_be(app, assessment, lead, client_for):
    app.config["WTF_CSRF_ENABLED"] = True
    kind = "multipart/form-data; boundary=between"
    response = client_for(lead).post(section(assessment), data=b"x" * 30_000_000, content_type=kind)

    assert response.status_code == 413
    assert "This is too large to send" in response.text


def test_a_script_is_told_plainly_that_nobody_is_signed_in(
    assessment, lead, client_for, end_session
):
    client = client_for(lead)
    end_session()
    response = client.post(f"/assessments/{assessment.ref}/answers/c1", data=TYPED, headers=JSON)

    assert (response.status_code, response.json) == (401, {"error": "You are signed out."})


def test_whoever_lost_their_role_is_told_so_and_keeps_the_words(
    session, assessment, lead, client_for
):
    client = client_for(lead)
    session.execute(update(Membership).values(starts_on=date(2026, 1, 1), ends_on=date(2026, 1, 2)))
    session.commit()
    address = f"/assessments/{assessment.ref}/answers/c1"
    asked = client.post(address, data=TYPED, headers=JSON)
    page = client.post(section(assessment), data=TYPED)

    assert asked.status_code == page.status_code == 403
    assert asked.json["error"] == "You hold no role today, so you can no longer change this."
    assert "Words of an hour." in page.text
    assert client.get(section(assessment)).location == "/no-role"


def test_a_page_that_is_not_there_says_so_once(app):
    page = app.test_client().get("/never/was").text
    body = page[page.index("<body") :]

    assert body.count("We cannot find this page") == 1
    assert "If you typed the address, check it." in body


def test_an_error_in_the_summary_names_its_standard_and_field(assessment, lead, client_for):
    sent = fields("c2", commentary="x" * 10_001)
    page = text_of(client_for(lead).post(section(assessment), data=sent))

    assert "1.2 What you do: Use 10,000 characters or fewer.</a>" in page
