"""Who has not submitted, and what is known of why: a row for each, in as many statements for any
number."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from sqlalchemy import CompoundSelect, Select, Subquery, and_, exists, func, or_, select, union
from sqlalchemy.orm import Session, aliased, lazyload

from auditapp.accounts.models import Membership, Person, UserSession
from auditapp.assessments.how_far import how_far
from auditapp.assessments.models import Answer, AnswerRevision, Assessment
from auditapp.core import clock
from auditapp.core.jobs import Job
from auditapp.messages.outbox import KIND as MAIL
from auditapp.organisations.models import Contact, Organisation, Registration
from auditapp.policy.roles import ORGANISATION_ROLES, Role, Viewer
from auditapp.policy.states import Status
from auditapp.questionnaires.library import questionnaire_of
from auditapp.questionnaires.schema import Asked
from auditapp.reports.aggregate.chasing import Unsubmitted, became_of
from auditapp.reports.queries import shared_with
from auditapp.reports.rounds import ReportedRound

UNSUBMITTED = (Status.NOT_STARTED, Status.IN_PROGRESS, Status.AWAITING_SIGN_OFF)

_before = aliased(Assessment)


def unsubmitted(
    session: Session, viewer: Viewer, round_: ReportedRound, last: ReportedRound | None
) -> list[Unsubmitted]:
    """Every assessment in the round's base that is not submitted.

    `last` is the round before, to say what became of each then.
    """
    failed = _with_failed_mail(session)
    asked_of = _asked_of(session, round_)
    rows = session.execute(_rows(viewer, round_, last)).all()
    far = how_far(session, {row.Assessment.id: asked_of(row.Registration) for row in rows})
    return [
        Unsubmitted(
            ref=row.ref,
            name=row.name,
            status=Status(row.Assessment.status),
            has_contact=bool(row.has_contact),
            mail_failed=row.Assessment.organisation_id in failed,
            signed_in_on=_day(row.signed_in_at),
            changed_on=_day(row.changed_at or row.Assessment.started_at),
            sent_on=_day(row.Assessment.sent_at),
            complete=far[row.Assessment.id].done,
            asked=far[row.Assessment.id].total,
            last_time=_last_time(row, last),
        )
        for row in rows
    ]


def _rows(viewer: Viewer, round_: ReportedRound, last: ReportedRound | None) -> Select[Any]:
    here = select(Assessment.id).where(Assessment.round_id == round_.id)
    signed_in, saved = _signed_in(round_), _saved(here)
    return (
        select(
            Assessment,
            Organisation.ref,
            Organisation.name,
            Registration,
            _has_contact().label("has_contact"),
            signed_in.c.at.label("signed_in_at"),
            saved.c.at.label("changed_at"),
            _before.status.label("status_before"),
            _before.submitted_at.label("submitted_before"),
            _before.due_on.label("due_before"),
        )
        .join(Organisation, Organisation.id == Assessment.organisation_id)
        .join(Registration, Registration.id == Assessment.registration_id)
        .outerjoin(signed_in, signed_in.c.organisation_id == Assessment.organisation_id)
        .outerjoin(saved, saved.c.assessment_id == Assessment.id)
        .outerjoin(
            _before,
            and_(
                _before.organisation_id == Assessment.organisation_id,
                _before.round_id == (last.id if last else None),
            ),
        )
        .where(
            Assessment.round_id == round_.id,
            Assessment.status.in_(UNSUBMITTED),
            shared_with(viewer),
        )
        .options(lazyload(Assessment.shared_with))
    )


def _works_there() -> Any:
    """A membership in force of someone who works on the assessment."""
    today = clock.today()
    return and_(
        Membership.role.in_(ORGANISATION_ROLES),
        Membership.starts_on <= today,
        or_(Membership.ends_on.is_(None), Membership.ends_on >= today),
    )


def _has_contact() -> Any:
    at = Assessment.organisation_id
    return or_(
        exists().where(Contact.organisation_id == at),
        exists().where(
            Membership.organisation_id == at, Membership.role == Role.LEAD, _works_there()
        ),
    )


def _signed_in(round_: ReportedRound) -> Subquery:
    invited = select(Assessment.organisation_id).where(Assessment.round_id == round_.id)
    return (
        select(Membership.organisation_id, func.max(UserSession.started_at).label("at"))
        .join(
            UserSession,
            and_(
                UserSession.person_id == Membership.person_id,
                UserSession.membership_id == Membership.id,
            ),
        )
        .where(Membership.organisation_id.in_(invited), _works_there())
        .group_by(Membership.organisation_id)
        .subquery("signed_in")
    )


def _saved(here: Select[int]) -> Subquery:
    return (
        select(Answer.assessment_id, func.max(AnswerRevision.saved_at).label("at"))
        .join(AnswerRevision, AnswerRevision.answer_id == Answer.id)
        .where(Answer.assessment_id.in_(here))
        .group_by(Answer.assessment_id)
        .subquery("saved")
    )


def _with_failed_mail(session: Session) -> set[int | None]:
    """Organisations one of whose people could not be written to, and the outbox has given up."""
    payloads = session.scalars(
        select(Job.payload).where(Job.kind == MAIL, Job.failed_at.is_not(None))
    )
    to = {str(payload.get("to", "")).lower() for payload in payloads}
    if not to:
        return set()
    reached: CompoundSelect[Any] = union(
        select(Contact.organisation_id).where(func.lower(Contact.email).in_(to)),
        select(Membership.organisation_id)
        .join(Person, Person.id == Membership.person_id)
        .where(Person.email.in_(to), _works_there()),
    )
    return set(session.scalars(reached))


def _asked_of(session: Session, round_: ReportedRound) -> Callable[[Registration], Asked]:
    """What a kind of place is asked; worked out once for each kind."""
    questionnaire = questionnaire_of(session, round_.version_id)
    known: dict[tuple[str | bool, ...], Asked] = {}

    def asked_of(registration: Registration) -> Asked:
        facts = registration.facts
        kind = tuple(facts.values())
        if kind not in known:
            known[kind] = Asked(questionnaire, facts, round_.asked_keys)
        return known[kind]

    return asked_of


def _last_time(row: Any, last: ReportedRound | None) -> str:
    if last is None:
        return ""
    due = row.due_before or last.due_on
    return became_of(row.status_before, _day(row.submitted_before), due)


def _day(at: datetime | None) -> date | None:
    """The London day of an instant."""
    return at.astimezone(clock.LONDON).date() if at else None
