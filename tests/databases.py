"""Fixtures: an empty database of each kind, migrated once and copied for every test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from auditapp.core.db import make_engine
from auditapp.core.migrating import upgrade
from tests import postgres
from tests.runs import is_worker, once_per_run, run_folder
from tests.skips import need

TEMPLATE = "migrated"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of an empty, migrated database; a test that takes it runs on both kinds."""
    yield request.getfixturevalue(f"{request.param}_url")


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    path = tmp_path / "test.sqlite"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgresql_url(postgresql_template: postgres.Server) -> Iterator[str]:
    with postgres.database(postgresql_template, template=TEMPLATE) as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def bare_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without any table, of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'bare.sqlite'}"
        return
    server: postgres.Server = request.getfixturevalue("postgresql_server")
    with postgres.database(server) as url:
        yield url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = make_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with Session(engine) as session:
        yield session


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, to be copied; nothing has it open."""
    path = tmp_path_factory.mktemp("sqlite") / "template.sqlite"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgresql_server() -> postgres.Server:
    """The one server of this test run, shared by all its workers."""
    if not postgres.is_available():
        need("postgres")
    return postgres.Server(Path(once_per_run("postgres-server", _start)))


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: postgres.Server) -> postgres.Server:
    """The server, once it has a migrated database called `TEMPLATE` to which nobody is connected."""

    def make() -> str:
        _migrate(postgresql_server.create(TEMPLATE))
        return TEMPLATE

    once_per_run("postgres-template", make)
    return postgresql_server


def pytest_configure(config: pytest.Config) -> None:
    if not is_worker(config):
        config.add_cleanup(_stop)


def _stop() -> None:
    started = run_folder() / "postgres-server"
    if started.exists():
        postgres.Server(Path(started.read_text())).stop()


def _start() -> str:
    return str(postgres.start().folder)


def _migrate(url: str) -> None:
    engine = make_engine(url)
    upgrade(engine)
    engine.dispose()
