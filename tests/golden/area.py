"""An area whose schools answer and submit through the application's own services."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from auditapp.accounts.models import Membership
from auditapp.accounts.queries import viewer_of
from auditapp.assessments.answers import save_answer
from auditapp.assessments.inviting import open_round
from auditapp.assessments.models import Address, Assessment
from auditapp.assessments.running import close_round, excuse
from auditapp.assessments.saving import Saving
from auditapp.assessments.submitting import submit
from auditapp.core import clock
from auditapp.core.transactions import transaction
from auditapp.organisations.models import (
    Contact,
    Organisation,
    OrganisationPartnership,
    Registration,
)
from auditapp.policy.roles import Role, Viewer
from auditapp.rounds.models import Invitee, Round, RoundState
from tests.factories import Make
from tests.reports.crowd import questionnaire_text

NOT_APPLICABLE = "not-applicable"
SECTIONS = (
    "Designated Safeguarding Lead",
    "Designated Governor",
    "Designated Teacher",
    "Safeguarding Culture",
    "Voice of the Child",
    "Managing Concerns",
    "Escalation",
    "Online Safety",
    "Safer Recruitment",
    "Staff Training",
    "Attendance",
    "Early Help",
)


@cache
def published(name: str) -> dict[str, Any]:
    """The figures that an area published, and counts that give them."""
    text = Path(__file__).with_name(f"{name}.json").read_text(encoding="utf-8")
    return json.loads(text)  # type: ignore[no-any-return]


@dataclass(frozen=True)
class Part:
    """One school's part in a round: its assessment, and who answers."""

    ref: str
    lead: Viewer


class Area:
    """One partnership, whose rounds ask twelve sections and no signature."""

    def __init__(self, session: Session, *, each: int = 1) -> None:
        """`each`: how many standards a section has."""
        self.session, self.make = session, Make(session)
        text = questionnaire_text(SECTIONS, [each] * len(SECTIONS), key="twelve")
        self.version_id = self.make.version(text).id
        self.administrator = self.make.membership(Role.ADMINISTRATOR)

    def schools(self, number: int, phase: str = "primary") -> list[int]:
        """Ids of new schools, each with a lead to write to."""
        names = [f"{phase} {uuid4().hex[:6]}" for _ in range(number)]
        places = [Organisation(name=name) for name in names]
        self.session.add_all(places)
        self.session.flush()
        for place in places:
            self.session.add_all(self._facts(place, phase))
        self.session.commit()
        return [place.id for place in places]

    def round(self, period: int, schools: Sequence[int], **fields: Any) -> tuple[Round, list[Part]]:
        """A round that is opened to the schools, on its first day."""
        round_ = self.make.round_row(
            title=f"Sections 157 and 175, {period}",
            period=str(period),
            questionnaire_version_id=self.version_id,
            sign_off="none",
            state=RoundState.DRAFT,
            opens_on=date(period, 9, 1),
            due_on=date(period, 12, 11),
            final_on=date(period, 12, 31),
            **fields,
        )
        self.session.add_all(Invitee(round_id=round_.id, organisation_id=id_) for id_ in schools)
        self.session.commit()
        ref = round_.ref
        with during(period), transaction(self.session):
            open_round(self.session, self._viewer(self.administrator), ref)
        return round_, self._parts(round_)

    def answer(self, period: int, sheets: Mapping[Part, Mapping[str, str]]) -> None:
        """Save each grade of each school. `NOT_APPLICABLE` is given a reason."""
        with during(period), transaction(self.session):
            for part, grades in sheets.items():
                self._save(part, grades)

    def submit(self, period: int, sheets: Mapping[Part, Mapping[str, str]]) -> None:
        """As `answer`, and then submit."""
        with during(period), transaction(self.session):
            for part, grades in sheets.items():
                self._save(part, grades)
                submit(self.session, part.lead, part.ref)

    def close(self, period: int, ref: str) -> None:
        with during(period), transaction(self.session):
            close_round(self.session, self._viewer(self.administrator), ref)

    def leave_out(self, period: int, ref: str, part: Part, *, shut: bool) -> None:
        """Excuse one, or close it where the place shut."""
        viewer = self._viewer(self.administrator)
        with during(period), transaction(self.session):
            excuse(self.session, viewer, ref, part.ref, reason="A reason.", shut=shut)

    def _save(self, part: Part, grades: Mapping[str, str]) -> None:
        for key, grade in grades.items():
            reason = "We have none." if grade == NOT_APPLICABLE else ""
            saving = Saving(
                grade=grade, not_applicable_reason=reason, based_on=0, save_id=str(uuid4())
            )
            save_answer(self.session, part.lead, Address(part.ref, key), saving)

    def _facts(self, place: Organisation, phase: str) -> Iterator[object]:
        owner = self.make.partnership_row
        yield OrganisationPartnership(
            organisation_id=place.id, partnership_id=owner.id, joined_on=date(2020, 9, 1)
        )
        yield Registration(
            organisation_id=place.id,
            scheme="urn",
            code=str(100_000 + place.id),
            name=place.name,
            kind="school",
            type="community-school",
            group="maintained",
            phase=phase,
            duty="s175",
        )
        email = f"lead{place.id}@example.org"
        yield Contact(organisation_id=place.id, role=Role.LEAD, name="The lead", email=email)

    def _parts(self, round_: Round) -> list[Part]:
        found = self.session.execute(
            select(Assessment.ref, Membership)
            .join(Membership, Membership.organisation_id == Assessment.organisation_id)
            .where(Assessment.round_id == round_.id, Membership.role == Role.LEAD)
            .order_by(Assessment.id)
        )
        return [Part(ref, self._viewer(lead)) for ref, lead in found.all()]

    def _viewer(self, held: Membership) -> Viewer:
        return viewer_of(self.session, held.person_id, held.id)


@contextmanager
def during(period: int) -> Iterator[None]:
    """On a day on which that year's round is open."""
    with clock.moved_to(datetime(period, 10, 1, 9, tzinfo=UTC)):
        yield
