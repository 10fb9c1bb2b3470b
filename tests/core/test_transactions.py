"""Reading, then writing: nobody is refused by a lock, nothing half-done is kept."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from auditapp.core.events import EventChain
from auditapp.core.transactions import lock, transaction


def test_eight_writers_that_read_first_lose_nothing(engine):
    with Session(engine) as session, transaction(session):
        session.add(EventChain(id=1, sequence=0))

    def count_up(_writer):
        with Session(engine) as session:
            for _ in range(10):
                row = session.get_one(EventChain, 1)
                with transaction(session, locking=row):
                    row.sequence += 1

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(count_up, range(8)))

    with Session(engine) as session:
        assert session.get_one(EventChain, 1).sequence == 80


def test_locking_by_query_reads_the_row_as_it_is_now(engine):
    with Session(engine) as session, transaction(session):
        session.add(EventChain(id=1, sequence=0))
    with Session(engine) as first, Session(engine) as second:
        assert first.get_one(EventChain, 1).sequence == 0
        with transaction(second) as writing:
            writing.get_one(EventChain, 1).sequence = 5

        with transaction(first):
            row = lock(first, select(EventChain).where(EventChain.id == 1))

            assert row is not None and row.sequence == 5


def test_an_error_undoes_everything(session):
    with pytest.raises(KeyError), transaction(session):
        session.add(EventChain(id=1, sequence=0))
        session.flush()
        raise KeyError

    assert session.scalars(select(EventChain)).all() == []


def test_sqlite_keeps_what_it_acknowledges_and_checks_foreign_keys(engine):
    if engine.dialect.name != "sqlite":
        return
    with engine.connect() as connection:
        pragmas = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }

    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 2,  # FULL
        "foreign_keys": 1,
        "busy_timeout": 10_000,
    }
