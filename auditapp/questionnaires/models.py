"""Published versions of questionnaires. A published version never changes."""

from sqlalchemy import ColumnElement, UniqueConstraint, or_, true
from sqlalchemy.orm import Mapped, mapped_column

from auditapp.core import clock
from auditapp.core.db import Base, Document, Instant, PrimaryKey, Ref
from auditapp.core.history import append_only
from auditapp.core.privacy import classes
from auditapp.policy.roles import Viewer

LIBRARY = 0  # `owner_id` of what ships with the product


@append_only
class QuestionnaireVersion(Base):
    """One version: the text as written, the document as read, and its hash.

    `owner_id` is a partnership's id, or `LIBRARY`; plain, so that "owner, key, version" is unique
    for the library too.
    """

    __tablename__ = "questionnaire_version"
    __table_args__ = (UniqueConstraint("owner_id", "key", "version"),)
    __privacy__ = classes(
        structure="id ref owner_id hash published_at published_by",
        public="key version title yaml_text document",
    )

    id: Mapped[PrimaryKey]
    ref: Mapped[Ref]
    owner_id: Mapped[int] = mapped_column(default=LIBRARY)
    key: Mapped[str]
    version: Mapped[int]
    title: Mapped[str]
    yaml_text: Mapped[str]
    document: Mapped[Document]
    hash: Mapped[str]
    published_at: Mapped[Instant] = mapped_column(default=clock.now)
    published_by: Mapped[int | None]

    @property
    def partnership_ids(self) -> frozenset[int]:
        return frozenset({self.owner_id})

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        """The library's to everyone who signs in; a partnership's own to its people."""
        if not viewer.partnership_ids:
            return true()
        return or_(cls.owner_id == LIBRARY, cls.owner_id.in_(viewer.partnership_ids))
