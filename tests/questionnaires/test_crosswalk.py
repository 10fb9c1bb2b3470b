"""Which standards serve which part of a source, which parts each cites, and what is newer."""

from datetime import date

import pytest

from auditapp.core.errors import Missing
from auditapp.questionnaires.crosswalk import (
    choices_of,
    cited_by,
    crosswalk_of,
    everywhere,
    lines_of,
    narrowed,
    newer_words,
)
from auditapp.questionnaires.reading import read
from auditapp.questionnaires.schema import Asked
from auditapp.questionnaires.shipped_sources import Register, read_source
from tests.factories import small_questionnaire

TODAY = date(2026, 9, 1)
RECORD = """key: kcsie
title: Keeping children safe in education
short: KCSIE
editions:
  - edition: "2024"
    also: [September 2024]
    in_force_from: 2024-09-02
    in_force_until: 2025-08-31
    parts: [{part: Part two}, {part: Part three, title: Safer recruitment}, {part: Part ten}]
  - edition: "2025"
    in_force_from: 2025-09-01
"""
LAW = '{key: law, title: An Act, edition: "2002", checked: 2026-09-01}'
OURS = '{key: ks, title: Keeping children safe in education, edition: "September 2024"}'
CITES = "[{source: law, part: section 175}]"


def register(text=RECORD):
    return Register({"kcsie": read_source(text, "kcsie.yaml")})


def questionnaire(*references, source=OURS):
    """The first standards cite `references` of KCSIE; the others section 175 of the law."""
    text = small_questionnaire().replace(f"sources: [{LAW}]", f"sources: [{source}, {LAW}]")
    for parts in references:
        cited = ", ".join(f"{{source: ks, part: '{part}'}}" for part in parts)
        text = text.replace(CITES, f"[{cited}]", 1)
    return read(text)


def walk(of, records=None, on=TODAY):
    return crosswalk_of(of, lines_of(Asked(of, None)), records or register(), on)


def flat(cited):
    return [(part.label, [line.number for line in part.lines]) for part in cited.parts]


def test_a_source_is_read_part_by_part_in_the_order_of_its_edition():
    of = questionnaire(["Part ten", "Part three"], ["Part three, section one"], ["Part two"])

    kcsie, law = walk(of)

    assert flat(kcsie) == [
        ("Part two", ["1.3"]),
        ("Part three: Safer recruitment", ["1.1"]),
        ("Part three, section one", ["1.2"]),
        ("Part ten", ["1.1"]),
    ]
    assert flat(law) == [("section 175", ["2.1", "2.2", "2.3"])]


def test_parts_that_no_edition_lists_stand_by_their_numbers():
    of = questionnaire(["section 10", "section 9"], ["chapter 2"])

    assert [part.part for part in walk(of)[0].parts] == ["chapter 2", "section 9", "section 10"]


def test_a_question_is_read_the_other_way():
    of = questionnaire(["Part three", "Part two"])
    first, second, *_ = lines_of(Asked(of, None))

    assert cited_by(first, walk(of)) == ["KCSIE 2024, Part three", "KCSIE 2024, Part two"]
    assert cited_by(second, walk(of)) == ["An Act, 2002, section 175"]


def test_a_source_that_nothing_cites_is_left_out_and_a_part_cited_twice_is_there_once():
    [law] = walk(questionnaire())
    kcsie, _ = walk(questionnaire(["Part two", "Part two"]))

    assert law.key == "law"
    assert flat(kcsie) == [("Part two", ["1.1"])]


def test_only_what_is_asked_is_in_the_crosswalk():
    of = questionnaire(["Part two"], ["Part three"])
    lines = lines_of(Asked(of, None, ["c2"]))

    [kcsie] = crosswalk_of(of, lines, register(), TODAY)
    assert flat(kcsie) == [("Part three: Safer recruitment", ["1.1"])]


def test_a_standard_that_cites_an_older_edition_is_named_with_the_newer_one():
    kcsie, law = walk(questionnaire(["Part two"]))

    [line] = kcsie.lines
    assert (
        newer_words(line, kcsie, TODAY)
        == "1.1 cites KCSIE 2024; the edition of 2025 is in force since 1 September 2025"
    )
    assert law.newer is None and newer_words(law.lines[0], law, TODAY) == ""


@pytest.mark.parametrize(
    ("change", "on", "says"),
    [
        (("", ""), date(2025, 8, 31), "the edition of 2025 comes into force on 1 September 2025"),
        (("    in_force_from: 2025-09-01\n", ""), TODAY, "an edition of 2025 is known; from when"),
        (
            ("2025-09-01\n", '2025-09-01\n  - edition: "2027"\n    in_force_from: 2027-09-01\n'),
            TODAY,
            "the edition of 2025 is in force",
        ),
    ],
)
def test_the_newer_edition_is_the_one_in_force_else_the_newest_known(change, on, says):
    kcsie, _ = walk(questionnaire(["Part two"]), register(RECORD.replace(*change)), on)

    assert says in newer_words(kcsie.lines[0], kcsie, on)


def test_the_newest_edition_has_no_newer_one():
    source = OURS.replace("September 2024", "2025")

    assert walk(questionnaire(["Part two"], source=source))[0].newer is None


def test_the_crosswalk_is_narrowed_to_a_source_or_a_part_with_what_lies_within_it():
    of = questionnaire(["Part three"], ["Part three, section one"], ["Part two"])

    assert len(narrowed(walk(of), "ks")[0].parts) == 3
    [kcsie] = narrowed(walk(of), "ks:Part three")
    assert [line.number for line in kcsie.lines] == ["1.1", "1.2"]
    for nothing in ("ks:Part ten", "ks:Part", "other", "", ":"):
        with pytest.raises(Missing):
            narrowed(walk(of), nothing)


def test_what_it_can_be_narrowed_to_is_listed_source_by_source():
    of = questionnaire(["Part three"])

    assert choices_of(walk(of)) == [
        ("ks", "KCSIE 2024"),
        ("ks:Part three", "KCSIE 2024, Part three: Safer recruitment"),
        ("law", "An Act, 2002"),
        ("law:section 175", "An Act, 2002, section 175"),
    ]
    for wanted, _ in choices_of(walk(of)):
        assert narrowed(walk(of), wanted)


def test_many_questionnaires_are_read_together_by_the_records_of_what_they_cite():
    ours = questionnaire(["Part two"])
    theirs = questionnaire(source=OURS.replace("key: ks", "key: other"))

    found = everywhere({"ours": ours, "theirs": theirs}, register(), TODAY)

    named = {key: [name for name, _ in cited] for key, cited in found.items()}
    assert named == {"kcsie": ["ours"], "law": ["ours", "theirs"]}
