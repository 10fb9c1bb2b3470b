"""Questions that earlier answers ask: whether they are asked, over random conditions and answers."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from auditapp.questionnaires.conditions import AllOf, AnswerIs, AnyOf, Compare, Not, holds, may_hold
from auditapp.questionnaires.reading import Unreadable, read
from auditapp.questionnaires.schema import Asked

KEYS = ("a", "b", "c", "d")
VALUES = ("yes", "no", "3")
SCHOOL = {"kind": "school", "boarding": True}

comparisons = st.one_of(
    st.builds(
        AnswerIs,
        answer=st.sampled_from(KEYS),
        op=st.sampled_from(["eq", "ne"]),
        value=st.sampled_from(VALUES),
    ),
    st.builds(
        AnswerIs, answer=st.sampled_from(KEYS), op=st.just("in"), value=st.just(("yes", "3"))
    ),
    st.builds(
        AnswerIs,
        answer=st.sampled_from(KEYS),
        op=st.sampled_from(["least", "most"]),
        value=st.integers(0, 5),
    ),
    st.builds(Compare, key=st.just("boarding"), value=st.booleans()),
)
conditions = st.recursive(
    comparisons,
    lambda inner: st.one_of(
        st.builds(AllOf, all=st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(AnyOf, any=st.lists(inner, min_size=1, max_size=3).map(tuple)),
        inner.map(lambda part: Not(**{"not": part})),
    ),
    max_leaves=8,
)
answers = st.dictionaries(
    st.sampled_from(KEYS), st.one_of(st.sampled_from(VALUES), st.just(["yes", "no"])), max_size=4
)


@given(conditions, answers)
def test_not_turns_it_round_and_all_and_any_are_each_other_denied(condition, said):
    denied = Not(**{"not": condition})

    assert holds(denied, SCHOOL, said) is not holds(condition, SCHOOL, said)
    assert holds(AllOf(all=(condition, denied)), SCHOOL, said) is False
    assert holds(AnyOf(any=(condition, denied)), SCHOOL, said) is True


@given(conditions, answers)
def test_what_holds_for_some_answers_may_hold(condition, said):
    if holds(condition, SCHOOL, said):
        assert may_hold(condition, SCHOOL)
    if not may_hold(condition, SCHOOL):
        assert not holds(condition, SCHOOL, said)


def questionnaire(applies):
    """Four numbers, each asked on the condition at its place; None: always."""
    asked = [
        {"key": key, "title": key, "text": f"{key}?", "answer": {"kind": "text"}}
        | ({"applies": condition} if condition else {})
        for key, condition in zip(KEYS, applies, strict=True)
    ]
    document = {"key": "q", "version": 1, "title": "Q"}
    sections = [{"key": "s", "title": "S", "questions": asked}]
    return read(yaml.safe_dump(document | {"sections": sections}))


def earlier(at):
    """A condition on one of the questions before the one at `at`."""
    return (
        st.none()
        if at == 0
        else st.one_of(
            st.none(),
            st.fixed_dictionaries(
                {
                    "answer": st.sampled_from(KEYS[:at]),
                    "op": st.sampled_from(["eq", "ne"]),
                    "value": st.sampled_from(VALUES),
                }
            ),
        )
    )


@given(st.tuples(*map(earlier, range(4))), answers)
def test_a_question_is_asked_if_its_condition_holds_for_what_is_asked(applies, said):
    asked = Asked(questionnaire(applies), SCHOOL)
    shown = asked.shown_for(said)
    counted = {key: said.get(key) for key in shown.keys}

    for at, key in enumerate(KEYS):
        before = {other: counted.get(other) for other in KEYS[:at] if other in counted}
        holds_now = applies[at] is None or holds(AnswerIs(**applies[at]), SCHOOL, before)
        assert (key in shown.keys) is holds_now
        assert asked.number_of(key) == f"1.{at + 1}"
    for key in shown.keys:
        assert shown.number_of(key) == asked.number_of(key)
    assert asked.shown_for({k: v for k, v in said.items() if k in shown.keys}).keys == shown.keys


YES = {"answer": "a", "value": "yes"}
HEAD = """
key: q
version: 1
title: Q
sections:
- key: s
  title: S
  questions:"""


def text_of(*questions):
    """A file that asks them, each a line of YAML."""
    return "\n  - ".join([HEAD, *questions])


@pytest.mark.parametrize(
    ("applies", "says"),
    [
        ([YES, None, None, None], "asks about 'a', which is not before it"),
        (
            [{"answer": "b", "value": "yes"}, YES, None, None],
            "asks about 'b', which is not before it",
        ),
        ([None, {"answer": "z", "value": "yes"}, None, None], "there is no question 'z'"),
        (
            [None, {"not": {"answer": "d", "value": "yes"}}, None, None],
            "asks about 'd', which is not before it",
        ),
        ([None, YES | {"op": "least", "value": 3}, None, None], "'a' does not take a number"),
        ([None, YES | {"op": "most"}, None, None], "'most' compares with a number, not 'yes'"),
        (
            [None, YES | {"op": "like"}, None, None],
            "input should be 'eq', 'ne', 'in', 'least' or 'most'",
        ),
        ([None, {"anwser": "a", "value": "yes"}, None, None], "'key' is missing"),
    ],
)
def test_a_condition_that_goes_in_a_circle_or_nowhere_is_refused_with_its_line(applies, says):
    with pytest.raises(Unreadable) as refused:
        questionnaire(applies)

    assert any(says in fault.message and fault.line > 4 for fault in refused.value.faults)


def test_a_condition_compares_with_what_the_question_can_answer():
    text = text_of(
        "{key: a, title: A, text: A?, answer: {kind: yes-no}}",
        "{key: p, title: P, text: P?, private: true, answer: {kind: yes-no}}",
        "{key: b, title: B, text: B?, answer: {kind: text}, applies: {answer: a, value: VALUE}}",
    )
    assert read(text.replace("VALUE", "no")).question("b").applies.wanted == ("no",)
    assert read(text.replace("VALUE", "false")).question("b").applies.wanted == ("no",)
    with pytest.raises(Unreadable, match="'a' is never 'partly'; expected yes, no"):
        read(text.replace("VALUE", "partly"))
    with pytest.raises(Unreadable, match="'p' is private"):
        read(text.replace("answer: a, value: VALUE", "answer: p, value: yes"))


@pytest.mark.parametrize(
    ("condition", "says"),
    [
        ("{key: phase, value: moon}", "no phase is called 'moon'; expected nursery, primary"),
        ("{key: type, op: in, value: [acadmy-converter]}", "expected academy-converter"),
        ("{key: boarding, value: yes}", "'boarding' is true or false, and never 'yes'"),
        ("{not: {key: group, value: faith}}", "no group is called 'faith'"),
    ],
)
def test_a_condition_compares_a_fact_with_what_it_can_be(condition, says):
    text = text_of(f"{{key: b, title: B, text: B?, answer: {{kind: text}}, applies: {condition}}}")

    with pytest.raises(Unreadable, match=says):
        read(text)


@pytest.mark.parametrize("word", ["nan", "sNaN", "inf", "-Infinity"])
def test_a_word_that_looks_like_no_number_is_a_word(word):
    assert not holds(AnswerIs(answer="a", value="5"), SCHOOL, {"a": word})
    assert not holds(AnswerIs(answer="a", op="least", value=5), SCHOOL, {"a": word})


def test_a_number_is_compared_with_numbers_and_a_list_with_nothing():
    text = text_of(
        "{key: a, title: A, text: A?, answer: KIND}",
        "{key: b, title: B, text: B?, answer: {kind: text}, applies: {answer: a, value: lots}}",
    )
    with pytest.raises(Unreadable, match="'a' is a number, and never 'lots'"):
        read(text.replace("KIND", "{kind: number}"))
    with pytest.raises(Unreadable, match="'a' has no one answer to compare with"):
        read(text.replace("KIND", "{kind: statement}"))


def test_a_merge_of_nothing_is_a_mistake_with_its_line():
    with pytest.raises(Unreadable, match="this is not YAML"):
        read("<<: [1, 2]\nkey: x\n")
