import pytest

from auditapp.web.navigation import BARS, bar_for


def bar(role, current=None, missing=()):
    return bar_for(role, current, lambda end: end not in missing, lambda end: f"/{end}")


def labels(places):
    return [place.label for place in places]


@pytest.mark.parametrize("role", sorted(BARS))
def test_no_role_has_more_than_six_places(role):
    assert 1 <= len(bar(role)) <= 6


def test_a_place_that_does_not_exist_is_left_out():
    assert labels(bar("SIGN", missing={"actions.list_actions"})) == ["To sign", "Feedback"]


@pytest.mark.parametrize("role", ["SUR", "ANO", ""])
def test_someone_without_a_role_has_no_bar(role):
    assert bar(role) == ()


@pytest.mark.parametrize(
    "current, label",
    [
        ("home.home", "Home"),
        ("assessments.edit_section", "Assessment"),
        ("moderation.feedback_list", "Feedback"),
        ("moderation.show_letter", "Feedback"),
    ],
)
def test_the_place_of_the_page_or_of_its_feature_is_current(current, label):
    assert [place.label for place in bar("LEAD", current) if place.current] == [label]


def test_the_pages_of_a_round_keep_rounds_current():
    assert [p.label for p in bar("PA", "invitations.show_round") if p.current] == ["Rounds"]


@pytest.mark.parametrize("current", [None, "accounts.choose_role"])
def test_a_page_outside_the_bar_makes_no_place_current(current):
    assert not any(place.current for place in bar("LEAD", current))
