"""Two people on one answer: both texts on one page, nothing chosen, nothing lost."""

import re

import pytest
from sqlalchemy import select

from auditapp.assessments.models import AnswerRevision
from auditapp.policy.roles import Role
from tests.assessments.pages import fields, latest, section
from tests.assessments.savings import save
from tests.clients import text_of


def test_two_people_on_one_answer_get_both_texts_and_the_rest_is_saved(
    session, make, assessment, lead, client
):
    other = make.membership(
        Role.LEAD,
        organisation_id=assessment.organisation_id,
        person_id=make.person(name="IT manager").id,
    )
    save(session, other, assessment, grade="exceeded", commentary="Alerts go to the DSL daily.")
    sent = fields("c1", commentary="Alerts go to me daily.") | fields("c2", commentary="Beside.")
    response = client.post(section(assessment), data=sent)
    page = text_of(response)

    assert response.status_code == 409
    assert "You and IT manager both changed this answer" in page
    assert '<ins><span class="sr">only here: </span>me </ins>' in page
    assert "checked" not in page
    assert latest(session, assessment, "c1").value["commentary"] == "Alerts go to the DSL daily."
    assert latest(session, assessment, "c2").value["commentary"] == "Beside."


def test_a_conflict_with_oneself_speaks_of_another_window(session, assessment, lead, client):
    save(session, lead, assessment, grade="exceeded", commentary="Of one window.")
    sent = fields("c1", commentary="Of the other.")
    page = text_of(client.post(section(assessment), data=sent))
    asked = client.post(
        f"/assessments/{assessment.ref}/answers/c1",
        data=sent,
        headers={"Accept": "application/json"},
    )

    assert "You changed this answer in another window" in page
    assert "Keep the other window’s" in page and "theirs" not in re.sub("<[^>]+>", "", page)
    assert asked.json["who"] == "You, in another window,"


@pytest.fixture
def conflict(session, make, assessment):
    """Someone else has saved c1; what the conflict page of the lead sends."""
    other = make.membership(
        Role.LEAD,
        organisation_id=assessment.organisation_id,
        person_id=make.person(name="IT manager").id,
    )
    save(session, other, assessment, grade="exceeded", commentary="Theirs.")
    sent = fields("c1", grade="met", commentary="Mine.", based_on="1")
    return sent | {"c1-keep-joined_commentary": "Theirs. Mine."}


@pytest.mark.parametrize(
    ("choices", "grade", "words"),
    [
        ({"commentary": "mine", "grade": "theirs"}, "exceeded", "Mine."),
        ({"commentary": "theirs", "grade": "mine"}, "met", "Theirs."),
        ({"commentary": "both", "grade": "mine"}, "met", "Theirs. Mine."),
    ],
)
def test_what_one_chooses_is_the_answer_and_both_versions_stay(
    session, assessment, client, conflict, choices, grade, words
):
    sent = conflict | {f"c1-keep-{part}": choice for part, choice in choices.items()}
    response = client.post(f"{section(assessment)}/two-versions", data=sent)

    now = latest(session, assessment)
    kept = set(
        session.scalars(
            select(AnswerRevision.grade_key).where(AnswerRevision.answer_id == now.answer_id)
        )
    )
    assert response.status_code == 302
    assert (now.grade_key, now.value["commentary"]) == (grade, words)
    assert {"met", "exceeded"} <= kept


def test_writing_in_the_third_box_chooses_it(session, assessment, client, conflict):
    sent = conflict | {"c1-keep-grade": "mine", "c1-keep-joined_commentary": "Together."}
    client.post(f"{section(assessment)}/two-versions", data=sent)

    assert latest(session, assessment).value["commentary"] == "Together."


def test_nothing_is_chosen_for_anyone(session, assessment, client, conflict):
    sent = conflict | {"c1-keep-commentary": "mine"}
    response = client.post(f"{section(assessment)}/two-versions", data=sent)

    assert response.status_code == 422
    assert "1.1: choose which grade this answer should have." in text_of(response)
    assert latest(session, assessment).number == 1


def test_deciding_later_keeps_theirs_as_the_answer_and_mine_in_the_history(
    session, assessment, client, conflict
):
    client.post(f"{section(assessment)}/two-versions", data=conflict | {"then": "later"})

    now = latest(session, assessment)
    assert now.value["commentary"] == "Theirs."
    assert "Mine." in text_of(client.get(f"/assessments/{assessment.ref}/answers/c1/versions"))


def test_a_third_save_meanwhile_is_a_conflict_again(session, lead, assessment, client, conflict):
    save(session, lead, assessment, grade="met", commentary="A third.", based_on=1)
    sent = conflict | {"c1-keep-commentary": "mine", "c1-keep-grade": "mine"}
    response = client.post(f"{section(assessment)}/two-versions", data=sent)

    assert response.status_code == 409
    assert "A third." in text_of(response) and "Mine." in text_of(response)
    assert latest(session, assessment).value["commentary"] == "A third."
