"""How far many assessments are: what each lead is told, in one statement for all."""

from datetime import date, timedelta

import pytest

from auditapp.accounts.queries import viewer_of
from auditapp.actions.models import Action, ActionRevision
from auditapp.assessments.how_far import how_far
from auditapp.assessments.models import Answer, AnswerRevision, Citation
from auditapp.assessments.setting import setting_of
from auditapp.assessments.sheet import sheet_of
from auditapp.core import clock
from auditapp.evidence.models import EvidenceItem
from auditapp.policy.roles import Role
from tests.statements import statements

FORM = """
key: far
version: 1
title: How far
scales:
  - key: two
    title: Two
    edition: "1"
    descriptors: scale
    grades:
      - {key: unmet, label: Not met, letter: N, meaning: No., gap: true, needs: [action]}
      - {key: met, label: Met, letter: M, meaning: Yes., strength: true, needs: [evidence]}
sections:
  - key: all
    title: All
    questions:
      - {key: why, title: Why, text: We ask., answer: {kind: statement}}
      - {key: boards, title: Boarders, text: Do children board?, answer: {kind: yes-no}}
      - {key: beds, title: Beds, text: How many?, answer: {kind: number}, applies: {answer: boards, value: yes}}
      - {key: twice, title: Twice, text: Worked out., answer: {kind: derived, op: sum, of: [beds]}}
      - {key: diary, title: Diary, text: For ourselves., answer: {kind: text}, private: true, required: false}
      - {key: first, title: First, text: It is so., why: Children.}
      - {key: second, title: Second, text: It is so., why: Children.}
"""
YESTERDAY = (clock.today() - timedelta(days=1)).isoformat()
PLAN = {"what": "Train", "owner": "The head", "due": YESTERDAY}


@pytest.fixture
def round_(make):
    return make.round_row(questionnaire_version_id=make.version(FORM).id)


def answered(make, assessment, **said):
    """Keys -> the columns of what was saved."""
    for key, columns in said.items():
        head = make.keep(Answer(assessment_id=assessment.id, question_key=key, number=1))
        make.keep(
            AnswerRevision(
                answer_id=head.id,
                number=1,
                save_id=key,
                author_id=make.person().id,
                **({"value": {}} | columns),
            )
        )


def cites(make, assessment, key, removed_at=None):
    by = make.person().id
    item = make.keep(
        EvidenceItem(
            organisation_id=assessment.organisation_id,
            title="A policy",
            url="https://example.org",
            added_by=by,
        )
    )
    make.keep(
        Citation(
            assessment_id=assessment.id,
            question_key=key,
            evidence_item_id=item.id,
            cited_by=by,
            removed_at=removed_at,
        )
    )


def plans(make, assessment, key, done_on=None):
    made = make.keep(
        Action(
            organisation_id=assessment.organisation_id,
            assessment_id=assessment.id,
            standard_key=key,
            number=1,
            done_on=done_on,
        )
    )
    make.keep(ActionRevision(action_id=made.id, number=1, what="Train", author_id=make.person().id))


@pytest.fixture
def expected(make, round_):
    """Assessments, and how many questions are complete in each."""
    bare, boards, cited, taken, planned = (make.assessment(round_=round_) for _ in range(5))
    answered(make, boards, boards={"value": {"value": "yes"}})
    answered(
        make,
        cited,
        boards={"value": {"value": "no"}},
        beds={"value": {"value": 40}},  # of before: it is asked no more
        first={"grade_key": "met"},
        second={"not_applicable_reason": "No such children."},
    )
    cites(make, cited, "first")
    answered(make, taken, first={"grade_key": "met"}, second={"not_applicable_reason": ""})
    cites(make, taken, "first", removed_at=clock.now())
    late = {"grade_key": "unmet", "value": {"action": PLAN}}
    answered(make, planned, first=late, second=late)
    plans(make, planned, "first", done_on=date(2026, 9, 1))
    plans(make, planned, "second")
    return {bare: 1, boards: 2, cited: 4, taken: 1, planned: 2}  # the diary may be left blank


def test_it_is_what_each_lead_is_told_in_one_statement(engine, session, make, expected):
    held = make.membership(Role.ADMINISTRATOR)
    administrator = viewer_of(session, held.person_id, held.id)
    settings = [setting_of(session, administrator, it.ref) for it in expected]

    with statements(engine) as sent:
        found = how_far(session, {it.assessment.id: it.asked for it in settings})

    sheets = [sheet_of(session, setting) for setting in settings]
    assert list(found.values()) == [(sheet.done, sheet.total) for sheet in sheets]
    assert [it.done for it in found.values()] == list(expected.values())
    assert {it.total for it in found.values()} == {4, 5}
    assert len(sent) == 1
