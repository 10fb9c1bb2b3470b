"""A file that is changed here and there stays as its writer left it everywhere else."""

import copy
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditapp.authoring.nodes import File
from auditapp.authoring.rewriting import rewritten
from auditapp.questionnaires.composing import root_of, value_of
from auditapp.questionnaires.places import Unreadable
from auditapp.questionnaires.publishing import SHIPPED
from auditapp.questionnaires.schema import Questionnaire
from auditapp.questionnaires.writing import written
from tests.questionnaires.kinds import every_kind
from tests.questionnaires.made import questionnaires

TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in SHIPPED.glob("*.yaml")}
TEXTS["every-kind"] = every_kind()
FORM = """\
# yaml-language-server: $schema=questionnaire.schema.json
key: form   # for ever
version: 1  # raise it
title: >-  # said on every page
  A form of
  ours
sections:
  # A word on the first.

  # On leading.
  - key: leading
    title: Leading  # short
    questions:
      # The policy.
      - key: policy
        text: "Is there a policy?"
        evidence: [minutes, # of the board
                   policy]

      - {key: lead, text: Who leads?}  # asked by the board

  # ---- two ----

  - key: hiring
    # all of them
    questions:
      - key: checks
        text: |
          Are all checked?
          Every one?
# the end
"""


def saying(text):
    return value_of(root_of(text, "", ""))


def changed(text, change):
    document = saying(text)
    change(document)
    new = rewritten(text, document)
    assert saying(new) == document
    return new


def comments(text):
    return sorted(File.of(text).comments.values())


@pytest.mark.parametrize("text", [*TEXTS.values(), FORM], ids=[*TEXTS, "form"])
def test_nothing_changed_is_the_same_file(text):
    assert rewritten(text, saying(text)) == text


def test_a_comment_behind_what_changes_stays_behind_it():
    new = changed(FORM, lambda it: it.update(version=2))
    assert new == FORM.replace("version: 1  # raise it", "version: 2  # raise it")


def test_a_text_is_written_as_it_was_and_keeps_its_comment():
    new = changed(FORM, lambda it: it.update(title="Another form"))
    assert "# said on every page\ntitle: >-\n  Another form\nsections:" in new


def test_what_is_added_stands_behind_what_it_follows():
    def add(document):
        first = document["sections"][0]
        document["sections"][0] = {"key": "leading", "title": "Leading", "intro": "Read."} | first
        document["sections"][0]["questions"].insert(1, {"key": "new", "text": "New"})

    new = changed(FORM, add)
    assert "    title: Leading  # short\n    intro: Read.\n    questions:\n" in new
    assert "policy]\n\n      - {key: new, text: New}\n\n      - {key: lead" in new


def test_what_moves_takes_its_comment_and_what_stands_for_itself_stays():
    new = changed(FORM, lambda it: it["sections"].reverse())
    assert "  - key: hiring" in new.split("# On leading.")[0]
    assert "  # On leading.\n  - key: leading\n" in new
    assert comments(new) == comments(FORM)


def test_what_moves_to_another_list_takes_its_comments_and_its_way_of_writing():
    def move(document):
        first, second = document["sections"]
        second["questions"].append(first["questions"].pop(0))

    new = changed(FORM, move)
    assert new.index("      # The policy.\n      - key: policy\n") > new.index("- key: hiring")
    assert "evidence: [minutes, # of the board\n                   policy]\n" in new
    assert comments(new) == comments(FORM)


def test_what_goes_takes_its_own_comments_and_no_other():
    new = changed(FORM, lambda it: it["sections"].pop(0))
    assert "# ---- two ----" in new and "# A word on the first." in new
    assert "# The policy." not in new and "# On leading." not in new


def test_the_first_line_of_an_item_may_go_and_comments_on_it_stand_above():
    def drop(document):
        section = document["sections"][1]
        section["questions"][0].pop("key")
        section.pop("key")

    new = changed(FORM, drop)
    assert "  # all of them\n  - questions:\n      - text: |\n" in new


def test_comments_within_a_list_in_brackets_are_kept_when_it_changes():
    def reword(document):
        document["sections"][0]["questions"][0]["evidence"] = ["minutes", "a plan"]

    new = changed(FORM, reword)
    assert "        # of the board\n        evidence: [minutes, a plan]\n" in new


def test_a_file_in_brackets_is_written_anew():
    assert saying(changed('{"key": "a", "version": 1}', lambda it: it.update(version=2))) == {
        "key": "a",
        "version": 2,
    }


WORDS = [
    "New words",
    "a: b # c",
    "",
    "two\nlines\n",
    " lead",
    "long words " * 20,
    "null",
    "- x",
    "#",
]
FRESH = [*WORDS, 7, True, ["a", "b"], {"key": "x", "title": "Y"}, [{"key": "k"}]]
SMALL = ["every-kind", "operation-encompass.v1", "small-groups.v1", "participation.v1"]


def noted(text, chance):
    """The file with comments above and behind its lines, wherever YAML takes them as such."""
    said = saying(text)
    for number in range(len(text.splitlines()), 0, -1):
        lines = text.splitlines(keepends=True)
        line = lines[number - 1]
        above = f"{' ' * (len(line) - len(line.lstrip()))}# {number}a\n"
        behind = line.replace("\n", f"  # {number}b\n")
        lines[number - 1] = chance.choice([line, line, line, above + line, behind, above + behind])
        new = "".join(lines)
        try:
            text = new if saying(new) == said else text
        except Unreadable:
            continue
    return text


def edited(document, chance, change):
    """The document with something changed, at any depth."""
    made = copy.deepcopy(document)
    for _ in range(chance.randrange(1, 6)):
        part = made
        while chance.random() < 0.85:
            inside = list(part.values()) if isinstance(part, dict) else part
            inside = [it for it in inside if isinstance(it, dict | list) and it]
            if not inside:
                break
            part = chance.choice(inside)
        change(part, chance)
    return made


def anything(part, chance):
    """Anything changed, added, moved or taken away."""
    if isinstance(part, list) and chance.random() < 0.5 and len(part) > 1:
        part.pop(chance.randrange(len(part)))
    elif isinstance(part, dict) and chance.random() < 0.3 and len(part) > 1:
        part.pop(chance.choice(list(part)))
    elif isinstance(part, dict):
        part[chance.choice([*part, "fresh"])] = copy.deepcopy(chance.choice(FRESH))
    else:
        part[chance.randrange(len(part))] = copy.deepcopy(chance.choice(FRESH))


def kept(part, chance):
    """Something reworded, added or moved, and nothing taken away."""
    if isinstance(part, dict):
        plain = [it for it in part if it != "key" and not isinstance(part[it], dict | list)]
        part[chance.choice([*plain, f"fresh-{chance.randrange(99)}"])] = chance.choice(WORDS)
    elif chance.random() < 0.4:
        chance.shuffle(part)
    else:
        part.insert(chance.randrange(len(part) + 1), {"key": f"k{chance.randrange(10**6)}"})


@pytest.mark.proof
def test_whatever_is_changed_is_what_the_file_says_then(rounds, seed, proof_figure):
    wrong = []
    wanted = rounds(60, 2_000)
    for number in range(wanted):
        chance = random.Random(seed + number)
        text = TEXTS[chance.choice(SMALL)]
        document = edited(saying(text), chance, anything)
        if saying(rewritten(text, document)) != document:
            wrong.append(seed + number)

    proof_figure(f"files that say something else, of {wanted} changed", len(wrong))
    assert wrong == []


@pytest.mark.proof
def test_no_comment_is_lost_by_rewording_adding_and_moving(rounds, seed, proof_figure):
    lost, known = [], 0
    wanted = rounds(6, 200)
    for number in range(wanted):
        chance = random.Random(seed + number)
        text = noted(chance.choice([FORM, TEXTS["every-kind"]]), chance)
        known += len(comments(text))
        document = edited(saying(text), chance, kept)
        new = rewritten(text, document)
        assert saying(new) == document
        lost += set(comments(text)) - set(comments(new))

    proof_figure(f"comments lost of {known} in {wanted} files", len(lost))
    assert lost == [] and known > wanted


@settings(max_examples=10, deadline=None)
@given(questionnaires(), st.integers(0, 10**6))
def test_so_it_is_with_whatever_may_be_published(document, number):
    text = written(Questionnaire.model_validate(document))
    assert rewritten(text, saying(text)) == text

    new = edited(saying(text), random.Random(number), anything)
    assert saying(rewritten(text, new)) == new
