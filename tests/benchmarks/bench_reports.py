"""The overview of 130 organisations x 80 standards, on both databases."""

import statistics
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask, render_template_string
from flask.testing import FlaskClient
from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import Session

from auditapp.accounts.models import Membership, UserSession
from auditapp.accounts.passwords import new_token, token_hash
from auditapp.app import create_app
from auditapp.config import Settings
from auditapp.policy.endpoints import ENDPOINTS, Open
from tests.benchmarks.databases import postgresql, sqlite
from tests.benchmarks.recorder import Recorder
from tests.factories import Make
from tests.reports.crowd import crowded_round

SCHOOLS, STANDARDS, MODERATED = 130, 80, 13
ROUNDS = 60
MOST_STATEMENTS = 6
MOST_RATIO = 1.5
EMPTY = '{% extends "layout.html" %}{% block page %}<h1>Empty</h1>{% endblock %}'


def run(recorder: Recorder) -> None:
    for name, database in (("SQLite", sqlite), ("PostgreSQL", postgresql)):
        with database() as engine, TemporaryDirectory() as folder:
            _measure(recorder, name, engine, Path(folder))


def _measure(recorder: Recorder, name: str, engine: Engine, folder: Path) -> None:
    with Session(engine) as session:
        round_, administrator = crowded_round(
            Make(session), schools=SCHOOLS, standards=STANDARDS, moderated=MODERATED
        )
        page = f"/reports/{round_.ref}/overview"
        app = _app(engine, folder)
        client = _signed_in(app, session, administrator)
    if engine.dialect.name == "postgresql":
        _analyse(engine)
    sent = _statements(app, client, page)
    what = f"{name}: overview of {SCHOOLS} x {STANDARDS}"
    recorder.figure(f"{what}, statements", len(sent), "", at_most=MOST_STATEMENTS)
    grouped, values = max(sent, key=lambda statement: len(statement[0]))
    with app.extensions["engine"].connect() as connection:
        times = _best(
            lambda: _fetched(client, page),
            lambda: _fetched(client, "/empty"),
            lambda: connection.exec_driver_sql(grouped, values).all(),
        )
    drawn, empty, bare = times
    recorder.figure(f"{what}, page", drawn, "ms")
    recorder.figure(f"{name}: empty page", empty, "ms")
    recorder.figure(f"{name}: the bare grouped SQL", bare, "ms")
    ratio = drawn / (bare + empty)
    recorder.figure(f"{what}, page against both", ratio, "times", at_most=MOST_RATIO)


def _app(engine: Engine, folder: Path) -> Flask:
    """The application on that database, with an empty page for whoever is signed in."""
    app = create_app(
        Settings(
            database_url=engine.url.render_as_string(hide_password=False),
            instance_path=folder,
            secret_key="k" * 40,
            log_level="ERROR",
            testing=True,
        )
    )
    ENDPOINTS["empty"] = Open.TO_SIGNED_IN
    app.add_url_rule("/empty", "empty", lambda: render_template_string(EMPTY))
    return app


def _signed_in(app: Flask, session: Session, held: Membership) -> FlaskClient:
    token = new_token()
    session.add(
        UserSession(token_hash=token_hash(token), person_id=held.person_id, membership_id=held.id)
    )
    session.commit()
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = token, True
    return client


def _analyse(engine: Engine) -> None:
    """What autovacuum would have done by the time anyone reads a report."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")


def _statements(app: Flask, client: FlaskClient, page: str) -> list[tuple[str, object]]:
    """Those of the second visit: the questionnaire is read once in a process."""
    _fetched(client, page)
    sent: list[tuple[str, object]] = []

    def note(_connection: Connection, _cursor: object, statement: str, values: object, *_: object):
        sent.append((statement, values))

    engine = app.extensions["engine"]
    event.listen(engine, "before_cursor_execute", note)
    _fetched(client, page)
    event.remove(engine, "before_cursor_execute", note)
    return sent


def _fetched(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200, answer.status


def _best(*acts: Callable[[], object]) -> list[float]:
    """The fastest quarter of each, in ms, taken in turn so that a busy machine slows all alike."""
    taken: list[list[float]] = [[] for _ in acts]
    for act in acts:
        act()
    for _ in range(ROUNDS):
        for times, act in zip(taken, acts, strict=True):
            began = time.perf_counter()
            act()
            times.append((time.perf_counter() - began) * 1000)
    return [statistics.median(sorted(times)[: ROUNDS // 4]) for times in taken]
