"""The database of a world: put back to how it was built, as often as something changed it."""

import re
import shutil
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from sqlalchemy import Engine, select

from auditapp.tables import Base
from tests import postgres

DRAWN = {"ref", "hash", "previous", "token_hash", "password_hash", "email_hash", "save_id"}
LINK = re.compile(r"/set-password/[\w-]+")
Rows = dict[str, dict[int, dict[str, object]]]


class OnSqlite:
    """A file, as a copy of the one at `kept`."""

    def __init__(self, path: Path, kept: Path) -> None:
        self.path, self.kept, self.url = path, kept, f"sqlite:///{path}"
        self.restore()

    def restore(self) -> None:
        for suffix in ("-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
        shutil.copyfile(self.kept, self.path)


class OnPostgresql:
    """A database, as a copy of the one called `kept`."""

    def __init__(self, server: postgres.Server, kept: str) -> None:
        self.server, self.name, self.kept = server, f"world_{uuid4().hex}", kept
        self.url = server.create(self.name, template=kept)

    def restore(self) -> None:
        self.server.drop(self.name)
        self.server.create(self.name, template=self.kept)


def rows_of(engine: Engine) -> Rows:
    """Every row of every table: table -> primary key -> column -> value."""
    with engine.connect() as connection:
        return {
            table.name: {
                row.pop("id"): row
                for row in map(dict, connection.execute(select(table)).mappings())
            }
            for table in Base.metadata.sorted_tables
        }


def changes(before: Rows, after: Rows) -> dict[tuple[str, str], list[object]]:
    """(table, column) -> what stands there now in rows that are new or differ; rows that are gone
    are the column "gone"."""
    found: dict[tuple[str, str], list[object]] = {}
    for table, rows in after.items():
        old = before[table]
        for key, row in rows.items():
            for column, value in row.items():
                if key not in old or old[key][column] != value:
                    found.setdefault((table, column), []).append(value)
        if gone := sorted(old.keys() - rows.keys()):
            found[table, "gone"] = list(gone)
    return found


def lasting(changed: dict[tuple[str, str], list[object]]) -> dict[tuple[str, str], list[str]]:
    """The same without what is new each time: instants, references, hashes and tokens."""
    return {at: sorted(_steady(at[1], value) for value in values) for at, values in changed.items()}


def _steady(column: str, value: object) -> str:
    if isinstance(value, datetime) or column in DRAWN:
        return "drawn anew"
    return LINK.sub("/set-password/token", str(value))
