"""Whether the process lives and may serve, and what faulty settings say."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import text

from auditapp.health import checks
from auditapp.policy.roles import Role
from tests.statements import statements

CHECKOUT = Path(__file__).resolve().parents[2]
KEY = "a0b1c2d3e4f5a6b7c8d9e0f1a2b3c4d5"


def test_a_living_process_answers_fast_and_asks_no_database(app):
    client = app.test_client()
    client.get("/healthz")
    with statements(app.extensions["engine"]) as sent:
        begun = time.perf_counter()
        answers = [client.get("/healthz") for _ in range(10)]
        each = (time.perf_counter() - begun) / 10

    assert {(answer.status_code, answer.text) for answer in answers} == {(200, "ok\n")}
    assert sent == []
    assert each < 0.02


def test_it_is_ready_and_leaves_no_trace(app, session):
    for _ in range(2):
        answer = app.test_client().get("/readyz")
        assert (answer.status_code, answer.json) == (200, {"ready": True, "failing": []})

    assert session.scalar(text("SELECT count(*) FROM job")) == 0
    assert list(app.extensions["settings"].evidence_folder.iterdir()) == []


def test_tables_of_another_version_are_not_ready(app, session):
    session.execute(text("UPDATE alembic_version SET version_num = 'older'"))
    session.commit()

    answer = app.test_client().get("/readyz")

    assert (answer.status_code, answer.json["failing"]) == (503, ["migrations"])


def test_a_full_disk_is_not_ready(app, monkeypatch):
    monkeypatch.setattr(checks, "DISK_FREE_AT_LEAST", 1.0)

    assert app.test_client().get("/readyz").json["failing"] == ["disk"]


def test_storage_that_cannot_be_written_is_not_ready(app):
    folder = app.extensions["settings"].evidence_folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("a file where the folder should be")

    assert app.test_client().get("/readyz").json["failing"] == ["storage"]


def test_a_database_that_is_away_is_said_by_its_code_name_alone(app, monkeypatch):
    def away(_engine, _settings):
        raise OSError("postgresql://user:secret@host")

    monkeypatch.setitem(checks.CHECKS, "database", away)
    answer = app.test_client().get("/readyz")

    assert (answer.status_code, answer.json["failing"]) == (503, ["database"])
    assert "secret" not in answer.text


def test_the_system_administrator_reads_what_is_wrong_and_what_to_do(
    app, client_for, make, monkeypatch
):
    client = client_for(make.membership(Role.SYSTEM_ADMINISTRATOR))
    assert "Messages waiting" in client.get("/health").text

    monkeypatch.setattr(checks, "DISK_FREE_AT_LEAST", 1.0)
    assert "Free some space" in client.get("/health").text
    assert client_for(make.membership(Role.ADMINISTRATOR)).get("/health").status_code == 403


def run(tmp_path, *command, **environ):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AUDITAPP_")}
    environ = kept | {"AUDITAPP_INSTANCE_PATH": str(tmp_path), "NO_COLOR": "1"} | environ
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=CHECKOUT,
        env=environ,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    "command",
    [
        ("flask", "--app", "wsgi", "settings", "check"),
        ("gunicorn", "--bind", "127.0.0.1:0", "wsgi:app"),
    ],
    ids=["flask", "gunicorn"],
)
def test_faulty_settings_are_sentences_and_exit_code_2(tmp_path, command):
    said = run(tmp_path, *command, AUDITAPP_DEMO="yes")

    assert said.returncode == 2
    assert "AUDITAPP_SECRET_KEY is not set" in said.stderr
    assert "AUDITAPP_DEMO must be 0 or 1" in said.stderr
    assert "Traceback" not in said.stderr


def test_right_settings_are_said_without_the_key(tmp_path):
    said = run(tmp_path, "flask", "--app", "wsgi", "settings", "check", AUDITAPP_SECRET_KEY=KEY)

    assert said.returncode == 0, said.stderr
    assert said.stdout.startswith("The settings are right.\n")
    assert "Messages wait: AUDITAPP_SMTP_URL is not set." in said.stdout
    assert KEY not in said.stdout
