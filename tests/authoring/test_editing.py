"""Every part of a questionnaire can be shown in boxes and read from them as the same."""

import random

import pytest
from flask import Flask
from hypothesis import given, settings
from werkzeug.datastructures import MultiDict

from auditapp.authoring.editing import (
    added,
    changed,
    described,
    key_from,
    moved,
    moved_to,
    reading_of,
    removed,
)
from auditapp.authoring.fields import boxes_of, part_form, said_in, shown
from auditapp.authoring.parts import WHOLE, find, nearest_part, parts_of
from auditapp.authoring.rewriting import rewritten
from auditapp.authoring.seeds import GRADES, PERIODS, STANDARDS, seeded
from auditapp.core.errors import Missing, RuleBroken
from auditapp.questionnaires.places import Unreadable
from auditapp.questionnaires.reading import read
from auditapp.questionnaires.schema import Questionnaire
from auditapp.questionnaires.workbook_cells import value_of
from auditapp.questionnaires.writing import written
from tests.authoring.test_rewriting import TEXTS, saying
from tests.questionnaires.made import questionnaires


@pytest.fixture(scope="module")
def app():
    """Forms need an application, and no other part of ours."""
    app = Flask("forms")
    app.secret_key = "of-no-use"
    return app


def sent(boxes, sort, part):
    """What a browser sends for a page that was not changed."""
    data = MultiDict()
    for box in boxes:
        value = shown(box, sort, part)
        for one in value if isinstance(value, list) else [value]:
            data.add(box.name, str(one).replace("\n", "\r\n"))
    return data


def all_parts(document):
    return [find(document, WHOLE), *parts_of(document)]


def fields_of(document, found):
    return boxes_of(found.sort, found.part, document, find(document, found.owner).part)


def said_by_sending_back(app, document):
    """What pages of all parts would change when they are sent as they came."""
    with app.test_request_context(method="POST"):
        for found in all_parts(document):
            boxes = fields_of(document, found)
            data = sent(boxes, found.sort, found.part)
            form = part_form(boxes, found.sort, found.part, formdata=data)
            yield found.address, said_in(form, boxes, found.sort, found.part)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_pages_that_are_sent_as_they_came_change_nothing(app, text):
    assert [it for it in said_by_sending_back(app, saying(text)) if it[1]] == []


def retyped(document, found):
    """The document with every box of a part typed again."""
    boxes = fields_of(document, found)
    said = {}
    for box in boxes:
        inside = found.part
        for name in box.path:
            inside = inside.get(name) if isinstance(inside, dict) else None
        if inside is not None:
            typed = shown(box, found.sort, found.part)
            said[box.path] = typed if isinstance(typed, list) else value_of(box.column, typed)
    return changed(document, found.address, said)


@pytest.mark.proof
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_whatever_is_typed_again_is_the_same_questionnaire(text, rounds, seed):
    document = saying(text)
    parts = all_parts(document)
    for found in random.Random(seed).sample(parts, min(len(parts), rounds(12, 10_000))):
        new = retyped(document, found)
        assert reading_of(new).questionnaire == read(text)
        assert saying(rewritten(text, new)) == new


@pytest.mark.proof
def test_so_it_is_with_whatever_may_be_published(app, rounds, proof_figure):
    wanted, tried = rounds(10, 500), []

    @settings(max_examples=wanted, deadline=None, database=None)
    @given(questionnaires())
    def each_comes_back(document):
        text = written(Questionnaire.model_validate(document))
        said = saying(text)
        tried.append(not any(it for _, it in said_by_sending_back(app, said)))
        assert tried[-1]
        for found in all_parts(said)[:3]:
            new = retyped(said, found)
            assert read(rewritten(text, new)) == read(text)

    try:
        each_comes_back()
    finally:
        lost = tried.count(False)
        proof_figure(f"questionnaires changed by authoring and back, of {len(tried)} made", lost)


SMALL = """\
key: small
version: 1
title: Small
scales:
  - key: two
    title: Two
    edition: "1"
    grades:
      - {key: no, label: "No", letter: N, meaning: It is not., gap: true}
      - {key: met, label: Met, letter: M, meaning: It is., strength: true}
sections:
  - key: first
    title: First
    questions:
      - key: one
        title: One
        text: One is so.
        why: Children.
        descriptors: {no: Not one., met: One.}
      - key: how
        title: How
        text: How?
        answer: {kind: choice, options: [{key: a, label: A}, {key: b, label: B}]}
  - key: second
    title: Second
    questions:
      - key: when
        title: When
        text: When?
        applies: {answer: how, value: a}
        answer: {kind: date}
"""
FIRST, ONE = "sections.first", "sections.first.questions.one"


@pytest.fixture
def small():
    return saying(SMALL)


def test_what_is_said_stands_in_the_order_of_the_schema_and_as_files_keep_it(small):
    new = changed(small, ONE, {("evidence",): ["Minutes"], ("required",): True})
    assert list(find(new, ONE).part) == ["key", "title", "text", "why", "descriptors", "evidence"]

    new = changed(small, WHOLE, {("version",): "2"})
    assert new["version"] == 2 and "version: 2\n" in rewritten(SMALL, new)


def test_what_has_not_the_shape_is_refused_at_its_place(small):
    with pytest.raises(Unreadable) as raised:
        changed(small, "sections.second.questions.when", {("answer", "within_months"): "soon"})
    [fault] = raised.value.faults
    assert fault.path[-1] == "within_months" and "whole number" in fault.message


def test_what_is_added_is_as_files_keep_it_and_nothing_beside_it_changes(small):
    named = {"key": "uncrc", "edition": "1989"}
    text = SMALL.replace("answer: {kind: date}", "answer: {kind: date}\n        required: true")
    document, address = added(saying(text), WHOLE, "sources", named)
    assert address == "sources.uncrc" and document["sources"] == [named]
    made = {"key": "x", "title": "X", "text": "X?", "answer": {"kind": "number", "most": "9"}}
    new, _ = added(document, "sections.second", "questions", made | {"required": True})
    assert find(new, "sections.second.questions.x").part == {
        "key": "x",
        "title": "X",
        "text": "X?",
        "answer": {"kind": "number", "most": "9"},
    }
    assert find(new, "sections.second.questions.when").part["required"] is True


def test_what_is_missing_is_a_flaw_of_its_part(small):
    new, address = added(small, FIRST, "questions", {"key": "new", "title": "N", "text": "N."})
    assert address == "sections.first.questions.new"
    flaws = reading_of(new).flaws
    places = {it.path: it for it in all_parts(new)}
    assert [nearest_part(places, it.path).address for it in flaws] == [address, address]
    assert "why" in flaws[0].says and "descriptor" in flaws[1].says


def test_a_grade_is_described_everywhere_by_its_meaning_and_nowhere_twice(small):
    grade = {"key": "half", "label": "Half", "letter": "H", "meaning": "Half of it."}
    new, address = added(small, "scales.two", "grades", grade)
    new = described(moved(new, address, -1), "scales.two")
    assert find(new, ONE).part["descriptors"] == {
        "no": "Not one.",
        "half": "Half of it.",
        "met": "One.",
    }
    assert "descriptors: {'no': Not one., half: Half of it., met: One.}\n" in rewritten(SMALL, new)
    assert reading_of(new).flaws == []
    with pytest.raises(Missing):
        described(small, FIRST)


def test_a_part_moves_within_its_list_and_not_out_of_it(small):
    up = moved(small, "sections.second", -1)
    assert [it["key"] for it in up["sections"]] == ["second", "first"]
    assert moved(up, "sections.second", -1) == up
    assert "not before it" in reading_of(up).flaws[0].says


def test_a_question_moves_to_another_section_but_not_the_last_of_one(small):
    new, address = moved_to(small, ONE, "second")
    assert address == "sections.second.questions.one"
    assert [it["key"] for it in new["sections"][1]["questions"]] == ["when", "one"]
    with pytest.raises(RuleBroken, match="the last one there"):
        moved_to(small, "sections.second.questions.when", "first")


def test_a_list_keeps_what_it_needs(small):
    for address in ("scales.two.grades.no", "sections.first.questions.how.answer.options.a"):
        with pytest.raises(RuleBroken, match="one of the last 2"):
            removed(small, address)
    with pytest.raises(RuleBroken, match="the last one"):
        removed(small, "sections.second.questions.when")
    assert "scales" not in removed(small, "scales.two")
    with pytest.raises(Missing):
        removed(small, WHOLE)
    with pytest.raises(Missing):
        removed(small, "sections.third")


def test_a_part_knows_what_it_hangs_on_whatever_that_is_called():
    odd = saying(SMALL.replace("key: first", "key: answer").replace("key: how", "key: options"))
    owners = {it.address: it.owner for it in parts_of(odd)}
    how = "sections.answer.questions.options"
    assert owners[how] == "sections.answer"
    assert owners[f"{how}.answer.options.a"] == how
    assert owners["sections.answer"] == WHOLE


def test_keys_are_made_of_words_and_differ():
    assert key_from("Safer recruitment & checks", set()) == "safer-recruitment-checks"
    assert key_from("Policy", {"policy", "policy-2"}) == "policy-3"
    assert key_from("2026", set()) == "k-2026"
    assert key_from("Äö", set()) == "k"
    assert len(key_from("word " * 30, set())) <= 40


def test_lines_become_parts_that_can_stand():
    standards = seeded(STANDARDS, "We know.\n\n" + "We act on all that we know " * 5, {"we-know"})
    assert standards[0]["key"] == "we-know-2"
    assert len(standards[1]["title"]) <= 60 and standards[1]["title"].endswith("...")
    grades = seeded(GRADES, "Red\nRed amber\nGreen", set())
    assert [it["letter"] for it in grades] == ["R", "Re", "G"]
    assert grades[0]["gap"] and grades[-1]["strength"]
    assert seeded(PERIODS, "Year\nQ1", set())[0]["key"] == "year-2"
    with pytest.raises(ValueError, match="2 or more"):
        seeded(GRADES, "Red\n ", set())


def test_no_wording_keeps_what_no_page_could_take_out(small):
    """Of a grade that is gone, of a standard that is none any more, of a variant that is gone."""
    clubs = {"key": "clubs", "title": "Clubs", "applies": {"key": "kind", "value": "agency"}}
    partly = {"key": "partly", "label": "Partly", "letter": "P", "meaning": "Some."}
    means = {"met": "All of us.", "partly": "Some of us."}
    made, _ = added(small, WHOLE, "variants", clubs)
    made, grade = added(made, "scales.two", "grades", partly)
    wording = {"variant": "clubs", "title": "Ours", "descriptors": means}
    made, address = added(made, ONE, "wordings", wording)

    without = removed(made, grade)
    assert find(without, address).part["descriptors"] == {"met": "All of us."}

    said = {("answer",): {"kind": "text"}, ("descriptors",): None, ("scale",): None}
    assert find(changed(made, ONE, said), address).part == {"variant": "clubs", "title": "Ours"}

    assert "wordings" not in find(removed(made, "variants.clubs"), ONE).part
