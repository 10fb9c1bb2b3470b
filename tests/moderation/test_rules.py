"""The rules of moderation alone, with all their cases."""

import pytest

from auditapp.core.errors import RuleBroken, Stale, WrongState
from auditapp.moderation import rules
from auditapp.policy.states import Status
from auditapp.questionnaires.reading import read
from tests.factories import small_questionnaire

SCALE = read(small_questionnaire()).scales[0]


@pytest.mark.parametrize("self_grade", ["met", "exceeded", None])
def test_a_changed_grade_needs_a_rationale(self_grade):
    with pytest.raises(RuleBroken) as caught:
        rules.check_rationale(self_grade, "partly-met", "")

    assert caught.value.field == "rationale"
    rules.check_rationale(self_grade, "partly-met", "No minutes seen.")


@pytest.mark.parametrize(("self_grade", "grade"), [("met", "met"), (None, rules.NO_GRADE)])
def test_a_grade_that_is_kept_needs_none(self_grade, grade):
    rules.check_rationale(self_grade, grade, "")


def test_a_rationale_has_a_limit():
    rules.check_rationale("met", "not-met", "x" * rules.RATIONALE_MAX_CHARS)

    with pytest.raises(RuleBroken, match="2,000 characters or fewer"):
        rules.check_rationale("met", "not-met", "x" * (rules.RATIONALE_MAX_CHARS + 1))


@pytest.mark.parametrize("grade", ["green", "Met", "not-applicable"])
def test_a_grade_is_one_of_the_standards_own_scale(grade):
    with pytest.raises(RuleBroken) as caught:
        rules.check_grade(SCALE, "met", grade)

    assert caught.value.field == "grade"


def test_no_grade_is_agreed_to_only_where_the_organisation_gave_none():
    rules.check_grade(SCALE, None, rules.NO_GRADE)

    with pytest.raises(RuleBroken):
        rules.check_grade(SCALE, "met", rules.NO_GRADE)


@pytest.mark.parametrize("based_on", [None, 0, 2, 4])
def test_a_save_is_based_on_the_latest_revision(based_on):
    rules.check_based_on(3, 3)

    with pytest.raises(Stale):
        rules.check_based_on(3, based_on)


@pytest.mark.parametrize("status", Status)
def test_marks_are_taken_only_in_moderation(status):
    if status is Status.IN_MODERATION:
        rules.check_open_to_marking(status)
        return
    with pytest.raises(WrongState):
        rules.check_open_to_marking(status)


def test_nothing_is_done_again_once_feedback_is_released():
    rules.check_not_released(Status.MODERATION_COMPLETED)

    with pytest.raises(WrongState, match="released already"):
        rules.check_not_released(Status.FEEDBACK_RELEASED)


@pytest.mark.parametrize("status", Status)
def test_an_assessment_is_given_out_while_submitted_or_in_moderation(status):
    if status in {Status.SUBMITTED, Status.IN_MODERATION}:
        rules.check_open_to_allocation(status, revealed=False)
        return
    with pytest.raises(WrongState):
        rules.check_open_to_allocation(status, revealed=False)


def test_nobody_joins_the_panel_of_an_assessment_after_the_reveal():
    with pytest.raises(WrongState):
        rules.check_open_to_allocation(Status.IN_MODERATION, revealed=True)


@pytest.mark.parametrize("status", Status)
def test_feedback_is_released_from_completed_or_as_a_sheet_from_submitted(status):
    if status in {Status.SUBMITTED, Status.MODERATION_COMPLETED}:
        rules.check_open_to_release(status)
        return
    with pytest.raises(WrongState):
        rules.check_open_to_release(status)


@pytest.mark.parametrize("status", Status)
def test_the_business_unit_corrects_a_letter_only_between_completion_and_release(status):
    if status is Status.MODERATION_COMPLETED:
        rules.check_open_to_proofreading(status)
        return
    with pytest.raises(WrongState):
        rules.check_open_to_proofreading(status)


def test_an_assessment_is_read_by_at_least_one_member_of_the_rounds_own_panel():
    rules.check_members(["abc"], unknown=0)

    for chosen, unknown in (([], 0), (["abc"], 1)):
        with pytest.raises(RuleBroken) as caught:
            rules.check_members(chosen, unknown)
        assert caught.value.field == "members"


def test_nobody_with_a_conflict_of_interest_is_assigned():
    rules.check_unlinked([])

    with pytest.raises(RuleBroken, match="Person 4"):
        rules.check_unlinked(["Person 4"])


def test_grades_are_revealed_once_a_member_has_marked_everything():
    rules.check_all_marked(1)

    with pytest.raises(RuleBroken):
        rules.check_all_marked(0)


def test_what_is_not_settled_is_named():
    rules.check_all_settled([])

    with pytest.raises(RuleBroken, match="1.1 Cover; 2.3 Filtering"):
        rules.check_all_settled(["1.1 Cover", "2.3 Filtering"])


def test_nothing_is_settled_before_the_reveal():
    rules.check_revealed(True)

    with pytest.raises(WrongState):
        rules.check_revealed(False)


@pytest.mark.parametrize("field", ["strengths", "developments"])
def test_a_letters_lists_have_a_limit(field):
    words = {"strengths": "", "developments": ""}
    rules.check_words(**words | {field: "x" * rules.LETTER_MAX_CHARS})

    with pytest.raises(RuleBroken) as caught:
        rules.check_words(**words | {field: "x" * (rules.LETTER_MAX_CHARS + 1)})

    assert caught.value.field == field


def test_a_note_has_a_limit():
    rules.check_note("x" * rules.NOTE_MAX_CHARS)

    with pytest.raises(RuleBroken):
        rules.check_note("x" * (rules.NOTE_MAX_CHARS + 1))


def test_who_completes_and_who_releases_are_two_people():
    rules.check_two_people(completed_by=1, released_by=2, two_needed=True)
    rules.check_two_people(completed_by=None, released_by=2, two_needed=True)
    rules.check_two_people(completed_by=1, released_by=1, two_needed=False)

    with pytest.raises(RuleBroken):
        rules.check_two_people(completed_by=1, released_by=1, two_needed=True)
