"""What organisations will do about a standard."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, ForeignKey, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from auditapp.core import clock
from auditapp.core.db import Base, Instant, PrimaryKey, Ref
from auditapp.core.history import append_only
from auditapp.core.privacy import classes
from auditapp.organisations.models import members_of
from auditapp.policy.roles import Role, Viewer


class Action(Base):
    """One action, about one standard. `origin`: answer, upheld-question, feedback, visit, free.

    Its words are in its revisions; `number` is the latest. `due_on` and `done_on` stand here so
    that SQL can count what is open and overdue.
    """

    __tablename__ = "action"
    __table_args__ = (
        Index("ix_action_assessment_id_standard_key", "assessment_id", "standard_key"),
    )
    __privacy__ = classes(
        structure="id ref organisation_id standard_key origin assessment_id number due_on done_on"
        " removed_at"
    )

    id: Mapped[PrimaryKey]
    ref: Mapped[Ref]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    standard_key: Mapped[str]
    origin: Mapped[str] = mapped_column(default="answer")
    assessment_id: Mapped[int | None] = mapped_column(ForeignKey("assessment.id"))
    number: Mapped[int] = mapped_column(default=0)
    due_on: Mapped[date | None]
    done_on: Mapped[date | None]
    removed_at: Mapped[datetime | None]

    revisions: Mapped[list["ActionRevision"]] = relationship(
        back_populates="action", order_by="ActionRevision.number"
    )

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        if viewer.role in {Role.LEAD, Role.SIGNATORY}:
            return cls.organisation_id == viewer.organisation_id
        if viewer.role in {Role.ADMINISTRATOR, Role.SCRUTINEER}:
            return cls.organisation_id.in_(members_of(viewer.partnership_ids))
        return false()


@append_only
class ActionRevision(Base):
    """What the action said from one save to the next."""

    __tablename__ = "action_revision"
    __table_args__ = (UniqueConstraint("action_id", "number"),)
    __privacy__ = classes(
        structure="id action_id number due_on author_id saved_at", confidential="what owner outcome"
    )

    id: Mapped[PrimaryKey]
    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"))
    number: Mapped[int]
    what: Mapped[str]
    owner: Mapped[str] = mapped_column(default="")
    due_on: Mapped[date | None]
    outcome: Mapped[str] = mapped_column(default="")  # what changed for children
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    saved_at: Mapped[Instant] = mapped_column(default=clock.now)

    action: Mapped[Action] = relationship(back_populates="revisions")
