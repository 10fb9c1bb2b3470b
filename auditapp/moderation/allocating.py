"""Giving an assessment out to members of the panel, which begins its moderation."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from auditapp.accounts.models import Assignment
from auditapp.accounts.queries import refreshed
from auditapp.assessments.moving import move
from auditapp.core import clock
from auditapp.core.errors import Stale
from auditapp.core.events import record
from auditapp.moderation import rules
from auditapp.moderation.happenings import AssessmentAllocated, about
from auditapp.moderation.members import Member, Place, members_of
from auditapp.moderation.models import Moderation
from auditapp.moderation.queries import Case, assessment_called, case_of
from auditapp.policy.permissions import Permission, require
from auditapp.policy.roles import Viewer
from auditapp.policy.scope import get_visible_or_404
from auditapp.policy.states import Status


def allocate(
    session: Session, viewer: Viewer, ref: str, *, chosen: Sequence[str], based_on: Collection[str]
) -> None:
    """Have exactly the members `chosen` (refs of memberships) read the assessment.

    Those not chosen lose it from their next request on; their marks stay, without weight. The
    first time, moderation begins. `based_on`: whom the page showed as given. Call it inside
    `transaction(locking=assessment)`.

    Raises:
        Missing, NotAllowed: the viewer may not see it, or not give it out.
        WrongState: it is not submitted, is past its moderation, or its grades are revealed.
        Stale: someone else gave it out since the page was opened.
        RuleBroken: nobody is chosen, or someone with a conflict of interest.

    Source: docs/policy/moderation.md, "Giving out".
    """
    viewer = refreshed(session, viewer)
    assessment = get_visible_or_404(session, assessment_called(ref), viewer)
    require(viewer, Permission.ALLOCATE, assessment)
    case = case_of(session, assessment)
    place = Place(assessment.organisation_id, case.snapshot.id)
    members = members_of(session, assessment.round_id, {assessment.id: place})[assessment.id]
    given = {member.ref for member in members if member.given}
    begun = assessment.status is Status.IN_MODERATION
    if begun and given == set(chosen):
        return
    rules.check_open_to_allocation(assessment.status, case.is_revealed)
    if given != set(based_on):
        raise Stale("Someone else gave this assessment out after you opened the page.")
    rules.check_members(chosen, len(set(chosen) - {member.ref for member in members}))
    wanted = [member for member in members if member.ref in chosen]
    rules.check_unlinked([member.name for member in wanted if member.linked])

    _write(session, viewer, case, members, wanted)
    if not begun:
        session.add(Moderation(snapshot_id=case.snapshot.id))
        move(session, assessment, case.round, "begin-moderation", person_id=viewer.person_id)


def _write(
    session: Session, viewer: Viewer, case: Case, members: list[Member], wanted: list[Member]
) -> None:
    assessment_id = case.assessment.id
    rows = session.scalars(
        select(Assignment).where(
            Assignment.assessment_id == assessment_id,
            Assignment.membership_id.in_([member.membership_id for member in members]),
        )
    )
    known = {row.membership_id: row for row in rows}
    added = [member.membership_id for member in wanted if not member.given]
    for membership_id in added:
        row = known.get(membership_id) or Assignment(
            membership_id=membership_id, assessment_id=assessment_id
        )
        row.withdrawn_at = None
        session.add(row)
    withdrawn = [
        member.membership_id for member in members if member.given and member not in wanted
    ]
    for membership_id in withdrawn:
        known[membership_id].withdrawn_at = clock.now()
    session.flush()
    allocated = AssessmentAllocated(
        **about(case.assessment, case.round), given=added, withdrawn=withdrawn
    )
    record(session, allocated, actor_id=viewer.person_id)
