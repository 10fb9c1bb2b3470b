"""Whether this installation may serve: each check by a code name, without a detail to give away."""

import shutil
from collections.abc import Callable
from tempfile import NamedTemporaryFile

from sqlalchemy import Engine, insert
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from auditapp.config import Settings
from auditapp.core import migrating
from auditapp.core.jobs import Job

DISK_FREE_AT_LEAST = 0.10

Check = Callable[[Engine, Settings], bool]


def database_writes(engine: Engine, _settings: Settings) -> bool:
    """A row can be written; it is rolled back."""
    with Session(engine) as session:
        session.connection(execution_options={"writes": True})
        session.execute(insert(Job).values(kind="probe", unique_key="readyz", payload={}))
        session.rollback()
    return True


def migrations_are_done(engine: Engine, _settings: Settings) -> bool:
    return migrating.is_at_head(engine)


def storage_writes(_engine: Engine, settings: Settings) -> bool:
    settings.evidence_folder.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=settings.evidence_folder, prefix=".probe-") as probe:
        probe.write(b"probe")
    return True


def disk_has_room(_engine: Engine, settings: Settings) -> bool:
    usage = shutil.disk_usage(settings.instance_path)
    return usage.free > DISK_FREE_AT_LEAST * usage.total


CHECKS: dict[str, Check] = {
    "database": database_writes,
    "migrations": migrations_are_done,
    "storage": storage_writes,
    "disk": disk_has_room,
}


def failing(engine: Engine, settings: Settings) -> list[str]:
    """Code names of the checks that fail now; none if it may serve."""
    return [name for name, check in CHECKS.items() if not _holds(check, engine, settings)]


def _holds(check: Check, engine: Engine, settings: Settings) -> bool:
    try:
        return check(engine, settings)
    except (SQLAlchemyError, OSError):
        return False
