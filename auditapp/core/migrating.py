"""Bring a database to the tables this version of the software needs, and say where it stands."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, text

from auditapp.core.errors import DomainError

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"
# Any number, but always the same one: who holds it is the only one to migrate.
POSTGRESQL_LOCK = 5_117_311


class UnknownRevision(DomainError):
    """The database was made by a newer version of the software than this one."""


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Apply what is missing, in one transaction: all of it is kept, or none.

    Raises:
        UnknownRevision: the database is newer than the software.
    """
    from alembic import command

    check_known(engine)
    with alone(engine) as config:
        command.upgrade(config, revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Undo down to `revision` ("base": down to nothing). What only the newer tables held is lost.

    Raises:
        UnknownRevision: the database is newer than the software.
    """
    from alembic import command

    check_known(engine)
    with alone(engine) as config:
        command.downgrade(config, revision)


def current(engine: Engine) -> str | None:
    """The revision the database is at; None for an empty one."""
    from alembic.migration import MigrationContext

    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


@cache
def revisions() -> tuple[str, ...]:
    """Every revision this software knows, oldest first."""
    from alembic.script import ScriptDirectory

    newest_first = ScriptDirectory.from_config(_config()).walk_revisions()
    return tuple(script.revision for script in newest_first)[::-1]


def is_at_head(engine: Engine) -> bool:
    """Whether the database has exactly the tables this software expects."""
    return current(engine) == (revisions() or (None,))[-1]


def check_known(engine: Engine) -> None:
    """Raises `UnknownRevision` if this software does not know where the database stands."""
    at = current(engine)
    if at is not None and at not in revisions():
        raise UnknownRevision(
            f"The database is at revision {at}, which this version of the software does not know. "
            "Install the version that made it, or a newer one."
        )


@contextmanager
def alone(engine: Engine) -> Iterator["Config"]:
    """Alembic's settings, with a connection whose transaction nobody else migrates beside."""
    config = _config()
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            begun = _begin_on_sqlite(connection)
        else:
            begun = _begin_on_postgresql(connection)
        with begun:
            config.attributes["connection"] = connection
            yield config


@contextmanager
def _begin_on_sqlite(connection: Connection) -> Iterator[None]:
    """A write transaction that may copy a table others point at, and that checks them at its end."""
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute("PRAGMA foreign_keys=OFF")  # has no effect once the transaction has begun
    try:
        with connection.execution_options(writes=True).begin():
            yield
            broken = connection.execute(text("PRAGMA foreign_key_check")).first()
            if broken is not None:
                raise RuntimeError(f"a row of {broken[0]} points at no row of {broken[2]}")
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


@contextmanager
def _begin_on_postgresql(connection: Connection) -> Iterator[None]:
    with connection.begin():
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": POSTGRESQL_LOCK})
        yield


def _config() -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    return config
