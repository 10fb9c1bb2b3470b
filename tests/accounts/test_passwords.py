"""Links to choose a password: single use, short lived, bound to a person who holds a role."""

import io
import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from auditapp.accounts.inviting import INVITATION_LASTS, RESET_LASTS, password_link
from auditapp.accounts.models import PasswordLink, Person, UserSession
from auditapp.accounts.passwords import hash_password, is_right
from auditapp.accounts.resetting import handler
from auditapp.accounts.service import choose_password, end_role
from auditapp.core import clock
from auditapp.core.errors import Missing
from auditapp.core.events import Event
from auditapp.core.jobs import Job
from auditapp.core.transactions import transaction
from auditapp.messages import worker
from auditapp.policy.roles import Role
from auditapp.web.logs import LOGGER, JsonLine

PASSWORD = "gravel otter lantern"


@pytest.fixture
def person(make):
    return make.membership(Role.LEAD, person_id=make.person(email="lead@example.org").id).person


def link_for(session, person, lasts=INVITATION_LASTS):
    with transaction(session):
        return password_link(session, person, lasts).removeprefix("auditapp:")


def token(link):
    return link.rpartition("/")[2]


def test_a_password_is_chosen_by_the_link_once_and_every_session_ends(
    app, client_for, session, make, person
):
    signed_in = client_for(person.memberships[0])
    link, other, client = link_for(session, person), link_for(session, person), app.test_client()

    page = client.get(link, follow_redirects=True)
    assert page.request.path == "/set-password"
    assert "lead@example.org" in page.text
    assert client.post("/set-password", data={"password": PASSWORD}).location == "/sign-in"

    session.rollback()
    assert is_right(PASSWORD, person.password_hash)
    assert session.scalars(select(UserSession.ended_at)).one() is not None
    assert signed_in.get("/colleagues").location.startswith("/sign-in")
    for used in (link, other):
        assert app.test_client().get(used, follow_redirects=True).status_code == 410
    assert "password-chosen" in session.scalars(select(Event.kind)).all()


@pytest.mark.parametrize("lasts", [INVITATION_LASTS, RESET_LASTS])
def test_a_link_ends_with_its_time(session, person, lasts):
    link = link_for(session, person, lasts)

    late = clock.moved_to(clock.now() + lasts + timedelta(seconds=1))
    with late, pytest.raises(Missing), transaction(session):
        choose_password(session, token(link), "hash")


def test_an_invitation_lasts_72_hours_and_a_reset_60_minutes():
    assert timedelta(hours=72) == INVITATION_LASTS
    assert timedelta(minutes=60) == RESET_LASTS


def test_a_link_dies_with_the_persons_last_role(session, make, person):
    link, by = link_for(session, person), make.person()
    with transaction(session):
        end_role(session, person.memberships[0], partnership_id=1, actor_id=by.id)

    with pytest.raises(Missing), transaction(session):
        choose_password(session, token(link), "hash")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("short", "12 characters or more"),
        ("password12345", "easily guessed"),
        ("lead@example.org", "easily guessed"),
        ("", "Enter a password."),
    ],
)
def test_a_weak_password_is_refused_with_what_to_do(app, session, person, typed, says):
    client = app.test_client()
    client.get(link_for(session, person))

    page = client.post("/set-password", data={"password": typed})

    assert page.status_code == 422 and says in page.text
    session.rollback()
    assert person.password_hash is None
    assert client.post("/set-password", data={"password": PASSWORD}).status_code == 302


def test_of_two_at_once_with_one_link_one_wins(engine, session, make):
    for _ in range(5):
        person = make.membership(Role.LEAD).person
        link = token(link_for(session, person))

        def redeem(hashed, link=link):
            with Session(engine) as own:
                try:
                    with transaction(own):
                        choose_password(own, link, hashed)
                except Missing:
                    return None
            return hashed

        with ThreadPoolExecutor(2) as pool:
            won = [hashed for hashed in pool.map(redeem, ("one", "two")) if hashed]

        session.rollback()
        assert won == [person.password_hash]


def test_only_a_hash_of_the_token_is_kept_and_the_token_leaves_the_address(app, session, person):
    link = link_for(session, person)

    kept = session.scalars(select(PasswordLink)).one()
    assert token(link) not in (kept.token_hash, str(kept.id))
    assert len(token(link)) >= 43  # 256 bits
    assert app.test_client().get(link).location == "/set-password"


def test_no_line_of_the_log_holds_the_token(app, session, person):
    written = io.StringIO()
    handler_of_all = logging.StreamHandler(written)
    handler_of_all.setFormatter(JsonLine())
    LOGGER.addHandler(handler_of_all)
    LOGGER.setLevel("INFO")
    link, client = link_for(session, person), app.test_client()

    client.get(link, follow_redirects=True)
    client.post("/set-password", data={"password": PASSWORD})

    assert "accounts.set_password" in written.getvalue()
    assert token(link) not in written.getvalue() and PASSWORD not in written.getvalue()


def test_asking_for_a_link_answers_the_same_to_all_and_reaches_only_people_with_a_role(
    app, session, make, person
):
    make.person(email="former@example.org")
    addresses = ("lead@example.org", "former@example.org", "none@example.org")

    pages = [app.test_client().post("/forgotten-password", data={"email": a}) for a in addresses]

    assert {page.status_code for page in pages} == {200}
    assert len({page.text for page in pages}) == 1
    worker.run_all(app)
    session.rollback()
    mails = session.scalars(select(Job).where(Job.kind == "mail")).all()
    assert [mail.payload["to"] for mail in mails] == ["lead@example.org"]
    assert "/set-password/" in mails[0].payload["text"]


def test_asking_twice_in_a_row_sends_one_link(app, session, person):
    for _ in range(3):
        app.test_client().post("/forgotten-password", data={"email": "LEAD@example.org"})
    worker.run_all(app)
    handler(app.extensions["engine"])({"email": "lead@example.org"})

    session.rollback()
    assert len(session.scalars(select(Job).where(Job.kind == "mail")).all()) == 1


def test_asking_too_often_waits(app, person):
    client = app.test_client()
    answers = [
        client.post("/forgotten-password", data={"email": f"{n}@example.org"}).status_code
        for n in range(11)
    ]

    assert answers == [200] * 10 + [429]


def test_a_disabled_person_gets_no_link_and_uses_none(app, session, person):
    link = link_for(session, person)
    person.disabled_at = clock.now()
    session.commit()

    assert app.test_client().get(link, follow_redirects=True).status_code == 410
    handler(app.extensions["engine"])({"email": "lead@example.org"})
    assert session.scalars(select(Job)).all() == []


def test_a_password_of_200_characters_can_be_used(app, session, person):
    client, long = app.test_client(), "gravel otter lantern " * 9
    client.get(link_for(session, person))
    client.post("/set-password", data={"password": long})

    assert (
        client.post("/sign-in", data={"email": "lead@example.org", "password": long}).location
        == "/"
    )
    session.rollback()
    assert session.scalars(select(Person.password_hash).where(Person.id == person.id)).one()
    assert hash_password(long) != person.password_hash
