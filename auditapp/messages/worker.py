"""The worker: does what was asked for, kind by kind, in a process or a thread of its own."""

import logging
import threading
from collections.abc import Callable

from flask import Flask
from sqlalchemy import Engine, func, select, update
from sqlalchemy.orm import Session

from auditapp.config import Settings
from auditapp.core.db import Document
from auditapp.core.jobs import Handler, Job, run_next
from auditapp.core.transactions import transaction
from auditapp.messages.delivery import can_deliver, deliver
from auditapp.messages.outbox import KIND

LOGGER = logging.getLogger("auditapp")
POLL_SECONDS = 1.0

HandlerOf = Callable[[Engine], Handler]


def init_app(app: Flask, others: dict[str, HandlerOf]) -> None:
    """Say what does each kind of work; `others` are the kinds that features bring."""
    settings: Settings = app.extensions["settings"]
    engine: Engine = app.extensions["engine"]
    handlers = {kind: handler_of(engine) for kind, handler_of in others.items()}
    if can_deliver(settings):
        handlers[KIND] = _mail_handler(settings, engine)
    app.extensions["jobs"] = handlers


def run_all(app: Flask) -> int:
    """Do everything that is due now; returns how much it was."""
    done = 0
    with Session(app.extensions["engine"]) as session:
        while run_next(session, app.extensions["jobs"]):
            done += 1
    return done


def run_until(app: Flask, stop: threading.Event) -> None:
    """Do what comes, as it comes. A database that cannot be reached is waited for."""
    while not stop.is_set():
        try:
            run_all(app)
        except Exception as error:  # noqa: BLE001 - the worker must outlive a fault of the database
            facts = {"facts": {"error": type(error).__name__}}
            LOGGER.warning("worker could not work", extra=facts)
        stop.wait(POLL_SECONDS)


def start_worker(app: Flask) -> threading.Event:
    """Work in a thread beside the server, for the demo. Set the event to end it."""
    stop = threading.Event()
    threading.Thread(target=run_until, args=(app, stop), name="worker", daemon=True).start()
    return stop


def waiting(session: Session) -> tuple[int, int]:
    """How many messages are still to be sent, and how many were given up."""
    query = select(
        func.count().filter(Job.failed_at.is_(None)),
        func.count().filter(Job.failed_at.is_not(None)),
    ).where(Job.kind == KIND, Job.done_at.is_(None))
    still, failed = session.execute(query).one()
    return still, failed


def _mail_handler(settings: Settings, engine: Engine) -> Handler:
    def send(payload: Document) -> None:
        deliver(settings, payload)
        _forget_text(engine, payload)

    return send


def _forget_text(engine: Engine, payload: Document) -> None:
    """What was sent is not kept: its text may hold a link that gives a password."""
    key = payload["unique_key"]
    kept = {name: value for name, value in payload.items() if name != "text"}
    with Session(engine) as session, transaction(session):
        session.execute(
            update(Job).where(Job.kind == KIND, Job.unique_key == key).values(payload=kept)
        )
