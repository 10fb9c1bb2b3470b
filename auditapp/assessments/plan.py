"""Actions as their owners and as partnerships see them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session

from auditapp.actions.models import Action, ActionRevision
from auditapp.actions.queries import with_words
from auditapp.actions.rules import Planned
from auditapp.assessments.models import (
    Assessment,
    AssessmentPartnership,
    Snapshot,
    SnapshotAnswer,
)
from auditapp.assessments.setting import Setting, in_setting, settings_of, settings_query
from auditapp.core import clock
from auditapp.policy.roles import Viewer
from auditapp.policy.scope import visible
from auditapp.policy.states import SUBMITTED_STATES

PER_PAGE = 100  # actions of a partnership: an area can have thousands


@dataclass(frozen=True)
class PlanLine:
    """One action: what it is about ("8.3 Filtering and monitoring"), what was promised, how far
    it is. `action` has its days; `outcome` is empty for whoever may not read it."""

    about: str
    period: str
    organisation: str
    planned: Planned
    action: Action
    outcome: str

    @property
    def is_overdue(self) -> bool:
        due = self.planned.due
        return self.action.done_on is None and due is not None and due < clock.today()


@dataclass(frozen=True)
class PlanPage:
    """One page of the actions of many organisations; `total` is of all pages."""

    lines: list[PlanLine]
    total: int
    number: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PER_PAGE))


@dataclass(frozen=True)
class PlanCounts:
    open: int
    overdue: int
    done: int


def own_plan(session: Session, viewer: Viewer) -> list[PlanLine]:
    """The actions of the viewer's own organisation, the next due first: two statements."""
    settings = {setting.assessment.id: setting for setting in settings_of(session, viewer)}
    lines = [
        PlanLine(
            about=_about(settings.get(action.assessment_id or 0), action.standard_key),
            period=_period(settings.get(action.assessment_id or 0)),
            organisation="",
            planned=Planned(what=words.what, owner=words.owner, due=words.due_on),
            action=action,
            outcome=words.outcome,
        )
        for action, words in session.execute(visible(with_words(), viewer))
    ]
    return _in_turn(lines)


def submitted_plan(session: Session, viewer: Viewer, number: int = 1) -> PlanPage:
    """The actions of a partnership's organisations as they were submitted; never a draft's.

    What was promised is read from the submission; whether it is done, from the plan. Page
    `number`, open before done, then by the day it was due; the last page for a number too high.
    """
    rows = visible(_submitted(), viewer)
    total = session.scalar(select(func.count()).select_from(rows.subquery())) or 0
    number = min(max(1, number), max(1, -(-total // PER_PAGE)))
    due = SnapshotAnswer.value["action"]["due"].as_string()
    shown = (
        rows.order_by(Action.done_on.is_not(None), due.nulls_last(), Action.id)
        .limit(PER_PAGE)
        .offset((number - 1) * PER_PAGE)
    )
    found = session.execute(shown).all()
    settings = _settings(session, viewer, {assessment_id for _, _, assessment_id in found})
    lines = [
        PlanLine(
            about=_about(settings.get(assessment_id), action.standard_key),
            period=_period(settings.get(assessment_id)),
            organisation=settings[assessment_id].organisation_name,
            planned=Planned.from_json(value.get("action")),
            action=action,
            outcome="",
        )
        for value, action, assessment_id in found
        if assessment_id in settings
    ]
    return PlanPage(lines, total, number)


def _submitted() -> Select[*tuple[Any, ...]]:
    """What each latest submission promised, beside its action in the plan."""
    return (
        select(SnapshotAnswer.value, Action, Assessment.id.label("assessment_id"))
        .join(Snapshot, Snapshot.id == SnapshotAnswer.snapshot_id)
        .join(Assessment, Assessment.id == Snapshot.assessment_id)
        .join(
            Action,
            and_(
                Action.assessment_id == Assessment.id,
                Action.standard_key == SnapshotAnswer.question_key,
                Action.removed_at.is_(None),
            ),
        )
        .where(
            Snapshot.number == Assessment.snapshot_number,
            Assessment.status.in_(SUBMITTED_STATES),
            SnapshotAnswer.value["action"].as_string().is_not(None),
        )
    )


def plan_counts(session: Session, viewer: Viewer) -> PlanCounts:
    """How many actions of submitted assessments are open, overdue and done: numbers alone."""
    shared = select(AssessmentPartnership.assessment_id).where(
        AssessmentPartnership.partnership_id.in_(viewer.partnership_ids)
    )
    is_overdue = and_(Action.done_on.is_(None), Action.due_on < clock.today())
    query = (
        select(
            func.count().filter(Action.done_on.is_(None)),
            func.count().filter(is_overdue),
            func.count(Action.done_on),
        )
        .select_from(Action)
        .join(Assessment, Assessment.id == Action.assessment_id)
        .where(
            Action.removed_at.is_(None),
            Assessment.id.in_(shared),
            Assessment.status.in_(SUBMITTED_STATES),
        )
    )
    still, overdue, done = session.execute(query).one()
    return PlanCounts(open=still, overdue=overdue, done=done)


def line_of(session: Session, viewer: Viewer, action: Action, words: ActionRevision) -> PlanLine:
    """One action of the viewer's own organisation."""
    found = [s for s in settings_of(session, viewer) if s.assessment.id == action.assessment_id]
    setting = found[0] if found else None
    return PlanLine(
        about=_about(setting, action.standard_key),
        period=_period(setting),
        organisation="",
        planned=Planned(what=words.what, owner=words.owner, due=words.due_on),
        action=action,
        outcome=words.outcome,
    )


def _settings(session: Session, viewer: Viewer, ids: set[int]) -> dict[int, Setting]:
    query = settings_query().where(Assessment.id.in_(ids))
    rows = session.execute(visible(query, viewer)).all()
    return {row[0].id: in_setting(session, *row) for row in rows}


def _about(setting: Setting | None, standard_key: str) -> str:
    """The standard by number and title; by its key where it is asked no more."""
    if setting is None or standard_key not in setting.asked.keys:
        return standard_key.replace("-", " ").capitalize()
    return setting.asked.label_of(standard_key)


def _period(setting: Setting | None) -> str:
    return setting.round.period if setting else ""


def _in_turn(lines: list[PlanLine]) -> list[PlanLine]:
    """Open before done, then by the day it is due."""
    return sorted(
        lines,
        key=lambda line: (
            line.action.done_on is not None,
            line.planned.due or date.max,
            line.about,
        ),
    )
