"""A round with many submissions, written row by row: to measure, not to test the services."""

from collections.abc import Sequence
from itertools import cycle

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from auditapp.accounts.models import Membership
from auditapp.assessments.models import Snapshot, SnapshotAnswer
from auditapp.core import clock
from auditapp.moderation.models import Moderation, SettledGrade
from auditapp.policy.roles import Role
from auditapp.policy.states import Status
from auditapp.rounds.models import Round
from tests.factories import STANDARD, Make

# Nineteen, so that a standard has other grades in every school.
GRADES = ("met",) * 13 + ("exceeded",) * 3 + ("partly-met", "not-met", None)
PHASES = ("primary", "primary", "secondary", "special")

HEAD = """
key: {key}
version: 1
title: A questionnaire of many standards
sources: [{{key: law, title: An Act, edition: "2002", checked: 2026-09-01}}]
scales:
  - key: four-point
    title: Four points
    edition: 2026-09
    grades:
      - {{key: not-met, label: Not met, letter: N, meaning: None., points: 0, gap: true}}
      - {{key: partly-met, label: Partially met, letter: P, meaning: Some., points: 1, gap: true}}
      - {{key: met, label: Met, letter: M, meaning: All., points: 2}}
      - {{key: exceeded, label: Exceeded, letter: E, meaning: Shown., points: 3, strength: true}}
sections:
"""


def questionnaire_text(titles: Sequence[str], each: Sequence[int], key: str = "many") -> str:
    """YAML of a questionnaire on four grades: its sections' titles and numbers of standards.

    Keys are s1, s2 ... and, below them, s1-q1, s1-q2 ...
    """
    text = HEAD.format(key=key)
    for number, (title, standards) in enumerate(zip(titles, each, strict=True), start=1):
        text += f"  - key: s{number}\n    title: {title}\n    questions:"
        for step in range(1, standards + 1):
            text += STANDARD.format(key=f"s{number}-q{step}", title=f"{title} {step}")
        text = text.rstrip() + "\n"
    return text


def crowded_round(
    make: Make, *, schools: int, standards: int, moderated: int = 0
) -> tuple[Round, Membership]:
    """A round in which `schools` have submitted, `moderated` of them are settled and released;
    and an administrator of its partnership."""
    session = make.session
    titles = [f"Section {number}" for number in range(1, 13)]
    each = [standards // 12 + (number < standards % 12) for number in range(12)]
    version = make.version(questionnaire_text(titles, each))
    round_ = make.round_row(questionnaire_version_id=version.id)
    keys = [f"s{n}-q{step}" for n, many in enumerate(each, 1) for step in range(1, many + 1)]
    grades = cycle(GRADES)
    for number, phase in zip(range(schools), cycle(PHASES)):
        status = Status.FEEDBACK_RELEASED if number < moderated else Status.SUBMITTED
        assessment = make.assessment(
            status=Status.NOT_STARTED, organisation=make.organisation(phase=phase), round_=round_
        )
        assessment.status, assessment.snapshot_number = status, 1
        snapshot = _snapshot(assessment.id, phase)
        session.add(snapshot)
        session.flush()
        session.execute(
            insert(SnapshotAnswer),
            [_answer(snapshot.id, key, grade) for key, grade in zip(keys, grades)],
        )
        if number < moderated:
            _settle(session, snapshot)
    session.commit()
    return round_, make.membership(Role.ADMINISTRATOR)


def _snapshot(assessment_id: int, phase: str) -> Snapshot:
    return Snapshot(
        assessment_id=assessment_id,
        number=1,
        organisation_name="A school",
        registration_code="1",
        type="community-school",
        group="maintained",
        phase=phase,
        duty="s175",
        document={},
        hash="0" * 64,
    )


def _answer(snapshot_id: int, key: str, grade: str | None) -> dict[str, object]:
    return {
        "snapshot_id": snapshot_id,
        "question_key": key,
        "value": {"commentary": "What we do and how we know. " * 12, "impact": ""},
        "grade_key": grade,
        "not_applicable_reason": None if grade else "We have no sixth form.",
    }


def _settle(session: Session, snapshot: Snapshot) -> None:
    """Every grade agreed, but the best, which come down by one."""
    session.add(Moderation(snapshot_id=snapshot.id, completed_at=clock.now()))
    session.flush()
    answers = session.execute(
        select(SnapshotAnswer.id, SnapshotAnswer.grade_key).where(
            SnapshotAnswer.snapshot_id == snapshot.id, SnapshotAnswer.grade_key.is_not(None)
        )
    )
    settled = [
        {"snapshot_answer_id": row.id, "grade_key": row.grade_key.replace("exceeded", "met")}
        for row in answers
    ]
    session.execute(insert(SettledGrade), settled)
