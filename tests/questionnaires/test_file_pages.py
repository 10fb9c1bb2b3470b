"""Questionnaires as files, on pages and by command: the Excel template, and a look before publishing."""

import io

import openpyxl
import pytest
from sqlalchemy import select

from auditapp.policy.roles import Role
from auditapp.questionnaires.models import QuestionnaireVersion
from auditapp.questionnaires.reading import read
from auditapp.questionnaires.workbook_in import read_workbook
from auditapp.questionnaires.workbook_out import template, workbook_of
from tests.factories import small_questionnaire
from tests.questionnaires.hostile import hostile

SMALL = read(small_questionnaire())


@pytest.fixture
def client(client_for, make):
    return client_for(make.membership(Role.ADMINISTRATOR))


def upload(client, content, name="mine.xlsx"):
    return client.post("/questionnaires/publish", data={"file": (io.BytesIO(content), name)})


def published(session):
    session.rollback()
    return session.scalars(select(QuestionnaireVersion)).all()


def test_a_workbook_is_looked_at_and_then_published_as_the_file_it_makes(client, session):
    looked = upload(client, workbook_of(SMALL)).location

    page = client.get(looked).text
    assert "Nothing is published yet" in page and "6 questions in 2 sections" in page
    assert "A primary school" in page
    assert published(session) == []

    done = client.post(looked)
    [version] = published(session)
    assert done.location == f"/questionnaires/{version.ref}"
    assert read(version.yaml_text) == SMALL
    assert version.yaml_text.startswith("key: small\n")
    assert client.post(looked).location == "/questionnaires/publish"  # it is kept no longer


def test_what_is_published_comes_back_as_excel_and_is_the_same_version_again(client, session):
    client.post(upload(client, small_questionnaire().encode(), "small.yaml").location)
    [version] = published(session)

    sent = client.get(f"/questionnaires/{version.ref}/workbook")

    assert sent.headers["Content-Disposition"] == "attachment; filename=small.v1.xlsx"
    assert read_workbook(sent.data, "x").questionnaire == SMALL
    assert upload(client, sent.data).location == f"/questionnaires/{version.ref}"
    changed = workbook_of(SMALL.model_copy(update={"title": "Another"}))
    assert "make it version 2." in upload(client, changed).text


def test_a_changed_text_of_what_ships_takes_the_next_number(client, session, make):
    make.version()
    make.version(small_questionnaire().replace("version: 1", "version: 2", 1))
    changed = small_questionnaire().replace("Culture standard 1 is in place", "Mended", 1)

    refused = upload(client, changed.encode(), "mine.yaml")

    assert refused.status_code == 422
    assert "version 1 of small ships with another text; make it version 3." in refused.text
    third = changed.replace("version: 1", "version: 3", 1)
    client.post(upload(client, third.encode(), "mine.yaml").location)
    assert [version.version for version in published(session)] == [1, 2, 3]
    page = client.get("/rounds/new").text
    assert "A small questionnaire, version 3, your own" in page
    assert "A small questionnaire, version 1, as it ships" in page


def test_the_very_text_that_ships_is_not_published_again(client, session, make):
    shipped = make.version()

    sent = upload(client, small_questionnaire().encode(), "mine.yaml")

    assert sent.location == f"/questionnaires/{shipped.ref}"
    assert len(published(session)) == 1


def test_each_mistake_is_shown_with_its_cell_and_nothing_is_kept(client, session):
    book = openpyxl.load_workbook(io.BytesIO(workbook_of(SMALL)))
    book["Questions"]["D3"] = None
    content = io.BytesIO()
    book.save(content)

    said = upload(client, content.getvalue())

    assert said.status_code == 422
    assert "Questions, row 3, title" in said.text and "&#39;title&#39; is missing" in said.text
    assert published(session) == []


@pytest.mark.parametrize("what", ["nothing", "half a zip", "a bomb beside", "a wide row"])
def test_a_hostile_file_is_refused_on_the_page(client, what):
    content, says = hostile()[what]

    said = upload(client, content or b"PK")

    assert said.status_code == 422
    assert says in said.text


def test_a_column_that_is_not_used_is_named_on_the_way(client):
    book = openpyxl.load_workbook(io.BytesIO(template()))
    page = book["Questions"]
    page.cell(1, page.max_column + 1).value = "Owner"
    content = io.BytesIO()
    book.save(content)

    page = client.get(upload(client, content.getvalue()).location)

    assert "Not used" in page.text and "Questions, row 1, Owner" in page.text


def test_the_template_is_offered_and_can_be_published_as_it_is(client, session):
    assert "/questionnaires/template.xlsx" in client.get("/questionnaires/").text

    sent = client.get("/questionnaires/template.xlsx")

    client.post(upload(client, sent.data).location)
    [version] = published(session)
    assert client.get(f"/questionnaires/{version.ref}").status_code == 200


def test_what_another_partnership_uploaded_is_not_there(client, client_for, make):
    looked = upload(client, workbook_of(SMALL)).location
    theirs = client_for(make.membership(Role.ADMINISTRATOR, partnership_id=make.partnership().id))

    assert theirs.get(looked).location == "/questionnaires/publish"


def test_the_command_turns_a_file_into_the_other_kind(app, tmp_path):
    run = app.test_cli_runner().invoke
    yaml, xlsx, again = (tmp_path / name for name in ("a.yaml", "a.xlsx", "b.yaml"))
    yaml.write_text(small_questionnaire(), encoding="utf-8")

    for given, made in ((yaml, xlsx), (xlsx, again)):
        said = run(args=["questionnaires", "convert", str(given), str(made)])
        assert said.exit_code == 0, said.output
        assert "6 standards" in said.output
    assert read(again.read_text(encoding="utf-8")) == SMALL

    xlsx.write_bytes(b"PK and no more")
    said = run(args=["questionnaires", "convert", str(xlsx), str(tmp_path / "c.yaml")])
    assert said.exit_code == 1 and "not an Excel workbook" in said.output
    assert not (tmp_path / "c.yaml").exists()
    said = run(args=["questionnaires", "convert", str(yaml), str(tmp_path / "c.pdf")])
    assert said.exit_code == 2 and "ends in .yaml or .xlsx" in said.output
