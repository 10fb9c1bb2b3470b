"""A partnership's people, and the accounts of administrators."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from auditapp.accounts.inviting import invite
from auditapp.accounts.models import Membership, Person
from auditapp.core.events import Event
from auditapp.core.jobs import Job
from auditapp.core.transactions import transaction
from auditapp.policy.roles import Role
from tests.statements import statements

WHO = {"name": "A colleague", "email": "colleague@example.org"}


@pytest.fixture
def administrator(make):
    return make.membership(Role.ADMINISTRATOR)


def held(session, email="colleague@example.org"):
    session.rollback()
    query = select(Membership).join(Person).where(Person.email == email)
    return session.scalars(query.order_by(Membership.id)).all()


def test_leads_panel_and_scrutineer_are_invited_to_where_they_belong(
    client_for, session, make, administrator
):
    school, round_ = make.organisation(), make.round
    client = client_for(administrator)

    for role, where in (
        ("LEAD", {"organisation_ref": school.ref}),
        ("PC", {"round_ref": round_.ref}),
        ("SCR", {}),
    ):
        assert client.post("/people/invite", data=WHO | {"role": role} | where).status_code == 302

    lead, chair, scrutineer = held(session)
    assert (lead.organisation_id, chair.round_id) == (school.id, round_.id)
    assert scrutineer.partnership_id == administrator.partnership_id
    assert len(session.scalars(select(Job).where(Job.kind == "mail")).all()) == 3
    events = session.scalars(select(Event).where(Event.kind == "role-given")).all()
    assert [event.facts["role"] for event in events] == ["LEAD", "PC", "SCR"]
    assert "colleague" not in str([event.facts for event in events])


def test_one_message_goes_to_a_chair_who_is_invited_twice_and_the_page_says_so(
    client_for, session, make, administrator
):
    client = client_for(administrator)
    chair = WHO | {"role": "PC", "round_ref": make.round.ref}

    first = client.post("/people/invite", data=chair, follow_redirects=True).text
    again = client.post("/people/invite", data=chair | {"name": "C"}, follow_redirects=True).text

    assert "A colleague is invited. They get a message with the way in." in first
    assert "This address was invited before, as A colleague. Nothing changed" in again
    assert "They get a message" not in again
    session.rollback()
    assert len(session.scalars(select(Job).where(Job.kind == "mail")).all()) == 1


def test_who_has_an_account_already_is_called_by_its_name(client_for, make, administrator):
    known = make.person(name="Panel member 1", email="panel1@example.org")
    chair = {"email": known.email, "name": "P panel1", "role": "PC", "round_ref": make.round.ref}

    page = client_for(administrator).post("/people/invite", data=chair, follow_redirects=True).text

    assert "Panel member 1 is invited." in page and "has an account already" in page
    assert "P panel1" not in page


@pytest.mark.parametrize(
    ("role", "field"), [("LEAD", "organisation_ref"), ("PM", "round_ref"), ("PA", "role")]
)
def test_what_is_missing_or_not_theirs_to_give_is_said(
    client_for, session, administrator, role, field
):
    response = client_for(administrator).post("/people/invite", data=WHO | {"role": role})

    assert response.status_code == 422
    assert f'href="#{field}"' in response.text
    assert held(session) == []


def test_nobody_is_invited_into_another_partnerships_school_or_round(
    client_for, session, make, administrator
):
    elsewhere = make.partnership()
    school, round_ = make.organisation(partnership=elsewhere), make.round_row(partnership=elsewhere)
    client = client_for(administrator)

    for role, where in (
        ("LEAD", {"organisation_ref": school.ref}),
        ("PM", {"round_ref": round_.ref}),
    ):
        assert client.post("/people/invite", data=WHO | {"role": role} | where).status_code == 422
    assert held(session) == []


def test_a_role_is_taken_away_at_once_and_kept_in_the_past(
    client_for, session, make, administrator
):
    lead = make.membership(Role.LEAD)
    theirs, client = client_for(lead), client_for(administrator)

    client.post(f"/people/{lead.ref}/end")

    assert theirs.get("/colleagues").location == "/no-role"
    session.rollback()
    assert session.get_one(Membership, lead.id).ends_on is not None


def test_taking_a_role_away_asks_once(client_for, session, make, administrator):
    lead = make.membership(Role.LEAD)
    name = session.get_one(Person, lead.person_id).name
    page, client = f"/people/{lead.ref}/end", client_for(administrator)

    assert f'href="{page}"' in client.get("/people").text
    assert f"away from {name}?" in client.get(page).text
    session.rollback()
    assert session.get_one(Membership, lead.id).ends_on is None


def test_only_roles_in_reach_are_taken_away(client_for, make, administrator):
    elsewhere = make.partnership()
    foreign = make.membership(
        Role.LEAD, organisation_id=make.organisation(partnership=elsewhere).id
    )
    fellow = make.membership(Role.ADMINISTRATOR)
    contributor = make.contributor(make.assessment(), "culture")
    client = client_for(administrator)

    for membership in (foreign, fellow, contributor, administrator):
        assert client.get(f"/people/{membership.ref}/end").status_code == 404
        assert client.post(f"/people/{membership.ref}/end").status_code == 404


def test_people_are_found_by_name_place_and_role(client_for, session, make, administrator):
    school = make.organisation(name="Quillbrook")
    make.membership(Role.LEAD, organisation_id=school.id, person_id=make.person(name="One").id)
    make.membership(Role.SCRUTINEER, person_id=make.person(name="Two").id)
    elsewhere = make.partnership()
    make.membership(
        Role.SCRUTINEER, partnership_id=elsewhere.id, person_id=make.person(name="Foreign").id
    )
    client = client_for(administrator)

    every = client.get("/people").text
    assert "One" in every and "Two" in every and "Foreign" not in every
    assert "Two" not in client.get("/people?name=quill").text
    assert ">One<" not in client.get("/people?role=SCR").text
    assert client.get("/people?role=nonsense&name=%25").status_code == 200


def test_the_statements_of_the_page_do_not_grow(app, client_for, make, administrator):
    client, counted = client_for(administrator), []
    client.get("/people")
    for more in (2, 10):
        for _ in range(more):
            make.membership(Role.LEAD)
        with statements(app.extensions["engine"]) as sent:
            client.get("/people")
        counted.append(len(sent))

    assert counted[0] == counted[1] <= 8


def test_one_who_is_invited_twice_is_one_person_with_one_role_and_the_name_first_known(
    session, make
):
    school = make.organisation()
    with transaction(session):
        first = invite(
            session,
            email=" Head@Example.org",
            name="First",
            role=Role.SIGNATORY,
            organisation_id=school.id,
        ).id
    with transaction(session):
        again = invite(
            session,
            email="head@example.org",
            name="Second",
            role=Role.SIGNATORY,
            organisation_id=school.id,
        )
        assert again.id == first
        assert again.person.name == "First"


@pytest.fixture
def system(make):
    return make.membership(Role.SYSTEM_ADMINISTRATOR)


def test_a_system_administrator_invites_administrators_and_sees_no_others(
    client_for, session, make, system
):
    make.membership(Role.LEAD, person_id=make.person(name="A lead").id)
    client, partnership = client_for(system), make.partnership_row

    sent = WHO | {"role": "PA", "partnership_ref": partnership.ref}
    response = client.post("/accounts/invite", data=sent, follow_redirects=True)

    assert "A colleague" in response.text and "A lead" not in response.text
    assert held(session)[0].partnership_id == partnership.id
    again = client.post("/accounts/invite", data=sent, follow_redirects=True)
    assert "This address was invited before, as A colleague. Nothing changed" in again.text
    assert client.post("/accounts/invite", data=WHO | {"role": "PA"}).status_code == 422


def test_the_last_administrator_stays(client_for, session, make, system, administrator):
    client = client_for(system)

    for membership in (system, administrator):
        page = client.post(f"/accounts/{membership.ref}/end", follow_redirects=True)
        assert "This is the last administrator. Invite another first." in page.text

    second = make.membership(Role.ADMINISTRATOR, person_id=make.person().id)
    name = session.get_one(Person, second.person_id).name
    asked = client.get(f"/accounts/{second.ref}/end").text
    assert f"Take the role partnership administrator away from {name}?" in asked
    assert "taken away" in client.post(f"/accounts/{second.ref}/end", follow_redirects=True).text
    assert client.get("/accounts").status_code == 200


@pytest.mark.parametrize("page", ["/people", "/people/invite", "/accounts", "/accounts/invite"])
def test_others_have_no_people_and_no_accounts(client_for, make, page):
    for role in (Role.LEAD, Role.PANEL_CHAIR, Role.SCRUTINEER):
        assert client_for(make.membership(role)).get(page).status_code in (403, 404)


def test_the_first_administrator_comes_by_a_command(app, session, make):
    partnership = make.partnership()

    said = app.test_cli_runner().invoke(
        args=[
            "accounts",
            "invite",
            "pa@example.org",
            "--name",
            "Business unit",
            "--partnership",
            partnership.key,
        ]
    )

    link = said.output.splitlines()[-1]
    assert link.startswith("http://127.0.0.1:5000/set-password/")
    page = app.test_client().get(link.removeprefix("http://127.0.0.1:5000"), follow_redirects=True)
    assert "pa@example.org" in page.text
    assert held(session, "pa@example.org")[0].role is Role.ADMINISTRATOR
    refused = app.test_cli_runner().invoke(
        args=["accounts", "invite", "x@example.org", "--name", "X", "--partnership", "nowhere"]
    )
    assert refused.exit_code == 1 and "There is no partnership 'nowhere'." in refused.output


@pytest.mark.parametrize(
    ("email", "name", "says"),
    [
        ("nonsense", "X", "Enter an e-mail address, like name@example.org."),
        ("a@b", "X", "Enter an e-mail address, like name@example.org."),
        ("x@example.org", "", "Enter their name."),
        ("x@example.org", " ", "Enter their name."),
        ("x@example.org", "x" * 101, "Use 100 characters or fewer."),
    ],
)
def test_the_page_and_the_command_refuse_the_same_address_and_the_same_name(
    app, client_for, session, make, system, email, name, says
):
    partnership = make.partnership()

    sent = {"email": email, "name": name, "role": "PA", "partnership_ref": partnership.ref}
    page = client_for(system).post("/accounts/invite", data=sent)
    said = app.test_cli_runner().invoke(
        args=["accounts", "invite", email, "--name", name, "--partnership", partnership.key]
    )

    assert page.status_code == 422 and says in page.text
    assert said.exit_code == 1 and f"Error: {says}" in said.output
    assert held(session, email) == []


def test_an_empty_partnership_makes_no_administrator_of_the_installation(app, session):
    said = app.test_cli_runner().invoke(
        args=["accounts", "invite", "x@example.org", "--name", "X", "--partnership", ""]
    )

    assert said.exit_code == 1 and "There is no partnership ''." in said.output
    assert held(session, "x@example.org") == []


def test_one_invited_by_two_at_once_is_one_person(engine, session, make):
    places = [make.organisation().id for _ in range(2)]
    session.rollback()  # the rows above were read: end that

    def give(organisation_id):
        with Session(engine) as own, transaction(own):
            invite(
                own,
                email="new@example.org",
                name="New",
                role=Role.LEAD,
                organisation_id=organisation_id,
            )

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(give, places))

    assert {row.organisation_id for row in held(session, "new@example.org")} == set(places)


def test_a_role_taken_away_twice_at_once_ends_once(client_for, session, make, administrator):
    lead = make.membership(Role.LEAD)
    page, clients = f"/people/{lead.ref}/end", [client_for(administrator) for _ in range(2)]
    session.rollback()

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(lambda client: client.post(page).status_code, clients))

    assert answers == [302, 404]
    assert len(session.scalars(select(Event).where(Event.kind == "role-ended")).all()) == 1
