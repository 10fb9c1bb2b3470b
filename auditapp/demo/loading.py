"""Loading the demonstration: the same on every machine, counted from the day it is loaded."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from auditapp.accounts.models import Assignment, Membership, Person
from auditapp.assessments.inviting import open_round
from auditapp.assessments.models import Assessment
from auditapp.assessments.running import close_round, excuse
from auditapp.core import clock
from auditapp.core.transactions import transaction
from auditapp.demo.drafts import begin_draft
from auditapp.demo.filling import Author, fill, stock_library
from auditapp.demo.people import DOMAIN, Cast, make_cast, make_panel, visit
from auditapp.demo.places import KEY, Area, Place, make_area
from auditapp.demo.rounds import Plan, plans
from auditapp.demo.stages import Panel, take_on, viewer_as
from auditapp.organisations.models import Partnership
from auditapp.policy.roles import Role
from auditapp.questionnaires.library import publish, questionnaire_of
from auditapp.questionnaires.models import QuestionnaireVersion
from auditapp.questionnaires.schema import Asked
from auditapp.rounds.models import Round
from auditapp.rounds.service import Plan as RoundPlan
from auditapp.rounds.service import choose, create_round

QUESTIONNAIRES = Path(__file__).resolve().parents[2] / "questionnaires"
Progress = Callable[[int], None]  # told of each assessment that is done


def is_loaded(session: Session) -> bool:
    return session.scalar(select(Partnership.id).where(Partnership.key == KEY)) is not None


def size() -> int:
    """How many assessments there will be, for a progress bar."""
    return sum(len(plan.stages) for plan in plans(clock.today()))


def load(session: Session, progress: Progress) -> Cast:
    """Everything, in an empty database. Raises nothing that a bar could not be left at."""
    with clock.moved_to(clock.now() - timedelta(days=5 * 365)), transaction(session):
        versions = {
            path.name.split(".")[0]: publish(session, path.read_text("utf-8"), name=path.name)
            for path in sorted(QUESTIONNAIRES.glob("*.yaml"))
        }
        area = make_area(session)
        cast = make_cast(session, area)
    for plan in plans(clock.today()):
        _load_round(session, area, cast, plan, versions[plan.questionnaire], progress)
    with clock.moved_to(clock.now() - timedelta(days=2)), transaction(session):
        begin_draft(session, cast.administrator, versions["section-11"])
    return cast


def _load_round(
    session: Session,
    area: Area,
    cast: Cast,
    plan: Plan,
    version: QuestionnaireVersion,
    progress: Progress,
) -> None:
    places = area.agencies if plan.agencies else area.schools
    with clock.moved_to(plan.moment(-4)):
        ref = _open(session, cast, plan, version, places)
    round_ = session.scalars(select(Round).where(Round.ref == ref)).one()
    with transaction(session):
        ends_on = plan.feedback_by + timedelta(days=90) if plan.ended else None
        panel = _panel(session, round_, ends_on)
    assessments = {
        row.organisation_id: row
        for row in session.scalars(select(Assessment).where(Assessment.round_id == round_.id))
    }
    for at, (place, stage) in enumerate(zip(places, plan.stages, strict=False)):
        assessment = assessments[place.organisation.id]
        if stage is not None:
            with clock.moved_to(plan.moment(at)), transaction(session):
                _answer(session, cast, plan, round_, place, assessment, at)
            take_on(session, cast, panel, assessment, stage, plan.moment(at), plan.pace)
        progress(1)
    _end(session, cast, plan, round_, [assessments[p.organisation.id] for p in places])


def _open(
    session: Session,
    cast: Cast,
    plan: Plan,
    version: QuestionnaireVersion,
    places: tuple[Place, ...],
) -> str:
    """Plan the round, choose everyone and open it; returns its ref."""
    with transaction(session):
        manager = viewer_as(session, cast.administrator)
        planned = RoundPlan(
            title=plan.title,
            period=plan.period,
            version_ref=version.ref,
            owner_ref="",
            statutory=True,
            sign_off="before-submission",
            opens_on=plan.opens_on,
            due_on=plan.due_on,
            final_on=plan.final_on,
            moderation_ends_on=plan.moderation_ends_on,
            feedback_by=plan.feedback_by,
        )
        ref = create_round(session, manager, planned).ref
        everyone = {place.organisation.id for place in places}
        choose(session, manager, ref, add=everyone, remove=set())
        open_round(session, manager, ref)
    return ref


def _panel(session: Session, round_: Round, ends_on: date | None) -> Panel:
    """The chair and the members; the same people sit in every round."""
    hashed = session.scalar(select(Person.password_hash).where(Person.email == f"manager@{DOMAIN}"))
    chair, *members = make_panel(session, round_.id, hashed, ends_on)
    return Panel(chair, tuple(members))


def _answer(
    session: Session,
    cast: Cast,
    plan: Plan,
    round_: Round,
    place: Place,
    assessment: Assessment,
    at: int,
) -> None:
    stage = plan.stages[at]
    lead = cast.leads[place.organisation.id]
    author = Author(place, lead.person_id, plan.period)
    questionnaire = questionnaire_of(session, round_.questionnaire_version_id)
    asked = Asked(questionnaire, place.registration.facts, round_.asked_keys)
    begun = stage is not None and not stage.sent
    share = Random(f"{place.slug} {plan.period} share").uniform(0.1, 0.95) if begun else 1.0
    if begun and at == 0:  # the school whose sign-ins are printed: half an afternoon is left
        share = 0.6
    session.add(visit(lead, clock.now()))
    fill(session, author, assessment, asked, stock_library(session, author), share=share)
    if begun and at == 0 and not plan.ended:
        _contributor(session, place, assessment, asked)


def _contributor(session: Session, place: Place, assessment: Assessment, asked: Asked) -> None:
    """A colleague who knows one section, the first that is not begun."""
    known = session.scalar(select(Person.password_hash).where(Person.email == f"manager@{DOMAIN}"))
    person = Person(
        name="Computing lead",
        email=f"computing@{place.slug}.example",
        password_hash=known,
    )
    member = Membership(person=person, role=Role.CONTRIBUTOR, organisation_id=place.organisation.id)
    member.assignments = [
        Assignment(assessment_id=assessment.id, section_key=asked.sections[-1].key)
    ]
    session.add(member)


def _end(
    session: Session, cast: Cast, plan: Plan, round_: Round, assessments: list[Assessment]
) -> None:
    """Excuse the last few, mark one as shut, and close a round of the past."""
    ref, refs = round_.ref, [row.ref for row in assessments]
    with clock.moved_to(plan.moment(3)):
        out = refs[len(refs) - plan.excused - plan.closed :]
        for at, assessment_ref in enumerate(out):
            shut = at >= plan.excused
            reason = "The school closed during the round." if shut else "Inspected this month."
            with transaction(session):
                manager = viewer_as(session, cast.administrator)
                excuse(session, manager, ref, assessment_ref, shut=shut, reason=reason)
    if plan.ended:
        with clock.moved_to(plan.moment(0) + timedelta(days=200)), transaction(session):
            close_round(session, viewer_as(session, cast.administrator), ref)
