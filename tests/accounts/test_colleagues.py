"""A lead's colleagues: who contributes to what, and who signs."""

import pytest
from sqlalchemy import select

from auditapp.accounts.models import Assignment, Membership, Person
from auditapp.core.events import Event
from auditapp.core.jobs import Job
from auditapp.policy.roles import Role
from auditapp.policy.states import Status
from auditapp.rounds.models import RoundState

WHO = {"name": "IT manager", "email": "it@example.org"}


@pytest.fixture
def assessment(make):
    return make.assessment()


@pytest.fixture
def lead(make, assessment):
    return make.membership(Role.LEAD, organisation_id=assessment.organisation_id)


def given(session):
    session.rollback()
    rows = session.scalars(select(Assignment).where(Assignment.withdrawn_at.is_(None)))
    return sorted(row.section_key for row in rows)


def test_a_lead_gives_a_colleague_sections_and_they_get_a_way_in(
    client_for, session, assessment, lead
):
    client = client_for(lead)
    page = client.get("/colleagues/invite").text
    assert "1. Culture" in page and "2. Online safety" in page

    sent = WHO | {"role": "CTB", "sections": [f"{assessment.ref}:online-safety"]}
    response = client.post("/colleagues/invite", data=sent, follow_redirects=True)

    assert "Contributes to 2. Online safety" in response.text
    assert given(session) == ["online-safety"]
    mail = session.scalars(select(Job).where(Job.kind == "mail")).one()
    assert mail.payload["to"] == "it@example.org"
    assert "contributor for" in mail.payload["subject"]
    kinds = session.scalars(select(Event.kind).order_by(Event.id)).all()
    assert kinds[-2:] == ["role-given", "sections-given"]


def test_more_sections_are_given_by_inviting_again_without_another_account(
    client_for, session, assessment, lead
):
    client = client_for(lead)
    for key in ("culture", "online-safety", "culture"):
        sent = WHO | {"role": "CTB", "sections": [f"{assessment.ref}:{key}"]}
        assert client.post("/colleagues/invite", data=sent).status_code == 302

    assert given(session) == ["culture", "online-safety"]
    people = session.scalars(select(Person).where(Person.email == "it@example.org")).all()
    assert len(people) == 1
    assert len(session.scalars(select(Job).where(Job.kind == "mail")).all()) == 1


def test_a_contributor_without_a_section_is_refused(client_for, session, assessment, lead):
    response = client_for(lead).post("/colleagues/invite", data=WHO | {"role": "CTB"})

    assert response.status_code == 422
    assert '<a href="#sections">Choose at least one section.</a>' in response.text
    session.rollback()
    assert (
        session.scalars(select(Membership).where(Membership.role == Role.CONTRIBUTOR)).all() == []
    )


def test_a_section_of_another_organisation_cannot_be_given(client_for, session, make, lead):
    other = make.assessment()

    sent = WHO | {"role": "CTB", "sections": [f"{other.ref}:culture"]}
    assert client_for(lead).post("/colleagues/invite", data=sent).status_code == 422
    assert given(session) == []


@pytest.mark.parametrize("role", ["LEAD", "PA", "PC", "nonsense"])
def test_a_lead_gives_no_other_role(client_for, session, lead, role):
    response = client_for(lead).post("/colleagues/invite", data=WHO | {"role": role})

    assert response.status_code == 422
    session.rollback()
    assert session.scalars(select(Person).where(Person.email == "it@example.org")).all() == []


def test_a_role_taken_away_holds_from_the_next_request_on(
    client_for, session, make, assessment, lead
):
    contributor = make.contributor(assessment, "culture")
    theirs, client = client_for(contributor), client_for(lead)
    assert theirs.get("/choose-role").status_code == 200

    client.post(f"/colleagues/{contributor.ref}/end")

    assert theirs.get("/").location == "/no-role"
    assert given(session) == []
    session.rollback()
    assert session.get_one(Membership, contributor.id).ends_on is not None
    assert "role-ended" in session.scalars(select(Event.kind)).all()
    assert client.post(f"/colleagues/{contributor.ref}/end").status_code == 404


def test_nobody_elses_colleague_and_no_other_lead_is_ended(client_for, make, lead):
    elsewhere = make.membership(Role.SIGNATORY)
    beside = make.membership(Role.LEAD, organisation_id=lead.organisation_id)
    client = client_for(lead)

    for membership in (elsewhere, beside, lead):
        assert client.post(f"/colleagues/{membership.ref}/end").status_code == 404


def test_sections_of_a_closed_round_are_not_offered(client_for, session, make, lead):
    make.round.state = RoundState.CLOSED
    session.commit()

    assert "no section to give" in client_for(lead).get("/colleagues/invite").text


def test_sections_of_an_excused_assessment_are_not_offered(client_for, session, assessment, lead):
    assessment.status = Status.EXCUSED
    session.commit()

    assert "no section to give" in client_for(lead).get("/colleagues/invite").text


def test_only_leads_have_colleagues(client_for, make, lead):
    signatory = make.membership(Role.SIGNATORY, organisation_id=lead.organisation_id)

    assert client_for(signatory).get("/colleagues").status_code == 403
    assert client_for(make.membership(Role.ADMINISTRATOR)).get("/colleagues").status_code == 404
