"""A form changes what it asks about and nothing else, whatever else is sent with it."""

import pytest
import time_machine
from flask import redirect, request
from sqlalchemy import text

from auditapp.core import clock
from tests.site.access_addresses import knocks, target
from tests.site.access_database import changes, lasting, rows_of
from tests.site.access_forms import form_for
from tests.site.access_words import whose

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
# Forms that keep no row: samples, a wrong password, files that are kept until they are imported.
CHANGES_NOTHING = {
    "dev.components",
    "accounts.sign_in",
    "organisations.upload_schools",
    "organisations.upload_agencies",
    "questionnaires.publish_file",
}


@pytest.fixture(autouse=True)
def at_one_instant():
    with time_machine.travel(clock.now(), tick=False):
        yield


@pytest.fixture
def sent(world):
    """`sent(knock, extra)`: the post's status, and what it changed for good; then all is undone."""
    engine = world.app.extensions["engine"]
    before = rows_of(engine)

    def sent(knock, extra):
        link = knock.endpoint == "accounts.set_password"
        cookie = world.areas[knock.stage.name].password_link if link else world.cookie(knock)
        response = world.post(knock, target(world.areas, knock), cookie, extra)
        changed = lasting(changes(before, rows_of(engine)))
        world.restore()
        return response.status_code, changed

    return sent


def posts(world):
    """One post for each form: by one role that may use it, over its own, when it is ready."""
    for knock in knocks(world.app):
        if (knock.method, knock.place, knock.role) == ("POST", "home", whose(knock.endpoint)):
            yield knock


@pytest.mark.proof
def test_what_is_sent_beside_a_form_changes_nothing(world, sent, proof_figure):
    tried, unexpected, names = 0, [], set()
    for knock in posts(world):
        own = form_for(knock.endpoint, target(world.areas, knock))
        extra = {name: value for name, value in EXTRA.items() if name not in own}
        status, changed = sent(knock, {})
        tried += 1
        names |= set(extra)
        if (status, changed) != sent(knock, extra):
            unexpected.append(f"{knock.endpoint}: changed by what was sent beside it")
        # Without this the comparison could be of refusals.
        if status not in (200, 302) or not changed:
            unexpected += [knock.endpoint] if knock.endpoint not in CHANGES_NOTHING else []

    kind = world.app.extensions["engine"].dialect.name
    figure = f"{len(unexpected)} of {tried} forms changed by {len(names)} extra names"
    proof_figure(f"mass assignment, {kind}", figure)
    assert unexpected == []
    assert tried >= 45


def test_a_form_that_takes_all_it_is_sent_is_noticed(world, sent, monkeypatch):
    """The control: settings that keep what nobody was asked for."""

    def greedy():
        kept = {"key": request.form.get("key", "unchanged"), "id": 1}
        with world.app.extensions["engine"].begin() as connection:
            connection.execute(text("UPDATE partnership SET key = :key WHERE id = :id"), kept)
        return redirect("/settings")

    monkeypatch.setitem(world.app.view_functions, "organisations.edit_settings", greedy)
    [knock] = [k for k in posts(world) if k.endpoint == "organisations.edit_settings"]

    assert sent(knock, {}) != sent(knock, EXTRA)
