"""What the page's script hears when it saves one standard."""

import pytest

from auditapp.core import clock
from auditapp.policy.roles import Role
from auditapp.policy.states import Status
from tests.assessments.pages import fields, section
from tests.assessments.savings import save
from tests.statements import statements


def autosave(client, assessment, key="c1", **typed):
    return client.post(
        f"/assessments/{assessment.ref}/answers/{key}",
        data=fields(key, **typed),
        headers={"Accept": "application/json"},
    )


def test_autosave_says_when_it_saved_and_what_is_needed(assessment, client):
    response = autosave(client, assessment, grade="not-met")

    assert response.status_code == 200
    assert response.json["revision"] == 1
    assert (response.json["state"], response.json["needs"]) == ("half", "Needs an action")
    assert response.json["late"] is False


def test_autosave_points_to_both_versions(session, make, assessment, client):
    other = make.membership(
        Role.LEAD,
        organisation_id=assessment.organisation_id,
        person_id=make.person(name="IT manager").id,
    )
    save(session, other, assessment, commentary="Theirs.")
    response = autosave(client, assessment, commentary="Mine.")

    assert response.status_code == 409
    assert response.json == {"conflict_url": f"{section(assessment)}#c1", "who": "IT manager"}


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ({"commentary": "x" * 10_001}, "c1-commentary"),
        ({"grade": "green"}, "c1-grade"),
        ({"due": "soon"}, "c1-due"),
    ],
)
def test_autosave_names_the_field_that_is_refused(assessment, client, typed, name):
    response = autosave(client, assessment, **typed)

    assert response.status_code == 422
    assert list(response.json["errors"]) == [name]


def test_autosave_says_why_nothing_can_be_saved(session, assessment, client):
    assessment.status = Status.AWAITING_SIGN_OFF
    assessment.sent_at = clock.now()
    session.commit()

    response = autosave(client, assessment)

    assert response.status_code == 409
    assert response.json["error"].startswith("Read only: with the head teacher since")


def test_an_autosave_costs_at_most_eight_statements(app, session, lead, assessment, client):
    save(session, lead, assessment)
    client.get(section(assessment))
    with statements(app.extensions["engine"]) as sent:
        assert autosave(client, assessment, based_on="1", commentary="More.").status_code == 200

    assert len(sent) <= 8, "\n".join(sent)
