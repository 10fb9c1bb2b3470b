"""Forgotten passwords, handled by the worker: a page that only notes the wish takes as long for
an address that nobody has as for one that somebody does."""

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from auditapp.accounts.inviting import normal
from auditapp.accounts.service import ask_for_password
from auditapp.core import clock
from auditapp.core.db import Document, sha256_of
from auditapp.core.jobs import Handler, ask_for
from auditapp.core.transactions import transaction

KIND = "password"
ONE_PER_SECONDS = 300


def note_wish(session: Session, email: str) -> None:
    """Ask for a link to that address, inside the caller's transaction; once in five minutes."""
    period = int(clock.now().timestamp()) // ONE_PER_SECONDS
    address = normal(email)
    ask_for(session, KIND, f"{sha256_of(address)}:{period}", {"email": address})


def handler(engine: Engine) -> Handler:
    """What the worker does with a wish."""

    def send_link(payload: Document) -> None:
        with Session(engine) as session, transaction(session):
            ask_for_password(session, payload["email"])

    return send_link
