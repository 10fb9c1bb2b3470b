"""The business unit releases feedback, and the organisation says that it has read it."""

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from auditapp.accounts.inviting import way_in
from auditapp.accounts.models import Membership, Person
from auditapp.accounts.queries import refreshed
from auditapp.assessments.moving import move
from auditapp.core import clock
from auditapp.core.events import record
from auditapp.messages.letters import compose
from auditapp.messages.outbox import Mail, send_all
from auditapp.moderation import rules
from auditapp.moderation.composing import Wording, automatic_sheet, panel_letter
from auditapp.moderation.feedback import AUTOMATIC, drafted, revise
from auditapp.moderation.happenings import FeedbackConfirmed, FeedbackReleased, about
from auditapp.moderation.letters import Letter
from auditapp.moderation.marks import feedback_of
from auditapp.moderation.models import Feedback, FeedbackRead, FeedbackRevision
from auditapp.moderation.queries import Submission, assessment_called, case_of, under_lock
from auditapp.moderation.standings import members_reading, standings_of
from auditapp.organisations.models import Partnership
from auditapp.policy.permissions import Permission, require
from auditapp.policy.roles import Role, Viewer
from auditapp.policy.scope import get_visible_or_404

# A partnership's setting: False where one person may complete a moderation and release it.
TWO_PEOPLE = "two_people_release"


def release(session: Session, viewer: Viewer, ref: str, *, save_id: str) -> Feedback:
    """Release the feedback: freeze the letter, show it to the organisation and write to them.

    A submission that the panel was not given gets the automatic sheet. Released by the same
    person before, nothing happens. Call it inside `transaction(locking=assessment)`.

    Raises:
        Missing, NotAllowed: the viewer may not see the assessment, or not release it.
        WrongState: the panel has not completed it, or it is released.
        RuleBroken: the viewer completed this very moderation.

    Source: docs/policy/moderation.md, "Release"; docs/policy/access.md, rules 1 and 2.
    """
    viewer, submission = under_lock(session, viewer, ref, Permission.RELEASE)
    feedback, latest = feedback_of(session, submission)
    if feedback is not None and feedback.released_by == viewer.person_id:
        return feedback
    rules.check_open_to_release(submission.assessment.status)
    two_needed = bool(_partnership(session, submission).settings.get(TWO_PEOPLE, True))
    moderation = submission.moderation
    completed_by = moderation.completed_by if moderation else None
    rules.check_two_people(completed_by, viewer.person_id, two_needed)

    wording = _wording(submission, latest)
    letter = _letter(session, submission, wording)
    feedback = feedback or Feedback(snapshot_id=submission.snapshot.id, kind=AUTOMATIC, number=0)
    feedback.released_at, feedback.released_by = clock.now(), viewer.person_id
    revise(session, feedback, wording, viewer.person_id, save_id=save_id, letter=letter)
    released = _released(submission, feedback, two_needed)
    record(session, released, actor_id=viewer.person_id)
    assessment, round_ = submission.assessment, submission.round
    move(session, assessment, round_, "release", person_id=viewer.person_id)
    assessment.released_number = submission.snapshot.number
    send_all(session, _mails(session, submission))
    return feedback


def letter_now(session: Session, submission: Submission) -> Letter:
    """The letter as it would be released now."""
    _, latest = feedback_of(session, submission)
    if latest is not None or submission.moderation is None:
        return _letter(session, submission, _wording(submission, latest))
    standings = standings_of(session, submission, members_reading(session, submission))
    return _letter(session, submission, drafted(submission, standings))


def confirm_read(session: Session, viewer: Viewer, ref: str) -> None:
    """Keep that this person says "We have read this"; said before, nothing happens.

    Call it inside `transaction(locking=assessment)`.

    Raises:
        Missing, NotAllowed: the feedback is not theirs, or not released.

    Source: docs/policy/moderation.md, "Feedback".
    """
    viewer = refreshed(session, viewer)
    assessment = get_visible_or_404(session, assessment_called(ref), viewer)
    require(viewer, Permission.CONFIRM_READ, assessment)
    case = case_of(session, assessment, assessment.released_number)
    feedback, _ = feedback_of(session, case)
    assert feedback is not None  # it is released, so there is a letter
    if viewer.person_id in confirmed_by(session, feedback):
        return
    session.add(FeedbackRead(feedback_id=feedback.id, person_id=viewer.person_id))
    confirmed = FeedbackConfirmed(**about(assessment, case.round), feedback_id=feedback.id)
    record(session, confirmed, actor_id=viewer.person_id)


def confirmed_by(session: Session, feedback: Feedback) -> set[int]:
    """Ids of the people who said that they have read it."""
    read = select(FeedbackRead.person_id).where(FeedbackRead.feedback_id == feedback.id)
    return set(session.scalars(read))


def _letter(session: Session, submission: Submission, wording: Wording) -> Letter:
    partnership, today = _partnership(session, submission), clock.today()
    if submission.moderation is None:
        has_panel = _has_panel(session, submission)
        return automatic_sheet(
            submission, wording, partnership=partnership, has_panel=has_panel, on=today
        )
    members = members_reading(session, submission)
    asked = len(submission.answers)
    return panel_letter(
        submission,
        standings_of(session, submission, members),
        wording,
        partnership=partnership,
        readers=sum(member.counts and member.marked == asked for member in members),
        on=today,
    )


def _has_panel(session: Session, submission: Submission) -> bool:
    """Whether anyone was ever a member of the round's panel."""
    members = exists().where(
        Membership.round_id == submission.round.id, Membership.role == Role.PANEL_MEMBER
    )
    return bool(session.scalar(select(members)))


def _partnership(session: Session, submission: Submission) -> Partnership:
    """Whose settings and letterhead the round has: not always one of the viewer's own."""
    return session.execute(
        select(Partnership).where(Partnership.id == submission.round.partnership_id)
    ).scalar_one()


def _released(submission: Submission, feedback: Feedback, two_people: bool) -> FeedbackReleased:
    return FeedbackReleased(
        **about(submission.assessment, submission.round),
        feedback_id=feedback.id,
        revision=feedback.number,
        feedback_kind=feedback.kind,
        two_people=two_people,
    )


def _wording(submission: Submission, latest: FeedbackRevision | None) -> Wording:
    if latest is None:
        return drafted(submission, ())
    return Wording(strengths=latest.strengths, developments=latest.developments)


def _mails(session: Session, submission: Submission) -> list[Mail]:
    """To everyone who may read it; the message says that it is there, and nothing of it."""
    today = clock.today()
    people = session.scalars(
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.organisation_id == submission.assessment.organisation_id,
            Membership.role.in_([Role.LEAD, Role.SIGNATORY]),
            Membership.starts_on <= today,
            or_(Membership.ends_on.is_(None), Membership.ends_on >= today),
            Person.disabled_at.is_(None),
        )
        .distinct()
        .order_by(Person.id)
    ).all()
    return [_mail(session, submission, person) for person in people]


def _mail(session: Session, submission: Submission, person: Person) -> Mail:
    letter = compose(
        "feedback-released",
        name=person.name,
        organisation=submission.name,
        title=submission.title,
        link=way_in(session, person, f"/assessments/{submission.assessment.ref}/feedback"),
    )
    return Mail(
        to=person.email,
        subject=letter.subject,
        text=letter.text,
        unique_key=f"feedback-{submission.snapshot.ref}-{person.ref}",
    )
