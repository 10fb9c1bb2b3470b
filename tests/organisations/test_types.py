"""Types, phases and duties: each organisation is told its own, never one label for all."""

import csv

import pytest

from auditapp.organisations.types import (
    AGENCY_TYPES,
    DUTIES,
    GROUP_LABELS,
    KIND_LABELS,
    PHASE_LABELS,
    TYPES,
    Scope,
    duty_words,
    phase_of,
    type_label,
    type_of,
)
from tests.organisations.lists import real

PHASES_OF_REGISTER = {
    "Nursery": "nursery",
    "Primary": "primary",
    "Middle deemed primary": "primary",
    "Secondary": "secondary",
    "Middle deemed secondary": "secondary",
    "16 plus": "sixteen-plus",
    "All-through": "all-through",
    "Not applicable": "none",
    "": "none",
}


@pytest.mark.parametrize("key", sorted(TYPES))
def test_a_type_is_told_in_words_that_pages_have(key):
    of_type = TYPES[key]

    assert type_label(key) == of_type.label
    assert of_type.kind in KIND_LABELS
    assert of_type.group in GROUP_LABELS
    assert of_type.phase in {"", *PHASE_LABELS}
    assert of_type.duty in DUTIES or of_type.scope is Scope.OUT


@pytest.mark.parametrize("duty", sorted(DUTIES))
def test_a_duty_has_a_title_an_assessment_and_a_sentence(duty):
    words = duty_words(duty)

    assert words.title and words.assessment.endswith("ssessment")
    assert words.sentence.startswith(f"Your {words.whose}’s ")
    assert not words.sentence.endswith(".")


def test_the_same_duty_is_someone_elses_in_an_academy_and_in_an_independent_school():
    assert "academy trust’s duty under section 157" in duty_words("s157", "free-school").sentence
    assert "proprietor’s duty under section 157" in duty_words("s157").sentence


def test_a_duty_that_does_not_exist_is_an_error():
    with pytest.raises(KeyError):
        duty_words("s12")


@pytest.mark.parametrize(("phase", "wanted"), sorted(PHASES_OF_REGISTER.items()))
def test_a_school_is_reported_under_the_phase_of_the_register(phase, wanted):
    assert phase_of(TYPES["academy-converter"], phase) == wanted


@pytest.mark.parametrize(
    ("code", "phase"),
    [("07", "special"), ("10", "special"), ("14", "alternative-provision"), ("11", "independent")]
    + [("18", "sixteen-plus"), ("32", "sixteen-plus"), ("36", "special")],
)
def test_where_the_register_gives_no_phase_the_type_does(code, phase):
    assert phase_of(type_of(code), "Not applicable") == phase


def test_only_the_further_education_type_tells_a_sixth_form_college():
    college = type_of("18", "General Further Education College")
    sixth_form = type_of("18", "Sixth Form College (Voluntary Aided)")

    assert (college.key, sixth_form.key) == ("further-education", "sixth-form-college")
    assert {college.duty, sixth_form.duty} == {"s175"}


def test_a_code_that_the_register_does_not_use_is_no_type():
    assert type_of("99") is None


def test_agencies_without_a_duty_of_their_own_take_part_as_relevant_agencies():
    assert AGENCY_TYPES["police"].duty == "s11"
    assert AGENCY_TYPES["fire-and-rescue"].duty == "relevant-agency"
    assert AGENCY_TYPES["childminder"].duty == "s40"


def test_every_type_of_the_real_register_has_the_duty_that_was_looked_up():
    path = real("lookups/establishment_type_duty.csv")
    with path.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["duty"] not in ("none", "review")]

    assert {row["type_code"]: type_of(row["type_code"]).duty for row in rows} == {
        row["type_code"]: row["duty"] for row in rows
    }
