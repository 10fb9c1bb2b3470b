"""Actions as pages show them."""

from collections.abc import Iterable

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from auditapp.actions.models import Action, ActionRevision


def action_at(ref: str) -> Select[Action]:
    return select(Action).where(Action.ref == ref, Action.removed_at.is_(None))


def with_words() -> Select[Action, ActionRevision]:
    """Each action that stands, with its latest revision."""
    return (
        select(Action, ActionRevision)
        .join(
            ActionRevision,
            (ActionRevision.action_id == Action.id) & (ActionRevision.number == Action.number),
        )
        .where(Action.removed_at.is_(None))
    )


def latest(session: Session, action: Action) -> ActionRevision | None:
    """The action's latest revision; None before its first save."""
    return session.scalars(
        select(ActionRevision).where(
            ActionRevision.action_id == action.id, ActionRevision.number == action.number
        )
    ).one_or_none()


def actions_of(
    session: Session, assessment_ids: Iterable[int]
) -> dict[tuple[int, str], tuple[Action, ActionRevision]]:
    """(assessment id, standard key) -> the action that its answer made, with its words."""
    query = with_words().where(
        Action.assessment_id.in_(list(assessment_ids)), Action.origin == "answer"
    )
    return {
        (action.assessment_id or 0, action.standard_key): (action, revision)
        for action, revision in session.execute(query)
    }
