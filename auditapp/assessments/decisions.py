"""What the partnership decided about an assessment, with the reason that it gave.

Only what the partnership wrote itself: what a signatory says to a lead is a comment of the same
table and stays in the organisation.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from auditapp.accounts.models import Person
from auditapp.assessments.lifecycle import Action
from auditapp.assessments.models import Assessment, Move
from auditapp.policy.roles import Role, Viewer
from auditapp.rounds.models import Round

# Moves that leave the status as it is: for one organisation, and for everyone awaited.
EXTEND, EXTEND_ALL = "extend", "extend-all"
WORDS = {
    Action.EXCUSE.value: "Excused",
    Action.CLOSE.value: "Closed, or became another organisation",
    Action.REINSTATE.value: "Taken back into the round",
    Action.REOPEN.value: "Opened again",
    EXTEND: "More time",
    EXTEND_ALL: "More time for everyone",
}
READERS = frozenset({Role.LEAD, Role.SIGNATORY, Role.ADMINISTRATOR})


@dataclass(frozen=True)
class Decision:
    """One act of the partnership; `name` is whose it was."""

    action: str
    reason: str
    name: str
    at: datetime

    @property
    def words(self) -> str:
        return WORDS[self.action]


@dataclass(frozen=True)
class Decided:
    """In one round: assessment id -> the decisions about it alone, the latest first, and the latest about
    all."""

    alone: dict[int, list[Decision]]
    together: Decision | None


def decisions_about(
    session: Session, viewer: Viewer, assessment_ids: Select[int] | Collection[int]
) -> dict[int, list[Decision]]:
    """Assessment id -> what was decided about it, the latest first: one statement. The caller has
    checked that the viewer sees these assessments; contributors are told of no decision."""
    if viewer.role not in READERS:
        return {}
    query = (
        select(
            Move.assessment_id, Move.action, Move.comment, func.coalesce(Person.name, ""), Move.at
        )
        .outerjoin(Person, Person.id == Move.person_id)
        .where(Move.assessment_id.in_(assessment_ids), Move.action.in_(WORDS), Move.comment != "")
        .order_by(Move.id.desc())
    )
    found = defaultdict(list)
    for assessment_id, action, reason, name, at in session.execute(query):
        found[assessment_id].append(Decision(action, reason, name, at))
    return dict(found)


def decided_in(session: Session, viewer: Viewer, round_: Round) -> Decided:
    """What was decided about the assessments of a round that the viewer may see: one statement."""
    parts = select(Assessment.id).where(
        Assessment.round_id == round_.id, Assessment.visible_to(viewer)
    )
    about = decisions_about(session, viewer, parts)
    alone = {
        key: own
        for key, every in about.items()
        if (own := [one for one in every if one.action != EXTEND_ALL])
    }
    shared = [one for every in about.values() for one in every if one.action == EXTEND_ALL]
    return Decided(alone, max(shared, key=lambda one: one.at, default=None))
