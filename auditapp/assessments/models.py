"""One organisation's part in one round: its answers, how it moved on, and what was submitted."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Index,
    UniqueConstraint,
    and_,
    false,
    select,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from auditapp.core import clock
from auditapp.core.db import Base, Document, Instant, PrimaryKey, Ref, words
from auditapp.core.history import append_only
from auditapp.core.privacy import classes
from auditapp.policy.roles import Role, Viewer
from auditapp.policy.states import Status


class Address(NamedTuple):
    """Where an answer is. `instance` is the site or row it is about; empty where asked once."""

    assessment_ref: str
    question_key: str
    instance: str = ""


class Assessment(Base):
    """One organisation's part in one round.

    `registration_id` is what the place was registered as when it was invited, moved on when it
    converts. `snapshot_number` is the latest submission's, 0 before the first; `released_number`
    that of the submission whose letter was released last, 0 before any. `due_on` is set only where
    the day was extended for this one.
    """

    __tablename__ = "assessment"
    __table_args__ = (
        UniqueConstraint("round_id", "organisation_id"),
        Index("ix_assessment_organisation_id", "organisation_id"),
    )
    __privacy__ = classes(
        structure="id ref round_id organisation_id registration_id status due_on snapshot_number"
        " released_number started_at sent_at submitted_at last_place"
    )

    id: Mapped[PrimaryKey]
    ref: Mapped[Ref]
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"))
    status: Mapped[Status] = mapped_column(words(Status, 20), default=Status.NOT_STARTED)
    due_on: Mapped[date | None]
    snapshot_number: Mapped[int] = mapped_column(default=0)
    released_number: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    started_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]  # for sign-off, last
    submitted_at: Mapped[datetime | None]  # first submission
    last_place: Mapped[str] = mapped_column(default="")  # question key last saved

    shared_with: Mapped[list["AssessmentPartnership"]] = relationship(lazy="selectin")
    snapshots: Mapped[list["Snapshot"]] = relationship(
        back_populates="assessment", order_by="Snapshot.number"
    )

    @property
    def partnership_ids(self) -> frozenset[int]:
        return frozenset(row.partnership_id for row in self.shared_with)

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        """Permission.SEE_ASSESSMENT in SQL; tests/policy/test_scope.py holds the two equal."""
        own = cls.organisation_id == viewer.organisation_id
        readable = cls.snapshot_number > 0
        unlinked = cls.organisation_id.not_in(viewer.linked_organisation_ids)
        shared = cls.id.in_(
            select(AssessmentPartnership.assessment_id).where(
                AssessmentPartnership.partnership_id.in_(viewer.partnership_ids)
            )
        )
        match viewer.role:
            case Role.LEAD | Role.SIGNATORY:
                return own
            case Role.CONTRIBUTOR:
                return and_(own, cls.id.in_(viewer.assessment_ids))
            case Role.PANEL_MEMBER:
                return and_(cls.id.in_(viewer.assessment_ids), readable, unlinked)
            case Role.PANEL_CHAIR:
                return and_(cls.round_id == viewer.round_id, readable, unlinked)
            case Role.ADMINISTRATOR:
                return shared
            case Role.SCRUTINEER:
                return and_(shared, readable, unlinked)
            case _:
                return false()


class AssessmentPartnership(Base):
    """Which partnerships an assessment is shared with: in a joint round, the organisation's own."""

    __tablename__ = "assessment_partnership"
    __table_args__ = (UniqueConstraint("assessment_id", "partnership_id"),)
    __privacy__ = classes(structure="id assessment_id partnership_id")

    id: Mapped[PrimaryKey]
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"))
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"), index=True)


@append_only
class Move(Base):
    """One step in an assessment's life, with the reason or comment that a person gave."""

    __tablename__ = "assessment_move"
    __privacy__ = classes(
        structure="id assessment_id action status_before status_after person_id at",
        confidential="comment",
    )

    id: Mapped[PrimaryKey]
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), index=True)
    action: Mapped[str]
    status_before: Mapped[str]
    status_after: Mapped[str]
    comment: Mapped[str] = mapped_column(default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[Instant] = mapped_column(default=clock.now)


class Answer(Base):
    """The head of one answer: where it is, its latest revision's number, and what SQL counts.

    Its words are in its revisions. Not answered is no row.
    """

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("assessment_id", "question_key", "instance"),)
    __privacy__ = classes(
        structure="id assessment_id question_key instance number",
        confidential="grade_key numeric_value not_applicable_reason",
    )

    id: Mapped[PrimaryKey]
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"))
    question_key: Mapped[str]
    instance: Mapped[str] = mapped_column(default="")
    number: Mapped[int] = mapped_column(default=0)
    grade_key: Mapped[str | None]
    numeric_value: Mapped[float | None]
    not_applicable_reason: Mapped[str | None]


@append_only
class AnswerRevision(Base):
    """What was saved, each time. `value` by question type; a rating's has commentary and impact."""

    __tablename__ = "answer_revision"
    __table_args__ = (
        UniqueConstraint("answer_id", "number"),
        UniqueConstraint("answer_id", "save_id"),
    )
    __privacy__ = classes(
        structure="id answer_id number save_id author_id saved_at",
        confidential="value grade_key numeric_value not_applicable_reason",
    )

    id: Mapped[PrimaryKey]
    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id"))
    number: Mapped[int]
    save_id: Mapped[str]
    value: Mapped[Document]
    grade_key: Mapped[str | None]
    numeric_value: Mapped[float | None]
    not_applicable_reason: Mapped[str | None]
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    saved_at: Mapped[Instant] = mapped_column(default=clock.now)


class Citation(Base):
    """That a standard's answer points to an item of evidence, and where in it to look."""

    __tablename__ = "citation"
    __table_args__ = (Index("ix_citation_assessment_id", "assessment_id", "question_key"),)
    __privacy__ = classes(
        structure="id ref assessment_id question_key instance evidence_item_id cited_by cited_at"
        " removed_at",
        confidential="pointer",
    )

    id: Mapped[PrimaryKey]
    ref: Mapped[Ref]
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"))
    question_key: Mapped[str]
    instance: Mapped[str] = mapped_column(default="")
    evidence_item_id: Mapped[int] = mapped_column(ForeignKey("evidence_item.id"), index=True)
    pointer: Mapped[str] = mapped_column(default="")  # "page 4, paragraph 2"
    cited_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    cited_at: Mapped[Instant] = mapped_column(default=clock.now)
    removed_at: Mapped[datetime | None]


@append_only
class Snapshot(Base):
    """One submission, frozen: the document as sent, its hash, and what the place was that day."""

    __tablename__ = "snapshot"
    __table_args__ = (UniqueConstraint("assessment_id", "number"),)
    __privacy__ = classes(
        structure="id ref assessment_id number submitted_at signed_by variant hash",
        public="organisation_name registration_code type group phase duty responsible_body",
        confidential="document comment",
    )

    id: Mapped[PrimaryKey]
    ref: Mapped[Ref]
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"))
    number: Mapped[int]
    submitted_at: Mapped[Instant] = mapped_column(default=clock.now)
    signed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    comment: Mapped[str] = mapped_column(default="")  # the signatory's
    organisation_name: Mapped[str]
    registration_code: Mapped[str]
    type: Mapped[str]
    group: Mapped[str]
    phase: Mapped[str]
    duty: Mapped[str]
    responsible_body: Mapped[str] = mapped_column(default="")
    # Which wording of the questionnaire it was asked in.
    variant: Mapped[str] = mapped_column(default="", server_default=text("''"))
    document: Mapped[Document]
    hash: Mapped[str]  # SHA-256 of the document's canonical JSON

    assessment: Mapped[Assessment] = relationship(back_populates="snapshots")


@append_only
class SnapshotAnswer(Base):
    """One question of a submission: every one that was asked, those left blank included.

    `number` is the one it had that day ("8.3"). `value` holds commentary, impact and action, and
    what was answered instead of a grade; beside it stands what SQL counts.
    """

    __tablename__ = "snapshot_answer"
    __table_args__ = (
        UniqueConstraint("snapshot_id", "question_key", "instance"),
        Index("ix_snapshot_answer_counting", "snapshot_id", "question_key", "grade_key"),
    )
    __privacy__ = classes(
        structure="id snapshot_id question_key instance number",
        confidential="value grade_key numeric_value not_applicable_reason citations",
    )

    id: Mapped[PrimaryKey]
    snapshot_id: Mapped[int] = mapped_column(ForeignKey("snapshot.id"))
    question_key: Mapped[str]
    instance: Mapped[str] = mapped_column(default="")
    number: Mapped[str] = mapped_column(default="", server_default=text("''"))
    value: Mapped[Document]
    grade_key: Mapped[str | None]
    numeric_value: Mapped[float | None]
    not_applicable_reason: Mapped[str | None]
    citations: Mapped[int] = mapped_column(default=0)  # how many items it cites

    snapshot: Mapped[Snapshot] = relationship()

    @property
    def assessment(self) -> Assessment:
        return self.snapshot.assessment

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        """Permission.READ_SNAPSHOT in SQL: who sees the assessment and has no conflict of interest.

        That there is a row says that it was submitted.
        """
        unlinked = Assessment.organisation_id.not_in(viewer.linked_organisation_ids)
        readable = and_(Assessment.visible_to(viewer), unlinked)
        return cls.snapshot.has(Snapshot.assessment.has(readable))


@append_only
class SnapshotCitation(Base):
    """An item of evidence as it was cited: its title, pointer, and the very content of that day."""

    __tablename__ = "snapshot_citation"
    __privacy__ = classes(
        structure="id ref snapshot_answer_id evidence_item_id blob_id",
        confidential="title pointer url file_name",
    )

    id: Mapped[PrimaryKey]
    ref: Mapped[Ref]
    snapshot_answer_id: Mapped[int] = mapped_column(ForeignKey("snapshot_answer.id"), index=True)
    evidence_item_id: Mapped[int] = mapped_column(ForeignKey("evidence_item.id"))
    blob_id: Mapped[int | None] = mapped_column(ForeignKey("blob.id"))
    title: Mapped[str]
    pointer: Mapped[str] = mapped_column(default="")
    url: Mapped[str | None]
    file_name: Mapped[str] = mapped_column(default="")
