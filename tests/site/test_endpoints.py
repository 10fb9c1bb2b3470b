"""Every address is listed with what it asks for, and refuses forged posts."""

from collections import Counter

import pytest
from flask_wtf.csrf import generate_csrf

from auditapp.app import create_app
from auditapp.config import Settings
from auditapp.policy.endpoints import ENDPOINTS
from auditapp.policy.roles import Role
from tests.site.access_addresses import knocks, target
from tests.site.access_asking import VISITS
from tests.site.access_database import changes, rows_of
from tests.site.access_world import cookie_of

PARAMETERS = {"instance": "", "number": 1, "version": 1, "path": "x", "filename": "app.css"}


@pytest.fixture
def guarded(settings):
    """The application as it is served: forged posts are refused."""
    app = create_app(settings)
    yield app
    app.extensions["engine"].dispose()


def rules(app):
    return sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule)


def path_of(app, rule):
    values = {name: PARAMETERS.get(name, "aaaaaaaaaa") for name in rule.arguments}
    with app.test_request_context():
        return app.url_for(rule.endpoint, **values, _external=False)


@pytest.fixture
def bare_app(tmp_path):
    """An application without a database: enough to know its addresses."""
    app = create_app(
        Settings(database_url="sqlite://", instance_path=tmp_path, secret_key="k" * 40)
    )
    yield app
    app.extensions["engine"].dispose()


def test_every_endpoint_is_listed_and_every_listed_endpoint_exists(bare_app):
    assert set(bare_app.view_functions) == set(ENDPOINTS)


def test_an_endpoint_without_a_permission_answers_nobody(app, make, client_for):
    app.add_url_rule("/forgotten", "forgotten", lambda: "Everyone's answers")

    assert app.test_client().get("/forgotten").status_code == 404
    for role in set(Role) - {Role.ANONYMOUS, Role.RESPONDENT}:
        assert client_for(make.membership(role)).get("/forgotten").status_code == 404


def test_addresses_are_kebab_case_and_hold_no_sequential_number(bare_app):
    for rule in rules(bare_app):
        fixed = [part for part in rule.rule.split("/") if part and not part.startswith("<")]

        assert all(part == part.lower() and "_" not in part for part in fixed), rule.rule
        assert "int:id" not in rule.rule and "<id>" not in rule.rule, rule.rule


def test_a_post_without_our_token_is_refused_everywhere(guarded):
    posts = [rule for rule in rules(guarded) if "POST" in rule.methods]

    answers = {
        rule.endpoint: guarded.test_client().post(path_of(guarded, rule)).status_code
        for rule in posts
    }

    assert len(posts) > 20
    assert {code for code in answers.values()} == {400}, answers


@pytest.mark.slow
@pytest.mark.proof
def test_a_forged_post_of_somebody_who_might_is_refused(world, monkeypatch, proof_figure):
    """Whoever may use a form, at the stage it is for: without a token, with that of another's
    session, from another site. What each does with the right token is in test_mass_assignment."""
    monkeypatch.setitem(world.app.config, "WTF_CSRF_ENABLED", True)
    engine = world.app.extensions["engine"]
    before, codes = rows_of(engine), Counter()
    posts = [k for k in knocks(world.app) if k.method == "POST" and k.expected == "answers"]
    for knock in posts:
        refs, cookie = target(world.areas, knock), world.cookie(knock)
        for token in (
            {},
            {"csrf_token": token_of(world, cookie_of(world.app, csrf_token="f" * 40))},
        ):
            origin = {"Origin": "https://elsewhere.example"}
            codes[world.post(knock, refs, cookie, token, **origin).status_code] += 1

    name = f"forged posts, {engine.dialect.name}"
    proof_figure(name, f"{codes[400]} refused of {codes.total()}, {len(posts)} forms and roles")
    assert set(codes) == {400}
    assert not set(changes(before, rows_of(engine))) - VISITS


@pytest.mark.slow
def test_a_post_with_its_own_token_is_taken(world, monkeypatch):
    """The control: the same post, not forged."""
    monkeypatch.setitem(world.app.config, "WTF_CSRF_ENABLED", True)
    [knock] = [
        k
        for k in knocks(world.app)
        if (k.endpoint, k.method, k.role) == ("assessments.send_for_sign_off", "POST", "LEAD")
        and k.place == "home"
    ]
    cookie = world.cookie(knock)
    token = {"csrf_token": token_of(world, cookie)}

    assert world.post(knock, target(world.areas, knock), cookie, token).status_code == 302


def token_of(world, cookie):
    """The token that forms carry in the browser with that cookie."""
    with world.app.test_request_context(headers={"Cookie": cookie}):
        return generate_csrf()
