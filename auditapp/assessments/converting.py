"""Following a conversion: what is not submitted yet is answered under the new registration."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from auditapp.assessments.models import Assessment
from auditapp.core.events import Audience, Happening, record
from auditapp.policy.states import SUBMITTED_STATES, Status
from auditapp.rounds.models import Round


@dataclass(frozen=True, kw_only=True)
class RegistrationFollowed(Happening):
    kind: ClassVar[str] = "registration-followed"
    audience: ClassVar[Audience] = Audience.PARTNERSHIP

    assessment_id: int
    registration_before: int
    registration_after: int


def follow_conversions(
    session: Session, successors: Mapping[int, int], *, actor_id: int | None = None
) -> int:
    """Point assessments that are not submitted to the registration that succeeded theirs.

    `successors`: id of the old registration -> id of the current one of the same organisation.
    A submission keeps what the place was on its day. Returns how many followed. Call it inside
    the import's transaction.
    """
    query = (
        select(Assessment, Round.partnership_id)
        .join(Round, Round.id == Assessment.round_id)
        .where(
            Assessment.registration_id.in_(successors),
            Assessment.status.not_in([*SUBMITTED_STATES, Status.CLOSED]),
        )
        .with_for_update(of=Assessment)
    )
    followed = session.execute(query).all()
    for assessment, partnership_id in followed:
        before = assessment.registration_id
        assessment.registration_id = successors[before]
        event = RegistrationFollowed(
            partnership_id=partnership_id,
            organisation_id=assessment.organisation_id,
            round_id=assessment.round_id,
            assessment_id=assessment.id,
            registration_before=before,
            registration_after=assessment.registration_id,
        )
        record(session, event, actor_id=actor_id)
    return len(followed)
