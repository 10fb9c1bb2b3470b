"""Law and guidance in files of their own, and questionnaires that name them."""

import json
from datetime import date

import pytest
import yaml
from jsonschema import Draft202012Validator

from auditapp.questionnaires import reading
from auditapp.questionnaires.library import publish, questionnaire_of
from auditapp.questionnaires.places import Unreadable
from auditapp.questionnaires.publishing import SHIPPED, text_of
from auditapp.questionnaires.reading import read
from auditapp.questionnaires.schema import as_json, file_schema
from auditapp.questionnaires.shipped_sources import (
    FOLDER,
    Register,
    read_source,
    read_sources,
    register,
)
from auditapp.questionnaires.sources import Source
from tests.factories import small_questionnaire

RECORD = """key: law
title: A law
short: LAW
publisher: Parliament
address: https://example.org/law
binds: Everyone
editions:
  - edition: "2024"
    also: [September 2024]
    in_force_from: 2024-09-01
    in_force_until: 2025-08-31
    checked: 2026-09-01
  - edition: "2025"
    in_force_from: 2025-09-01
    lists_all_parts: true
    parts:
      - {part: section 175, title: The duty}
      - {part: section 157}
"""
DECLARED = small_questionnaire()
NAMED = DECLARED.replace(
    'sources: [{key: law, title: An Act, edition: "2002", checked: 2026-09-01}]',
    'sources: [{key: law, edition: "2025"}]',
)


def record(text=RECORD):
    return read_source(text, "law.yaml")


def faults(text, reads=record):
    with pytest.raises(Unreadable) as caught:
        reads(text)
    return [str(fault) for fault in caught.value.faults]


def line_of(text, words):
    return next(at for at, line in enumerate(text.splitlines(), 1) if words in line)


@pytest.fixture
def shipped(monkeypatch):
    """What ships is one law."""

    def ship(text=RECORD):
        monkeypatch.setattr(reading, "register", lambda: Register({"law": record(text)}))

    ship()
    return ship


def test_every_shipped_source_loads_and_says_where_it_is_from():
    records = read_sources(FOLDER).records

    assert len(records) > 20
    assert {"ca2004", "working-together", "kcsie", "eyfs", "prevent", "nhs-contract"} <= set(
        records
    )
    for it in records.values():
        assert it.publisher and it.binds, it.key
        for edition in it.editions:
            assert edition.checked or edition.note, f"{it.key} {edition.edition} says nothing"


def test_the_shipped_questionnaires_cite_editions_that_ship():
    for path in SHIPPED.glob("section-*.v1.yaml"):
        questionnaire = read(text_of(path.read_bytes(), path.name))
        for source in questionnaire.sources:
            assert register().edition_of(source), f"{path.name}: {source.key} {source.edition}"


@pytest.mark.parametrize(
    ("change", "says", "at"),
    [
        (("publisher:", "publsher:"), "unknown key 'publsher'; expected 'publisher'", "publsher"),
        (("in_force_until: 2025", "until: 2025"), "unknown key 'until'", " until"),
        (("checked: 2026-09-01", "checked: last week"), "a date", "checked"),
        (("in_force_until: 2025", "in_force_until: 2023"), "before 2024-09-01", "_until"),
        (("from: 2025-09-01", "from: 2023-09-01"), "the oldest first", "from: 2023"),
        (('edition: "2025"', "edition: September 2024"), "is there twice", "edition: September"),
        (("part: section 157", "part: section 175"), "is there twice", "part: section 175}"),
        (("title: A law\n", ""), "'title' is missing", "key: law"),
    ],
)
def test_a_mistake_in_a_source_file_is_named_with_its_line(change, says, at):
    text = RECORD.replace(*change)

    [fault] = faults(text)
    assert fault.startswith(f"law.yaml:{line_of(text, at)}:") and says in fault


@pytest.mark.parametrize("text", ["", "- 1", "editions: ]", "key: !!python/name:os.system x"])
def test_a_file_that_is_no_source_is_refused(text):
    assert faults(text)[0].startswith("law.yaml:1:")


def test_a_source_whose_key_is_not_its_file_is_refused(tmp_path):
    (tmp_path / "act.yaml").write_text(RECORD)

    with pytest.raises(Unreadable, match="'law' is not the name of its file"):
        read_sources(tmp_path)


def test_a_named_source_is_filled_in_so_that_the_document_is_complete(shipped):
    [source] = read(NAMED).sources

    assert (source.title, source.publisher, source.edition) == ("A law", "Parliament", "2025")
    assert source.in_force_from == date(2025, 9, 1)
    assert (source.address, source.binds) == ("https://example.org/law", "Everyone")
    assert [it.part for it in source.parts] == ["section 175", "section 157"]
    assert source.name == "LAW 2025"


def test_an_edition_may_be_named_as_people_call_it(shipped):
    [source] = read(NAMED.replace('"2025"', "September 2024")).sources

    assert source.edition == "2024"


def test_a_source_that_a_file_declares_itself_stays_as_it_is(shipped):
    document = as_json(read(DECLARED))

    declared = {"key": "law", "title": "An Act", "edition": "2002", "checked": "2026-09-01"}
    assert document["sources"] == [declared]


@pytest.mark.parametrize(
    ("wrong", "says", "at"),
    [
        (("key: law, ed", "key: lore, ed"), "there is no source 'lore' to name", "sources:"),
        (('"2025"', '"2031"'), "no edition '2031' of law; expected 2024, 2025", "sources:"),
        (("part: section 175", "part: section 9"), "LAW 2025 has no part 'section 9'", "section 9"),
    ],
)
def test_an_unknown_source_edition_or_part_is_named_with_its_line(shipped, wrong, says, at):
    text = NAMED.replace(*wrong)

    found = faults(text, lambda it: read(it, "my.yaml"))
    assert found[0].startswith(f"my.yaml:{line_of(text, at)}:") and says in found[0]


def test_other_mistakes_are_named_beside_an_unknown_edition(shipped):
    text = NAMED.replace('"2025"', '"2031"').replace("        why:", "        wy:", 1)

    assert len(faults(text, lambda it: read(it, "my.yaml"))) == 2


@pytest.mark.parametrize(
    ("words", "holds"),
    [
        ("Part four", True),
        ("Part four, section one", True),
        ("Part four (staff)", True),
        ("Part four(2)", True),
        ("Part fourteen", False),
        ("part five", False),
    ],
)
def test_a_part_within_a_listed_part_may_be_cited(words, holds):
    parts = [{"part": "Part four"}]
    of = Source(key="law", title="A law", edition="1", parts=parts, lists_all_parts=True)

    assert of.has_part(words) is holds


@pytest.mark.parametrize(
    ("about", "name"),
    [
        ({"title": "A law", "edition": "2025", "short": "LAW"}, "LAW 2025"),
        ({"title": "A law", "edition": "as amended"}, "A law, as amended"),
        ({"title": "A law 2024", "edition": "2024"}, "A law 2024"),
    ],
)
def test_a_source_is_called_as_people_call_it_with_its_edition_once(about, name):
    assert Source(key="law", **about).name == name


def test_an_edition_that_lists_some_parts_says_nothing_against_others():
    of = Source(key="law", title="A law", edition="1", parts=[{"part": "section 1"}])

    assert of.has_part("section 2")


@pytest.mark.parametrize(
    ("sources", "is_right"),
    [
        ('{key: law, edition: "2025"}', True),
        ("{key: law, title: A law, edition: x, binds: All, parts: [{part: One}]}", True),
        ('{key: law, edition: "2025", note: Unsure}', False),
        ("{key: law}", False),
    ],
)
def test_editors_are_told_that_a_source_is_declared_or_named(sources, is_right):
    text = NAMED.replace('{key: law, edition: "2025"}', sources)
    document = json.loads(json.dumps(yaml.safe_load(text), default=date.isoformat))
    check = Draft202012Validator(file_schema()).is_valid

    assert check(document) is is_right


def test_a_later_edit_of_a_source_changes_no_published_version(session, shipped):
    version = publish(session, NAMED)
    session.commit()
    before = version.hash, json.dumps(version.document)

    shipped(RECORD.replace("title: A law", "title: A law renamed"))

    again = publish(session, NAMED)
    assert (again.id, (again.hash, json.dumps(again.document))) == (version.id, before)
    assert questionnaire_of(session, version.id).sources[0].title == "A law"


def test_the_check_command_takes_a_source_file(app, tmp_path):
    path = tmp_path / "law.yaml"
    path.write_text(RECORD)
    run = app.test_cli_runner().invoke
    good = run(args=["questionnaires", "check", "--source", str(path)])
    path.write_text(RECORD.replace("publisher:", "publsher:"))
    bad = run(args=["questionnaires", "check", "--source", str(path)])

    assert good.output == "law: 2 editions. Questionnaires can name it.\n"
    assert bad.exit_code == 1 and bad.output.startswith(f"{path}:4:1: publsher: unknown key")
