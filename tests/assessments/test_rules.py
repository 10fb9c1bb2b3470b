"""What an answer may be and what it still needs, without a database."""

from datetime import UTC, date, datetime

import pytest

from auditapp.actions.rules import Planned, check_planned
from auditapp.assessments import rules
from auditapp.assessments.rules import AnswerView, Content, State
from auditapp.core.errors import RuleBroken, Stale, WrongState
from auditapp.policy.states import OPEN_TO_ANSWERS, Status
from auditapp.questionnaires.reading import read
from tests.factories import small_questionnaire

TODAY = date(2026, 11, 24)
SCALE = read(small_questionnaire()).scales[0]
PLAN = Planned(what="Review it", owner="IT manager", due=date(2027, 1, 31))


def acts(**view):
    content = Content(**view.pop("content", {}))
    return [need.act for need in rules.needs_of(SCALE, AnswerView(content=content, **view), TODAY)]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({}, ["choose a grade"]),
        ({"commentary": "Words."}, ["choose a grade"]),
        ({"grade": "met"}, []),
        ({"grade": "partly-met"}, ["say what you will do", "say what you do"]),
        (
            {"grade": "not-met", "commentary": "Words.", "planned": Planned(what="Review it")},
            ["say who will do it", "say by when the action will be done"],
        ),
        ({"grade": "not-met", "commentary": "Words.", "planned": PLAN}, []),
        (
            {
                "grade": "not-met",
                "commentary": "Words.",
                "planned": Planned(what="Review it", owner="Head", due=TODAY),
            },
            ["give the action a date after today"],
        ),
        ({"grade": "exceeded"}, ["add evidence"]),
        ({"reason": ""}, ["say why it is not applicable"]),
        ({"reason": "We have no boarders."}, []),
    ],
)
def test_an_answer_needs_what_its_grade_asks_for(content, expected):
    assert acts(content=content) == expected


def test_evidence_and_a_done_action_meet_their_needs():
    late = Planned(what="Review it", owner="Head", due=date(2026, 1, 1))
    content = {"grade": "not-met", "commentary": "Words.", "planned": late}

    assert acts(content={"grade": "exceeded"}, cited=1) == []
    assert acts(content=content, action_done=True) == []
    assert acts(content=content) == ["give the action a date after today"]


@pytest.mark.parametrize(
    ("content", "state"),
    [
        (Content(), State.EMPTY),
        (Content(commentary="Words."), State.HALF),
        (Content(grade="exceeded"), State.HALF),
        (Content(reason=""), State.HALF),
        (Content(grade="met"), State.COMPLETE),
    ],
)
def test_a_standard_is_complete_half_done_or_not_begun(content, state):
    assert rules.state_of(SCALE, AnswerView(content=content), TODAY) is state


def test_needs_are_said_in_one_phrase():
    view = AnswerView(content=Content(grade="not-met"))

    assert rules.in_brief(rules.needs_of(SCALE, view, TODAY)) == "Needs an action and words"
    assert rules.in_brief([]) == ""


def test_one_goes_on_where_one_stopped_and_then_round_to_the_beginning():
    full, half, none = State.COMPLETE, State.HALF, State.EMPTY

    assert rules.first_unfinished({"a": none, "b": full, "c": half}, "b") == "c"
    assert rules.first_unfinished({"a": none, "b": full, "c": full}, "b") == "a"
    assert rules.first_unfinished({"a": none, "b": full}, "gone") == "a"
    assert rules.first_unfinished({"a": full, "b": full}, "a") is None


def test_minutes_are_five_for_what_is_not_begun_and_three_for_what_is_half_done():
    states = {"a": State.EMPTY, "b": State.EMPTY, "c": State.HALF, "d": State.COMPLETE}

    assert rules.minutes_left(states) == 13


@pytest.mark.parametrize("status", sorted(Status))
def test_answers_are_open_while_written_and_again_as_the_living_record(status):
    sent = datetime(2026, 12, 8, 9, tzinfo=UTC)
    if status in OPEN_TO_ANSWERS:
        rules.check_open_to_answers(status, sent, "head teacher")
        return
    with pytest.raises(WrongState):
        rules.check_open_to_answers(status, sent, "head teacher")


def test_the_page_says_with_whom_it_is_and_since_when():
    sent = datetime(2026, 12, 8, 23, 30, tzinfo=UTC)

    with pytest.raises(WrongState, match="^Read only: with the head teacher since 8 December.$"):
        rules.check_open_to_answers(Status.AWAITING_SIGN_OFF, sent, "head teacher")


@pytest.mark.parametrize("based_on", [None, 0, 2, 4])
def test_a_save_that_is_not_based_on_the_latest_revision_is_stale(based_on):
    rules.check_based_on(3, 3)
    with pytest.raises(Stale):
        rules.check_based_on(3, based_on)


def test_a_grade_is_one_of_the_standards_own_scale():
    rules.check_grade(SCALE, None)
    rules.check_grade(SCALE, "met")
    with pytest.raises(RuleBroken) as refused:
        rules.check_grade(SCALE, "green")
    assert refused.value.field == "grade"


def test_a_reason_belongs_to_not_applicable_and_to_no_grade():
    rules.check_not_applicable(Content(reason="We have no boarders."))
    with pytest.raises(RuleBroken):
        rules.check_not_applicable(Content(grade="met", reason="We have no boarders."))
    with pytest.raises(RuleBroken) as refused:
        rules.check_not_applicable(Content(reason="x" * (rules.REASON_MAX_CHARS + 1)))
    assert refused.value.field == "reason"


@pytest.mark.parametrize(("field", "limit"), [("commentary", 10_000), ("impact", 4_000)])
def test_words_have_a_limit_that_the_error_names(field, limit):
    rules.check_words(Content(**{field: "x" * limit}))
    with pytest.raises(RuleBroken, match=f"{limit:,} characters") as refused:
        rules.check_words(Content(**{field: "x" * (limit + 1)}))
    assert refused.value.field == field


def test_a_new_action_date_lies_ahead_and_a_kept_one_may_have_passed():
    passed = Planned(what="Review it", due=TODAY)

    check_planned(passed, passed, TODAY)
    check_planned(PLAN, Planned(), TODAY)
    with pytest.raises(RuleBroken, match="after today"):
        check_planned(passed, Planned(), TODAY)


def test_the_last_day_ends_at_midnight_in_london():
    final = date(2027, 6, 30)  # summer time: midnight there is 23:00 in UTC

    def late(hour, minute, status=Status.IN_PROGRESS, extended=None):
        now = datetime(2027, 6, 30, hour, minute, tzinfo=UTC)
        return rules.is_late(status, final, extended, now)

    assert not late(22, 59)
    assert late(23, 0)
    assert not late(23, 0, extended=date(2027, 7, 2))
    assert late(23, 0, extended=date(2027, 6, 1))
    assert not late(23, 0, status=Status.SUBMITTED)


def test_one_person_may_not_both_send_and_sign_unless_their_type_is_let_off():
    rules.check_two_people(1, 2, one_may_do_both=False)
    rules.check_two_people(1, 1, one_may_do_both=True)
    with pytest.raises(WrongState):
        rules.check_two_people(1, 1, one_may_do_both=False)


def test_text_is_kept_as_typed_without_what_no_database_takes():
    assert rules.as_typed(" a\r\nb\rc\x00\x07\td \n") == "a\nb\nc\td"
