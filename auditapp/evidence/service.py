"""What an organisation does with its evidence. The caller commits; files are kept beforehand."""

from dataclasses import dataclass
from datetime import date
from typing import IO, ClassVar

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from auditapp.accounts.queries import refreshed
from auditapp.core.errors import RuleBroken
from auditapp.core.events import Audience, Happening, record
from auditapp.core.storage import Storage, Stored
from auditapp.evidence import rules
from auditapp.evidence.checking import media_type_of
from auditapp.evidence.models import Blob, EvidenceItem
from auditapp.evidence.queries import item_at
from auditapp.organisations.trail import chain_of
from auditapp.policy.permissions import Permission, require
from auditapp.policy.roles import Viewer
from auditapp.policy.scope import get_visible_or_404

FILE_NAME_MAX_CHARS = 150


@dataclass(frozen=True, kw_only=True)
class Uploaded:
    """A file that is kept already: its content by hash, and the name it came with."""

    stored: Stored
    media_type: str
    file_name: str


@dataclass(frozen=True, kw_only=True)
class Adding:
    """A new item: a file or a link, never both."""

    title: str
    file: Uploaded | None = None
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Details:
    title: str
    owner: str = ""
    review_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class EvidenceChanged(Happening):
    kind: ClassVar[str] = "evidence-changed"
    audience: ClassVar[Audience] = Audience.ORGANISATION

    evidence_item_id: int


def keep_upload(storage: Storage, file_name: str, content: IO[bytes]) -> Uploaded:
    """Check a file and keep its content, before any transaction: the row that names it follows.

    Raises:
        RuleBroken: it may not be kept.
    """
    media_type = media_type_of(file_name, content)
    return Uploaded(
        stored=storage.keep(content), media_type=media_type, file_name=safe_name(file_name)
    )


def safe_name(file_name: str) -> str:
    """The last part of a name, without what a header or a folder could misread."""
    base = file_name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(sign for sign in base if sign.isprintable() and sign not in '"<>|:*?;')
    stem, _, extension = kept.rpartition(".")
    return f"{stem[:FILE_NAME_MAX_CHARS] or 'evidence'}.{extension}"


def add_item(
    session: Session, organisation_id: int, adding: Adding, *, added_by: int
) -> EvidenceItem:
    """A new item of the library. The caller has checked who may, and records the event.

    Raises:
        RuleBroken: no title, neither file nor link or both, or a link that is none.
    """
    rules.check_title(adding.title)
    if (adding.file is None) == (not adding.url):
        raise RuleBroken("Choose a file or enter a link, one of the two.", field="file")
    if adding.url:
        rules.check_url(adding.url)
    item = EvidenceItem(
        organisation_id=organisation_id,
        title=adding.title,
        blob=blob_of(session, adding.file) if adding.file else None,
        url=adding.url or None,
        file_name=adding.file.file_name if adding.file else "",
        added_by=added_by,
    )
    session.add(item)
    session.flush()
    return item


def blob_of(session: Session, file: Uploaded) -> Blob:
    """The row for a content: one per hash, also when two people upload the same file at once."""
    known = select(Blob).where(Blob.sha256 == file.stored.sha256)
    found = session.scalars(known).one_or_none()
    if found is not None:
        return found
    try:
        with session.begin_nested():
            blob = Blob(
                sha256=file.stored.sha256, size=file.stored.size, media_type=file.media_type
            )
            session.add(blob)
        return blob
    except IntegrityError:
        return session.scalars(known).one()


def edit_item(session: Session, viewer: Viewer, ref: str, details: Details) -> EvidenceItem:
    """Change what the library says of an item; its content never changes.

    Raises:
        Missing, NotAllowed: the viewer may not see it, or not change it.
        RuleBroken: no title, or a long text.
    """
    viewer = refreshed(session, viewer)
    item = get_visible_or_404(session, item_at(ref), viewer)
    require(viewer, Permission.CHANGE_EVIDENCE, item)
    rules.check_title(details.title)
    rules.check_length(details.owner, rules.OWNER_MAX_CHARS, "owner")
    item.title, item.owner, item.review_on = details.title, details.owner, details.review_on
    changed = EvidenceChanged(
        partnership_id=chain_of(session, item.organisation_id),
        organisation_id=item.organisation_id,
        evidence_item_id=item.id,
    )
    record(session, changed, actor_id=viewer.person_id)
    return item
