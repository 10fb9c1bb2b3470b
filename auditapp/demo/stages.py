"""Taking an invented assessment as far as its stage, through the product's own services."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from sqlalchemy.orm import Session

from auditapp.accounts.models import Membership
from auditapp.accounts.queries import viewer_of
from auditapp.assessments.models import Assessment
from auditapp.assessments.sending import send_for_sign_off
from auditapp.assessments.submitting import submit
from auditapp.core import clock
from auditapp.core.transactions import transaction
from auditapp.demo import words
from auditapp.demo.people import Cast
from auditapp.moderation.allocating import allocate
from auditapp.moderation.marking import Agreeing, Marking, agree_with_rest, mark_answer
from auditapp.moderation.queries import Submission, assessment_called, submission_of
from auditapp.moderation.releasing import confirm_read, release
from auditapp.moderation.settling import complete, reveal
from auditapp.policy.roles import Viewer
from auditapp.policy.scope import get_visible_or_404

CHANGED_SHARE = 0.05  # of the grades that a panel reads


@dataclass(frozen=True)
class Panel:
    chair: Membership
    members: tuple[Membership, ...]


@dataclass(frozen=True)
class Stage:
    """How far an assessment has come: each step includes those before it.

    `marked` is the share of its sections that the panel has marked.
    """

    answered: float = 1.0
    sent: bool = False
    signed: bool = False
    allocated: bool = False
    marked: float = 0.0
    revealed: bool = False
    completed: bool = False
    released: bool = False
    read: bool = False


@dataclass(frozen=True)
class Pace:
    """Days from sending to each later step."""

    signed: int
    moderated: int
    released: int


def viewer_as(session: Session, membership: Membership) -> Viewer:
    return viewer_of(session, membership.person_id, membership.id)


def take_on(
    session: Session,
    cast: Cast,
    panel: Panel,
    assessment: Assessment,
    stage: Stage,
    at: datetime,
    pace: Pace,
) -> None:
    """Move one answered assessment, sent `at` that moment, on to its stage."""
    ref, organisation_id = assessment.ref, assessment.organisation_id
    with clock.moved_to(at):
        if stage.sent:
            with transaction(session):
                lead = viewer_as(session, cast.leads[organisation_id])
                send_for_sign_off(session, lead, ref)
    with clock.moved_to(at + timedelta(days=pace.signed)):
        if stage.signed:
            with transaction(session):
                head = viewer_as(session, cast.signatories[organisation_id])
                submit(session, head, ref)
    with clock.moved_to(at + timedelta(days=pace.moderated)):
        if stage.allocated:
            _moderate(session, cast, panel, ref, stage)
    with clock.moved_to(at + timedelta(days=pace.released)):
        if stage.released:
            _release(session, cast, ref, organisation_id, stage)


def _moderate(session: Session, cast: Cast, panel: Panel, ref: str, stage: Stage) -> None:
    member = panel.members[Random(ref_seed(ref)).randrange(len(panel.members))]
    with transaction(session):
        manager = viewer_as(session, cast.administrator)
        allocate(session, manager, ref, chosen=[member.ref], based_on=[])
    with transaction(session):
        viewer = viewer_as(session, member)
        assessment = get_visible_or_404(session, assessment_called(ref), viewer)
        submission = submission_of(session, viewer, assessment)
        _mark(session, viewer, ref, submission, stage.marked)
    with transaction(session):
        chair = viewer_as(session, panel.chair)
        if stage.revealed:
            reveal(session, chair, ref)
        if stage.completed:
            complete(session, chair, ref, save_id=f"demo-{ref}")


def _mark(session: Session, viewer: Viewer, ref: str, submission: Submission, share: float) -> None:
    """Change a few grades with a reason, agree with the rest, section by section."""
    sections = submission.asked.sections
    for section in sections[: round(share * len(sections))]:
        agreed = []
        for question in section.questions:
            dice = Random(f"{submission.snapshot.organisation_name} {question.key} panel")
            answer = submission.answer(question.key)
            if answer.grade_key is None or dice.random() > CHANGED_SHARE:
                agreed.append(question.key)
                continue
            scale = submission.scale(answer)
            own = scale.rank(answer.grade_key)
            other = min(max(own + dice.choice((-1, 1, 1)), 0), len(scale.keys) - 1)
            if other == own:
                agreed.append(question.key)
                continue
            marking = Marking(
                grade=scale.keys[other],
                rationale=words.rationale(own, other, dice.randrange(10**6)),
                note="",
                based_on=0,
                save_id=f"demo-{answer.id}",
            )
            mark_answer(session, viewer, ref, question.key, marking)
        agreeing = Agreeing(question_keys=agreed, save_id=f"demo-{ref}-{section.key}")
        agree_with_rest(session, viewer, ref, section.key, agreeing)


def _release(session: Session, cast: Cast, ref: str, organisation_id: int, stage: Stage) -> None:
    with transaction(session):
        release(session, viewer_as(session, cast.administrator), ref, save_id=f"demo-{ref}")
    if stage.read:
        with transaction(session):
            lead = viewer_as(session, cast.leads[organisation_id])
            confirm_read(session, lead, ref)


def ref_seed(ref: str) -> str:
    return f"{ref} read by"
