"""A foreign reference inside a form comes to what a reference to nothing comes to: in the answer,
and in what it changes. Cases after CVE-2026-110620: one's own in the address, another's in the body.
"""

from dataclasses import replace
from typing import NamedTuple

import pytest
import time_machine

from auditapp.core import clock
from tests.site.access_addresses import NOWHERE, knocks, path_of, target
from tests.site.access_database import changes, lasting, rows_of
from tests.site.access_forms import form_for
from tests.site.access_words import whose

pytestmark = pytest.mark.slow


class Field(NamedTuple):
    """A field that holds a reference, and where a foreign one is from. `beside`: what else must
    be sent so that the field counts."""

    endpoint: str
    name: str
    kind: str
    places: str = "elsewhere"
    words: str = "{}"
    beside: tuple[tuple[str, str], ...] = ()


FIELDS = (
    Field("accounts.choose_role", "membership", "own-LEAD"),
    Field(
        "accounts.invite_colleague", "sections", "assessment", "neighbour elsewhere", "{}:culture"
    ),
    Field("accounts.invite_person", "organisation_ref", "organisation"),
    Field("accounts.invite_person", "round_ref", "round", beside=(("role", "PM"),)),
    Field("rounds.create_round", "version_ref", "questionnaire"),
    Field("rounds.create_round", "owner_ref", "organisation"),
    Field("rounds.edit_round", "version_ref", "questionnaire"),
    Field("rounds.edit_round", "owner_ref", "organisation"),
    Field("rounds.choose_organisations", "organisation", "organisation", beside=(("act", "save"),)),
    Field("assessments.add_evidence", "item", "link", "neighbour elsewhere"),
    Field("assessments.save_section", "then", "citation", "neighbour later elsewhere", "remove:{}"),
    Field("moderation.allocate", "members", "panel", "later elsewhere"),
    Field("moderation.release", "chosen", "assessment", "later elsewhere"),
    Field("organisations.remove_contact", "email", "contact", "neighbour elsewhere"),
)


@pytest.fixture(autouse=True)
def at_one_instant():
    with time_machine.travel(clock.now(), tick=False):
        yield


@pytest.fixture
def post_with(world):
    """`post_with(knock, field, ref)`: the answer and what it changed for good, without the
    reference itself."""
    engine = world.app.extensions["engine"]
    before = rows_of(engine)

    def post_with(knock, field, ref):
        refs = target(world.areas, knock)
        own = form_for(knock.endpoint, refs | {"own": refs[f"own-{knock.role}"]})
        data = own | dict(field.beside) | {field.name: field.words.format(ref)}
        path = path_of(knock.rule, refs)
        response = world.ask("POST", path, world.cookie(knock), data)
        changed = lasting(changes(before, rows_of(engine)))
        world.restore()
        said = (response.text + (response.location or "")).replace(ref, "REF")
        return response.status_code, said, str(changed).replace(ref, "REF")

    return post_with


def own_post(world, endpoint):
    """The post of that form by somebody who may, over their own."""
    wanted = (endpoint, "POST", whose(endpoint), "home")
    return next(k for k in knocks(world.app) if (k.endpoint, k.method, k.role, k.place) == wanted)


@pytest.mark.proof
def test_a_foreign_reference_in_a_form_is_as_good_as_none(world, post_with, proof_figure):
    unexpected, tried = [], 0
    for field in FIELDS:
        knock = own_post(world, field.endpoint)
        nothing = post_with(knock, field, NOWHERE)
        for place in field.places.split():
            ref = target(world.areas, replace(knock, place=place))[field.kind]
            tried += 1
            if post_with(knock, field, ref) != nothing:
                unexpected.append((field.endpoint, field.name, place))

    kind = world.app.extensions["engine"].dialect.name
    proof_figure(f"foreign references in forms, {kind}", f"{len(unexpected)} of {tried} told apart")
    assert unexpected == []


def test_ones_own_reference_in_the_same_field_counts(world, post_with):
    """The control: the fields are read, so a foreign reference in them could have done harm."""
    for field in FIELDS:
        knock = own_post(world, field.endpoint)
        own = target(world.areas, knock)[field.kind]
        if field.name != "owner_ref":  # schools own no rounds
            assert post_with(knock, field, own) != post_with(knock, field, NOWHERE), field
