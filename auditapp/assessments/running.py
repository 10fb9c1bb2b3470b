"""Running an open round: more time, excusing, opening again, closing.

Each function is one use case; the caller locks the round or the assessment and commits.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from auditapp.accounts.inviting import way_in
from auditapp.accounts.queries import refreshed
from auditapp.assessments.decisions import EXTEND, EXTEND_ALL
from auditapp.assessments.inviting import leads_of
from auditapp.assessments.lifecycle import Action, after
from auditapp.assessments.models import Assessment, Move
from auditapp.assessments.moving import move
from auditapp.assessments.progress import lines_of, name_of
from auditapp.core import clock
from auditapp.core.days import in_words
from auditapp.core.errors import WrongState
from auditapp.core.events import Audience, Happening, record
from auditapp.messages.letters import compose
from auditapp.messages.outbox import Mail, send_all
from auditapp.organisations.models import Partnership
from auditapp.policy.permissions import Permission, require
from auditapp.policy.roles import Viewer
from auditapp.policy.scope import get_visible_or_404
from auditapp.policy.states import SUBMITTED_STATES, Status
from auditapp.rounds import rules
from auditapp.rounds.models import Round, RoundState
from auditapp.rounds.queries import round_by_ref


@dataclass(frozen=True, kw_only=True)
class RoundExtended(Happening):
    kind: ClassVar[str] = "round-extended"
    audience: ClassVar[Audience] = Audience.PARTNERSHIP

    due_before: str
    due_after: str
    final_before: str
    final_after: str


@dataclass(frozen=True, kw_only=True)
class AssessmentExtended(Happening):
    kind: ClassVar[str] = "assessment-extended"
    audience: ClassVar[Audience] = Audience.ORGANISATION

    assessment_id: int
    due_before: str
    due_after: str


@dataclass(frozen=True, kw_only=True)
class RoundClosed(Happening):
    kind: ClassVar[str] = "round-closed"
    audience: ClassVar[Audience] = Audience.PARTNERSHIP


def in_round(ref: str, assessment_ref: str) -> Select[Assessment]:
    return (
        select(Assessment)
        .join(Round, Round.id == Assessment.round_id)
        .where(Round.ref == ref, Assessment.ref == assessment_ref)
    )


def extend_round(
    session: Session, viewer: Viewer, ref: str, *, due_on: date, final_on: date, reason: str
) -> None:
    """Give everyone more time. The reason is kept with each assessment that is still awaited.

    Raises:
        WrongState: the round is not open.
        RuleBroken: less time than before, the same, or no reason.
    """
    viewer, round_ = managed_round(session, viewer, ref)
    rules.check_open(round_.state)
    rules.check_extension(round_.due_on, round_.final_on, due_on, final_on)
    rules.check_reason(reason)
    extended = RoundExtended(
        partnership_id=round_.partnership_id,
        round_id=round_.id,
        due_before=round_.due_on.isoformat(),
        due_after=due_on.isoformat(),
        final_before=round_.final_on.isoformat(),
        final_after=final_on.isoformat(),
    )
    round_.due_on, round_.final_on = due_on, final_on
    if round_.moderation_ends_on is not None:
        round_.moderation_ends_on = max(round_.moderation_ends_on, final_on)
    if round_.feedback_by is not None:
        round_.feedback_by = max(round_.feedback_by, round_.moderation_ends_on or final_on)
    awaited = [line for line in lines_of(session, viewer, round_) if line.is_awaited]
    session.add_all(
        _extended(line.id, line.status, reason, viewer, action=EXTEND_ALL) for line in awaited
    )
    record(session, extended, actor_id=viewer.person_id)


def extend_assessment(
    session: Session, viewer: Viewer, ref: str, assessment_ref: str, *, due_on: date, reason: str
) -> None:
    """Give one organisation more time, up to the round's last day, and tell its leads why.

    Raises:
        WrongState: the round is not open, or this is submitted, excused or closed.
        RuleBroken: no later day, a day after the round's last, or no reason.
    """
    viewer, round_, assessment = _one(session, viewer, ref, assessment_ref)
    require(viewer, Permission.MANAGE_ROUND, assessment)
    rules.check_open(round_.state)
    if assessment.status in SUBMITTED_STATES | {Status.EXCUSED, Status.CLOSED}:
        raise WrongState("This assessment is not awaited, so it needs no more time.")
    before = max(assessment.due_on or round_.due_on, round_.due_on)
    rules.check_own_extension(before, round_.final_on, due_on)
    rules.check_reason(reason)
    assessment.due_on = due_on
    session.add(_extended(assessment.id, assessment.status, reason, viewer))
    extended = AssessmentExtended(
        partnership_id=round_.partnership_id,
        organisation_id=assessment.organisation_id,
        round_id=round_.id,
        assessment_id=assessment.id,
        due_before=before.isoformat(),
        due_after=due_on.isoformat(),
    )
    record(session, extended, actor_id=viewer.person_id)
    words = {"due_on": in_words(due_on), "reason": reason.strip()}
    _tell_leads(session, round_, assessment, "extended", due_on.isoformat(), words)


def excuse(
    session: Session, viewer: Viewer, ref: str, assessment_ref: str, *, shut: bool, reason: str
) -> None:
    """Take one organisation out of the base, excused or, where `shut`, because it closed.

    Raises:
        WrongState: the round is not open, or this is submitted.
        RuleBroken: no reason.
    """
    viewer, round_, assessment = _one(session, viewer, ref, assessment_ref)
    require(viewer, Permission.MANAGE_ROUND, assessment)
    rules.check_open(round_.state)
    rules.check_reason(reason)
    action = Action.CLOSE if shut else Action.EXCUSE
    move(session, assessment, round_, action, person_id=viewer.person_id, comment=reason)


def reinstate(
    session: Session, viewer: Viewer, ref: str, assessment_ref: str, *, reason: str
) -> None:
    """Take one organisation back into the round; what it had written is still there."""
    viewer, round_, assessment = _one(session, viewer, ref, assessment_ref)
    require(viewer, Permission.MANAGE_ROUND, assessment)
    rules.check_open(round_.state)
    rules.check_reason(reason)
    person_id = viewer.person_id
    move(session, assessment, round_, Action.REINSTATE, person_id=person_id, comment=reason)


def reopen(session: Session, viewer: Viewer, ref: str, assessment_ref: str, *, reason: str) -> None:
    """Open a submitted assessment again, and tell its leads why; its submission is kept.

    Raises:
        Missing, NotAllowed: the viewer may not, for one because of a conflict of interest.
        WrongState: the round is not open, or nothing is submitted.
        RuleBroken: no reason.
    """
    viewer, round_, assessment = _one(session, viewer, ref, assessment_ref)
    require(viewer, Permission.REOPEN, assessment)
    rules.check_open(round_.state)
    after(assessment.status, Action.REOPEN)
    rules.check_reason(reason)
    person_id = viewer.person_id
    step = move(session, assessment, round_, Action.REOPEN, person_id=person_id, comment=reason)
    words = {"reason": reason.strip(), "signed": round_.needs_signature}
    _tell_leads(session, round_, assessment, "reopened", str(step.id), words)


def close_round(session: Session, viewer: Viewer, ref: str) -> None:
    """End the round: nothing more is taken. Each assessment stays where it is, and is counted so."""
    viewer, round_ = managed_round(session, viewer, ref)
    rules.check_open(round_.state)
    round_.state, round_.closed_at = RoundState.CLOSED, clock.now()
    closed = RoundClosed(partnership_id=round_.partnership_id, round_id=round_.id)
    record(session, closed, actor_id=viewer.person_id)


def _tell_leads(
    session: Session,
    round_: Round,
    assessment: Assessment,
    letter_name: str,
    about: str,
    values: dict[str, Any],
) -> None:
    values = values | {
        "partnership": partnership_name(session, round_),
        "round_title": round_.title,
        "organisation": name_of(session, assessment),
    }
    mails = []
    for person, _ in leads_of(session, [assessment.organisation_id]):
        letter = compose(letter_name, name=person.name, link=way_in(session, person), **values)
        key = f"{letter_name}:{assessment.id}:{person.id}:{about}"
        mails.append(Mail(to=person.email, unique_key=key, **vars(letter)))
    send_all(session, mails)


def partnership_name(session: Session, round_: Round) -> str:
    named = select(Partnership.name).where(Partnership.id == round_.partnership_id)
    return session.scalars(named).one()


def managed_round(session: Session, viewer: Viewer, ref: str) -> tuple[Viewer, Round]:
    """The viewer read again, and the round if they manage it. Raises `Missing`, `NotAllowed`."""
    viewer = refreshed(session, viewer)
    round_ = get_visible_or_404(session, round_by_ref(ref), viewer)
    require(viewer, Permission.MANAGE_ROUND, round_)
    return viewer, round_


def _one(
    session: Session, viewer: Viewer, ref: str, assessment_ref: str
) -> tuple[Viewer, Round, Assessment]:
    viewer = refreshed(session, viewer)
    round_ = get_visible_or_404(session, round_by_ref(ref), viewer)
    assessment = get_visible_or_404(session, in_round(ref, assessment_ref), viewer)
    return viewer, round_, assessment


def _extended(
    assessment_id: int, status: str, reason: str, viewer: Viewer, action: str = EXTEND
) -> Move:
    return Move(
        assessment_id=assessment_id,
        action=action,
        status_before=status,
        status_after=status,
        comment=reason.strip(),
        person_id=viewer.person_id,
    )
