"""Every address x every method x eleven roles x own and foreign x every stage: 0 surprises.

What should come of each request is written in words in access_words.py. What is foreign looks
exactly as if it were not there; what is one's own and not one's business is refused; and no page
shows words of a place out of reach, or before their time.
"""

from random import Random

import pytest

from auditapp.policy.endpoints import ENDPOINTS
from auditapp.policy.permissions import TABLE, Permission
from auditapp.policy.predicates import acts_as, own_partnership
from auditapp.policy.roles import Role
from tests.site.access_addresses import (
    Nowhere,
    kind_of,
    knocks,
    knocks_at_other_stages,
    methods_of,
    path_of,
    rules_of,
)
from tests.site.access_asking import Judge, masked
from tests.site.access_words import EVERYONE, REACH, SIGNED_IN, WHO, is_public

pytestmark = pytest.mark.slow
PLAIN = {"section": "culture", "question": "c1"}
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@pytest.fixture
def judge(world):
    return Judge(world)


@pytest.fixture
def some(world, seed, rounds):
    """`some(knocks, most)`: everyday a sample of that size, a tenth of it on PostgreSQL; all of
    them in the proof."""

    def some(every, most):
        every = list(every)
        share = most if world.database.url.startswith("sqlite") else most // 10
        return Random(seed).sample(every, rounds(min(share, len(every)), len(every)))

    return some


def test_the_words_name_every_endpoint_and_every_role(world):
    assert set(WHO) == set(ENDPOINTS) == set(world.app.view_functions)
    assert {role.value for role in Role} == set(EVERYONE.split())
    assert set(REACH) == set(SIGNED_IN.split())


@pytest.mark.proof
def test_each_page_answers_exactly_whom_it_should(judge, some, proof_figure):
    judge.judge(some(knocks(judge.world.app), 100_000))
    findings = judge.finish()

    _keep(proof_figure, findings, "each page at the stage it is for", judge.world)
    assert findings.unexpected == []
    assert findings.requests > 300


@pytest.mark.proof
def test_each_page_answers_so_at_every_stage_of_an_assessment(judge, some, proof_figure):
    judge.judge(some(knocks_at_other_stages(judge.world.app), 800))
    findings = judge.finish()

    _keep(proof_figure, findings, "pages at all other stages", judge.world)
    assert findings.unexpected == []


def test_what_has_no_such_method_says_so_and_does_nothing(world):
    for rule in rules_of(world.app):
        path = path_of(rule, world.areas["submitted"].refs["home"] | PLAIN)
        served = _served_at(world, path)
        for cookie in ("", world.areas["submitted"].cookies["LEAD"]):
            codes = {
                method: world.ask(method, path, cookie).status_code
                for method in METHODS
                if method not in served
            }

            assert set(codes.values()) <= {405}, (rule.rule, codes)


def test_a_script_that_is_not_signed_in_is_told_so(world):
    for rule in rules_of(world.app):
        if is_public(rule.endpoint):
            continue
        path = path_of(rule, Nowhere(PLAIN))
        for method in methods_of(rule):
            response = world.ask(method, path, Accept="application/json")

            assert response.status_code == 401, (method, rule.rule)


def test_asking_for_the_head_alone_asks_for_the_same_permission(world):
    area = world.areas["submitted"]
    for rule in rules_of(world.app):
        if kind_of(rule) and "GET" in methods_of(rule) and not is_public(rule.endpoint):
            path = path_of(rule, area.refs["home"] | PLAIN)
            for role in ("LEAD", "PV"):
                asked = [world.ask(m, path, area.cookies[role]) for m in ("GET", "HEAD")]

                assert asked[0].status_code == asked[1].status_code, (rule.rule, role)
                assert asked[1].data == b""


def test_a_round_named_in_a_query_is_looked_for_among_ones_own(world):
    area, other = world.areas["submitted"], world.areas["in-moderation"]
    for role in ("PM", "PC", "PA", "SCR"):

        def queue_of(ref, role=role):
            response = world.ask("GET", f"/panel?round={ref}", area.cookies[role])
            return response.status_code, masked(response).replace(ref, "REF")

        assert queue_of(area.refs["home"]["round"])[0] == 200
        assert queue_of(other.refs["home"]["round"]) == queue_of("bbbbbbbbbb")
        assert queue_of("bbbbbbbbbb")[0] == 404


def test_a_policy_with_one_role_too_many_is_noticed(judge, monkeypatch):
    """The control: were the check blind, it would be blind to this."""
    too_many = (acts_as(Role.ADMINISTRATOR, Role.SCRUTINEER), own_partnership)
    monkeypatch.setitem(TABLE, Permission.MANAGE_ROUND, (too_many,))
    judge.judge(k for k in knocks(judge.world.app) if k.endpoint == "invitations.extend_round")

    assert {line.partition(" at ")[0] for line in judge.finish().unexpected} >= {
        "GET invitations.extend_round as SCR",
        "POST invitations.extend_round as SCR",
    }


def test_a_page_that_forgets_whose_it_is_is_noticed(judge, monkeypatch):
    """The control for what is hidden: a page that says "not yours", and one that shows it all."""
    # A role that may never see such a page is refused with 403 whatever it asks for.
    for page, noticed_as in (
        (lambda ref: (f"{ref} is not yours", 403), {"PC", "PA", "SCR"}),
        (lambda ref: f"sent-{ref}-culture", {"LEAD", "PC", "PA", "SCR"}),
    ):
        monkeypatch.setitem(judge.world.app.view_functions, "moderation.show_assessment", page)
        asked = [k for k in knocks(judge.world.app) if k.endpoint == "moderation.show_assessment"]
        judge.findings.unexpected.clear()
        judge.judge(knock for knock in asked if knock.place == "elsewhere")

        found = {line.split()[3] for line in judge.findings.unexpected}
        assert found >= noticed_as


def _served_at(world, path):
    """The methods that something answers at that very address."""
    return set(world.app.url_map.bind("localhost").allowed_methods(path))


def _keep(proof_figure, findings, what, world):
    kind = world.app.extensions["engine"].dialect.name
    said = f"{len(findings.unexpected)} unexpected of {findings.requests} requests"
    proof_figure(f"access: {what}, {kind}", said)
