"""Questionnaires that are being written, before they are published."""

from datetime import datetime

from sqlalchemy import ColumnElement, ForeignKey, UniqueConstraint, false, select
from sqlalchemy.orm import Mapped, mapped_column

from auditapp.core import clock
from auditapp.core.db import Base, Instant, PrimaryKey, Ref
from auditapp.core.history import append_only
from auditapp.core.privacy import classes
from auditapp.policy.roles import Role, Viewer


class QuestionnaireDraft(Base):
    """A questionnaire that a partnership is writing. Its text is that of its latest revision, of
    which `key`, `version` and `title` are a copy for lists.

    `began_from` is the version that it was begun from, `published_as` the one that it became.
    """

    __tablename__ = "questionnaire_draft"
    __privacy__ = classes(
        structure="id ref partnership_id revision began_from published_as discarded_at"
        " started_at started_by changed_at",
        public="key version title",
    )

    id: Mapped[PrimaryKey]
    ref: Mapped[Ref]
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"), index=True)
    key: Mapped[str]
    version: Mapped[int]
    title: Mapped[str]
    revision: Mapped[int] = mapped_column(default=0)
    began_from: Mapped[int | None] = mapped_column(ForeignKey("questionnaire_version.id"))
    published_as: Mapped[int | None] = mapped_column(ForeignKey("questionnaire_version.id"))
    discarded_at: Mapped[datetime | None]
    started_at: Mapped[Instant] = mapped_column(default=clock.now)
    started_by: Mapped[int]
    changed_at: Mapped[Instant] = mapped_column(default=clock.now)

    @property
    def partnership_ids(self) -> frozenset[int]:
        return frozenset({self.partnership_id})

    @property
    def is_open(self) -> bool:
        return self.published_as is None and self.discarded_at is None

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        """Permission.SEE_QUESTIONNAIRES in SQL."""
        if viewer.role not in (Role.ADMINISTRATOR, Role.SCRUTINEER):
            return false()
        return cls.partnership_id.in_(viewer.partnership_ids)


@append_only
class DraftRevision(Base):
    """One saved state of a draft: its whole text, and what was done where to come to it.

    `action` is a word of `drafting.Action`, `address` that of the part.
    """

    __tablename__ = "questionnaire_draft_revision"
    __table_args__ = (
        UniqueConstraint("draft_id", "number"),
        UniqueConstraint("draft_id", "save_id"),
    )
    __privacy__ = classes(
        structure="id draft_id number action save_id person_id at", public="yaml_text address"
    )

    id: Mapped[PrimaryKey]
    draft_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_draft.id"))
    number: Mapped[int]
    yaml_text: Mapped[str]
    action: Mapped[str]
    address: Mapped[str]
    save_id: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[Instant] = mapped_column(default=clock.now)

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        """As the draft."""
        drafts = select(QuestionnaireDraft.id)
        return cls.draft_id.in_(drafts.where(QuestionnaireDraft.visible_to(viewer)))
