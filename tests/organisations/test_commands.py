"""The commands that operators type: figures as JSON, dry runs first, exit codes that say so."""

import json

import pytest
from sqlalchemy import func, select

from auditapp.organisations.models import Organisation, Partnership
from tests.organisations.lists import FILES

KEYS = ["read", "in_scope", "skipped", "new", "changed", "unchanged", "converted", "by_duty"]


@pytest.fixture
def run(app):
    return lambda *words: app.test_cli_runner().invoke(args=[str(word) for word in words])


@pytest.fixture
def gias(run, area):
    def gias(name, *more):
        return run("organisations", "import-gias", FILES / name, "--partnership", area.key, *more)

    return gias


def how_many(session):
    session.rollback()
    return session.scalar(select(func.count(Organisation.id)))


def test_a_partnership_is_made_once(run, session):
    words = ("partnerships", "create", "northshire", "--name", "Northshire", "--la-code", "998")

    assert run(*words).exit_code == 0
    again = run(*words)

    assert again.exit_code == 1 and "already" in again.output
    assert session.scalars(select(Partnership.la_codes)).all() == [["998"]]
    assert "northshire\t998\tNorthshire" in run("partnerships", "list").output


@pytest.mark.parametrize(
    ("key", "la_code"), [("North Shire", "998"), ("north", "98"), ("north", "E98")]
)
def test_a_key_and_an_area_code_have_their_shape(run, key, la_code):
    made = run("partnerships", "create", key, "--name", "North", "--la-code", la_code)

    assert made.exit_code == 1 and "Error: “" in made.output


def test_a_dry_run_prints_the_figures_and_writes_nothing(gias, session):
    before = how_many(session)

    done = gias("july-135.csv", "--json")

    figures = json.loads(done.output)
    assert done.exit_code == 0
    assert list(figures) == [*KEYS, "errors"]
    assert (figures["read"], figures["in_scope"], figures["new"]) == (16, 11, 10)
    assert figures["skipped"]["type: Higher education institutions"] == 1
    assert how_many(session) == before


def test_applied_with_links_it_converts(gias, session):
    gias("january-139.csv", "--links", FILES / "links.csv", "--apply")

    done = gias("july-135.csv", "--links", FILES / "links.csv", "--apply", "--json")

    figures = json.loads(done.output)
    assert (figures["converted"], figures["new"], figures["errors"]) == (1, 0, [])


def test_in_words_it_says_what_happens_to_which_school(gias):
    gias("january-139.csv", "--apply")

    done = gias("july-135.csv", "--links", FILES / "links.csv")

    assert "Converted: Quillbrook Primary School (990014 → 990114)" in done.output
    assert "Community school, section 175 → Academy converter, section 157" in done.output
    assert "Waiting: Alderquay Primary School (990001) is to become 990201" in done.output
    assert "This was a dry run" in done.output


def test_rows_with_errors_are_named_and_the_others_taken(gias, session):
    done = gias("damaged-by-a-spreadsheet.csv", "--apply")

    assert done.exit_code == 3
    assert "Error: Row 8, URN: “9.90007E+05” was rounded" in done.output
    assert how_many(session) > 1


def test_a_refused_file_is_one_sentence_and_exit_code_one(gias):
    done = gias("edubaseallstatefunded.csv", "--json")

    assert done.exit_code == 1
    figures = json.loads(done.stdout)
    assert figures["read"] == 0 and "short file" in figures["errors"][0]


def test_a_file_of_the_register_given_for_another_is_told_where_it_belongs(gias, run, area):
    links = gias("links.csv")
    words = ("organisations", "import-agencies", FILES / "july-135.csv")

    assert links.output == "This is the links file. Give it with --links.\n"
    schools = run(*words, "--partnership", area.key)
    assert schools.output == "This is the register of schools. Import it with import-gias.\n"
    assert (links.exit_code, schools.exit_code) == (1, 1)


def test_a_partnership_that_is_not_there_is_named_with_those_that_are(run, area):
    done = run("organisations", "import-gias", FILES / "july-135.csv", "--partnership", "nowhere")

    assert done.exit_code == 1
    assert "no partnership nowhere" in done.output and area.key in done.output


def test_agencies_are_imported_by_command_too(run, area, session):
    words = ("organisations", "import-agencies", FILES / "agencies.csv", "--partnership", area.key)

    figures = json.loads(run(*words, "--apply", "--json").output)

    assert (figures["new"], len(figures["errors"])) == (3, 6)
    assert figures["by_duty"] == {"relevant-agency": 1, "s11": 2}
