"""Work to be done later, once, by a worker: the outbox and long work. One table, one claim."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Index, UniqueConstraint, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from auditapp.core import clock
from auditapp.core.db import Base, Document, Instant, PrimaryKey
from auditapp.core.privacy import classes
from auditapp.core.transactions import transaction

LEASE = timedelta(minutes=5)
MAX_ATTEMPTS = 8

Handler = Callable[[Document], None]


class Job(Base):
    """One piece of work. `unique_key` makes asking for it twice the same as once."""

    __tablename__ = "job"
    __table_args__ = (
        UniqueConstraint("kind", "unique_key"),
        Index("ix_job_open", "done_at", "due_at"),
    )
    __privacy__ = classes(
        structure="id kind unique_key due_at leased_until attempts progress total cancel_asked_at"
        " failed_at error done_at",
        personal="payload",
    )

    id: Mapped[PrimaryKey]
    kind: Mapped[str]
    unique_key: Mapped[str]
    payload: Mapped[Document]
    due_at: Mapped[Instant] = mapped_column(default=clock.now)
    leased_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    progress: Mapped[int] = mapped_column(default=0)
    total: Mapped[int | None]
    cancel_asked_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    error: Mapped[str | None]
    done_at: Mapped[datetime | None]


def ask_for(session: Session, kind: str, unique_key: str, payload: Document) -> Job:
    """Ask for work inside the caller's transaction; asked for before, it is the same job."""
    asked = select(Job).where(Job.kind == kind, Job.unique_key == unique_key)
    job = session.scalars(asked).one_or_none()
    if job is None:
        job = Job(kind=kind, unique_key=unique_key, payload=payload)
        session.add(job)
    return job


def run_next(session: Session, handlers: dict[str, Handler]) -> bool:
    """Claim one due job and do it. Returns whether there was one.

    A job whose handler raises is tried again later, twice as late each time, and given up after
    `MAX_ATTEMPTS`; a worker that dies lets its lease run out and another takes over.
    """
    job_id = _claim(session, sorted(handlers))
    if job_id is None:
        return False
    job = session.get_one(Job, job_id)
    kind, payload = job.kind, job.payload
    session.rollback()  # no transaction stays open while the work is done
    try:
        handlers[kind](payload)
    except Exception as error:  # noqa: BLE001 - whatever went wrong, the job must say so
        _put_back(session, job, error)
    else:
        with transaction(session, locking=job):
            job.done_at = clock.now()
    return True


def _claim(session: Session, kinds: list[str]) -> int | None:
    now = clock.now()
    free = (
        select(Job.id)
        .where(
            Job.kind.in_(kinds),
            Job.done_at.is_(None),
            Job.failed_at.is_(None),
            Job.due_at <= now,
            or_(Job.leased_until.is_(None), Job.leased_until < now),
        )
        .order_by(Job.due_at, Job.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    with transaction(session):
        job_id = session.scalar(free)
        if job_id is not None:
            session.execute(
                update(Job)
                .where(Job.id == job_id)
                .values(leased_until=now + LEASE, attempts=Job.attempts + 1)
            )
    return job_id


def _put_back(session: Session, job: Job, error: Exception) -> None:
    with transaction(session, locking=job):
        job.error = f"{type(error).__name__}: {error}"[:500]
        job.leased_until = None
        job.due_at = clock.now() + timedelta(minutes=2 ** min(job.attempts, 10))
        if job.attempts >= MAX_ATTEMPTS:
            job.failed_at = clock.now()
