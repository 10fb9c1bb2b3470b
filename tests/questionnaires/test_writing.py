"""A questionnaire written as a file is the same one, and conditions written in words the same too."""

import pytest
from hypothesis import given, settings
from pydantic import TypeAdapter

from auditapp.questionnaires.checking import flaws_of
from auditapp.questionnaires.condition_words import condition_words, read_condition
from auditapp.questionnaires.conditions import Condition
from auditapp.questionnaires.publishing import SHIPPED
from auditapp.questionnaires.reading import read
from auditapp.questionnaires.schema import Questionnaire
from auditapp.questionnaires.writing import written
from tests.questionnaires.kinds import every_kind
from tests.questionnaires.made import conditions, questionnaires

CONDITION = TypeAdapter(Condition)
TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in SHIPPED.glob("*.yaml")}
TEXTS["every-kind"] = every_kind()


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_what_is_written_is_the_same_questionnaire(text):
    asked = read(text)

    assert read(written(asked)) == asked
    assert written(read(written(asked))) == written(asked)


@settings(max_examples=20, deadline=None)
@given(questionnaires())
def test_so_is_whatever_may_be_published(document):
    asked = Questionnaire.model_validate(document)

    assert list(flaws_of(asked)) == []
    assert read(written(asked)) == asked


def test_short_parts_stand_on_a_line_each_and_what_is_so_anyway_is_left_out():
    text = written(read(every_kind()))

    assert "  - {key: met, label: Met, letter: M, meaning: 'Yes.', strength: true}\n" in text or (
        "  - {key: met, label: Met, letter: M, meaning: Yes., strength: true}\n" in text
    )
    assert "required" not in text.replace("required: false", "")


@settings(max_examples=100, deadline=None)
@given(conditions(["policy", "in", "boarding"]))
def test_a_condition_comes_back_from_its_words(document):
    condition = CONDITION.validate_python(document)
    plain = CONDITION.dump_python(condition, mode="json", by_alias=True, exclude_defaults=True)

    assert CONDITION.validate_python(read_condition(condition_words(plain))) == condition


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (
            "boarding = yes and not (policy = no)",
            {
                "all": [
                    {"key": "boarding", "value": True},
                    {"not": {"answer": "policy", "value": "no"}},
                ]
            },
        ),
        (
            "group in (health, justice)",
            {"key": "group", "op": "in", "value": ["health", "justice"]},
        ),
        ("staff >= 5", {"answer": "staff", "op": "least", "value": 5}),
        ("answer boarding != yes", {"answer": "boarding", "op": "ne", "value": "yes"}),
        (
            "(kind = school or a = b) and all (c = d)",
            {
                "all": [
                    {"any": [{"key": "kind", "value": "school"}, {"answer": "a", "value": "b"}]},
                    {"all": [{"answer": "c", "value": "d"}]},
                ]
            },
        ),
    ],
)
def test_conditions_read_as_people_write_them(words, meant):
    assert read_condition(words) == meant


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("", "expected more at the end"),
        ("a = ", "expected more at the end"),
        ("a = b c", "expected 'and' or 'or' before 'c'"),
        ("a = b and c = d or e = f", "put brackets where 'and' and 'or' meet"),
        ("group in (x, y", "expected ) at the end"),
        ('a = "x', "cannot read"),
        ('a = "\\ud800"', "this is not JSON"),
        ("__import__('os')", "expected = or != or in or >= or <= before '('"),
        ("not " * 1_000, "at most 14 brackets"),
        ("(" * 1_000, "at most 14 brackets"),
        ("a" * 6_000, "at most 5,000 characters"),
    ],
)
def test_what_is_no_condition_is_refused_with_what_was_expected(words, says):
    with pytest.raises(ValueError, match=None) as refused:
        read_condition(words)

    assert says in str(refused.value)
