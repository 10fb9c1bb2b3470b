"""The demo's folder of sent messages, as pages. An installation that sends them has none.

A message may hold a link that gives a password, so nobody reads those of another partnership.
"""

import re
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue

from auditapp.accounts.signing_in import current_viewer
from auditapp.config import Settings
from auditapp.core.errors import NOT_FOUND, Missing
from auditapp.demo.addresses import addresses_of
from auditapp.messages.delivery import kept_message, kept_messages
from auditapp.policy.permissions import Permission, require
from auditapp.web.session import current_session

blueprint = Blueprint("messages", __name__, url_prefix="/messages")

MOST_SHOWN = 300


@dataclass(frozen=True)
class Folder:
    """The subject: one folder for the whole demo, of which each sees their own area's part."""

    partnership_ids: frozenset[int]
    id: int = 0


class Piece(NamedTuple):
    """A stretch of a message's text; `href` where it is a link."""

    text: str
    href: str | None


@blueprint.get("/")
def list_messages() -> ResponseReturnValue:
    """What was sent to people of the viewer's partnership, newest first."""
    folder, own = _settings().messages_folder, _own_addresses()
    sent = (message for message in kept_messages(folder) if message.to in own)
    return render_template("messages/list_messages.html", messages=list(islice(sent, MOST_SHOWN)))


@blueprint.get("/<ref>")
def show_message(ref: str) -> ResponseReturnValue:
    """One message, with links that work."""
    message = kept_message(_settings().messages_folder, ref)
    if message is None or message.to not in _own_addresses():
        raise Missing(NOT_FOUND)
    pieces = pieces_of(message.text, _settings().base_url)
    return render_template("messages/show_message.html", message=message, pieces=pieces)


def pieces_of(text: str, base_url: str) -> list[Piece]:
    """The text in order, parted into words and links to our own pages."""
    parted = re.split(rf"({re.escape(base_url)}/\S*)", text)
    return [Piece(part, part if at % 2 else None) for at, part in enumerate(parted) if part]


def _own_addresses() -> frozenset[str]:
    return addresses_of(current_session(), current_viewer().partnership_ids)


def _settings() -> Settings:
    viewer = current_viewer()
    require(viewer, Permission.SEE_MESSAGES, Folder(viewer.partnership_ids))
    settings: Settings = current_app.extensions["settings"]
    if not settings.demo or settings.smtp_url:
        raise Missing(NOT_FOUND)
    return settings
