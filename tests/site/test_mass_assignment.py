"""A form changes what it asks about and nothing else, whatever else is sent with it."""

import pytest
import time_machine

from auditapp.core import clock
from tests.site.access_addresses import READY, knocks, target
from tests.site.access_database import changes, lasting, rows_of
from tests.site.access_forms import form_for
from tests.site.access_words import WHO

pytestmark = pytest.mark.slow
# Names of columns that no form asks for under that name, and what one might try with them.
EXTRA = {
    "id": "1",
    "ref": "aaaaaaaaaa",
    "role": "PA",
    "is_admin": "1",
    "person_id": "1",
    "membership_id": "1",
    "author_id": "1",
    "organisation_id": "1",
    "partnership_id": "1",
    "round_id": "1",
    "assessment_id": "1",
    "owner_id": "1",
    "owner_organisation_id": "1",
    "questionnaire_version_id": "1",
    "state": "closed",
    "status": "feedback-released",
    "grade": "exceeded",
    "grade_key": "exceeded",
    "number": "99",
    "version": "99",
    "snapshot_number": "99",
    "created_at": "2001-01-01",
    "starts_on": "2001-01-01",
    "ends_on": "2001-01-01",
    "submitted_at": "2001-01-01",
    "released_at": "2001-01-01",
    "revealed_at": "2001-01-01",
    "completed_at": "2001-01-01",
    "removed_at": "2001-01-01",
    "disabled_at": "2001-01-01",
    "signed_by": "1",
    "password_hash": "x",
    "email": "other@example.org",
    "key": "other",
    "la_codes": "998",
    "settings": "{}",
    "asked_keys": "c1",
    "hash": "0" * 64,
    "names_organisations_to_viewers": "1",
    "one_person_types": "community-school",
}
# Forms that people use without signing in, or that only end a session.
NOBODYS = {"dev.components", "accounts.sign_in", "accounts.forgotten_password"}
# What is only a button's, said in words: these change nothing at the stage they are tried in.
CHANGES_NOTHING = {"dev.components", "accounts.sign_in", "organisations.upload_schools"}
CHANGES_NOTHING |= {"organisations.upload_agencies"}


def posts(world):
    """One post for each form: by the first role that may use it, over its own, when it is ready."""
    for knock in knocks(world.app):
        first = "LEAD" if "LEAD" in WHO[knock.endpoint].split() else WHO[knock.endpoint].split()[0]
        if knock.method == "POST" and knock.place == "home" and knock.role == first.strip(","):
            yield knock


def sent(world, knock, extra):
    """The post's status, and what it changed for good; then all is undone."""
    engine = world.app.extensions["engine"]
    before = rows_of(engine)
    area = world.areas[knock.stage.name]
    refs = target(world.areas, knock)
    link = knock.endpoint == "accounts.set_password"
    cookie = area.password_link if link else world.cookie(knock)
    response = world.post(knock, refs, cookie, extra)
    changed = lasting(changes(before, rows_of(engine)))
    world.restore()
    return response.status_code, changed


@pytest.fixture(autouse=True)
def at_one_instant():
    with time_machine.travel(clock.now(), tick=False):
        yield


@pytest.mark.proof
def test_what_is_sent_beside_a_form_changes_nothing(world, proof_figure):
    tried, unexpected, names = 0, [], set()
    for knock in posts(world):
        own = form_for(knock.endpoint, target(world.areas, knock))
        extra = {name: value for name, value in EXTRA.items() if name not in own}
        plain, stuffed = sent(world, knock, {}), sent(world, knock, extra)
        tried += 1
        names |= set(extra)
        if plain != stuffed:
            unexpected.append((knock.endpoint, plain, stuffed))

    kind = world.app.extensions["engine"].dialect.name
    figure = f"{len(unexpected)} of {tried} forms changed by {len(names)} extra names"
    proof_figure(f"mass assignment, {kind}", figure)
    assert unexpected == []
    assert tried >= 45


def test_each_form_does_what_it_is_for(world):
    """Without this the test above could compare refusals."""
    for knock in posts(world):
        status, changed = sent(world, knock, {})

        assert status in (200, 302) or knock.endpoint in NOBODYS, (knock.endpoint, status)
        assert changed or knock.endpoint in CHANGES_NOTHING, knock.endpoint
    assert set(READY) <= set(WHO)


def test_a_form_that_takes_all_it_is_sent_is_noticed(world, monkeypatch):
    """The control: settings that keep every column they are sent."""
    from auditapp.organisations import setting_views

    def greedy():
        from flask import request
        from sqlalchemy import text

        with world.app.extensions["engine"].begin() as connection:
            if "key" in request.form:
                stolen = {"key": request.form["key"]}
                connection.execute(text("UPDATE partnership SET key = :key WHERE id = 1"), stolen)
        return setting_views.redirect("/settings")

    monkeypatch.setitem(world.app.view_functions, "organisations.edit_settings", greedy)
    [knock] = [k for k in posts(world) if k.endpoint == "organisations.edit_settings"]

    assert sent(world, knock, {}) != sent(world, knock, EXTRA)
