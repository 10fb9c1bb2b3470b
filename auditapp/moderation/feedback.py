"""The words of a panel's letter before it is released: the draft, and what people make of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from auditapp.assessments.rules import as_typed
from auditapp.core.events import record
from auditapp.moderation import drafting, rules
from auditapp.moderation.composing import Wording, graded
from auditapp.moderation.happenings import FeedbackWritten, about
from auditapp.moderation.letters import Letter
from auditapp.moderation.marks import feedback_of
from auditapp.moderation.models import Feedback, FeedbackRevision
from auditapp.moderation.queries import Submission, under_lock
from auditapp.moderation.settlement import Standing
from auditapp.policy.permissions import Permission
from auditapp.policy.roles import Viewer

PANEL, AUTOMATIC = "panel", "automatic"
DRAFT = "draft"  # save id of the revision that the software wrote


@dataclass(frozen=True, kw_only=True)
class Edit:
    """One save of a letter's two lists, over revision `based_on` (0: the draft, not kept yet)."""

    wording: Wording
    based_on: int | None
    save_id: str


def drafted(submission: Submission, standings: Sequence[Standing]) -> Wording:
    """The two lists as the grades alone suggest them."""
    standards = graded(submission, standings)
    return Wording(
        strengths="\n".join(drafting.strengths(standards)),
        developments="\n".join(drafting.developments(standards)),
    )


def edit_by_chair(session: Session, viewer: Viewer, ref: str, edit: Edit) -> FeedbackRevision:
    """Keep the chair's words, until the moderation is completed.

    Call it inside `transaction(locking=assessment)`.

    Raises:
        Missing, NotAllowed: the viewer may not see the assessment, or not settle it.
        WrongState: it is not in moderation, or not revealed.
        Stale: the words were saved since `based_on`.
        RuleBroken: a list is too long.

    Source: docs/policy/moderation.md, "Feedback".
    """
    viewer, submission = under_lock(session, viewer, ref, Permission.SETTLE)
    feedback, _ = feedback_of(session, submission)
    if replayed := _saved(session, feedback, edit.save_id):
        return replayed
    rules.check_open_to_marking(submission.assessment.status)
    rules.check_revealed(submission.is_revealed)
    return _write(session, viewer, submission, feedback, edit)


def edit_by_business_unit(
    session: Session, viewer: Viewer, ref: str, edit: Edit
) -> FeedbackRevision:
    """Keep the business unit's words: from the moderation's completion to the release.

    Raises as `edit_by_chair`, with the permission to release.
    """
    viewer, submission = under_lock(session, viewer, ref, Permission.RELEASE)
    feedback, _ = feedback_of(session, submission)
    if replayed := _saved(session, feedback, edit.save_id):
        return replayed
    rules.check_open_to_proofreading(submission.assessment.status)
    return _write(session, viewer, submission, feedback, edit)


def keep_draft(session: Session, submission: Submission, standings: Sequence[Standing]) -> Feedback:
    """The submission's feedback; made from the grades where nobody has written it yet."""
    feedback, _ = feedback_of(session, submission)
    if feedback is None:
        feedback = Feedback(snapshot_id=submission.snapshot.id, kind=PANEL, number=0)
        revise(session, feedback, drafted(submission, standings), None, save_id=DRAFT)
    return feedback


def revise(
    session: Session,
    feedback: Feedback,
    wording: Wording,
    author_id: int | None,
    *,
    save_id: str,
    letter: Letter | None = None,
) -> FeedbackRevision:
    """A new revision of the words; with `letter`, all that is released, for good."""
    feedback.number += 1
    revision = FeedbackRevision(
        feedback=feedback,
        number=feedback.number,
        save_id=save_id,
        strengths=wording.strengths,
        developments=wording.developments,
        document=letter.model_dump(mode="json") if letter else None,
        author_id=author_id,
    )
    session.add_all([feedback, revision])
    session.flush()
    return revision


def _write(
    session: Session,
    viewer: Viewer,
    submission: Submission,
    feedback: Feedback | None,
    edit: Edit,
) -> FeedbackRevision:
    wording = Wording(
        strengths=as_typed(edit.wording.strengths), developments=as_typed(edit.wording.developments)
    )
    rules.check_based_on(feedback.number if feedback else 0, edit.based_on)
    rules.check_words(wording.strengths, wording.developments)
    feedback = feedback or Feedback(snapshot_id=submission.snapshot.id, kind=PANEL, number=0)
    revision = revise(session, feedback, wording, viewer.person_id, save_id=edit.save_id)
    written = FeedbackWritten(
        **about(submission.assessment, submission.round),
        feedback_id=feedback.id,
        revision=revision.number,
    )
    record(session, written, actor_id=viewer.person_id)
    return revision


def _saved(session: Session, feedback: Feedback | None, save_id: str) -> FeedbackRevision | None:
    if feedback is None:
        return None
    return session.scalars(
        select(FeedbackRevision).where(
            FeedbackRevision.feedback_id == feedback.id, FeedbackRevision.save_id == save_id
        )
    ).one_or_none()
