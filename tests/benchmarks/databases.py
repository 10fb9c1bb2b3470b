"""Migrated databases outside a test run: a new one of each kind for a benchmark."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine

from auditapp.core.db import make_engine
from auditapp.core.migrating import upgrade
from tests import postgres


@contextmanager
def sqlite() -> Iterator[Engine]:
    with TemporaryDirectory() as folder, _migrated(f"sqlite:///{Path(folder, 'b.sqlite')}") as made:
        yield made


@contextmanager
def postgresql() -> Iterator[Engine]:
    """On a server of its own, which syncs nothing to disk: compare its figures with that in mind."""
    with postgres.running() as server, postgres.database(server) as url, _migrated(url) as made:
        yield made


@contextmanager
def _migrated(url: str) -> Iterator[Engine]:
    engine = make_engine(url)
    upgrade(engine)
    yield engine
    engine.dispose()
