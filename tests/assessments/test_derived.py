"""Figures that are worked out from other answers, and texts that are only read."""

import pytest
from sqlalchemy import select

from auditapp.assessments.models import SnapshotAnswer
from auditapp.questionnaires.reading import Unreadable, read
from tests.assessments.pages import section
from tests.clients import text_of
from tests.documents.pdf_reading import words_of

FORM = """
key: return
version: 1
title: A termly return
sections:
  - key: figures
    title: Figures
    questions:
      - {key: why, title: Why we ask, text: We count notifications each term., answer: {kind: statement}}
      - {key: direct, title: Direct work, text: How often did you work with the child?, answer: {kind: number}}
      - {key: early, title: Early help, text: How often was early help begun?, answer: {kind: number}, required: false}
      - {key: actions, title: Actions, text: All actions., answer: {kind: derived, op: sum, of: [direct, early]}}
      - key: share
        title: Share of direct work
        text: Direct work among all actions.
        answer: {kind: derived, op: share, of: [direct], base: [direct, early]}
"""


@pytest.fixture
def assessment(make):
    version = make.version(FORM)
    round_ = make.round_row(questionnaire_version_id=version.id, sign_off="none")
    return make.assessment(round_=round_)


def sent(**numbers):
    fields = {"then": "stay"}
    for key, number in numbers.items():
        fields |= {
            f"{key}-value": number,
            f"{key}-based_on": "0",
            f"{key}-save_id": f"{key}-{number}",
        }
    return fields


def test_a_figure_is_worked_out_from_what_is_saved_and_says_of_how_many(client, assessment):
    page = section(assessment, "figures")
    before = text_of(client.get(page))
    assert "We count notifications each term." in before and "No data yet" in before
    assert "1 of 2 complete" in before  # early help may be left blank; the others are not asked

    client.post(page, data=sent(direct="2063"))
    assert "2,063 (sum of 1 of 2)" in text_of(client.get(page))

    client.post(page, data=sent(early="1470"))
    after = text_of(client.get(page))
    assert "3,533 (sum of 2)" in after and "58.4% (2,063 of 3,533)" in after
    assert "Worked out from 1.2, 1.3, as they are saved." in after


def test_it_is_submitted_as_it_was_that_day_and_a_text_is_not(client, session, assessment):
    client.post(section(assessment, "figures"), data=sent(direct="2063", early="1470"))

    assert client.post(f"/assessments/{assessment.ref}/send").status_code == 302

    session.rollback()
    rows = {row.question_key: row.numeric_value for row in session.scalars(select(SnapshotAnswer))}
    session.rollback()
    assert rows == {"direct": 2063, "early": 1470, "actions": 3533, "share": 58.4}
    for shown in (
        text_of(client.get(f"/assessments/{assessment.ref}/submission")),
        words_of(client.get(f"/assessments/{assessment.ref}/submission.pdf").data),
    ):
        assert "58.4% (2,063 of 3,533)" in shown and "Left blank" not in shown


def test_nothing_can_be_typed_over_it(client, assessment):
    json = {"Accept": "application/json"}
    for key in ("actions", "why"):
        typed = {f"{key}-commentary": "Ours", f"{key}-based_on": "0", f"{key}-save_id": key}
        said = client.post(f"/assessments/{assessment.ref}/answers/{key}", data=typed, headers=json)
        assert said.status_code == 422
        assert "There is nothing to answer here." in said.text


@pytest.mark.parametrize(
    ("there", "instead", "says"),
    [
        ("of: [direct, early]", "of: [direct, late]", "there is no number 'late' before it"),
        ("of: [direct, early]", "of: [why]", "there is no number 'why' before it"),
        (", base: [direct, early]", "", "a share has a 'base', and nothing else has"),
        ("op: sum, of: [direct, early]", "op: difference, of: [direct]", "a difference is of two"),
        (
            "{kind: number}}\n      - {key: early",
            "{kind: number}, private: true}\n      - {key: early",
            "'direct' is private",
        ),
        (
            "{kind: number}}\n      - {key: early",
            "{kind: number, form: money}}\n      - {key: early",
            "these cannot be put together: 'direct' in pounds, 'early' in a plain number",
        ),
    ],
)
def test_a_figure_that_cannot_be_worked_out_is_refused(there, instead, says):
    assert there in FORM
    with pytest.raises(Unreadable) as refused:
        read(FORM.replace(there, instead))

    assert any(says in fault.message for fault in refused.value.faults)


@pytest.mark.parametrize(
    ("said", "printed"),
    [
        ("form: money", "£3,533 (sum of 2)"),
        ("form: percent", "3,533% (sum of 2)"),
        ("unit: hours", "3,533 hours (sum of 2)"),
    ],
)
def test_a_figure_is_printed_in_pounds_per_cent_or_its_unit(said, printed):
    asked = read(FORM.replace("of: [direct, early]}}", f"of: [direct, early], {said}}}}}"))
    entry = asked.question("actions").answer

    assert entry.shown(entry.value_of({"direct": "2063", "early": "1470"})) == printed
