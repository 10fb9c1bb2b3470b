"""A lead's colleagues: who contributes to what, and who signs."""

import re

import pytest
from sqlalchemy import select

from auditapp.accounts.models import Assignment, Membership, Person, UserSession
from auditapp.accounts.rules import check_email
from auditapp.core.errors import RuleBroken
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
    client_for, session, make, assessment, lead
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
    assert mail.payload["subject"].startswith("You are now a contributor for ")
    text = mail.payload["text"]
    assert make.partnership_row.name in text and " has made you a contributor for " in text
    assert "due on " in text and "2026: 2. Online safety" in text and "1. Culture" not in text
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


def test_taking_a_role_away_asks_once_and_names_whose_and_which(
    client_for, session, make, assessment, lead
):
    contributor = make.contributor(assessment, "culture")
    name = session.get_one(Person, contributor.person_id).name
    client = client_for(lead)
    page = f"/colleagues/{contributor.ref}/end"

    assert f'href="{page}"' in client.get("/colleagues").text
    assert f"Take the role contributor away from {name}?" in client.get(page).text
    assert given(session) == ["culture"]
    said = client.post(page, follow_redirects=True).text
    assert f"The role contributor is taken away from {name}." in said
    assert client.get(page).status_code == 404


def invite(client, assessment, **fields):
    sent = WHO | {"role": "CTB", "sections": [f"{assessment.ref}:culture"]} | fields
    return client.post("/colleagues/invite", data=sent, follow_redirects=True).text


def letters(session):
    session.rollback()
    return session.scalars(select(Job).where(Job.kind == "mail").order_by(Job.id)).all()


def test_an_address_tells_nobody_whose_it_is(client_for, session, make, assessment, lead):
    elsewhere = make.membership(
        Role.PANEL_CHAIR, person_id=make.person(name="Real Name", email="it@example.org").id
    )
    client_for(elsewhere)  # who acts there, and not here
    client = client_for(lead)
    said = invite(client, assessment) + invite(client, assessment, email="new@example.org")

    assert said.count("IT manager is invited. They get a message with the way in.") == 2
    first, second = letters(session)
    without_link = [re.sub("auditapp:.*", "", job.payload["text"]) for job in (first, second)]
    assert without_link[0] == without_link[1]
    assert "Real Name" not in first.payload["text"]
    for job in (first, second):  # sent: the worker forgets the text, which holds a link
        job.payload = {name: job.payload[name] for name in job.payload if name != "text"}
    session.commit()

    pages = said + invite(client, assessment, name="Bob") + client.get("/colleagues").text
    assert "Real Name" not in pages and "Bob" not in pages
    assert "This address was invited before, as IT manager." in pages


def test_who_has_come_is_shown_by_their_own_name(client_for, session, make, assessment, lead):
    person = make.person(name="Real Name", email="it@example.org")
    client = client_for(lead)
    assert "has not signed in yet" in invite(client, assessment)
    session.rollback()
    [member] = session.scalars(select(Membership).where(Membership.person_id == person.id))
    make.keep(UserSession(token_hash="t", person_id=person.id, membership_id=member.id))

    page = client.get("/colleagues").text
    assert "Real Name" in page and "IT manager" not in page and "not signed in" not in page


def test_who_has_a_role_here_already_is_named(client_for, make, assessment, lead):
    head = make.person(name="Helen Head", email="it@example.org")
    make.membership(Role.SIGNATORY, person_id=head.id, organisation_id=assessment.organisation_id)
    said = invite(client_for(lead), assessment)

    assert "This address belongs to Helen Head, who has a role in your organisation" in said
    assert "they are a contributor too" in said


def test_a_lead_does_not_invite_themselves(client_for, session, assessment, lead):
    own = session.get_one(Person, lead.person_id).email
    said = invite(client_for(lead), assessment, email=f" {own.upper()} ")

    assert '<a href="#email">This is your own address.</a>' in said


@pytest.mark.parametrize(
    "address",
    [
        *("x@y..com", "x@.y.com", "x@y.com.", "x@-y.com", "x@y-.com", "x@y", "x", "x@@y.com"),
        *(".x@y.com", "x.@y.com", "x..z@y.com", "x y@z.com", "x@y.com,", "x@y_.com"),
    ],
)
def test_what_is_no_address_is_refused(address):
    with pytest.raises(RuleBroken):
        check_email(address)


@pytest.mark.parametrize(
    "address", ["a@b.uk", " it.support@st-anne.sch.uk ", "o'neil+s11@a1.b-c.example"]
)
def test_an_address_is_taken(address):
    check_email(address)


def test_the_invitation_says_what_a_contributor_sees(client_for, assessment, lead):
    page = client_for(lead).get("/colleagues/invite").text

    assert "They see these sections and the evidence that your organisation holds" in page


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
