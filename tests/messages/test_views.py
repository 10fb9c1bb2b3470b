"""The page of the demo's messages."""

from dataclasses import replace

import pytest

from auditapp.app import create_app
from auditapp.core.transactions import transaction
from auditapp.messages import worker
from auditapp.messages.outbox import send
from auditapp.policy.roles import Role


@pytest.fixture
def app(settings):
    """A demo: messages go to a folder."""
    app = create_app(replace(settings, demo=True))
    app.config["WTF_CSRF_ENABLED"] = False
    yield app
    app.extensions["engine"].dispose()


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


def test_others_do_not_read_them(app, client_for, session, make):
    send_some(session, app, "One")

    for role in (Role.LEAD, Role.SCRUTINEER, Role.SYSTEM_ADMINISTRATOR):
        assert client_for(make.membership(role)).get("/messages/").status_code == 403


@pytest.mark.parametrize("changed", [{"demo": False}, {"smtp_url": "smtp://127.0.0.1:1"}])
def test_an_installation_that_sends_them_shows_none(settings, client_for, make, app, changed):
    app.extensions["settings"] = replace(app.extensions["settings"], **changed)

    assert client_for(make.membership(Role.ADMINISTRATOR)).get("/messages/").status_code == 404
