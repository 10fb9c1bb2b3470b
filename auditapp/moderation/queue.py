"""The panel's work in a round: what stands where, and what comes next."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, exists, func, select
from sqlalchemy.orm import Session, lazyload

from auditapp.assessments.lifecycle import Action
from auditapp.assessments.models import Assessment, Move, Snapshot, SnapshotAnswer
from auditapp.core.db import Base
from auditapp.core.errors import NOT_FOUND, Missing
from auditapp.moderation.members import Member, Place, members_of
from auditapp.moderation.models import Feedback, FeedbackRead, Moderation, PanelMark
from auditapp.moderation.queries import is_latest
from auditapp.organisations.types import duty_words
from auditapp.policy.permissions import Permission, may
from auditapp.policy.roles import Role, Viewer
from auditapp.policy.scope import visible
from auditapp.policy.states import SUBMITTED_STATES, Status
from auditapp.questionnaires.library import questionnaire_of
from auditapp.questionnaires.schema import Asked
from auditapp.rounds.models import Round


@dataclass(frozen=True, kw_only=True)
class OpenedAgain:
    """One that was submitted, and that its organisation writes again since `opened_at`."""

    ref: str
    name: str
    submitted_at: datetime
    opened_at: datetime
    readable: bool  # what was submitted before


class Stage(StrEnum):
    """Where an assessment stands, for those who run the panel. In the order they are listed."""

    REVEAL = "reveal"  # every member has marked every standard
    SETTLE = "settle"
    MARKING = "marking"
    GIVE_OUT = "give-out"
    TO_RELEASE = "to-release"
    RELEASED = "released"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One assessment of the queue. `marked` is the viewer's own; only a chair's page has
    `members`; `confirmed` is how many at the organisation said that they have read the letter."""

    ref: str
    status: Status
    name: str
    duty: str
    submitted_at: datetime
    asked: int
    marked: int
    revealed: bool
    completed_by: int | None
    released_at: datetime | None
    confirmed: int
    linked: bool
    members: tuple[Member, ...] = ()

    @property
    def left(self) -> int:
        return self.asked - self.marked

    @property
    def reading(self) -> tuple[Member, ...]:
        """The members whose marks count."""
        return tuple(member for member in self.members if member.counts)

    @property
    def done(self) -> int:
        """How many of them marked every standard."""
        return sum(member.marked == self.asked for member in self.reading)

    @property
    def stage(self) -> Stage:
        match self.status:
            case Status.SUBMITTED:
                return Stage.GIVE_OUT
            case Status.MODERATION_COMPLETED:
                return Stage.TO_RELEASE
            case Status.FEEDBACK_RELEASED:
                return Stage.RELEASED
        if self.revealed:
            return Stage.SETTLE
        all_done = bool(self.reading) and self.done == len(self.reading)
        return Stage.REVEAL if all_done else Stage.MARKING


def rounds_with_panel(session: Session, viewer: Viewer) -> list[Round]:
    """Rounds whose panel the viewer may see, the latest first."""
    query = visible(select(Round), viewer).order_by(Round.opens_on.desc(), Round.id.desc())
    return list(session.scalars(query))


def round_called(session: Session, viewer: Viewer, ref: str | None) -> Round:
    """The round asked for, else the latest.

    Raises:
        Missing: there is none, or not for this viewer.
    """
    for round_ in rounds_with_panel(session, viewer):
        if ref in (None, round_.ref):
            return round_
    raise Missing(NOT_FOUND)


def member_queue(session: Session, viewer: Viewer, round_: Round) -> list[Line]:
    """What a member was given: begun before untouched, the rest by name; marked ones last.

    One statement. Nothing in it tells of anyone else.
    """
    given = [line for line in _lines(session, viewer, round_) if line.status != Status.SUBMITTED]
    return sorted(given, key=lambda one: (one.left == 0, one.marked == 0, one.name))


def round_queue(session: Session, viewer: Viewer, round_: Round) -> list[Line]:
    """Every submission of the round by what is to be done; with the members for the chair."""
    lines = list(_lines(session, viewer, round_, with_members=viewer.role is Role.PANEL_CHAIR))
    order = list(Stage)
    return sorted(lines, key=lambda one: (order.index(one.stage), one.name))


def opened_again(session: Session, viewer: Viewer, round_: Round) -> list[OpenedAgain]:
    """What is out of the panel's hands until it is submitted again, by name. One statement."""
    opened = (
        select(Move.assessment_id, func.max(Move.at).label("at"))
        .where(Move.action == Action.REOPEN.value)
        .group_by(Move.assessment_id)
        .subquery()
    )
    query = (
        select(Assessment, Snapshot.organisation_name, Snapshot.submitted_at, opened.c.at)
        .join(Snapshot, is_latest())
        .join(opened, opened.c.assessment_id == Assessment.id)
        .where(Assessment.round_id == round_.id, Assessment.status.not_in(SUBMITTED_STATES))
        .order_by(Snapshot.organisation_name, Assessment.id)
    )
    return [
        OpenedAgain(
            ref=assessment.ref,
            name=name,
            submitted_at=submitted_at,
            opened_at=at,
            readable=may(viewer, Permission.READ_SNAPSHOT, assessment),
        )
        for assessment, name, submitted_at, at in session.execute(visible(query, viewer))
    ]


def _lines(
    session: Session, viewer: Viewer, round_: Round, *, with_members: bool = False
) -> Iterable[Line]:
    questionnaire = questionnaire_of(session, round_.questionnaire_version_id)
    graded = Asked(questionnaire, None, round_.asked_keys).graded.keys
    rows = session.execute(_query(viewer, round_, graded)).all()
    places = {
        row.Assessment.id: Place(row.Assessment.organisation_id, row.snapshot_id) for row in rows
    }
    members = members_of(session, round_.id, places) if with_members else {}
    for row in rows:
        assessment = row.Assessment
        yield Line(
            ref=assessment.ref,
            status=assessment.status,
            name=row.organisation_name,
            duty=_capital(duty_words(row.duty, row.type).title),
            submitted_at=row.submitted_at,
            asked=row.asked,
            marked=row.marked,
            revealed=row.revealed_at is not None,
            completed_by=row.completed_by,
            released_at=row.released_at,
            confirmed=row.confirmed,
            linked=assessment.organisation_id in viewer.linked_organisation_ids,
            members=tuple(members.get(assessment.id, ())),
        )


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def _query(viewer: Viewer, round_: Round, graded: Collection[str]) -> Select[*tuple[object, ...]]:
    """`graded` are the keys that a panel marks: what takes another answer waits for no mark."""
    in_snapshot = and_(
        SnapshotAnswer.snapshot_id == Snapshot.id, SnapshotAnswer.question_key.in_(graded)
    )
    own = exists().where(
        PanelMark.snapshot_answer_id == SnapshotAnswer.id, PanelMark.member_id == viewer.person_id
    )
    query = (
        select(
            Assessment,
            Snapshot.id.label("snapshot_id"),
            Snapshot.organisation_name,
            Snapshot.duty,
            Snapshot.type,
            Snapshot.submitted_at,
            Moderation.revealed_at,
            Moderation.completed_by,
            Feedback.released_at,
            _number_of(SnapshotAnswer, in_snapshot).label("asked"),
            _number_of(SnapshotAnswer, in_snapshot, own).label("marked"),
            _number_of(FeedbackRead, FeedbackRead.feedback_id == Feedback.id).label("confirmed"),
        )
        .join(Snapshot, is_latest())
        .outerjoin(Moderation, Moderation.snapshot_id == Snapshot.id)
        .outerjoin(Feedback, Feedback.snapshot_id == Snapshot.id)
        .where(Assessment.round_id == round_.id, Assessment.status.in_(SUBMITTED_STATES))
        .options(lazyload(Assessment.shared_with))
    )
    return visible(query, viewer)


def _number_of(counted: type[Base], *where: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count()).select_from(counted).where(*where).scalar_subquery()
