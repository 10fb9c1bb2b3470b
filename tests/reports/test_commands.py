"""Reports for operators, without a browser."""

import csv
import json

import pytest

from auditapp.policy.states import Status


@pytest.fixture
def run(app):
    return lambda *words: app.test_cli_runner().invoke(args=["reports", *map(str, words)])


def test_an_overview_is_written_in_each_form(run, make, tmp_path):
    make.assessment(status=Status.SUBMITTED)

    for form, begins in (
        ("pdf", b"%PDF"),
        ("docx", b"PK"),
        ("xlsx", b"PK"),
        ("csv", b"\xef\xbb\xbf"),
        ("json", b"{"),
    ):
        out = tmp_path / f"overview.{form}"
        done = run("overview", make.round.ref, "--format", form, "--out", out)
        assert done.exit_code == 0, done.output
        assert out.read_bytes().startswith(begins)
    assert "Written: Strengths and gaps, Sections 157 and 175, 2026." in done.output


def test_a_command_names_organisations_and_takes_the_filters_of_the_page(run, make, tmp_path):
    secondary = make.organisation(phase="secondary")
    make.assessment(status=Status.SUBMITTED, organisation=secondary)
    make.assessment(
        status=Status.NOT_STARTED, organisation=make.organisation(name="Alderquay College")
    )
    out = tmp_path / "report"

    run("completion", make.round.ref, "--format", "csv", "--out", out)
    with out.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.reader(lines))
    assert ["1 to chase, hardest first", "Alderquay College"] in [row[:2] for row in rows]

    options = ("--phase", "secondary", "--basis", "effective", "--rank-by", "gap")
    run("overview", make.round.ref, "--format", "json", "--out", out, *options)
    basis = json.loads(out.read_bytes())["basis"]
    assert basis[:2] == [
        "Effective grades of 1 submitted assessment, 0 of them moderated.",
        "Only phase: Secondary.",
    ]


def test_a_round_that_never_was_is_said_and_nothing_is_written(run, tmp_path):
    out = tmp_path / "none.pdf"

    done = run("overview", "nosuchrnd1", "--out", out)

    assert done.exit_code == 1
    assert done.output == "Error: There is no round 'nosuchrnd1'.\n"
    assert not out.exists()
