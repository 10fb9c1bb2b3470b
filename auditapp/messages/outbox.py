"""The outbox: what is to be sent, written in the transaction that gives the reason for it."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from auditapp.core.db import Document
from auditapp.core.jobs import Job

KIND = "mail"
# Begins every link to a page of ours. Delivery puts the installation's own address in its place,
# so that nothing a browser sends (the Host header) can ever get into a message.
SITE = "auditapp:"


@dataclass(frozen=True, kw_only=True)
class Mail:
    """One message in plain text. Two with one `unique_key` are one message."""

    to: str
    subject: str
    text: str
    unique_key: str


def page_link(path: str) -> str:
    """A link to a page, for the text of a message: `path` begins with a slash."""
    return f"{SITE}{path}"


def send(session: Session, *, to: str, subject: str, text: str, unique_key: str) -> None:
    """Ask for one message inside the caller's transaction; asked for before, nothing happens."""
    send_all(session, [Mail(to=to, subject=subject, text=text, unique_key=unique_key)])


def send_all(session: Session, mails: Iterable[Mail]) -> int:
    """Ask for many, in one statement and the insert; returns how many are new.

    Call it inside a transaction that locks what gives the reason: two at once with one key break
    the unique constraint, and the second is rolled back.
    """
    by_key = {mail.unique_key: mail for mail in mails}
    asked = select(Job.unique_key).where(Job.kind == KIND, Job.unique_key.in_(by_key))
    known = set(session.scalars(asked)) if by_key else set()
    new = [mail for key, mail in by_key.items() if key not in known]
    session.add_all(
        Job(kind=KIND, unique_key=mail.unique_key, payload=_payload(mail)) for mail in new
    )
    return len(new)


def _payload(mail: Mail) -> Document:
    return {
        "to": mail.to,
        "subject": " ".join(mail.subject.split()),
        "text": mail.text,
        "unique_key": mail.unique_key,
    }
