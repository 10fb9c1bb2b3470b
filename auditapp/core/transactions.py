"""Reading, then writing: the one way to change anything."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy import Select
from sqlalchemy.orm import Session

from auditapp.core.db import Base

Row = TypeVar("Row", bound=Base)


@contextmanager
def transaction(session: Session, *, locking: Base | None = None) -> Iterator[Session]:
    """Write, alone, to what hangs on the row `locking`: commit at the end, roll back on any error.

    The reads so far are ended, and every row they gave is read again when next used. On SQLite
    there is one writer at a time (`BEGIN IMMEDIATE`, waiting up to `busy_timeout` ms); on
    PostgreSQL one per locked row. The row is read again under the lock, and what hangs on it
    cannot change before the commit. Keep slow work (hashing, uploads) outside.

    Without a row, what is written is new and hangs on nothing that another could change, or the
    service locks its own row by `lock` as its first act.
    """
    session.rollback()
    try:
        session.connection(execution_options={"writes": True})
        if locking is not None:
            session.refresh(locking, with_for_update={"of": type(locking)})
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise


def lock(session: Session, query: Select[Row]) -> Row | None:
    """The row of `query`, locked to the end of the transaction, or None.

    On PostgreSQL only the entity's own row is locked and as new as the lock: rows joined to it
    may be older, so read what hangs on it in a statement of its own.
    """
    entity = query.column_descriptions[0]["entity"]
    return session.scalars(
        query.with_for_update(of=entity), execution_options={"populate_existing": True}
    ).one_or_none()
