"""Publishing files and reading what is published, on pages and by commands."""

import io

import pytest
from sqlalchemy import func, select

from auditapp.core.events import Event
from auditapp.policy.roles import Role
from auditapp.questionnaires.models import LIBRARY, QuestionnaireVersion
from tests.factories import small_questionnaire

GOOD = small_questionnaire()
BAD = GOOD.replace("        why: It keeps", "        wy: It keeps", 1)


@pytest.fixture
def administrator(make):
    return make.membership(Role.ADMINISTRATOR)


def send(client, text, name="small.yaml"):
    content = text.encode() if isinstance(text, str) else text
    response = client.post("/questionnaires/publish", data={"file": (io.BytesIO(content), name)})
    to_review = "/publish/" in (response.location or "")
    return client.post(response.location) if to_review else response


def published(session):
    session.rollback()
    return session.scalars(select(QuestionnaireVersion)).all()


def test_an_administrator_publishes_a_file_of_the_partnerships_own(
    client_for, session, administrator
):
    response = send(client_for(administrator), GOOD)

    [version] = published(session)
    assert response.location == f"/questionnaires/{version.ref}"
    assert version.owner_id == administrator.partnership_id
    assert version.published_by == administrator.person_id
    assert version.yaml_text == GOOD


def test_a_mistake_is_shown_with_its_line_and_nothing_is_changed(
    client_for, session, administrator
):
    response = send(client_for(administrator), BAD, "<b>mine</b>.yaml")

    line = next(at for at, text in enumerate(BAD.splitlines(), 1) if "wy:" in text)
    assert response.status_code == 422
    assert f"Line {line}, column" in response.text
    assert "unknown key &#39;wy&#39;; expected &#39;why&#39;" in response.text
    assert "&lt;b&gt;mine&lt;/b&gt;.yaml" in response.text and "<b>mine" not in response.text
    assert published(session) == []
    assert session.scalar(select(func.count(Event.id))) == 0


@pytest.mark.parametrize("content", [b"\xff\xfe", b"[" * 100_000, b""])
def test_a_file_that_is_no_questionnaire_is_no_fault_of_the_page(
    client_for, session, administrator, content
):
    assert send(client_for(administrator), content).status_code == 422
    assert published(session) == []


def test_a_published_version_never_changes_and_the_same_text_is_the_same_version(
    client_for, session, administrator
):
    client = client_for(administrator)
    first = send(client, GOOD).location

    assert send(client, GOOD).location == first
    changed = send(client, GOOD.replace("It keeps children safe", "It matters", 1))
    assert changed.status_code == 422
    assert "is published and cannot change; make it version 2." in changed.text
    assert send(client, GOOD.replace("version: 1", "version: 2", 1)).status_code == 302
    assert [row.version for row in published(session)] == [1, 2]


def test_a_partnership_sees_what_ships_and_its_own_and_no_other_partnerships(
    client_for, session, make, administrator
):
    make.version(small_questionnaire("shipped"))
    send(client_for(administrator), GOOD.replace("A small questionnaire", "Our own"))
    neighbour = make.membership(Role.ADMINISTRATOR, partnership_id=make.partnership().id)
    own = next(row for row in published(session) if row.owner_id != LIBRARY)

    listed = client_for(administrator).get("/questionnaires/").text
    assert "Our own" in listed and "Your own" in listed and "Shipped" in listed
    theirs = client_for(neighbour)
    assert "Our own" not in theirs.get("/questionnaires/").text
    for page in ("", "/file"):
        assert theirs.get(f"/questionnaires/{own.ref}{page}").status_code == 404


def test_a_questionnaire_shows_what_each_kind_of_organisation_would_be_asked(
    client_for, make, administrator
):
    version = make.version()  # its last standard is for boarding schools only
    client = client_for(administrator)

    every = client.get(f"/questionnaires/{version.ref}").text
    assert "<b>6 standards</b>" in every and "Online standard 3" in every
    primary = client.get(f"/questionnaires/{version.ref}?for=primary").text
    assert "<b>5 standards</b> in 2 sections, of 6." in primary
    assert "Online standard 3" not in primary
    boarding = client.get(f"/questionnaires/{version.ref}?for=boarding").text
    assert "<b>6 standards</b>" in boarding
    assert client.get(f"/questionnaires/{version.ref}?for=nonsense").status_code == 200


def test_the_file_comes_back_as_it_was_published(client_for, make, administrator):
    version = make.version()

    response = client_for(administrator).get(f"/questionnaires/{version.ref}/file")

    assert response.text == version.yaml_text
    assert response.headers["Content-Disposition"] == 'attachment; filename="small.v1.yaml"'


def test_a_scrutineer_reads_and_does_not_publish(client_for, session, make):
    version = make.version()
    client = client_for(make.membership(Role.SCRUTINEER))

    assert "Publish a file" not in client.get("/questionnaires/").text
    assert client.get(f"/questionnaires/{version.ref}").status_code == 200
    assert send(client, GOOD.replace("small", "other", 1)).status_code == 403
    assert len(published(session)) == 1


@pytest.mark.parametrize("role", [Role.LEAD, Role.PANEL_MEMBER, Role.PARTNERSHIP_VIEWER])
def test_others_do_not_come_here(client_for, make, role):
    assert client_for(make.membership(role)).get("/questionnaires/").status_code in (403, 404)


@pytest.fixture
def run(app):
    return lambda *args: app.test_cli_runner().invoke(args=["questionnaires", *map(str, args)])


def test_the_check_command_says_each_mistake_as_file_line_column(run, tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(BAD)
    line = next(at for at, text in enumerate(BAD.splitlines(), 1) if "wy:" in text)

    said = run("check", path)

    assert said.exit_code == 1
    assert said.output.startswith(f"{path}:{line}:9: ")
    assert len(said.output.splitlines()) == 1
    path.write_text(GOOD)
    assert (
        run("check", path).output
        == "small version 1: 2 sections, 6 standards. It can be published.\n"
    )


def test_a_file_that_would_change_a_published_version_does_not_pass_the_check(run, tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(GOOD)
    assert run("publish", path).exit_code == run("check", path).exit_code == 0

    path.write_text(GOOD.replace("title: A small questionnaire", "title: Another title"))

    said = run("check", path)
    assert said.exit_code == 1
    assert "is published and cannot change; make it version 2." in said.output


def test_the_publish_command_says_what_it_published_and_for_whom(run, session, make, tmp_path):
    partnership, path, second = make.partnership(), tmp_path / "mine.yaml", tmp_path / "2.yaml"
    path.write_text(GOOD)
    second.write_text(GOOD.replace("version: 1", "version: 2", 1))

    everyone, own = run("publish", path), run("publish", second, "--partnership", partnership.key)

    assert "Published for everyone, in the library: " in everyone.output
    assert f"Published for {partnership.key}: " in own.output
    assert [row.owner_id for row in published(session)] == [LIBRARY, partnership.id]


@pytest.mark.parametrize("key", [None, "nowhere"])
def test_the_publish_command_changes_nothing_on_a_mistake(run, session, tmp_path, key):
    path = tmp_path / "mine.yaml"
    path.write_text(BAD if key is None else GOOD)

    said = run("publish", path, *(["--partnership", key] if key else []))

    assert said.exit_code == 1
    assert published(session) == []


def test_what_ships_is_installed_with_the_tables(app, session):
    said = app.test_cli_runner().invoke(args=["database", "upgrade"])

    assert said.exit_code == 0, said.output
    assert {row.key for row in published(session)} >= {"section-11", "section-175-157"}
    app.test_cli_runner().invoke(args=["database", "upgrade"])
    keys = [row.key for row in published(session)]
    assert len(keys) == len(set(keys))
