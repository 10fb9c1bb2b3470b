"""Tables whose rows are never changed or removed: triggers refuse UPDATE and DELETE."""

from typing import TypeVar

from sqlalchemy import Table

from auditapp.core.db import Base

Model = TypeVar("Model", bound=type[Base])

_SQLITE = """
CREATE TRIGGER {table}_refuses_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
'BEGIN RAISE EXCEPTION ''% is append-only'', TG_TABLE_NAME; END'
"""
_POSTGRESQL = """
CREATE TRIGGER {table}_refuses_{verb} BEFORE {verb} ON {table}
FOR EACH ROW EXECUTE FUNCTION refuse_change()
"""


def append_only(model: Model) -> Model:
    """Mark a model's table append-only; migrations make its triggers by `trigger_statements`."""
    table = model.__table__
    assert isinstance(table, Table)
    table.info["append_only"] = True
    return model


def trigger_statements(table: str, dialect: str) -> list[str]:
    """The statements that make `table` append-only on that database."""
    if dialect == "sqlite":
        return [_SQLITE.format(table=table, verb=verb) for verb in ("UPDATE", "DELETE")]
    made = [_POSTGRESQL.format(table=table, verb=verb) for verb in ("UPDATE", "DELETE")]
    return [_POSTGRESQL_FUNCTION, *made]


def append_only_tables() -> list[str]:
    """Names of the tables that refuse change, in order."""
    return sorted(t.name for t in Base.metadata.tables.values() if t.info.get("append_only"))
