"""The panel's marks, the grades the chair settles, and the feedback an organisation gets."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from auditapp.core import clock
from auditapp.core.db import Base, Document, Instant, PrimaryKey
from auditapp.core.history import append_only
from auditapp.core.privacy import classes
from auditapp.moderation.phrases import points

# The last line of defence for moderation.rules.check_rationale: a changed grade needs a
# rationale. `coalesce` because a CHECK that comes to NULL passes. A revision's grade "" is none:
# to agree that a standard does not apply, or was left blank.
CHANGED_GRADE_HAS_RATIONALE = "grade_key = coalesce(self_grade_key, '') OR trim(rationale) <> ''"


class Moderation(Base):
    """One submission's way through the panel. Marking is blind until the chair reveals."""

    __tablename__ = "moderation"
    __privacy__ = classes(
        structure="id snapshot_id revealed_at revealed_by completed_at completed_by"
    )

    id: Mapped[PrimaryKey]
    snapshot_id: Mapped[int] = mapped_column(ForeignKey("snapshot.id"), unique=True)
    revealed_at: Mapped[datetime | None]
    revealed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    completed_at: Mapped[datetime | None]
    completed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class PanelMark(Base):
    """One member's mark of one submitted answer, as it stands; its words are in its revisions."""

    __tablename__ = "panel_mark"
    __table_args__ = (UniqueConstraint("snapshot_answer_id", "member_id"),)
    __privacy__ = classes(
        structure="id snapshot_answer_id member_id blind number", confidential="grade_key"
    )

    id: Mapped[PrimaryKey]
    snapshot_answer_id: Mapped[int] = mapped_column(ForeignKey("snapshot_answer.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    blind: Mapped[bool] = mapped_column(default=True)  # given before the reveal
    number: Mapped[int] = mapped_column(default=0)  # latest revision's
    grade_key: Mapped[str | None]

    revisions: Mapped[list["PanelMarkRevision"]] = relationship(
        back_populates="mark", order_by="PanelMarkRevision.number"
    )


@append_only
class PanelMarkRevision(Base):
    """What the member saved, each time. The only place that holds their words."""

    __tablename__ = "panel_mark_revision"
    __table_args__ = (
        UniqueConstraint("mark_id", "number"),
        UniqueConstraint("mark_id", "save_id"),
        CheckConstraint(CHANGED_GRADE_HAS_RATIONALE, name="changed_grade_has_rationale"),
    )
    __privacy__ = classes(
        structure="id mark_id number save_id saved_at",
        confidential="self_grade_key grade_key rationale note",
    )

    id: Mapped[PrimaryKey]
    mark_id: Mapped[int] = mapped_column(ForeignKey("panel_mark.id"))
    number: Mapped[int]
    save_id: Mapped[str]
    self_grade_key: Mapped[str | None]  # a copy for the CHECK: a snapshot never changes
    grade_key: Mapped[str]
    rationale: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")  # for the panel only
    saved_at: Mapped[Instant] = mapped_column(default=clock.now)

    mark: Mapped[PanelMark] = relationship(back_populates="revisions")


class SettledGrade(Base):
    """What the panel settled on for one submitted answer. The self-grade stays where it is.

    No row: nothing was settled. A row without a grade: settled as not applicable, or not graded.
    """

    __tablename__ = "settled_grade"
    __privacy__ = classes(structure="id snapshot_answer_id number", confidential="grade_key")

    id: Mapped[PrimaryKey]
    snapshot_answer_id: Mapped[int] = mapped_column(ForeignKey("snapshot_answer.id"), unique=True)
    number: Mapped[int] = mapped_column(default=0)
    grade_key: Mapped[str | None]

    revisions: Mapped[list["SettledGradeRevision"]] = relationship(
        back_populates="settled", order_by="SettledGradeRevision.number"
    )


@append_only
class SettledGradeRevision(Base):
    """What the chair settled, each time, and why it differs from the self-grade."""

    __tablename__ = "settled_grade_revision"
    __table_args__ = (
        UniqueConstraint("settled_id", "number"),
        UniqueConstraint("settled_id", "save_id"),
        CheckConstraint(CHANGED_GRADE_HAS_RATIONALE, name="changed_grade_has_rationale"),
    )
    __privacy__ = classes(
        structure="id settled_id number save_id settled_by settled_at",
        confidential="self_grade_key grade_key rationale",
    )

    id: Mapped[PrimaryKey]
    settled_id: Mapped[int] = mapped_column(ForeignKey("settled_grade.id"))
    number: Mapped[int]
    save_id: Mapped[str]
    self_grade_key: Mapped[str | None]
    grade_key: Mapped[str]
    rationale: Mapped[str] = mapped_column(default="")
    settled_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    settled_at: Mapped[Instant] = mapped_column(default=clock.now)

    settled: Mapped[SettledGrade] = relationship(back_populates="revisions")


class Feedback(Base):
    """The panel's letter on one submission, or the automatic sheet where no panel read it."""

    __tablename__ = "feedback"
    __privacy__ = classes(structure="id snapshot_id kind number released_at released_by")

    id: Mapped[PrimaryKey]
    snapshot_id: Mapped[int] = mapped_column(ForeignKey("snapshot.id"), unique=True)
    kind: Mapped[str] = mapped_column(String(10))  # panel, automatic
    number: Mapped[int] = mapped_column(default=0)
    released_at: Mapped[datetime | None]
    released_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    revisions: Mapped[list["FeedbackRevision"]] = relationship(
        back_populates="feedback", order_by="FeedbackRevision.number"
    )


@append_only
class FeedbackRevision(Base):
    """The letter's own words, each time: `strengths` and `developments`, one point a line."""

    __tablename__ = "feedback_revision"
    __table_args__ = (
        UniqueConstraint("feedback_id", "number"),
        UniqueConstraint("feedback_id", "save_id"),
    )
    __privacy__ = classes(
        structure="id feedback_id number save_id author_id saved_at",
        confidential="strengths developments document",
    )

    id: Mapped[PrimaryKey]
    feedback_id: Mapped[int] = mapped_column(ForeignKey("feedback.id"))
    number: Mapped[int]
    save_id: Mapped[str]
    strengths: Mapped[str] = mapped_column(default="")
    developments: Mapped[str] = mapped_column(default="")
    # At release: grades and counts as the letter prints them, so that it never changes.
    document: Mapped[Document | None]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    saved_at: Mapped[Instant] = mapped_column(default=clock.now)

    feedback: Mapped[Feedback] = relationship(back_populates="revisions")

    @property
    def has_points(self) -> bool:
        """Whether anything stands in either of its two lists."""
        return bool(points(f"{self.strengths}\n{self.developments}"))


@append_only
class FeedbackRead(Base):
    """That someone at the organisation said "We have read this"."""

    __tablename__ = "feedback_read"
    __table_args__ = (UniqueConstraint("feedback_id", "person_id"),)
    __privacy__ = classes(structure="id feedback_id person_id read_at")

    id: Mapped[PrimaryKey]
    feedback_id: Mapped[int] = mapped_column(ForeignKey("feedback.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    read_at: Mapped[Instant] = mapped_column(default=clock.now)
