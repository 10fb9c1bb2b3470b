"""Every address is listed with what it asks for, refuses forged posts, and never writes on a GET."""

import pytest

from auditapp.app import create_app
from auditapp.config import Settings
from auditapp.policy.endpoints import ENDPOINTS
from auditapp.policy.roles import Role

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
