"""What a round may be, case by case."""

from datetime import date, timedelta

import pytest

from auditapp.core.days import day_of
from auditapp.core.errors import RuleBroken, WrongState
from auditapp.rounds import rules

DAYS = {
    "opens_on": date(2026, 9, 1),
    "due_on": date(2026, 12, 11),
    "final_on": date(2027, 1, 8),
    "moderation_ends_on": date(2027, 3, 1),
    "feedback_by": date(2027, 3, 26),
}


TODAY = date(2026, 9, 1)


def test_days_in_order_are_taken_and_the_later_two_may_be_open():
    rules.check_days(DAYS, TODAY)
    rules.check_days(DAYS | {"moderation_ends_on": None, "feedback_by": None}, TODAY)
    rules.check_days(dict.fromkeys(DAYS, date(2026, 9, 1)), TODAY)


def test_a_round_may_have_opened_but_is_neither_due_nor_over_before_today():
    rules.check_days(DAYS, DAYS["due_on"])

    assert list(rules.day_faults(DAYS, date(2026, 12, 12))) == ["due_on"]
    faults = rules.day_faults(DAYS, date(2027, 1, 9))
    assert list(faults) == ["due_on", "final_on"]
    assert faults["due_on"] == "This is past. Enter 9 January 2027 or a later day."


def test_every_day_that_is_out_of_order_is_named():
    wrong = DAYS | {"due_on": date(2026, 8, 30), "moderation_ends_on": date(2026, 12, 1)}

    faults = rules.day_faults(wrong, TODAY)

    assert faults == {
        "due_on": "This must be the day it opens or later: 1 September 2026.",
        "moderation_ends_on": "This must be the last day or later: 8 January 2027.",
    }


def test_two_rounds_do_not_have_one_title():
    rules.check_title("Section 11, 2026", ["Section 11, 2025"])

    with pytest.raises(RuleBroken) as caught:
        rules.check_title("section 11, 2026", ["Section 11, 2026"])
    assert caught.value.field == "title"


@pytest.mark.parametrize("field", sorted(set(DAYS) - {"opens_on"}))
def test_a_day_before_the_one_it_follows_is_refused_beside_its_field(field):
    with pytest.raises(RuleBroken) as caught:
        rules.check_days(DAYS | {field: date(2026, 8, 31)}, TODAY)

    assert caught.value.field == field


def test_feedback_is_promised_after_the_last_day_even_where_moderation_has_no_end():
    with pytest.raises(RuleBroken) as caught:
        rules.check_days(
            DAYS | {"moderation_ends_on": None, "feedback_by": date(2027, 1, 7)}, TODAY
        )

    assert caught.value.message == "This must be the last day or later: 8 January 2027."


@pytest.mark.parametrize(
    "typed",
    ["31 1 2027", "31/1/2027", "31.01.2027", " 31 January 2027 ", "31 Jan 2027", "2027-01-31"],
)
def test_a_day_is_read_as_people_write_it(typed):
    assert day_of(typed) == date(2027, 1, 31)


@pytest.mark.parametrize(("typed", "month"), [("1st March 2027", 3), ("1 sept 2027", 9)])
def test_so_is_a_day_with_an_ordinal_or_a_short_september(typed, month):
    assert day_of(typed) == date(2027, month, 1)


@pytest.mark.parametrize("typed", ["31 2 2027", "1/31/2027", "31 1 27", "tomorrow", "2027"])
def test_what_is_no_day_is_refused_with_an_example(typed):
    with pytest.raises(ValueError, match="31 1 2027"):
        day_of(typed)


def test_a_round_opens_to_someone_and_before_it_is_due():
    today = date(2026, 9, 1)
    rules.check_can_open("draft", today, today, 1)
    rules.check_can_open("open", date(2026, 8, 1), today, 1)

    with pytest.raises(RuleBroken, match="Choose who"):
        rules.check_can_open("draft", today, today, 0)
    with pytest.raises(RuleBroken, match="open already"):
        rules.check_can_open("open", today, today, 0)
    with pytest.raises(RuleBroken, match="31 August 2026"):
        rules.check_can_open("draft", date(2026, 8, 31), today, 1)
    with pytest.raises(WrongState):
        rules.check_can_open("closed", today, today, 1)


@pytest.mark.parametrize(
    ("due_on", "final_on", "field"),
    [
        (date(2026, 12, 10), date(2027, 1, 8), "due_on"),
        (date(2026, 12, 11), date(2027, 1, 7), "final_on"),
        (date(2027, 1, 9), date(2027, 1, 8), "final_on"),
        (date(2026, 12, 11), date(2027, 1, 8), "due_on"),
    ],
)
def test_extending_gives_more_time_never_less(due_on, final_on, field):
    rules.check_extension(DAYS["due_on"], DAYS["final_on"], date(2026, 12, 12), DAYS["final_on"])

    with pytest.raises(RuleBroken) as caught:
        rules.check_extension(DAYS["due_on"], DAYS["final_on"], due_on, final_on)

    assert caught.value.field == field


def test_one_organisation_may_have_until_the_last_day_and_no_longer():
    rules.check_own_extension(DAYS["due_on"], DAYS["final_on"], DAYS["final_on"])

    for day in (DAYS["due_on"], date(2027, 1, 9)):
        with pytest.raises(RuleBroken):
            rules.check_own_extension(DAYS["due_on"], DAYS["final_on"], day)


def test_from_an_open_round_nobody_is_taken_away():
    rules.check_removed("draft", 3)
    rules.check_removed("open", 0)

    with pytest.raises(RuleBroken):
        rules.check_removed("open", 1)


@pytest.mark.parametrize("reason", ["", "  ", "x" * 501])
def test_a_reason_is_given_in_at_most_500_characters(reason):
    with pytest.raises(RuleBroken) as caught:
        rules.check_reason(reason)

    assert caught.value.field == "reason"


@pytest.mark.parametrize(("days", "after"), [(60, 30), (31, 16), (2, 1), (1, 1), (0, 1)])
def test_reminding_begins_when_half_of_the_time_has_passed_and_never_on_the_first_day(days, after):
    opened_on = date(2026, 11, 2)

    assert rules.remind_from(opened_on, opened_on + timedelta(days)) == opened_on + timedelta(after)
