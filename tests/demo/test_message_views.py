"""The page of the demo's messages."""

from dataclasses import replace

import pytest

from auditapp.app import create_app
from auditapp.core.transactions import transaction
from auditapp.demo.message_views import pieces_of
from auditapp.messages import worker
from auditapp.messages.delivery import kept_messages
from auditapp.messages.outbox import send
from auditapp.policy.roles import Role


@pytest.fixture
def app(settings):
    """A demo: messages go to a folder."""
    app = create_app(replace(settings, demo=True))
    app.config["WTF_CSRF_ENABLED"] = False
    yield app
    app.extensions["engine"].dispose()


@pytest.fixture(autouse=True)
def lead(make):
    """The one who is written to, of the partnership whose administrator reads."""
    person = make.person(email="lead@example.org")
    return make.membership(Role.LEAD, person_id=person.id, organisation_id=make.organisation().id)


def send_some(session, app, *subjects):
    for subject in subjects:
        with transaction(session):
            send(
                session,
                to="lead@example.org",
                subject=subject,
                text="<b>Here</b>\nauditapp:/set-password/abc\n",
                unique_key=subject,
            )
        worker.run_all(app)


def test_messages_are_listed_newest_first_and_read_with_links_that_work(
    app, client_for, session, make
):
    send_some(session, app, "The first", "The second")
    client = client_for(make.membership(Role.ADMINISTRATOR))

    listed = client.get("/messages/").text
    assert listed.index("The second") < listed.index("The first")
    page = listed.split('<a class="govuk-link" href="/messages/')[1].split('"')[0]
    shown = client.get(f"/messages/{page}").text
    assert '<a class="govuk-link" href="http://127.0.0.1:5000/set-password/abc">' in shown
    assert "&lt;b&gt;Here&lt;/b&gt;" in shown


@pytest.mark.parametrize("ref", ["..%2fsettings", "%2e%2e", "nothing", "../../auditapp.sqlite"])
def test_nothing_but_the_folders_own_messages_is_read(app, client_for, session, make, ref):
    send_some(session, app, "One")
    (app.extensions["settings"].instance_path / "settings.json").write_text("{}")

    assert (
        client_for(make.membership(Role.ADMINISTRATOR)).get(f"/messages/{ref}").status_code == 404
    )


def refs(app):
    return [kept.ref for kept in kept_messages(app.extensions["settings"].messages_folder)]


def test_those_of_another_partnership_are_not_there(app, client_for, session, make):
    send_some(session, app, "One")
    other = make.membership(Role.ADMINISTRATOR, partnership_id=make.partnership().id)
    client = client_for(other)

    assert "No messages yet" in client.get("/messages/").text
    assert client.get(f"/messages/{refs(app)[0]}").status_code == 404


@pytest.mark.parametrize("where", ["partnership", "organisation", "round"])
def test_those_to_someone_who_acts_for_another_partnership_too_are_for_neither(
    app, client_for, session, make, lead, where
):
    send_some(session, app, "One")
    elsewhere = make.partnership()
    role, place = {
        "partnership": (Role.SCRUTINEER, lambda: {"partnership_id": elsewhere.id}),
        "organisation": (
            Role.LEAD,
            lambda: {"organisation_id": make.organisation(partnership=elsewhere).id},
        ),
        "round": (
            Role.PANEL_MEMBER,
            lambda: {"round_id": make.round_row(partnership=elsewhere).id},
        ),
    }[where]
    client = client_for(make.membership(Role.ADMINISTRATOR))
    assert client.get(f"/messages/{refs(app)[0]}").status_code == 200

    make.membership(role, person_id=lead.person_id, **place())

    assert client.get(f"/messages/{refs(app)[0]}").status_code == 404
    assert "No messages yet" in client.get("/messages/").text


def test_others_do_not_read_them(app, client_for, session, make):
    send_some(session, app, "One")

    for role in (Role.LEAD, Role.SCRUTINEER, Role.SYSTEM_ADMINISTRATOR):
        assert client_for(make.membership(role)).get("/messages/").status_code == 403


@pytest.mark.parametrize("changed", [{"demo": False}, {"smtp_url": "smtp://127.0.0.1:1"}])
def test_an_installation_that_sends_them_shows_none(settings, client_for, make, app, changed):
    app.extensions["settings"] = replace(app.extensions["settings"], **changed)

    assert client_for(make.membership(Role.ADMINISTRATOR)).get("/messages/").status_code == 404


def test_only_links_of_our_own_are_links():
    base = "http://127.0.0.1:5000"
    pieces = pieces_of(f"Go to\n{base}/a/b\nor https://evil.example/ now", base)

    assert [piece.href for piece in pieces] == [None, f"{base}/a/b", None]
    assert (
        "".join(piece.text for piece in pieces)
        == f"Go to\n{base}/a/b\nor https://evil.example/ now"
    )
