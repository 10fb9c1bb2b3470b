"""Who someone is, in the one role that a request acts in."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, Subquery, and_, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from auditapp.accounts.models import Assignment, DeclaredLink, Membership
from auditapp.core import clock
from auditapp.core.errors import NotAllowed
from auditapp.organisations.models import Commissioning, Organisation
from auditapp.policy.roles import ORGANISATION_ROLES, PANEL_ROLES, Role, Viewer

CONFLICT_MONTHS = 24
_GIVEN_WORK = PANEL_ROLES | {Role.CONTRIBUTOR}
_FREE_OF_LINKS = ORGANISATION_ROLES | {Role.SYSTEM_ADMINISTRATOR, Role.PARTNERSHIP_VIEWER}


def viewer_of(session: Session, person_id: int, membership_id: int) -> Viewer:
    """The person in the role of that membership, as of now.

    Raises:
        NotAllowed: the membership is not theirs, has not begun or has ended.
    """
    held = session.get(Membership, membership_id, populate_existing=True)
    if held is None or held.person_id != person_id:
        raise NotAllowed("You no longer hold the role you were acting in.")
    return viewer_in(session, held)


def viewer_in(session: Session, held: Membership) -> Viewer:
    """As `viewer_of`, for a membership in hand that was read in this transaction."""
    today = clock.today()
    if not is_held(held, today):
        raise NotAllowed("You no longer hold the role you were acting in.")
    given = _given(session, held) if held.role in _GIVEN_WORK else []
    links: frozenset[int] = frozenset()
    if held.role not in _FREE_OF_LINKS:
        links = linked_organisation_ids(session, held.person_id, today)
    partnership_ids = frozenset() if held.partnership_id is None else {held.partnership_id}
    return Viewer(
        person_id=held.person_id,
        membership_id=held.id,
        role=held.role,
        organisation_id=held.organisation_id,
        partnership_ids=frozenset(partnership_ids),
        round_id=held.round_id,
        assessment_ids=frozenset(assessment_id for assessment_id, _ in given),
        sections=frozenset((given_id, key) for given_id, key in given if key),
        linked_organisation_ids=links,
    )


def refreshed(session: Session, viewer: Viewer) -> Viewer:
    """The same viewer read again: what they were when the page opened may be over.

    Raises:
        NotAllowed: they no longer hold the role.
    """
    return viewer_of(session, viewer.person_id, viewer.membership_id)


def is_held(held: Membership, today: date) -> bool:
    """Whether a membership has begun and not ended; both its days count."""
    return held.starts_on <= today <= (held.ends_on or today)


def not_ended(today: date) -> ColumnElement[bool]:
    """That a membership lasts through `today`, whether or not it has begun."""
    return or_(Membership.ends_on.is_(None), Membership.ends_on >= today)


def held_on(today: date) -> ColumnElement[bool]:
    """`is_held` in SQL."""
    return and_(Membership.starts_on <= today, not_ended(today))


def current_memberships(person_id: int) -> Select[Membership]:
    """The roles a person holds today, the oldest first."""
    return (
        select(Membership)
        .where(Membership.person_id == person_id, held_on(clock.today()))
        .order_by(Membership.id)
    )


def _given(session: Session, held: Membership) -> list[tuple[int, str]]:
    given = select(Assignment.assessment_id, Assignment.section_key).where(
        Assignment.membership_id == held.id, Assignment.withdrawn_at.is_(None)
    )
    return [(row.assessment_id, row.section_key) for row in session.execute(given)]


def linked_organisation_ids(session: Session, person_id: int, today: date) -> frozenset[int]:
    """Organisations the person may not judge, in one statement: see `links_of`."""
    return links_of(session, [person_id], today)[person_id]


def links_of(
    session: Session, person_ids: Collection[int], today: date
) -> dict[int, frozenset[int]]:
    """For each person the organisations they may not judge, in one statement.

    A role there now or in the last 24 months; one now under the same responsible body; that
    commissions theirs or is commissioned by it; a link they declared.

    Source: docs/policy/access.md, rule 1 (i) to (vi).
    """
    recent = _organisations_of(person_ids, clock.months_before(today, CONFLICT_MONTHS))
    now = _organisations_of(person_ids, today).subquery()
    declared = select(DeclaredLink.person_id, DeclaredLink.organisation_id).where(
        DeclaredLink.person_id.in_(person_ids),
        DeclaredLink.starts_on <= today,
        or_(DeclaredLink.ends_on.is_(None), DeclaredLink.ends_on >= today),
    )
    linked: CompoundSelect[Any] = union_all(recent, _same_body(now), *_commissioning(now), declared)
    links: dict[int, set[int]] = {person_id: set() for person_id in person_ids}
    for person_id, organisation_id in session.execute(linked):
        links[person_id].add(organisation_id)
    return {person_id: frozenset(found) for person_id, found in links.items()}


def _organisations_of(person_ids: Collection[int], since: date) -> Select[int, int | None]:
    return select(Membership.person_id, Membership.organisation_id).where(
        Membership.person_id.in_(person_ids),
        Membership.organisation_id.is_not(None),
        or_(Membership.ends_on.is_(None), Membership.ends_on >= since),
    )


def _same_body(now: Subquery) -> Select[Any]:
    own, other = aliased(Organisation), aliased(Organisation)
    return (
        select(now.c.person_id, other.id)
        .join(own, own.id == now.c.organisation_id)
        .join(other, other.responsible_body_id == own.responsible_body_id)
    )


def _commissioning(now: Subquery) -> tuple[Select[Any], Select[Any]]:
    return (
        select(now.c.person_id, Commissioning.commissioned_id).join(
            Commissioning, Commissioning.commissioner_id == now.c.organisation_id
        ),
        select(now.c.person_id, Commissioning.commissioner_id).join(
            Commissioning, Commissioning.commissioned_id == now.c.organisation_id
        ),
    )
