"""Sending what the outbox holds: by SMTP, or in the demo into a folder that a page shows."""

import json
import smtplib
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path
from urllib.parse import unquote, urlsplit

from auditapp.config import Settings
from auditapp.core import clock
from auditapp.core.db import Document
from auditapp.core.refs import new_ref
from auditapp.messages.outbox import SITE

TIMEOUT_SECONDS = 30
PORTS = {"smtp": 587, "smtps": 465}


def can_deliver(settings: Settings) -> bool:
    """Whether there is anywhere for messages to go; if not, they wait."""
    return bool(settings.smtp_url) or settings.demo


def deliver(settings: Settings, payload: Document) -> None:
    """Send one message. Raises whatever the server's refusal raises; the job is tried again."""
    text = with_addresses(payload["text"], settings.base_url)
    if settings.smtp_url:
        _send(settings, _message(settings, payload, text))
    else:
        _keep(settings.messages_folder, payload, text)


def with_addresses(text: str, base_url: str) -> str:
    """`text` with the installation's own address in every link of ours."""
    return text.replace(f"{SITE}/", f"{base_url}/")


def _message(settings: Settings, payload: Document, text: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = settings.mail_from
    message["To"] = payload["to"]
    message["Subject"] = payload["subject"]
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = make_msgid(domain=settings.mail_from.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    return message


def _send(settings: Settings, message: EmailMessage) -> None:
    """smtps:// is encrypted from the start; smtp:// is turned over to TLS where the server can,
    and always before a password is sent."""
    url = urlsplit(settings.smtp_url)
    host, port = url.hostname or "localhost", url.port or PORTS[url.scheme]
    context = ssl.create_default_context()
    server: smtplib.SMTP
    if url.scheme == "smtps":
        server = smtplib.SMTP_SSL(host, port, timeout=TIMEOUT_SECONDS, context=context)
    else:
        server = smtplib.SMTP(host, port, timeout=TIMEOUT_SECONDS)
    with server:
        server.ehlo()
        if url.scheme == "smtp" and (server.has_extn("starttls") or url.username):
            server.starttls(context=context)
            server.ehlo()
        if url.username:
            server.login(unquote(url.username), unquote(url.password or ""))
        server.send_message(message)


@dataclass(frozen=True)
class Kept:
    """A message in the demo's folder; `ref` is its file's name."""

    ref: str
    at: datetime
    to: str
    subject: str
    text: str


def _keep(folder: Path, payload: Document, text: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    at = clock.now()
    kept = {"at": at.isoformat(), "to": payload["to"], "subject": payload["subject"], "text": text}
    name = f"{at:%Y%m%d%H%M%S%f}-{new_ref()}"
    part = folder / f".{name}.part"
    part.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
    part.rename(folder / f"{name}.json")


def kept_messages(folder: Path) -> Iterator[Kept]:
    """What was sent, newest first; each is read when it is asked for."""
    paths = sorted(folder.glob("*.json"), key=lambda path: path.name, reverse=True)
    return (_read(path) for path in paths)


def kept_message(folder: Path, ref: str) -> Kept | None:
    """The message of that name; only a name that the folder lists is ever opened."""
    named = {path.stem: path for path in folder.glob("*.json")}
    return _read(named[ref]) if ref in named else None


def _read(path: Path) -> Kept:
    kept = json.loads(path.read_text(encoding="utf-8"))
    at = datetime.fromisoformat(kept["at"])
    return Kept(path.stem, at, kept["to"], kept["subject"], kept["text"])
