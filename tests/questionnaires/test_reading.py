"""Mistakes in a questionnaire file: one clear error each, with its line and what was expected."""

import time
from pathlib import Path

import pytest

from auditapp.questionnaires.composing import MAX_BYTES
from auditapp.questionnaires.places import Unreadable
from auditapp.questionnaires.publishing import SHIPPED, text_of
from auditapp.questionnaires.reading import read
from tests.factories import small_questionnaire

GOOD = small_questionnaire()


def faults(text):
    with pytest.raises(Unreadable) as caught:
        read(text, "my.yaml")
    return [str(fault) for fault in caught.value.faults]


def line_of(text, words, nth=1):
    found = [at for at, line in enumerate(text.splitlines(), 1) if words in line]
    return found[nth - 1]


def test_the_file_that_the_mistakes_are_put_into_has_none():
    assert len(read(GOOD).questions) == 6


def test_a_wrong_key_is_named_with_its_line_and_the_key_that_was_meant():
    text = GOOD.replace("        why: It keeps", "        wy: It keeps", 1)

    [fault] = faults(text)
    assert fault.startswith(f"my.yaml:{line_of(text, 'wy:')}:")
    assert "unknown key 'wy'; expected 'why'" in fault


def test_a_missing_descriptor_is_named_with_its_line_and_its_grade():
    text = GOOD.replace(", exceeded: Shown.}", "}", 1)

    [fault] = faults(text)
    assert fault.startswith(f"my.yaml:{line_of(text, 'descriptors')}:")
    assert "a descriptor is missing for exceeded" in fault


def test_a_duplicate_key_is_named_with_both_lines():
    text = GOOD.replace(
        "        text: Culture standard 1",
        "        key: again\n        text: Culture standard 1",
        1,
    )

    [fault] = faults(text)
    first = line_of(text, "- key: c1")
    assert fault.startswith(f"my.yaml:{line_of(text, 'key: again')}:")
    assert f"duplicate key 'key'; it stands on line {first} too" in fault


def test_a_bad_grade_name_is_named_with_its_line_and_the_grades_there_are():
    text = GOOD.replace("exceeded: Shown.}", "excelled: Shown.}", 1)

    [fault] = faults(text)
    assert fault.startswith(f"my.yaml:{line_of(text, 'excelled')}:")
    assert "there is no grade 'excelled'" in fault
    assert "not-met, partly-met, met, exceeded" in fault


def test_four_mistakes_are_four_errors():
    text = GOOD.replace("        why: It keeps", "        wy: It keeps")

    assert len(faults(text)) == 6


def test_a_wrong_key_that_stands_for_nothing_missing_is_told_what_there_is():
    near = GOOD.replace("title: A small questionnaire", "title: A\nsectoin_word: area", 1)
    far = GOOD.replace("title: A small questionnaire", "title: A\ncolour: red", 1)

    [fault] = faults(near)
    assert "unknown key 'sectoin_word'; expected 'section_word'" in fault
    [fault] = faults(far)
    assert "unknown key 'colour'; expected one of key, version, title, summary" in fault


def test_the_same_standard_twice_is_refused_with_both_lines():
    text = GOOD.replace("key: c2", "key: c1")

    [fault] = faults(text)
    assert fault.startswith(f"my.yaml:{line_of(text, 'key: c1', 2)}:")
    assert "sections.culture.questions.c1.key: the key 'c1' is used twice" in fault
    assert f"it stands on line {line_of(text, 'key: c1')} too" in fault


def test_a_word_for_a_number_is_said_plainly():
    [fault] = faults(GOOD.replace("version: 1", "version: one"))

    assert fault.endswith("version: expected a whole number, not 'one'")


def test_a_word_that_other_readers_take_for_a_truth_value_stays_a_word():
    questionnaire = read(GOOD.replace("label: Not met", "label: No"))

    assert questionnaire.scales[0].grades[0].label == "No"


HOSTILE = {
    "a python tag": "key: !!python/object/apply:os.system [echo no]\n",
    "another tag": "key: !thing x\n",
    "an alias bomb": "a: &a [x, x]\n"
    + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
    ),
    "a merge of itself": "a: &a\n  <<: *a\n",
    "a hundred thousand keys": "".join(f"k{n}: 1\n" for n in range(100_000)),
    "a hundred thousand brackets": "[" * 100_000,
    "a hundred thousand maps": "{a: " * 100_000,
    "deep block nesting": "".join(" " * n + "a:\n" for n in range(500)),
    "a list": "- 1\n",
    "nothing": "",
    "a control character": "key: \x07\n",
    "an unclosed quote": 'key: "x\n',
    "two documents": "key: a\n---\nkey: b\n",
    "too much": "#" * (MAX_BYTES + 1),
    "wrong kinds": "key: [a]\nversion: one\ntitle: {}\nscales: x\nsections: 3\n",
    "a null": "key: null\nversion: ~\n",
    "a number past all bounds": "key: k\nversion: " + "9" * 5_000 + "\n",
    "a date": "key: 2026-01-01\n",
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_hostile_file_is_quickly_refused_with_a_line(name):
    begun = time.perf_counter()
    found = faults(HOSTILE[name])

    assert time.perf_counter() - begun < 5
    assert found and all(fault.startswith("my.yaml:") for fault in found)
    assert all(int(fault.split(":")[1]) >= 1 for fault in found)


def test_a_file_that_is_not_text_is_refused_with_its_line():
    with pytest.raises(Unreadable) as caught:
        text_of(b"key: a\ntitle: \xff\n", "my.yaml")

    assert str(caught.value.faults[0]).startswith("my.yaml:2:1: this is not text in UTF-8")


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.yaml")), ids=lambda path: path.name)
def test_every_shipped_questionnaire_loads_and_is_named_as_its_file(path: Path):
    questionnaire = read(text_of(path.read_bytes(), path.name), path.name)

    assert path.name == f"{questionnaire.key}.v{questionnaire.version}.yaml"


def test_a_file_over_the_limit_is_refused_before_it_is_read():
    with pytest.raises(Unreadable, match="over 1,000,000 bytes"):
        text_of(b"#" * (MAX_BYTES + 1), "my.yaml")
