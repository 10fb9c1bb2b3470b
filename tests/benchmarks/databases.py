"""Migrated databases outside a test run: a new one of each kind for a benchmark.

Both keep what they acknowledge: SQLite syncs each commit to disk, and so does this PostgreSQL,
unlike the one that tests run on.
"""

import atexit
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine

from auditapp.core.db import make_engine
from auditapp.core.migrating import upgrade
from tests import postgres
from tests.benchmarks.area import ORGANISATIONS, Area, new_area
from tests.benchmarks.filling import grow

KINDS = ("SQLite", "PostgreSQL")
_open_until_the_end = ExitStack()
atexit.register(_open_until_the_end.close)


@contextmanager
def sqlite() -> Iterator[Engine]:
    with TemporaryDirectory() as folder, _migrated(f"sqlite:///{Path(folder, 'b.sqlite')}") as made:
        yield made


@contextmanager
def postgresql() -> Iterator[Engine]:
    with postgres.database(_server()) as url, _migrated(url) as made:
        yield made


def empty(kind: str) -> Engine:
    """A new database of one of `KINDS`, there to the end of the process."""
    return _open_until_the_end.enter_context({"SQLite": sqlite, "PostgreSQL": postgresql}[kind]())


@cache
def large_area(kind: str) -> Area:
    """130 organisations x 80 standards on one of `KINDS`; made once for all benchmarks."""
    area = new_area(empty(kind))
    grow(area, ORGANISATIONS)
    return area


@cache
def _server() -> postgres.Server:
    return _open_until_the_end.enter_context(postgres.running(durable=True))


@contextmanager
def _migrated(url: str) -> Iterator[Engine]:
    engine = make_engine(url)
    upgrade(engine)
    try:
        yield engine
    finally:
        engine.dispose()
