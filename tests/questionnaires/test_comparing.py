"""Two versions side by side: what became of every question, and what a person must say."""

import time
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditapp.questionnaires.comparing import Kind, compare, joined, other_changes
from auditapp.questionnaires.likeness import Likeness
from auditapp.questionnaires.reading import read
from auditapp.questionnaires.schema import MAX_QUESTIONS, Questionnaire, as_json
from tests.factories import small_questionnaire
from tests.questionnaires.edits import Edited, small

TEXT = small_questionnaire()
TRAINED = "Staff are trained in online safety every autumn term."
REPORT = "Governors review serious incidents quarterly with outside advice."


def after(*replaced, text=TEXT):
    for old, new in replaced:
        assert old in text
        text = text.replace(old, new, 1)
    return read(text.replace("version: 1", "version: 2", 1))


def changes(new, mapped=(), old=None):
    return {it.after or it.before: it for it in compare(old or small(), new, mapped)}


def suggested(old, new):
    return {(it.before, it.after): it for it in Likeness(old, new).suggestions}


def test_two_alike_are_the_same_throughout():
    found = compare(small(), after())

    assert {it.kind for it in found} == {Kind.SAME}
    assert all(it.is_none and not it.breaks for it in found)
    assert [it.after for it in found] == [it.key for it in small().questions]
    assert other_changes(small(), after()) == ()


@pytest.mark.parametrize(
    ("edit", "what"),
    [
        (("title: Culture standard 1", "title: Culture first"), "title"),
        (("text: Culture standard 1 is", "text: Culture is"), "statement"),
        (("why: It keeps", "why: This keeps"), "why it matters"),
        (("not-met: None.", "not-met: Nothing."), "descriptors"),
        (("A policy, A minute", "A policy"), "what is normally enough"),
        (("What changed for a child?", "What changed?"), "prompt for impact"),
        (("part: section 175", "part: section 157"), "sources"),
    ],
)
def test_what_reads_otherwise_is_named(edit, what):
    change = changes(after(edit))["c1"]

    assert (change.kind, change.reworded, change.breaks) == (Kind.REWORDED, (what,), ())


def test_who_is_asked_follows_from_the_section_too():
    found = changes(
        after(
            (
                "    title: Culture\n",
                "    title: Culture\n    applies: {key: kind, value: school}\n",
            )
        )
    )

    assert found["c1"].reworded == ("who is asked",)
    assert found["o1"].kind is Kind.SAME


def test_a_question_moves_within_its_section_and_between_sections():
    def order(*keys):
        document = as_json(small())
        known = {it["key"]: it for section in document["sections"] for it in section["questions"]}
        for section, wanted in zip(document["sections"], keys, strict=True):
            section["questions"] = [known[key] for key in wanted.split()]
        return Questionnaire.model_validate(document)

    def moved(new):
        return {key for key, it in changes(new).items() if it.kind is Kind.MOVED}

    assert moved(order("c2 c3 c1", "o1 o2 o3")) == {"c1"}
    assert moved(order("c1 c3", "o1 o2 c2 o3")) == {"c2"}
    assert moved(order("c1 c2 c3 o3", "o1 o2")) == {"o3"}


@pytest.mark.parametrize(
    ("edit", "what"),
    [
        (("edition: 2026-09", "edition: 2027-09"), "edition"),
        (("label: Met, letter: M, meaning: All.", "label: Met, letter: M, meaning: Most."), "meanings"),
        (("points: 1, gap: true", "points: 1"), "gaps"),
        (("points: 2", "points: 2, strength: true"), "strengths"),
        (("points: 2", "points: 5"), "points"),
    ],
)  # fmt: skip
def test_a_scale_whose_grades_mean_something_else_breaks_the_series(edit, what):
    change = changes(after(edit))["c1"]

    assert change.kind is Kind.SAME and not change.is_none
    assert (change.scale, change.breaks) == ((what,), (f"scale: {what}",))


def test_grades_that_come_or_change_places_break_it_too():
    document = as_json(small())
    scale = document["scales"][0]
    scale["grades"][:2] = scale["grades"][1::-1]
    turned = Questionnaire.model_validate(document)
    scale["grades"].append({"key": "best", "label": "Best", "letter": "B", "meaning": "Best."})
    longer = Questionnaire.model_validate(document)

    assert changes(turned)["c1"].scale == ("order",)
    assert changes(longer, old=turned)["c1"].scale == ("grades",)


def test_a_colour_changes_no_meaning_but_is_seen():
    new = after(("meaning: None.,", "meaning: None., colour: red,"))

    assert changes(new)["c1"].is_none
    assert other_changes(small(), new) == ("scales",)


def test_what_became_of_a_key_counts_only_where_it_was_said():
    new = after(("key: c1", "key: first"))

    unsaid, said = changes(new), changes(new, {("c1", "first")})
    assert unsaid["first"].kind is Kind.NEW and unsaid[("c1",)].kind is Kind.GONE
    assert (said["first"].kind, said["first"].before) == (Kind.SAME, ("c1",))
    assert ("c1",) not in said
    assert changes(new, {("nobody", "first"), ("c1", "nowhere")}) == unsaid


def test_what_hangs_on_a_renamed_question_is_as_it_was_once_that_is_said():
    asked = """
      - {key: KEY, title: Staff, text: How many?, answer: {kind: number}}
      - {key: all, title: All, text: All., answer: {kind: derived, op: sum, of: [KEY]}}
      - {key: why, title: Why, text: Why?, applies: {answer: KEY, value: 3}, answer: {kind: text}}
"""
    old, new = (TEXT + asked.replace("KEY", key) for key in ("staff", "people"))

    said = changes(read(new), [("staff", "people")], read(old))
    unsaid = changes(read(new), (), read(old))

    assert {said[key].kind for key in ("all", "why")} == {Kind.SAME}
    assert said["all"].breaks == ()
    assert unsaid["all"].breaks == ("scale: kind of answer",)
    assert unsaid["why"].reworded == ("who is asked",)


def test_split_and_merged_are_breaks_and_name_where_they_came_from():
    split = changes(after(("key: c2", "key: half")), {("c1", "half")})
    merged = changes(after(("key: c2", "key: other")), {("c2", "c1")})

    assert {it.kind for it in (split["c1"], split["half"])} == {Kind.SPLIT}
    assert split["half"].before == split["c1"].before == ("c1",)
    assert merged["c1"].before == ("c1", "c2")
    assert merged["c1"].breaks == ("merged",) and merged["other"].breaks == ("new",)


def test_only_some_questions_are_compared_where_only_some_are_wanted():
    new = after(("key: c1", "key: first"))

    assert [it.after for it in compare(small(), new, only=["c2"])] == ["c2"]


def test_a_renamed_question_is_suggested_with_its_likeness():
    [same] = suggested(small(), after(("key: c1", "key: first"))).values()
    nearly = after(("key: c1", "key: first"), ("text: Culture standard 1 is", "text: Culture 1 is"))
    [near] = suggested(small(), nearly).values()

    assert (same.before, same.after, same.kind, same.likeness) == ("c1", "first", Kind.SAME, 1)
    assert near.kind is Kind.REWORDED and 0.6 <= near.likeness <= 1


def test_what_is_really_new_is_not_suggested():
    text = TEXT.replace("key: c1", "key: first").replace("Culture standard 1", "Fire doors")

    assert suggested(small(), read(text)) == {}


def worded(*texts):
    """A questionnaire of those (key, text)."""
    document = as_json(small())
    section = document["sections"][0]
    like = section["questions"][0]
    section["questions"] = [like | {"key": key, "title": key, "text": text} for key, text in texts]
    return Questionnaire.model_validate(document)


def test_parts_of_a_question_that_went_are_suggested_as_a_split():
    old = worded(("both", f"{TRAINED} {REPORT}"))
    new = worded(("trained", TRAINED), ("review", REPORT))

    assert {pair: it.kind for pair, it in suggested(old, new).items()} == {
        ("both", "trained"): Kind.SPLIT,
        ("both", "review"): Kind.SPLIT,
    }


def test_a_part_of_a_question_that_stays_is_suggested_as_a_split():
    old, new = worded(("a", f"{TRAINED} {REPORT}")), worded(("a", TRAINED), ("b", REPORT))

    assert {pair: it.kind for pair, it in suggested(old, new).items()} == {("a", "b"): Kind.SPLIT}


def test_questions_that_went_into_another_are_suggested_as_merged():
    old = worded(("a", TRAINED), ("b", REPORT))
    both = f"{TRAINED} {REPORT}"

    assert {pair: it.kind for pair, it in suggested(old, worded(("a", both))).items()} == {
        ("b", "a"): Kind.MERGED
    }
    assert {it.kind for it in suggested(old, worded(("c", both))).values()} == {Kind.MERGED}


def test_four_hundred_renamed_questions_are_compared_well_within_a_second():
    text = "The safeguarding lead of the school makes sure that number {} is known to all staff."
    keys = [f"q{n}" for n in range(MAX_QUESTIONS)]
    old = worded(*[(key, text.format(key)) for key in keys])
    new = worded(*[(f"new-{key}", text.format(key)) for key in keys])

    began = time.perf_counter()
    found = suggested(old, new)
    compare(old, new, found.keys())

    assert time.perf_counter() - began < 2  # 0.5 s on an idle machine; the suite runs on busy ones
    assert set(found) == {(key, f"new-{key}") for key in keys}


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 2**32), st.integers(1, 12))
def test_after_any_edits_every_answer_stands_under_the_questions_it_came_to(drawn, times):
    edited = Edited(small(), Random(drawn)).edit(times)
    old, new = edited.before, edited.after
    answers = {question.key: f"answer to {question.key}" for question in old.questions}

    found = compare(old, new, edited.pairs)

    shown = joined(answers, found)
    assert {key: frozenset(held.values) for key, held in shown.items()} == {
        key: frozenset(answers[origin] for origin in origins)
        for key, origins in edited.origins.items()
    }
    gone = {change.before for change in found if change.kind is Kind.GONE}
    carried = {value for held in shown.values() for value in held.values}
    assert carried | {answers[key] for (key,) in gone} == set(answers.values())
    for change in found:
        assert bool(change.breaks) == edited.breaks(change.after), change


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 2**32))
def test_without_a_word_from_a_person_no_answer_changes_its_key(drawn):
    edited = Edited(small(), Random(drawn)).edit(8)
    answers = {question.key: question.key for question in edited.before.questions}

    for key, held in joined(answers, compare(edited.before, edited.after)).items():
        assert set(held.values) <= {key}
