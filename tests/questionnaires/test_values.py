"""Reading, keeping and printing what is answered in boxes."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditapp.questionnaires.boxes import DateEntry, TextEntry
from auditapp.questionnaires.entries import PartsEntry, PersonEntry, Piece, RowsEntry
from auditapp.questionnaires.numbers import NumberEntry
from auditapp.questionnaires.reading import Unreadable, read
from auditapp.questionnaires.schema import as_json
from auditapp.questionnaires.values import (
    EntriesBroken,
    field_of,
    lacking,
    needs_of_value,
    number_of,
    read_value,
    shown_of,
    typed_of,
)
from tests.questionnaires.kinds import KINDS, NAMES, every_kind, key_of, typed

ON = date(2026, 12, 18)
ASKED = read(every_kind())


def entry_of(kind):
    return ASKED.question(key_of(kind)).answer


@pytest.mark.parametrize("kind", KINDS, ids=NAMES)
def test_what_is_right_is_kept_and_printed_and_put_back(kind):
    entry = entry_of(kind)
    value = read_value(entry, typed(kind["right"]))

    lines = [
        f"{it.label}: {it.words}" if it.label else it.words for it in shown_of(entry, value, ON)
    ]
    assert lines == kind["shown"]
    assert read_value(entry, typed_of(entry, value)) == value
    assert any(kind.get("remark", "") in it.remark for it in shown_of(entry, value, ON))


@pytest.mark.parametrize("kind", [it for it in KINDS if "wrong" in it])
def test_what_is_wrong_is_refused_with_what_to_type(kind):
    [(box, (sent, says))] = kind["wrong"].items()

    with pytest.raises(EntriesBroken) as refused:
        read_value(entry_of(kind), typed(kind["right"] | {box: sent}))

    assert {field_of(path): said for path, said in refused.value.faults.items()} == {box: says}


@pytest.mark.parametrize("kind", KINDS, ids=NAMES)
@pytest.mark.parametrize("blank", ["", "  \n"])
def test_blank_is_nothing_and_not_nought(kind, blank):
    boxes = {box: [blank.strip()] for box in kind["right"]}

    assert read_value(entry_of(kind), boxes) is None
    assert read_value(entry_of(kind), {}) is None


def test_nought_has_no_sign():
    assert read_value(NumberEntry(kind="number"), {"value": ["-0"]}) == "0"


def test_nought_is_a_number():
    entry = NumberEntry(kind="number")

    value = read_value(entry, {"value": ["0"]})

    assert (value, number_of(entry, value)) == ("0", Decimal(0))
    assert number_of(entry, None) is None


@given(
    form=st.sampled_from(["whole", "decimal", "percent", "money"]),
    number=st.decimals(min_value=0, max_value=10**9, places=2),
)
def test_every_number_comes_back_as_it_was_meant(form, number):
    entry = NumberEntry(kind="number", form=form)
    meant = round(number) if form == "whole" else number

    value = read_value(entry, {"value": [f"{meant:,}"]})

    assert number_of(entry, value) == meant
    assert read_value(entry, {"value": [shown_of(entry, value, ON)[0].words]}) == value


@pytest.mark.parametrize(
    "sent", ["1e5", "٣", "1.", "1,2", "--1", "0x10", "NaN", "9" * 40, "1 000 000 000 000 000 0"]
)
def test_odd_numbers_are_refused_or_plain(sent):
    entry = NumberEntry(kind="number")
    try:
        value = read_value(entry, {"value": [sent]})
    except EntriesBroken as refused:
        assert "like 12" in refused.message
    else:
        assert (sent, value) == ("1.", "1")


@pytest.mark.parametrize(
    ("day", "ran_out"),
    [("2024-12-18", False), ("2024-12-17", True), ("2026-12-18", False), ("2024-11-30", True)],
)
def test_a_date_runs_out_on_the_day_after_its_months(day, ran_out):
    entry = DateEntry(kind="date", within_months=24)

    assert bool(entry.remark(day, ON)) is ran_out


def test_what_is_lacking_is_named_and_blank_rows_are_not_missed():
    text = TextEntry(kind="text")
    columns = (
        Piece(key="who", label="Who", answer=text),
        Piece(key="when", label="When", answer=text),
    )
    rows = RowsEntry(kind="rows", columns=columns)
    value = read_value(rows, {"value-0-who": ["A"], "value-4-who": ["B"], "value-4-when": ["now"]})

    assert value == [{"who": "A"}, {"who": "B", "when": "now"}]
    assert [place.path for place in lacking(rows, value)] == [("0", "when")]
    assert [place.label for place in lacking(PersonEntry(kind="person"), {"role": "DSL"})] == [
        "Name"
    ]
    parts = PartsEntry(kind="parts", parts=columns)
    assert lacking(parts, {"who": "A", "when": "B"}) == []


def test_an_option_may_ask_for_more():
    asked = read(
        every_kind().replace(
            "kind: yes-no\n", "kind: yes-no\n      if_no: [action, commentary]\n", 1
        )
    )
    entry = next(it.answer for it in asked.questions if getattr(it.answer, "if_no", None))

    assert needs_of_value(entry, "no") == {"action", "commentary"}
    assert needs_of_value(entry, "yes") == needs_of_value(entry, None) == frozenset()


def test_the_canonical_document_reads_as_the_same_questionnaire():
    assert type(ASKED).model_validate(as_json(ASKED)) == ASKED


MISTAKES = [
    (
        "kind: text\n",
        "kind: txt\n",
        "there is no kind 'txt' of answer; expected one of text, number",
    ),
    ("kind: number\n", "kind: number\n      lest: 1\n", "unknown key 'lest'; expected 'least'"),
    ("partly: true", "partly: maybe", "expected true or false"),
    ("least: 1\n", "least: 12\n", "least 12 is more than most 10"),
    ("key: nhs", "key: police", "the key 'police' is used twice"),
    ("key: course", "key: who", "the key 'who' is used twice"),
    ("  - key: q1\n", "  - key: q1\n    scale: two\n", "only a standard that is graded has this"),
    ("    why: Children.\n", "", "'why' is missing"),
    ("kind: number\n", "kind: number\n      most: -5\n", "least 0 is more than most -5"),
    ("least: 1\n", "least: 0.5\n", "least and most of a whole number are whole numbers"),
    ("kind: rows\n", "kind: rows\n      least: 9\n      most: 3\n", "least 9 is more than most 3"),
]


@pytest.mark.parametrize(("there", "instead", "says"), MISTAKES)
def test_a_mistake_is_named_at_its_line(there, instead, says):
    text = every_kind()
    assert there in text
    wrong = text.replace(there, instead, 1)

    with pytest.raises(Unreadable) as refused:
        read(wrong)

    [fault] = refused.value.faults
    assert says in fault.message
    changed = next(
        at
        for at, (old, new) in enumerate(zip(text.split("\n"), wrong.split("\n"), strict=False), 1)
        if old != new
    )
    assert abs(fault.line - changed) <= 8
