"""Signing in and out, and what a session is worth."""

import statistics
import time
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from auditapp.accounts.models import UserSession
from auditapp.accounts.passwords import hash_password
from auditapp.core import clock
from auditapp.policy.roles import Role
from auditapp.web.addresses import own_path

PASSWORD = "gravel otter lantern"
HASH = hash_password(PASSWORD)

HOSTILE = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "http:evil.example",
    "javascript:alert(1)",
    "/\t/evil.example",
    " //evil.example",
    "///evil.example",
    "/a\r\nSet-Cookie: x=1",
    "evil.example",
    "@evil.example",
]


@pytest.fixture
def person(make):
    person = make.person(email="lead@example.org", password_hash=HASH)
    make.membership(Role.SYSTEM_ADMINISTRATOR, person_id=person.id)
    return person


def post(client, email="lead@example.org", password=PASSWORD, **more):
    return client.post("/sign-in", data={"email": email, "password": password} | more)


def token_of(client):
    with client.session_transaction() as cookie:
        return cookie.get("_user_id")


def test_a_person_signs_in_and_out_and_the_session_is_over_at_once(app, person):
    client, other = app.test_client(), app.test_client()

    assert post(client).location == "/"
    kept = token_of(client)
    assert client.get("/accounts").status_code == 200
    assert client.post("/sign-out").location == "/sign-in"

    with other.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = kept, True
    assert other.get("/accounts").location.startswith("/sign-in")


def test_the_address_may_be_typed_in_any_case(app, person):
    assert post(app.test_client(), email=" Lead@Example.ORG ").location == "/"


def test_a_session_never_goes_on_under_the_token_it_had_before(app, person):
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"], cookie["planted"] = "chosen-by-a-stranger", True

    post(client)

    assert token_of(client) != "chosen-by-a-stranger"
    with client.session_transaction() as cookie:
        assert "planted" not in cookie


def test_choosing_a_role_begins_a_new_session_and_ends_the_old(app, session, make, person):
    second = make.membership(Role.LEAD, person_id=person.id)
    client = app.test_client()
    post(client)
    before = token_of(client)

    assert "Act in this role" in client.get("/choose-role").text
    assert client.post("/choose-role", data={"membership": second.ref}).location == "/"

    assert token_of(client) != before
    session.rollback()  # it read `second` before: end that
    open_ones = session.scalars(select(UserSession).where(UserSession.ended_at.is_(None))).all()
    assert [row.membership_id for row in open_ones] == [second.id]


def test_nobody_acts_in_another_persons_role(app, session, make, person):
    theirs = make.membership(Role.ADMINISTRATOR)
    ended = make.membership(
        Role.LEAD, person_id=person.id, ends_on=clock.today() - timedelta(days=1)
    )
    client = app.test_client()
    post(client)

    for membership in (theirs, ended):
        assert client.post("/choose-role", data={"membership": membership.ref}).status_code == 404
    assert client.get("/accounts").status_code == 200


def test_signing_in_goes_on_in_the_role_of_last_time(app, session, make, person):
    second = make.membership(Role.LEAD, person_id=person.id)
    client = app.test_client()
    post(client)
    client.post("/choose-role", data={"membership": second.ref})
    client.post("/sign-out")
    post(client)

    session.rollback()  # it read `second` before: end that
    last = session.scalars(select(UserSession).order_by(UserSession.id.desc())).first()
    assert last.membership_id == second.id


@pytest.mark.parametrize("after", [timedelta(minutes=61), timedelta(hours=12, seconds=1)])
def test_a_session_ends_by_itself(app, person, after):
    client = app.test_client()
    post(client)

    with clock.moved_to(clock.now() + after):
        assert client.get("/accounts").location.startswith("/sign-in")


def test_unknown_wrong_and_disabled_are_refused_in_the_same_words(app, session, make, person):
    make.person(email="gone@example.org", password_hash=HASH, disabled_at=clock.now())
    make.person(email="new@example.org")

    pages = [
        post(app.test_client(), email=email, password=password)
        for email, password in (
            ("lead@example.org", "wrong"),
            ("gone@example.org", PASSWORD),
            ("none@example.org", PASSWORD),
            ("new@example.org", PASSWORD),
        )
    ]

    assert {page.status_code for page in pages} == {422}
    bodies = {page.text.replace(f"{who}@", "who@") for page in pages for who in [_who(page)]}
    assert len(bodies) == 1
    assert "The e-mail address or the password is wrong." in bodies.pop()


def _who(page):
    return page.text.split("@example.org")[0].rsplit('"', 1)[1]


@pytest.mark.proof
def test_refusals_take_as_long_for_unknown_wrong_and_disabled(
    app, session, make, person, proof_figure, rounds
):
    make.person(email="gone@example.org", password_hash=HASH, disabled_at=clock.now())
    client, times, tries = app.test_client(), {}, rounds(8, 500)
    for number in range(tries):
        for who in ("lead", "gone", "none"):
            with clock.moved_to(clock.now() + timedelta(minutes=6 * number)):
                begun = time.perf_counter()
                post(client, email=f"{who}@example.org", password="wrong")
                times.setdefault(who, []).append(time.perf_counter() - begun)

    medians = [1000 * statistics.median(values) for values in times.values()]
    apart = max(medians) - min(medians)
    proof_figure("sign-in, unknown against wrong against disabled", f"{apart:.1f} ms apart")
    # Without the hashing of a password one would be tenfold faster. The shortest times are those
    # that a busy machine disturbs least.
    shortest = [min(values) for values in times.values()]
    assert max(shortest) < 2 * min(shortest)
    assert tries < 500 or apart < 10


def test_the_eleventh_wrong_password_waits_and_says_until_when(app, person):
    client = app.test_client()
    for _ in range(10):
        assert post(client, password="wrong").status_code == 422

    refused = post(client)
    assert refused.status_code == 429
    assert "You can try again after" in refused.text
    with clock.moved_to(clock.now() + timedelta(minutes=5, seconds=1)):
        assert post(client).location == "/"


def test_the_count_holds_in_another_worker(app, settings, person):
    from auditapp.app import create_app

    for _ in range(10):
        post(app.test_client(), password="wrong")

    other = create_app(settings)
    other.config["WTF_CSRF_ENABLED"] = False
    assert post(other.test_client()).status_code == 429
    other.extensions["engine"].dispose()


@pytest.mark.parametrize("address", HOSTILE)
def test_signing_in_leads_to_no_other_site(app, person, address):
    client = app.test_client()
    page = client.get("/sign-in", query_string={"next": address}).text

    assert "evil.example" not in page and "alert" not in page
    assert post(client, next=address).location == "/"


def test_signing_in_leads_back_to_the_page_that_asked(app, person):
    client = app.test_client()
    asked = client.get("/accounts")

    assert asked.location == "/sign-in?next=/accounts"
    assert 'name="next" value="/accounts"' in client.get(asked.location).text
    assert post(client, next="/accounts?a=1").location == "/accounts?a=1"


def test_only_a_path_of_our_own_is_one():
    assert own_path("/rounds/abc?state=open") == "/rounds/abc?state=open"
    assert [own_path(address) for address in HOSTILE] == [None] * len(HOSTILE)
    assert own_path(None) is None and own_path("") is None


def test_one_without_a_role_is_told_so_and_may_sign_out(app, make):
    make.person(email="lead@example.org", password_hash=HASH)
    client = app.test_client()

    assert post(client).location == "/"
    assert client.get("/").location == "/no-role"
    assert "You hold no role today" in client.get("/no-role").text


def test_a_refused_sign_in_makes_no_session(app, session, person):
    post(app.test_client(), password="wrong")

    assert session.scalar(select(func.count(UserSession.id))) == 0


def test_without_the_pages_token_nobody_signs_in(app, person):
    app.config["WTF_CSRF_ENABLED"] = True

    assert post(app.test_client()).status_code == 400
