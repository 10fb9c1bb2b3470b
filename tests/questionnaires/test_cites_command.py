"""Which questions cite a source, by a command."""

import json

import pytest
import time_machine

from auditapp.questionnaires.library import publish
from tests.factories import small_questionnaire

LAW = '{key: law, title: An Act, edition: "2002", checked: 2026-09-01}'
CITES = "[{source: law, part: section 175}]"


def citing(edition, version=1):
    """The first standard cites KCSIE, the others an Act."""
    return (
        small_questionnaire()
        .replace("version: 1", f"version: {version}", 1)
        .replace(f"sources: [{LAW}]", f'sources: [{{key: kcsie, edition: "{edition}"}}, {LAW}]')
        .replace(CITES, "[{source: kcsie, part: Part three}]", 1)
    )


@pytest.fixture
def run(app):
    return lambda *args: app.test_cli_runner().invoke(args=["questionnaires", "cites", *args])


@pytest.fixture
def published(make):
    """The library's, whose older version does not count, and a partnership's own."""
    for version, edition in ((1, "2025"), (2, "2024")):
        publish(make.session, citing(edition, version))
    publish(make.session, citing("2025", 3), owner_id=make.partnership(key="halton").id)
    make.session.commit()


OLD = (
    "small version 2: 1.1 cites KCSIE 2024; the edition of 2025 is in force since "
    "1 September 2025 (Part three)\n"
)
NEW = "small version 3 of halton: 1.1 cites KCSIE 2025 (Part three)\n"


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["kcsie"], OLD + NEW),
        (["kcsie", "2024"], OLD),
        (["kcsie", "September 2025"], NEW),
        (["kcsie", "2019"], "No question cites kcsie 2019.\n"),
        (["eyfs"], "No question cites eyfs.\n"),
    ],
)
def test_the_command_lists_the_questions_that_cite_a_source(run, args, says):
    with time_machine.travel("2026-11-22", tick=False):
        said = run(*args)

    assert (said.exit_code, said.output) == (0, says)


@pytest.mark.usefixtures("published")
def test_a_source_that_only_a_questionnaire_declares_is_found_too(run):
    lines = run("law").output.splitlines()

    assert len(lines) == 10 and lines[0].endswith("1.2 cites An Act, 2002 (section 175)")


@pytest.mark.usefixtures("published")
def test_the_command_gives_the_same_as_json(run):
    [found] = json.loads(run("kcsie", "2024", "--json").output)

    assert found["questionnaire"] == "small version 2"
    assert (found["number"], found["key"], found["part"]) == ("1.1", "c1", "Part three")
    assert (found["newer_edition"], found["newer_in_force_from"]) == ("2025", "2025-09-01")
    assert json.loads(run("eyfs", "--json").output) == []


def test_an_unknown_source_is_an_error_that_says_what_there_is(run):
    said = run("ksie")

    assert said.exit_code == 1
    assert "There is no source 'ksie': " in said.output and "kcsie" in said.output
