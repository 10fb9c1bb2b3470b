"""Fixtures: the world that the tests of access knock at, built once on each kind of database."""

import pickle
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from auditapp.app import create_app
from auditapp.config import Settings
from tests import postgres
from tests.runs import once_per_run, run_folder
from tests.site.access_asking import World
from tests.site.access_database import OnPostgresql, OnSqlite
from tests.site.access_world import build_world

KINDS = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
KEPT = "world_kept"


@pytest.fixture(scope="session", params=KINDS)
def built_world(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """A copy, for this worker, of the world that the run has built."""
    folder = tmp_path_factory.mktemp("world") / "copy"
    database = _database(request, folder)
    app = _application(database.url, folder)
    areas = pickle.loads((folder / "areas").read_bytes())
    yield World(app, database, areas)
    app.extensions["engine"].dispose()


@pytest.fixture
def world(built_world: World) -> World:
    """The world as it was built: whatever an earlier test changed is undone."""
    built_world.restore()
    return built_world


def _database(request: pytest.FixtureRequest, folder: Path) -> OnSqlite | OnPostgresql:
    """The database, and in `folder` what else was built."""
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("sqlite_template")
        kept = Path(once_per_run("world-sqlite", lambda: _build_on_sqlite(template)))
        shutil.copytree(kept, folder)
        return OnSqlite(folder / "world.sqlite", kept / "world.sqlite")
    server: postgres.Server = request.getfixturevalue("postgresql_template")
    shutil.copytree(once_per_run("world-postgresql", lambda: _build_on_postgresql(server)), folder)
    return OnPostgresql(server, KEPT)


def _build_on_sqlite(template: Path) -> str:
    folder = run_folder() / "built-on-sqlite"
    folder.mkdir()
    shutil.copyfile(template, folder / "world.sqlite")
    return _build(f"sqlite:///{folder / 'world.sqlite'}", folder)


def _build_on_postgresql(server: postgres.Server) -> str:
    folder = run_folder() / "built-on-postgresql"
    folder.mkdir()
    return _build(server.create(KEPT, template="migrated"), folder)


def _build(url: str, folder: Path) -> str:
    app = _application(url, folder)
    (folder / "areas").write_bytes(pickle.dumps(build_world(app)))
    app.extensions["engine"].dispose()
    return str(folder)


def _application(url: str, folder: Path) -> Flask:
    """As it is served, but for the check of forged posts: a fault in a page is a 500."""
    settings = Settings(
        database_url=url,
        instance_path=folder / "instance",
        secret_key="k" * 40,
        log_level="CRITICAL",
        demo=True,  # whose messages are pages too
    )
    app = create_app(settings)
    app.config["WTF_CSRF_ENABLED"] = False
    return app
