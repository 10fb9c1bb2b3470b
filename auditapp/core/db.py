"""The database: base class, column types, engine. SQLite by default, PostgreSQL when outgrown."""

import hashlib
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated, Any, ClassVar

from sqlalchemy import (
    JSON,
    Connection,
    Date,
    DateTime,
    Dialect,
    Engine,
    Enum,
    MetaData,
    String,
    create_engine,
    event,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.types import TypeDecorator

from auditapp.core.privacy import Privacy
from auditapp.core.refs import new_ref

BUSY_TIMEOUT_MS = 10_000

NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: timezone-aware in Python, stored in UTC. SQLite drops the zone; we do not."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a timezone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and value.replace(tzinfo=UTC)


def words(kind: type[StrEnum], length: int) -> Enum:
    """A column of `kind`'s values, kept as text without a CHECK: a later value needs no migration."""
    return Enum(
        kind,
        length=length,
        native_enum=False,
        create_constraint=False,
        values_callable=lambda members: [member.value for member in members],
    )


PrimaryKey = Annotated[int, mapped_column(primary_key=True)]
Instant = Annotated[datetime, mapped_column(UtcDateTime)]
Ref = Annotated[str, mapped_column(String(10), unique=True, default=new_ref)]
Document = dict[str, Any]


class Base(DeclarativeBase):
    """Every table says of each of its columns, in `__privacy__`, what kind of fact it holds."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime,
        date: Date,
        Document: JSON,
        list[str]: JSON,
    }
    __privacy__: ClassVar[dict[str, Privacy]] = {}


class sha256_hex(GenericFunction[str]):
    """SHA-256 of a text in hexadecimal, computed by the database while it holds the row."""

    type = String(64)
    inherit_cache = True


@compiles(sha256_hex, "postgresql")
def _sha256_on_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    inner = compiler.process(element.clauses, **options)
    return f"encode(sha256(convert_to({inner}, 'UTF8')), 'hex')"


def sha256_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def make_engine(url: str) -> Engine:
    """An engine for `url`, whose connections keep what they acknowledge and check foreign keys."""
    engine = create_engine(url, pool_pre_ping=not url.startswith("sqlite"))
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_on_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, below
    connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
    connection.create_function("sha256_hex", 1, sha256_of, deterministic=True)


def _begin_on_sqlite(connection: Connection) -> None:
    # A read transaction that turns into a write is refused while another writes, however long
    # one may wait: so transactions that will write say so at their beginning.
    writes = connection.get_execution_options().get("writes", False)
    begin = "BEGIN IMMEDIATE" if writes else "BEGIN"
    connection.connection.driver_connection.execute(begin)  # type: ignore[union-attr]
