"""Questions that an earlier answer asks: shown, hidden, kept, submitted, and under their numbers."""

import pytest
from sqlalchemy import select

from auditapp.assessments.models import SnapshotAnswer
from auditapp.policy.roles import Role
from tests.assessments.pages import latest, section
from tests.clients import text_of
from tests.statements import statements

FORM = """
key: follow-ups
version: 1
title: Follow-ups
scales:
  - key: two
    title: Two
    edition: "1"
    descriptors: scale
    grades:
      - {key: unmet, label: Not met, letter: N, meaning: No., gap: true}
      - {key: met, label: Met, letter: M, meaning: Yes., strength: true}
sections:
  - key: boarding
    title: Boarding
    questions:
      - {key: boards, title: Boarders, text: Do children board with you?, answer: {kind: yes-no}}
      - key: beds
        title: Beds
        text: How many beds are there?
        answer: {kind: number}
        applies: {answer: boards, value: yes}
      - key: night
        title: At night
        text: Someone is awake at night.
        why: Children.
        applies: {all: [{answer: boards, value: yes}, {answer: beds, op: least, value: 20}]}
      - {key: diary, title: Our diary, text: For ourselves., answer: {kind: text}, private: true, required: false}
      - {key: last, title: Last, text: The last standard is in place., why: Children.}
"""


@pytest.fixture
def assessment(make):
    version = make.version(FORM)
    round_ = make.round_row(questionnaire_version_id=version.id, sign_off="none")
    return make.assessment(round_=round_)


def sent(key, value, based_on=0, box="value"):
    return {
        f"{key}-{box}": value,
        f"{key}-based_on": str(based_on),
        f"{key}-save_id": f"{key}-{value}-{based_on}",
    }


def test_a_follow_up_is_not_asked_until_its_answer_is_given(client, assessment):
    page = text_of(client.get(section(assessment, "boarding")))

    assert "0 of 3 complete" in page or "1 of 3 complete" in page
    assert page.count("<article") == 5 and page.count(" hidden>") >= 2
    check = text_of(client.get(f"/assessments/{assessment.ref}/check"))
    assert "Boarders: answer it" in check and "Beds" not in check and "At night" not in check


def test_without_a_script_the_page_comes_back_with_what_is_asked_now(client, assessment):
    page = section(assessment, "boarding")

    onward = client.post(page, data=sent("boards", "yes") | {"then": "next"})

    assert onward.status_code == 302 and onward.location.endswith("/sections/boarding#beds")
    shown = text_of(client.get(page))
    assert "They ask for more: 1.2." in shown
    assert "1.2 Beds: answer it" in text_of(client.get(f"/assessments/{assessment.ref}/check"))
    onward = client.post(page, data=sent("beds", "40") | {"then": "next"})
    assert onward.location.endswith("/sections/boarding#night")


def test_a_script_is_told_what_is_asked_now_and_only_where_that_can_change(client, assessment):
    where = f"/assessments/{assessment.ref}/answers"
    json = {"Accept": "application/json"}

    decides = client.post(f"{where}/boards", data=sent("boards", "yes"), headers=json).json
    does_not = client.post(f"{where}/diary", data=sent("diary", "Ours"), headers=json).json

    assert decides["asked"] == ["boards", "beds", "diary", "last"]
    assert does_not["asked"] is None


def test_what_was_answered_comes_back_if_it_is_asked_again(client, session, assessment):
    page = section(assessment, "boarding")
    client.post(page, data=sent("boards", "yes") | {"then": "stay"})
    client.post(page, data=sent("beds", "40") | {"then": "stay"})

    client.post(page, data=sent("boards", "no", 1) | {"then": "stay"})
    hidden = text_of(client.get(f"/assessments/{assessment.ref}/check"))
    assert "1.2" not in hidden and "1.3" not in hidden and "1.5" in hidden
    assert latest(session, assessment, "beds").value["value"] == "40"

    client.post(page, data=sent("boards", "yes", 2) | {"then": "stay"})
    again = text_of(client.get(f"/assessments/{assessment.ref}/check"))
    assert "1.2" in again and "1.3" in again


@pytest.mark.parametrize("boards", ["yes", "no"])
def test_only_what_is_asked_is_submitted_under_the_numbers_of_the_form(
    make, client_for, client, session, assessment, boards
):
    chair = client_for(make.membership(Role.ADMINISTRATOR))
    page, ref = section(assessment, "boarding"), assessment.ref
    answers = sent("boards", "yes") | sent("beds", "4") | sent("diary", "A secret of ours")
    client.post(page, data=answers | sent("last", "met", box="grade") | {"then": "stay"})
    if boards == "no":
        client.post(page, data=sent("boards", "no", 1) | {"then": "stay"})

    assert client.post(f"/assessments/{ref}/send").status_code == 302

    session.rollback()
    rows = {row.question_key: row.number for row in session.scalars(select(SnapshotAnswer))}
    asked = {"boards": "1.1", "last": "1.5"} | ({"beds": "1.2"} if boards == "yes" else {})
    assert rows == asked
    session.rollback()
    read = text_of(client.get(f"/assessments/{ref}/submission"))
    assert "1.5" in read and "A secret of ours" not in read
    assert ("How many beds" in read) is (boards == "yes")
    for path in (f"/assessments/{ref}/submission", f"/assessments/{ref}/submission.pdf"):
        assert b"A secret of ours" not in chair.get(path).data


def test_the_statements_of_a_save_do_not_grow_with_what_it_asks(app, client, assessment):
    where = f"/assessments/{assessment.ref}/answers"
    json = {"Accept": "application/json"}
    client.post(f"{where}/diary", data=sent("diary", "First"), headers=json)

    with statements(app.extensions["engine"]) as plain:
        client.post(f"{where}/diary", data=sent("diary", "Second", 1), headers=json)
    with statements(app.extensions["engine"]) as deciding:
        client.post(f"{where}/boards", data=sent("boards", "yes"), headers=json)

    assert len(deciding) <= len(plain) + 1


def test_what_is_not_asked_refuses_nothing(client, session, assessment):
    page = section(assessment, "boarding")
    client.post(page, data=sent("boards", "yes") | {"then": "stay"})

    turned = sent("boards", "no", 1) | sent("beds", "a few")

    assert client.post(page, data=turned | {"then": "stay"}).status_code == 302
    assert latest(session, assessment, "boards").value["value"] == "no"


def test_an_explanation_that_nothing_asks_for_is_kept_and_not_submitted(make, client_for, session):
    form = FORM.replace(
        "answer: {kind: yes-no}}", "answer: {kind: yes-no, if_no: [commentary]}}", 1
    )
    version = make.version(form.replace("key: follow-ups", "key: explained"))
    round_ = make.round_row(questionnaire_version_id=version.id, sign_off="none")
    one = make.assessment(round_=round_)
    client = client_for(make.membership(Role.LEAD, organisation_id=one.organisation_id))
    page, ref = section(one, "boarding"), one.ref
    because = sent("boards", "no") | {"boards-commentary": "Because of the roof"}
    client.post(page, data=because | {"then": "stay"})
    still = (
        sent("boards", "yes", 1) | sent("beds", "4") | {"boards-commentary": "Because of the roof"}
    )
    client.post(page, data=still | sent("last", "met", box="grade") | {"then": "stay"})

    assert client.post(f"/assessments/{ref}/send").status_code == 302

    assert "Because of the roof" not in text_of(client.get(f"/assessments/{ref}/submission"))
    assert latest(session, one, "boards").value["commentary"] == "Because of the roof"


def long_form(questions):
    """A section of so many questions, a third of which an earlier one asks."""
    asked = [
        f"      - {{key: k{at}, title: K{at}, text: K{at}?, answer: {{kind: yes-no}}"
        + (f", applies: {{answer: k{at - 1}, value: yes}}" if at % 3 == 2 else "")
        + "}"
        for at in range(questions)
    ]
    head = f"key: long-{questions}\nversion: 1\ntitle: Long\nsections:\n  - key: s\n    title: S\n"
    return head + "    questions:\n" + "\n".join(asked) + "\n"


def test_a_long_section_takes_as_many_statements_as_a_short_one(app, make, client_for):
    taken = []
    for questions in (10, 60):
        version = make.version(long_form(questions))
        round_ = make.round_row(questionnaire_version_id=version.id, sign_off="none")
        one = make.assessment(round_=round_)
        client = client_for(make.membership(Role.LEAD, organisation_id=one.organisation_id))
        page = section(one, "s")
        client.get(page)
        with statements(app.extensions["engine"]) as sent_now:
            assert client.get(page).status_code == 200
        taken.append(len(sent_now))

    assert taken[0] == taken[1]
