"""What organisations do with their actions. The caller holds the lock and commits."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from auditapp.accounts.queries import refreshed
from auditapp.actions import rules
from auditapp.actions.models import Action, ActionRevision
from auditapp.actions.queries import action_at, latest
from auditapp.actions.rules import Planned, Progress
from auditapp.core import clock
from auditapp.core.events import Audience, Happening, record
from auditapp.core.transactions import lock
from auditapp.organisations.trail import chain_of
from auditapp.policy.permissions import Permission, require
from auditapp.policy.roles import Viewer
from auditapp.policy.scope import get_visible_or_404

FROM_ANSWER = "answer"


class About(NamedTuple):
    """What an action is about: one standard of one organisation's assessment."""

    organisation_id: int
    assessment_id: int
    standard_key: str


@dataclass(frozen=True, kw_only=True)
class ActionProgressed(Happening):
    kind: ClassVar[str] = "action-progressed"
    audience: ClassVar[Audience] = Audience.ORGANISATION

    action_id: int
    revision: int
    done_before: str | None
    done_after: str | None


def keep_plan(session: Session, about: About, planned: Planned, *, author_id: int) -> Action | None:
    """Keep what an answer says will be done as a revision of its action; said before, nothing.

    The answer's own event covers it. Call it under the assessment's lock. Nothing planned and
    no action yet makes none; an action that is there stays, with what it now says.
    """
    action = lock(
        session,
        select(Action).where(
            Action.assessment_id == about.assessment_id,
            Action.standard_key == about.standard_key,
            Action.origin == FROM_ANSWER,
            Action.removed_at.is_(None),
        ),
    )
    if action is None:
        if not planned:
            return None
        action = Action(**about._asdict(), origin=FROM_ANSWER, number=0)
        session.add(action)
        session.flush()
    before = latest(session, action)
    if before is None or _plan_of(before) != planned:
        _revise(session, action, planned, before.outcome if before else "", author_id)
    return action


def report_progress(
    session: Session, viewer: Viewer, ref: str, progress: Progress, based_on: int | None
) -> Action:
    """Keep how far an action came as a new revision. Call it inside `transaction(locking=action)`.

    Raises:
        Missing, NotAllowed: the viewer may not see the action, or not change it.
        Stale: it was saved since `based_on`.
        RuleBroken: nothing new, a day that cannot be, or a long text.
    """
    viewer = refreshed(session, viewer)
    action = get_visible_or_404(session, action_at(ref), viewer)
    require(viewer, Permission.EDIT_ACTIONS, action)
    before = latest(session, action)
    assert before is not None  # an action is made with its first revision
    kept = Progress(done_on=action.done_on, outcome=before.outcome)
    if progress == kept and based_on != action.number:
        return action  # the same save sent twice
    rules.check_based_on(action.number, based_on)
    rules.check_changed(progress, kept)
    rules.check_progress(progress, _made_on(session, action, before), clock.today())

    done_before, action.done_on = action.done_on, progress.done_on
    _revise(session, action, _plan_of(before), progress.outcome, viewer.person_id)
    progressed = ActionProgressed(
        partnership_id=chain_of(session, action.organisation_id),
        organisation_id=action.organisation_id,
        action_id=action.id,
        revision=action.number,
        done_before=_iso(done_before),
        done_after=_iso(progress.done_on),
    )
    record(session, progressed, actor_id=viewer.person_id)
    return action


def _made_on(session: Session, action: Action, words: ActionRevision) -> date:
    """The day the action was first planned. Where the organisation planned the same for the
    standard in an earlier assessment it was carried over, and may be older than either."""
    first = select(ActionRevision.saved_at).where(
        ActionRevision.action_id == action.id, ActionRevision.number == 1
    )
    earlier = (
        select(Action.id)
        .join(ActionRevision)
        .where(
            Action.organisation_id == action.organisation_id,
            Action.standard_key == action.standard_key,
            Action.id < action.id,
            ActionRevision.what == words.what,
        )
    )
    if session.scalar(earlier.limit(1)) is not None:
        return rules.FIRST_DAY
    return session.scalars(first).one().astimezone(clock.LONDON).date()


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _plan_of(revision: ActionRevision) -> Planned:
    return Planned(what=revision.what, owner=revision.owner, due=revision.due_on)


def _revise(
    session: Session, action: Action, planned: Planned, outcome: str, author_id: int
) -> None:
    action.number += 1
    action.due_on = planned.due
    session.add(
        ActionRevision(
            action_id=action.id,
            number=action.number,
            what=planned.what,
            owner=planned.owner,
            due_on=planned.due,
            outcome=outcome,
            author_id=author_id,
        )
    )
    session.flush()
