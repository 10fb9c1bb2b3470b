"""Comparing files and published versions by a command, as diff does."""

import json

import pytest

from auditapp.questionnaires.library import publish
from tests.factories import small_questionnaire

OLD = small_questionnaire()
NEW = (
    OLD.replace("version: 1", "version: 2", 1)
    .replace("key: c1", "key: first", 1)
    .replace("text: Culture standard 2 is", "text: Culture is", 1)
    .replace("edition: 2026-09", "edition: 2027-09", 1)
    .replace("title: A small questionnaire", "title: Another title", 1)
)


@pytest.fixture
def files(tmp_path):
    old, new = tmp_path / "old.yaml", tmp_path / "new.yaml"
    old.write_text(OLD)
    new.write_text(NEW)
    return old, new


@pytest.fixture
def diff(app):
    return lambda *args: app.test_cli_runner().invoke(
        args=["questionnaires", "diff", *map(str, args)]
    )


def test_two_files_are_compared_in_plain_words(diff, files):
    said = diff(*files)

    assert said.exit_code == 1
    assert said.output.splitlines() == [
        "small version 1 to small version 2",
        "The whole: title, scales.",
        "same: 4",
        "  1.3 Culture standard 3 (scale: edition)",
        "  2.1 Online standard 1 (scale: edition)",
        "  2.2 Online standard 2 (scale: edition)",
        "  2.3 Online standard 3 (scale: edition)",
        "reworded: 1",
        "  1.2 Culture standard 2 (statement; scale: edition)",
        "new: 1",
        "  1.1 Culture standard 1",
        "gone: 1",
        "  1.1 Culture standard 1",
        "Suggested, for a person to confirm:",
        "  1.1 Culture standard 1 to 1.1 Culture standard 1: same, 100% alike",
    ]


def test_a_script_reads_every_question(diff, files):
    said = diff(*files, "--json")

    found = json.loads(said.output)
    assert said.exit_code == 1
    assert found["from"] == {"key": "small", "version": 1}
    assert found["other"] == ["title", "scales"]
    assert {"kind": "gone", "before": ["c1"], "after": None, "reworded": [], "scale": []} in found[
        "changes"
    ]
    assert [(it["before"], it["after"]) for it in found["suggestions"]] == [("c1", "first")]


def test_what_is_the_same_ends_as_diff_ends(diff, files):
    said = diff(files[0], files[0])

    assert (said.exit_code, said.output.splitlines()[1:]) == (0, ["same: 6"])


def test_published_versions_are_compared_the_partnerships_own_before_what_ships(
    diff, session, make
):
    partnership = make.partnership()
    make.version(OLD)
    publish(session, NEW, owner_id=partnership.id)
    session.commit()

    assert diff("small.v1", "small.v1").exit_code == 0
    assert diff("small.v1", "small.v2").exit_code == 2
    assert diff("small.v1", "small.v2", "--partnership", partnership.key).exit_code == 1


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("nothing.yaml", "neither a file nor a version"),
        ("small.v7", "Version 7 of small is not published"),
    ],
)
def test_what_is_not_there_is_trouble_and_no_difference(diff, files, name, says):
    said = diff(files[0], name)

    assert said.exit_code == 2
    assert says in said.output


def test_a_file_with_mistakes_is_trouble_and_says_them(diff, files):
    files[1].write_text(NEW.replace("        why: It keeps", "        wy: It keeps", 1))

    said = diff(*files)

    assert said.exit_code == 2
    assert "unknown key 'wy'" in said.output
