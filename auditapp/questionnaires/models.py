"""Published versions of questionnaires. A published version never changes."""

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    UniqueConstraint,
    or_,
    select,
    true,
)
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

    @property
    def words(self) -> str:
        """ "Small groups, version 1, as it ships": what tells it from every other."""
        whose = "as it ships" if self.owner_id == LIBRARY else "your own"
        return f"{self.title}, version {self.version}, {whose}"

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        """The library's to everyone who signs in; a partnership's own to its people."""
        if not viewer.partnership_ids:
            return true()
        return or_(cls.owner_id == LIBRARY, cls.owner_id.in_(viewer.partnership_ids))


@append_only
class QuestionMapping(Base):
    """What a partnership says became of a question from one version to another: its key before
    and its key after. No key after: it is gone; none before: it is new. A key that both versions
    have needs no row. All rows of two versions are confirmed at once, and once.
    """

    __tablename__ = "question_mapping"
    __table_args__ = (
        CheckConstraint("old_key IS NOT NULL OR new_key IS NOT NULL", name="names_a_question"),
        UniqueConstraint(
            "partnership_id",
            "from_version_id",
            "to_version_id",
            "old_key",
            "new_key",
            name="uq_question_mapping_pair",  # PostgreSQL cuts a name of all five short
        ),
    )
    __privacy__ = classes(
        structure="id partnership_id from_version_id to_version_id confirmed_at confirmed_by",
        public="old_key new_key",
    )

    id: Mapped[PrimaryKey]
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"))
    from_version_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_version.id"))
    to_version_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_version.id"))
    old_key: Mapped[str | None]
    new_key: Mapped[str | None]
    confirmed_at: Mapped[Instant] = mapped_column(default=clock.now)
    confirmed_by: Mapped[int]

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        """As the versions: organisations see last round's answers by it."""
        if not viewer.partnership_ids:
            return true()
        return cls.partnership_id.in_(viewer.partnership_ids)


@append_only
class RetiredVersion(Base):
    """That a version can be chosen for no new round. The rounds that ask it go on asking it."""

    __tablename__ = "retired_version"
    __privacy__ = classes(structure="id version_id retired_at retired_by")

    id: Mapped[PrimaryKey]
    version_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_version.id"), unique=True)
    retired_at: Mapped[Instant] = mapped_column(default=clock.now)
    retired_by: Mapped[int]

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        """As the version."""
        versions = select(QuestionnaireVersion.id)
        return cls.version_id.in_(versions.where(QuestionnaireVersion.visible_to(viewer)))
