"""A member of the panel marks. Each function is one act; the caller holds the lock and commits."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from auditapp.assessments.models import SnapshotAnswer
from auditapp.assessments.rules import as_typed
from auditapp.core.errors import NOT_FOUND, Missing, RuleBroken
from auditapp.core.events import record
from auditapp.moderation import rules
from auditapp.moderation.happenings import AnswerMarked, AnswersAgreed, about
from auditapp.moderation.models import PanelMark, PanelMarkRevision
from auditapp.moderation.queries import Submission, under_lock
from auditapp.policy.permissions import Permission
from auditapp.policy.roles import Viewer


@dataclass(frozen=True, kw_only=True)
class Marking:
    """One save of a mark. `grade` "" agrees that there is none.

    `based_on` is the revision it was written over (0: none yet; None: not said); `save_id` is the
    client's own, so that a save sent twice is kept once.
    """

    grade: str
    rationale: str
    note: str
    based_on: int | None
    save_id: str


@dataclass(frozen=True, kw_only=True)
class Agreeing:
    """One act over the standards that a page named as left; `save_id` as in `Marking`."""

    question_keys: Sequence[str]
    save_id: str


def mark_answer(
    session: Session, viewer: Viewer, ref: str, question_key: str, marking: Marking
) -> PanelMark:
    """Keep the viewer's mark of one submitted answer as a new revision, and record it.

    Earlier revisions stay, and so does the self-grade. Rationale and note are plain text, stored
    stripped. Call it inside `transaction(locking=assessment)`.

    Raises:
        Missing, NotAllowed: the viewer may not see the answer, or not mark it, any more.
        WrongState: the assessment is not in moderation.
        Stale: the mark was saved since `based_on`.
        RuleBroken: no such grade, or a changed grade without a rationale, or too long a text.

    Source: docs/policy/moderation.md, "Changed grades" and "Blind marking".
    """
    viewer, submission = under_lock(session, viewer, ref, Permission.MARK)
    answer = submission.answer(question_key)
    [mark] = _heads(session, viewer, [answer])
    if _has_saved(session, [mark], marking.save_id):
        return mark
    rationale, note = as_typed(marking.rationale), as_typed(marking.note)
    rules.check_open_to_marking(submission.assessment.status)
    rules.check_based_on(mark.number, marking.based_on)
    rules.check_grade(submission.scale(answer), answer.grade_key, marking.grade)
    rules.check_rationale(answer.grade_key, marking.grade, rationale)
    rules.check_note(note)

    before = mark.grade_key
    _save(session, submission, [(mark, answer)], marking.save_id, (marking.grade, rationale, note))
    marked = AnswerMarked(
        **about(submission.assessment, submission.round),
        snapshot_answer_id=answer.id,
        revision=mark.number,
        self_grade=answer.grade_key,
        grade_before=before,
        grade=mark.grade_key,
    )
    record(session, marked, actor_id=viewer.person_id)
    return mark


def agree_with_rest(
    session: Session, viewer: Viewer, ref: str, section_key: str, agreeing: Agreeing
) -> list[PanelMark]:
    """Agree with the self-grades of the standards named, none of them marked yet: one act.

    Each gets its own mark and revision; one event names them all. Call it as `mark_answer`.

    Raises:
        Missing, NotAllowed: as `mark_answer`; or one of the standards is not of that section.
        WrongState: the assessment is not in moderation.
        Stale: one of them was marked since the page was opened.
        RuleBroken: none is named.

    Source: docs/policy/moderation.md, "Agreeing".
    """
    viewer, submission = under_lock(session, viewer, ref, Permission.MARK)
    answers = _in_section(submission, section_key, agreeing.question_keys)
    heads = _heads(session, viewer, answers)
    if _has_saved(session, heads, agreeing.save_id):
        return heads
    rules.check_open_to_marking(submission.assessment.status)
    if not answers:
        raise RuleBroken("Nothing is left to agree with in this section.")
    for mark in heads:
        rules.check_based_on(mark.number, 0)

    _save(session, submission, list(zip(heads, answers, strict=True)), agreeing.save_id)
    agreed = AnswersAgreed(
        **about(submission.assessment, submission.round),
        section_key=section_key,
        snapshot_answer_ids=[answer.id for answer in answers],
        count=len(answers),
        by_grade=dict(Counter(answer.grade_key or rules.NO_GRADE for answer in answers)),
    )
    record(session, agreed, actor_id=viewer.person_id)
    return heads


def _in_section(
    submission: Submission, section_key: str, question_keys: Sequence[str]
) -> list[SnapshotAnswer]:
    asked = submission.asked
    if any(key not in asked.keys for key in question_keys):
        raise Missing(NOT_FOUND)
    if any(asked.section_of(key).key != section_key for key in question_keys):
        raise Missing(NOT_FOUND)
    return [answer for answer in submission.answers if answer.question_key in question_keys]


def _heads(session: Session, viewer: Viewer, answers: Sequence[SnapshotAnswer]) -> list[PanelMark]:
    """The viewer's marks of these answers, in their order; new ones, not yet added, among them."""
    ids = [answer.id for answer in answers]
    kept = session.scalars(
        select(PanelMark).where(
            PanelMark.member_id == viewer.person_id, PanelMark.snapshot_answer_id.in_(ids)
        )
    )
    known = {mark.snapshot_answer_id: mark for mark in kept}
    return [
        known.get(answer_id)
        or PanelMark(snapshot_answer_id=answer_id, member_id=viewer.person_id, number=0)
        for answer_id in ids
    ]


def _has_saved(session: Session, marks: Sequence[PanelMark], save_id: str) -> bool:
    """Whether this very save was kept already, for each of the marks."""
    ids = [mark.id for mark in marks if mark.id is not None]
    if not ids or len(ids) < len(marks):
        return False
    kept = session.scalars(
        select(PanelMarkRevision.mark_id).where(
            PanelMarkRevision.mark_id.in_(ids), PanelMarkRevision.save_id == save_id
        )
    )
    return set(kept) == set(ids)


def _save(
    session: Session,
    submission: Submission,
    marked: Sequence[tuple[PanelMark, SnapshotAnswer]],
    save_id: str,
    given: tuple[str, str, str] | None = None,
) -> None:
    """A new revision of each mark: `given` (grade, rationale, note), or else the self-grade."""
    for mark, answer in marked:
        grade, rationale, note = given or (answer.grade_key or rules.NO_GRADE, "", "")
        mark.number += 1
        mark.grade_key = grade or None
        mark.blind = not submission.is_revealed
        session.add(mark)
        session.add(
            PanelMarkRevision(
                mark=mark,
                number=mark.number,
                save_id=save_id,
                self_grade_key=answer.grade_key,
                grade_key=grade,
                rationale=rationale,
                note=note,
            )
        )
    session.flush()
