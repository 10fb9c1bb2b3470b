"""Rows for tests: each call makes what it is about, and quietly what that needs."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from auditapp.accounts.models import Assignment, Membership, Person
from auditapp.assessments.models import (
    Answer,
    AnswerRevision,
    Assessment,
    AssessmentPartnership,
    Snapshot,
    SnapshotAnswer,
)
from auditapp.core import clock
from auditapp.organisations.models import (
    Organisation,
    OrganisationPartnership,
    Partnership,
    Registration,
    ResponsibleBody,
)
from auditapp.policy.roles import ORGANISATION_ROLES, PANEL_ROLES, PARTNERSHIP_ROLES, Role
from auditapp.policy.states import SUBMITTED_STATES, Status
from auditapp.questionnaires.library import publish, questionnaire_of
from auditapp.questionnaires.models import QuestionnaireVersion
from auditapp.questionnaires.schema import Asked
from auditapp.rounds.models import Invitee, Round, RoundPartnership, RoundState

STANDARD = """
      - key: {key}
        title: {title}
        text: {title} is in place.
        why: It keeps children safe.
        descriptors: {{not-met: None., partly-met: Some., met: All., exceeded: Shown.}}
        evidence: [A policy, A minute]
        impact: What changed for a child?
        references: [{{source: law, part: section 175}}]
"""
# Two sections of three standards on four grades; the last standard is for boarding schools only.
QUESTIONNAIRE = """
key: {key}
version: 1
title: A small questionnaire
sources: [{{key: law, title: An Act, edition: "2002", checked: 2026-09-01}}]
scales:
  - key: four-point
    title: Four points
    edition: 2026-09
    grades:
      - {{key: not-met, label: Not met, letter: N, meaning: None., points: 0, gap: true, needs: [action, commentary]}}
      - {{key: partly-met, label: Partially met, letter: P, meaning: Some., points: 1, gap: true, needs: [action, commentary]}}
      - {{key: met, label: Met, letter: M, meaning: All., points: 2}}
      - {{key: exceeded, label: Exceeded, letter: E, meaning: Shown., points: 3, strength: true, needs: [evidence]}}
sections:
  - key: culture
    title: Culture
    questions:{culture}
  - key: online-safety
    title: Online safety
    questions:{online}        applies: {{key: boarding, value: true}}
"""


def small_questionnaire(key: str = "small") -> str:
    """YAML of the questionnaire that most tests need."""
    culture = [STANDARD.format(key=f"c{n}", title=f"Culture standard {n}") for n in (1, 2, 3)]
    online = [STANDARD.format(key=f"o{n}", title=f"Online standard {n}") for n in (1, 2, 3)]
    return QUESTIONNAIRE.format(key=key, culture="".join(culture), online="".join(online))


class Make:
    """Makes rows in `session` and commits each, so that other sessions see them."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._number = count(1)
        self._round: Round | None = None
        self._partnership: Partnership | None = None

    def keep(self, row: Any) -> Any:
        self.session.add(row)
        self.session.commit()
        return row

    @property
    def partnership_row(self) -> Partnership:
        if self._partnership is None:
            self._partnership = self.partnership()
        return self._partnership

    @property
    def round(self) -> Round:
        """The open round that assessments belong to when none is given."""
        if self._round is None:
            self._round = self.round_row()
        return self._round

    def partnership(self, **fields: Any) -> Partnership:
        n = next(self._number)
        wanted = {"key": f"area-{n}", "name": f"Area {n} Partnership", "la_codes": [f"{n:03}"]}
        return self.keep(Partnership(**(wanted | fields)))

    def responsible_body(self, **fields: Any) -> ResponsibleBody:
        n = next(self._number)
        wanted = {"kind": "trust", "code": str(n), "name": f"Trust {n}"}
        return self.keep(ResponsibleBody(**(wanted | fields)))

    def organisation(
        self, *, partnership: Partnership | None = None, name: str = "", **registration: Any
    ) -> Organisation:
        """An open primary school of `partnership`; `registration` overrides its fields."""
        n = next(self._number)
        body = registration.pop("responsible_body", None)
        place = Organisation(
            name=name or f"School {n}", responsible_body_id=body.id if body else None
        )
        self.session.add(place)
        self.session.flush()
        owner = partnership or self.partnership_row
        self.session.add(
            OrganisationPartnership(
                organisation_id=place.id, partnership_id=owner.id, joined_on=date(2020, 9, 1)
            )
        )
        wanted = {
            "scheme": "urn",
            "code": str(900_000 + n),
            "name": place.name,
            "kind": "school",
            "type": "community-school",
            "group": "maintained",
            "phase": "primary",
            "duty": "s175",
        }
        self.session.add(Registration(organisation_id=place.id, **(wanted | registration)))
        self.session.commit()
        return place

    def person(self, **fields: Any) -> Person:
        n = next(self._number)
        return self.keep(
            Person(**({"name": f"Person {n}", "email": f"person{n}@example.org"} | fields))
        )

    def membership(self, role: Role, **fields: Any) -> Membership:
        """A current membership; where it is held is made when not given."""
        if "person_id" not in fields:
            fields["person_id"] = self.person().id
        if role in ORGANISATION_ROLES:
            fields.setdefault("organisation_id", None)
            fields["organisation_id"] = fields["organisation_id"] or self.organisation().id
        elif role in PARTNERSHIP_ROLES:
            fields.setdefault("partnership_id", self.partnership_row.id)
        elif role in PANEL_ROLES:
            fields.setdefault("round_id", self.round.id)
        return self.keep(Membership(role=role, **({"starts_on": date(2020, 9, 1)} | fields)))

    def version(self, text: str | None = None) -> QuestionnaireVersion:
        version = publish(self.session, text or small_questionnaire())
        self.session.commit()
        return version

    def round_row(self, *, partnership: Partnership | None = None, **fields: Any) -> Round:
        """An open round, due in 30 days."""
        owner = partnership or self.partnership_row
        today = clock.today()
        wanted = {
            "partnership_id": owner.id,
            "title": "Sections 157 and 175, 2026",
            "period": "2026",
            "state": RoundState.OPEN,
            "opens_on": today - timedelta(days=30),
            "due_on": today + timedelta(days=30),
            "final_on": today + timedelta(days=60),
            "opened_at": clock.now() - timedelta(days=30),
        } | fields
        if "questionnaire_version_id" not in wanted:
            wanted["questionnaire_version_id"] = self.version().id
        made = self.keep(Round(**wanted))
        self.keep(RoundPartnership(round_id=made.id, partnership_id=owner.id))
        return made

    def assessment(
        self,
        *,
        status: Status = Status.IN_PROGRESS,
        organisation: Organisation | None = None,
        round_: Round | None = None,
        **fields: Any,
    ) -> Assessment:
        """One of `round_`; from submission on it has a snapshot in which all is met."""
        in_round = round_ or self.round
        place = organisation or self.organisation()
        registration = self.session.scalars(
            select(Registration).where(
                Registration.organisation_id == place.id, Registration.current
            )
        ).one()
        made = Assessment(
            round_id=in_round.id,
            organisation_id=place.id,
            registration_id=registration.id,
            status=status,
            **fields,
        )
        made.shared_with = [AssessmentPartnership(partnership_id=in_round.partnership_id)]
        self.session.add(made)
        self.session.add(Invitee(round_id=in_round.id, organisation_id=place.id))
        self.session.commit()
        if status in SUBMITTED_STATES:
            self.snapshot(made)
        if status is Status.FEEDBACK_RELEASED:
            made.released_number = made.snapshot_number
            self.session.commit()
        return made

    def reopened(self, **fields: Any) -> Assessment:
        """One that was submitted, and is open to its organisation again."""
        made = self.assessment(status=Status.SUBMITTED, **fields)
        made.status = Status.IN_PROGRESS
        self.session.commit()
        return made

    def answer(
        self, assessment: Assessment, question_key: str = "c1", grade_key: str | None = "met"
    ) -> Answer:
        """A saved answer with one revision."""
        author = self.person()
        head = Answer(
            assessment_id=assessment.id, question_key=question_key, number=1, grade_key=grade_key
        )
        self.session.add(head)
        self.session.flush()
        self.session.add(
            AnswerRevision(
                answer_id=head.id,
                number=1,
                save_id=f"save-{next(self._number)}",
                value={"commentary": "We do this.", "impact": ""},
                grade_key=grade_key,
                author_id=author.id,
            )
        )
        self.session.commit()
        return head

    def snapshot(self, assessment: Assessment, **grades: str | None) -> Snapshot:
        """A submission in which every standard asked is met, or as `grades` say: "n/a" is not
        applicable, none is blank."""
        round_ = self.session.get_one(Round, assessment.round_id)
        registration = self.session.get_one(Registration, assessment.registration_id)
        questionnaire = questionnaire_of(self.session, round_.questionnaire_version_id)
        assessment.snapshot_number += 1
        assessment.submitted_at = assessment.submitted_at or clock.now()
        made = Snapshot(
            assessment_id=assessment.id,
            number=assessment.snapshot_number,
            organisation_name=registration.name,
            registration_code=registration.code,
            type=registration.type,
            group=registration.group,
            phase=registration.phase,
            duty=registration.duty,
            document={},
            hash="0" * 64,
        )
        self.session.add(made)
        self.session.flush()
        for key in Asked(questionnaire, registration.facts, round_.asked_keys).keys:
            applies = (grade := grades.get(key, "met")) != "n/a"
            self.session.add(
                SnapshotAnswer(
                    snapshot_id=made.id,
                    question_key=key,
                    value={"commentary": f"What we say of {key}.", "impact": ""},
                    grade_key=grade if applies else None,
                    not_applicable_reason=None if applies else "We have none.",
                )
            )
        self.session.commit()
        return made

    def snapshot_answer(self, assessment: Assessment, question_key: str = "c1") -> SnapshotAnswer:
        """One answer of the latest submission."""
        return self.session.scalars(
            select(SnapshotAnswer)
            .join(Snapshot)
            .where(
                Snapshot.assessment_id == assessment.id,
                Snapshot.number == assessment.snapshot_number,
                SnapshotAnswer.question_key == question_key,
            )
        ).one()

    def panel_member(self, *assessments: Assessment, **fields: Any) -> Membership:
        """A member of the panel, given those assessments."""
        member = self.membership(Role.PANEL_MEMBER, **fields)
        for assessment in assessments:
            self.keep(Assignment(membership_id=member.id, assessment_id=assessment.id))
        return member

    def contributor(self, assessment: Assessment, section_key: str, **fields: Any) -> Membership:
        """A colleague given one section of `assessment`."""
        member = self.membership(
            Role.CONTRIBUTOR, organisation_id=assessment.organisation_id, **fields
        )
        self.keep(
            Assignment(
                membership_id=member.id, assessment_id=assessment.id, section_key=section_key
            )
        )
        return member
