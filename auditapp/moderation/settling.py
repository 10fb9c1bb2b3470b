"""The chair reveals the marks, settles the grades and completes the moderation."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from auditapp.assessments.moving import move
from auditapp.assessments.rules import as_typed
from auditapp.core import clock
from auditapp.core.events import record
from auditapp.moderation import rules
from auditapp.moderation.feedback import keep_draft
from auditapp.moderation.happenings import (
    GradeSettled,
    GradesRevealed,
    ModerationCompleted,
    about,
)
from auditapp.moderation.models import Moderation, SettledGrade, SettledGradeRevision
from auditapp.moderation.queries import Submission, under_lock
from auditapp.moderation.settlement import Standing
from auditapp.moderation.standings import members_reading, standings_of
from auditapp.policy.permissions import Permission
from auditapp.policy.roles import Viewer


@dataclass(frozen=True, kw_only=True)
class Settling:
    """One decision of the chair, as `marking.Marking` without a note."""

    grade: str
    rationale: str
    based_on: int | None
    save_id: str


def reveal(session: Session, viewer: Viewer, ref: str) -> Moderation:
    """Let the panel see one another's marks; marks given from now on are not blind.

    Revealed before, nothing happens. Call it inside `transaction(locking=assessment)`.

    Raises:
        Missing, NotAllowed: the viewer may not see it, or not reveal.
        WrongState: it is not in moderation.
        RuleBroken: no member has marked every standard.

    Source: docs/policy/moderation.md, "The reveal".
    """
    viewer, submission = under_lock(session, viewer, ref, Permission.REVEAL)
    rules.check_open_to_marking(submission.assessment.status)
    moderation = _moderation_of(submission)
    if moderation.revealed_at is not None:
        return moderation
    counting = [member for member in members_reading(session, submission) if member.counts]
    done = sum(member.marked == len(submission.answers) for member in counting)
    rules.check_all_marked(done)
    moderation.revealed_at, moderation.revealed_by = clock.now(), viewer.person_id
    revealed = GradesRevealed(
        **about(submission.assessment, submission.round), members_done=done, members=len(counting)
    )
    record(session, revealed, actor_id=viewer.person_id)
    return moderation


def settle_answer(
    session: Session, viewer: Viewer, ref: str, question_key: str, settling: Settling
) -> SettledGrade:
    """Settle one standard as the chair decides, as a new revision. Self-grade and marks stay.

    Call it inside `transaction(locking=assessment)`.

    Raises:
        Missing, NotAllowed: the viewer may not see the answer, or not settle it.
        WrongState: it is not in moderation, or not revealed.
        Stale: it was settled since `based_on`.
        RuleBroken: no such grade, or a changed grade without a rationale, or a long one.

    Source: docs/policy/moderation.md, "Settling" and "Changed grades".
    """
    viewer, submission = under_lock(session, viewer, ref, Permission.SETTLE)
    answer = submission.answer(question_key)
    settled = _settled(session, answer.id)
    if settled.number and _has_saved(session, settled, settling.save_id):
        return settled
    rationale = as_typed(settling.rationale)
    rules.check_open_to_marking(submission.assessment.status)
    rules.check_revealed(submission.is_revealed)
    rules.check_based_on(settled.number, settling.based_on)
    rules.check_grade(submission.scale(answer), answer.grade_key, settling.grade)
    rules.check_rationale(answer.grade_key, settling.grade, rationale)

    before, decided = settled.grade_key, (settling.grade, rationale)
    _settle(session, viewer, settled, answer.grade_key, decided, settling.save_id)
    session.flush()
    event = GradeSettled(
        **about(submission.assessment, submission.round),
        snapshot_answer_id=answer.id,
        revision=settled.number,
        self_grade=answer.grade_key,
        grade_before=before,
        grade=settled.grade_key,
    )
    record(session, event, actor_id=viewer.person_id)
    return settled


def complete(session: Session, viewer: Viewer, ref: str, *, save_id: str) -> Moderation:
    """Settle what the members agree on, complete the moderation and leave a draft letter.

    Not applicable and left blank stay so unless a grade was given. The same chair completing it
    again, before the release, changes nothing. Call it inside `transaction(locking=assessment)`.

    Raises:
        Missing, NotAllowed: the viewer may not see it, or not complete it.
        WrongState: it is released, or not in moderation, or not revealed.
        RuleBroken: the members differ on a standard that the chair has not settled.

    Source: docs/policy/moderation.md, "Settling".
    """
    viewer, submission = under_lock(session, viewer, ref, Permission.COMPLETE_MODERATION)
    rules.check_not_released(submission.assessment.status)
    if submission.moderation and submission.moderation.completed_by == viewer.person_id:
        return submission.moderation
    rules.check_open_to_marking(submission.assessment.status)
    rules.check_revealed(submission.is_revealed)
    moderation = _moderation_of(submission)
    standings = standings_of(session, submission, members_reading(session, submission))
    rules.check_all_settled([one.label for one in standings if one.needs_settling])

    proposed = [one for one in standings if one.settled is None and one.grade is not None]
    for one in proposed:
        _settle_as_proposed(session, viewer, one, save_id)
    keep_draft(session, submission, standings)
    moderation.completed_at, moderation.completed_by = clock.now(), viewer.person_id
    record(session, _completed(submission, standings, proposed), actor_id=viewer.person_id)
    move(
        session,
        submission.assessment,
        submission.round,
        "complete-moderation",
        person_id=viewer.person_id,
    )
    return moderation


def _moderation_of(submission: Submission) -> Moderation:
    assert submission.moderation is not None  # allocate begins moderation and makes the row
    return submission.moderation


def _settled(session: Session, answer_id: int) -> SettledGrade:
    """What is settled for an answer; a new row, not yet added, where nothing is."""
    kept = select(SettledGrade).where(SettledGrade.snapshot_answer_id == answer_id)
    return session.scalars(kept).one_or_none() or SettledGrade(
        snapshot_answer_id=answer_id, number=0
    )


def _settle_as_proposed(session: Session, viewer: Viewer, one: Standing, save_id: str) -> None:
    settled = SettledGrade(snapshot_answer_id=one.answer_id, number=0)
    decided = (one.grade or rules.NO_GRADE, one.rationale)
    _settle(session, viewer, settled, one.self_grade, decided, save_id)


def _settle(
    session: Session,
    viewer: Viewer,
    settled: SettledGrade,
    self_grade: str | None,
    decided: tuple[str, str],
    save_id: str,
) -> None:
    """A new revision: `decided` is the grade and its rationale."""
    grade, rationale = decided
    settled.number += 1
    settled.grade_key = grade or None
    session.add(settled)
    session.add(
        SettledGradeRevision(
            settled=settled,
            number=settled.number,
            save_id=save_id,
            self_grade_key=self_grade,
            grade_key=grade,
            rationale=rationale,
            settled_by=viewer.person_id,
        )
    )


def _has_saved(session: Session, settled: SettledGrade, save_id: str) -> bool:
    kept = select(SettledGradeRevision.id).where(
        SettledGradeRevision.settled_id == settled.id, SettledGradeRevision.save_id == save_id
    )
    return session.scalar(kept) is not None


def _completed(
    submission: Submission, standings: Sequence[Standing], proposed: Sequence[Standing]
) -> ModerationCompleted:
    ways = Counter(one.direction for one in standings)
    return ModerationCompleted(
        **about(submission.assessment, submission.round),
        standards=len(standings),
        proposed=[one.answer_id for one in proposed],
        kept=ways["kept"],
        raised=ways["raised"],
        lowered=ways["lowered"],
        given=ways["given"],
    )
