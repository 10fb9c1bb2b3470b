"""Setting a round up. Each function is one use case; the caller locks the round and commits."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import ClassVar

from sqlalchemy import delete
from sqlalchemy.orm import Session

from auditapp.accounts.queries import refreshed
from auditapp.core import clock
from auditapp.core.errors import RuleBroken
from auditapp.core.events import Audience, Happening, record
from auditapp.policy.permissions import Permission, require
from auditapp.policy.roles import Viewer
from auditapp.policy.scope import get_visible_or_404
from auditapp.rounds import rules
from auditapp.rounds.models import Invitee, Round, RoundPartnership
from auditapp.rounds.queries import (
    candidates,
    own_partnership,
    owners,
    round_by_ref,
    titles_of,
    versions,
)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a round asks and by when. `version_ref` names the questionnaire, `owner_ref` the agency
    that owns the round, if it is not the partnership."""

    title: str
    period: str
    version_ref: str
    owner_ref: str
    statutory: bool
    sign_off: str
    opens_on: date
    due_on: date
    final_on: date
    moderation_ends_on: date | None
    feedback_by: date | None


@dataclass(frozen=True, kw_only=True)
class RoundPlanned(Happening):
    """A round was made or its plan changed; `changed` names the columns."""

    kind: ClassVar[str] = "round-planned"
    audience: ClassVar[Audience] = Audience.PARTNERSHIP

    changed: list[str]
    questionnaire_version_id: int
    days: dict[str, str | None]


@dataclass(frozen=True, kw_only=True)
class OrganisationsChosen(Happening):
    kind: ClassVar[str] = "organisations-chosen"
    audience: ClassVar[Audience] = Audience.PARTNERSHIP

    added: list[int]
    removed: list[int]


def create_round(session: Session, viewer: Viewer, plan: Plan) -> Round:
    """A new round of the viewer's partnership, in draft.

    Raises:
        NotAllowed: the viewer may not make one.
        DaysBroken: days out of order, or past.
        RuleBroken: no such questionnaire or owner, or another round has the title.
    """
    viewer = refreshed(session, viewer)
    partnership = own_partnership(session, viewer)
    require(viewer, Permission.CREATE_ROUND, partnership)
    columns = _columns(session, viewer, plan)
    rules.check_title(plan.title, titles_of(session, partnership.id))
    round_ = Round(partnership_id=partnership.id, **columns)
    round_.partnerships = [RoundPartnership(partnership_id=partnership.id)]
    session.add(round_)
    session.flush()
    _record_plan(session, viewer, round_, sorted(columns))
    return round_


def change_round(session: Session, viewer: Viewer, ref: str, plan: Plan) -> Round:
    """Change a round that is still a draft.

    Raises:
        Missing, NotAllowed: the viewer may not see or not manage it.
        WrongState: it is open.
        RuleBroken: as `create_round`.
    """
    viewer = refreshed(session, viewer)
    round_ = get_visible_or_404(session, round_by_ref(ref), viewer)
    require(viewer, Permission.MANAGE_ROUND, round_)
    rules.check_draft(round_.state)
    columns = _columns(session, viewer, plan, round_)
    rules.check_title(plan.title, titles_of(session, round_.partnership_id, but=round_.id))
    changed = sorted(name for name, value in columns.items() if getattr(round_, name) != value)
    for name in changed:
        setattr(round_, name, columns[name])
    if changed:
        _record_plan(session, viewer, round_, changed)
    return round_


def choose(session: Session, viewer: Viewer, ref: str, *, add: set[int], remove: set[int]) -> None:
    """Add organisations to those chosen for a round, and take others away.

    Ids that the viewer may not choose are left out; what is chosen already stays chosen.

    Raises:
        Missing, NotAllowed: the viewer may not see or not manage the round.
        WrongState: the round is closed.
        RuleBroken: the round is open and one would be taken away.
    """
    viewer = refreshed(session, viewer)
    round_ = get_visible_or_404(session, round_by_ref(ref), viewer)
    require(viewer, Permission.MANAGE_ROUND, round_)
    known = candidates(session, viewer, round_)
    added = sorted(row.id for row in known if row.id in add and not row.chosen)
    removed = sorted(row.id for row in known if row.id in remove - add and row.chosen)
    rules.check_removed(round_.state, len(removed))
    session.add_all(Invitee(round_id=round_.id, organisation_id=key) for key in added)
    if removed:
        session.execute(
            delete(Invitee).where(
                Invitee.round_id == round_.id, Invitee.organisation_id.in_(removed)
            )
        )
    if added or removed:
        chosen = OrganisationsChosen(
            partnership_id=round_.partnership_id, round_id=round_.id, added=added, removed=removed
        )
        record(session, chosen, actor_id=viewer.person_id)


def _columns(
    session: Session, viewer: Viewer, plan: Plan, round_: Round | None = None
) -> dict[str, object]:
    columns = asdict(plan)
    version_ref, owner_ref = columns.pop("version_ref"), columns.pop("owner_ref")
    rules.check_days({field: getattr(plan, field) for field, _ in rules.DAYS}, clock.today())
    known = {version.ref: version.id for version in versions(session, viewer, round_)}
    if version_ref not in known:
        raise RuleBroken("Choose a questionnaire.", field="version_ref")
    owner_id = {owner.ref: owner.id for owner in owners(session, viewer)}.get(owner_ref)
    if owner_ref and owner_id is None:
        raise RuleBroken("Choose who owns the round.", field="owner_ref")
    return columns | {
        "questionnaire_version_id": known[version_ref],
        "owner_organisation_id": owner_id,
    }


def _record_plan(session: Session, viewer: Viewer, round_: Round, changed: list[str]) -> None:
    days = {field: getattr(round_, field) for field, _ in rules.DAYS}
    planned = RoundPlanned(
        partnership_id=round_.partnership_id,
        round_id=round_.id,
        changed=changed,
        questionnaire_version_id=round_.questionnaire_version_id,
        days={field: day and day.isoformat() for field, day in days.items()},
    )
    record(session, planned, actor_id=viewer.person_id)
