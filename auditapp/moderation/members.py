"""Who of the panel has been given what, who may not judge it, and how far each has marked."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from auditapp.accounts.models import Assignment, Membership, Person
from auditapp.accounts.queries import links_of
from auditapp.assessments.models import SnapshotAnswer
from auditapp.core import clock
from auditapp.moderation.models import PanelMark
from auditapp.policy.roles import Role


class Place(NamedTuple):
    """What the members of an assessment are counted over."""

    organisation_id: int
    snapshot_id: int


@dataclass(frozen=True, kw_only=True)
class Member:
    """A current member of the round's panel, and one assessment.

    `given`: they are assigned to it; `linked`: they have a conflict of interest, so their marks
    of it do not count; `marked`: how many of its standards they marked; `holds`: how many
    assessments they are given in all.
    """

    membership_id: int
    ref: str
    person_id: int
    name: str
    given: bool
    linked: bool
    marked: int
    holds: int

    @property
    def counts(self) -> bool:
        return self.given and not self.linked


def members_of(
    session: Session, round_id: int, places: Mapping[int, Place]
) -> dict[int, list[Member]]:
    """For each assessment id of `places`, every current member of the round's panel, by name.

    Four statements, however many assessments and members there are.
    """
    panel = _panel(session, round_id)
    given = _given(session, {membership_id for membership_id, _, _, _ in panel})
    links = links_of(session, {person_id for _, _, person_id, _ in panel}, clock.today())
    marked = _marked(session, {place.snapshot_id for place in places.values()})
    return {
        assessment_id: [
            Member(
                membership_id=membership_id,
                ref=ref,
                person_id=person_id,
                name=name,
                given=assessment_id in given.get(membership_id, ()),
                linked=place.organisation_id in links[person_id],
                marked=marked.get((place.snapshot_id, person_id), 0),
                holds=len(given.get(membership_id, ())),
            )
            for membership_id, ref, person_id, name in panel
        ]
        for assessment_id, place in places.items()
    }


def _panel(session: Session, round_id: int) -> list[tuple[int, str, int, str]]:
    today = clock.today()
    found = session.execute(
        select(Membership.id, Membership.ref, Membership.person_id, Person.name)
        .join(Person, Person.id == Membership.person_id)
        .where(
            Membership.round_id == round_id,
            Membership.role == Role.PANEL_MEMBER,
            Membership.starts_on <= today,
            or_(Membership.ends_on.is_(None), Membership.ends_on >= today),
        )
        .order_by(Person.name, Membership.id)
    )
    return [(row.id, row.ref, row.person_id, row.name) for row in found]


def _given(session: Session, membership_ids: Collection[int]) -> dict[int, set[int]]:
    found = session.execute(
        select(Assignment.membership_id, Assignment.assessment_id).where(
            Assignment.membership_id.in_(membership_ids), Assignment.withdrawn_at.is_(None)
        )
    )
    given: dict[int, set[int]] = {}
    for membership_id, assessment_id in found:
        given.setdefault(membership_id, set()).add(assessment_id)
    return given


def _marked(session: Session, snapshot_ids: Collection[int]) -> dict[tuple[int, int], int]:
    found = session.execute(
        select(SnapshotAnswer.snapshot_id, PanelMark.member_id, func.count())
        .select_from(PanelMark)
        .join(SnapshotAnswer, SnapshotAnswer.id == PanelMark.snapshot_answer_id)
        .where(SnapshotAnswer.snapshot_id.in_(snapshot_ids))
        .group_by(SnapshotAnswer.snapshot_id, PanelMark.member_id)
    )
    return {(snapshot_id, member_id): count for snapshot_id, member_id, count in found}
