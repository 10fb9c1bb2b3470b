"""What an organisation holds as evidence: files and links, each cited by many standards."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from auditapp.core import clock
from auditapp.core.db import Base, Instant, PrimaryKey, Ref
from auditapp.core.privacy import classes
from auditapp.policy.roles import ORGANISATION_ROLES, Viewer


class Blob(Base):
    """The content of a file, by its hash. `media_type` is ours, from the content, never a name."""

    __tablename__ = "blob"
    __privacy__ = classes(structure="id sha256 size media_type state")

    id: Mapped[PrimaryKey]
    sha256: Mapped[str] = mapped_column(unique=True)
    size: Mapped[int]  # bytes
    media_type: Mapped[str]
    state: Mapped[str] = mapped_column(default="ready")  # ready, quarantined


class EvidenceItem(Base):
    """A file or a link with its title. A link is stored and shown, never fetched."""

    __tablename__ = "evidence_item"
    __table_args__ = (CheckConstraint("(blob_id IS NULL) <> (url IS NULL)", name="file_or_link"),)
    __privacy__ = classes(
        structure="id ref organisation_id blob_id added_by added_at removed_at review_on",
        confidential="title url file_name owner",
    )

    id: Mapped[PrimaryKey]
    ref: Mapped[Ref]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    title: Mapped[str]
    blob_id: Mapped[int | None] = mapped_column(ForeignKey("blob.id"), index=True)
    url: Mapped[str | None]
    file_name: Mapped[str] = mapped_column(default="")
    owner: Mapped[str] = mapped_column(default="")  # whose it is: a role, "IT manager"
    review_on: Mapped[date | None]
    added_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    added_at: Mapped[Instant] = mapped_column(default=clock.now)
    removed_at: Mapped[datetime | None]

    blob: Mapped[Blob | None] = relationship(lazy="joined")

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        """Permission.SEE_EVIDENCE in SQL."""
        if viewer.role in ORGANISATION_ROLES:
            return cls.organisation_id == viewer.organisation_id
        return false()
