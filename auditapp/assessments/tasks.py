"""The first page of whoever completes an assessment: one next step, and how far each part is."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from auditapp.accounts.inviting import known_as
from auditapp.accounts.models import Assignment, Membership, Person
from auditapp.accounts.queries import held_on
from auditapp.assessments.decisions import Decision, decisions_about
from auditapp.assessments.lifecycle import Action
from auditapp.assessments.models import Move
from auditapp.assessments.setting import Setting
from auditapp.assessments.sheet import Part, Sheet, sheet_of
from auditapp.core import clock
from auditapp.policy.permissions import Permission, may
from auditapp.policy.roles import Role, Viewer
from auditapp.policy.states import OUTSIDE_BASE, Status
from auditapp.rounds.models import RoundState

STAGES = ("Answer", "{signatory} signs", "Submitted", "Panel reads", "Feedback to you")
_STAGE = {
    Status.NOT_STARTED: 1,
    Status.IN_PROGRESS: 1,
    Status.AWAITING_SIGN_OFF: 2,
    Status.SUBMITTED: 3,
    Status.IN_MODERATION: 4,
    Status.MODERATION_COMPLETED: 4,
    Status.FEEDBACK_RELEASED: 5,
}


@dataclass(frozen=True)
class Colleague:
    """Someone who was given a section."""

    name: str
    section_key: str


@dataclass(frozen=True)
class SentBack:
    """That it came back, from whom, with what comment."""

    action: str
    comment: str
    name: str
    at: datetime


@dataclass(frozen=True)
class TaskPage:
    setting: Setting
    sheet: Sheet
    viewer: Viewer
    colleagues: list[Colleague]
    last_move: SentBack | None
    decisions: list[Decision]  # of the partnership, the latest first

    @property
    def today(self) -> date:
        return clock.today()

    @property
    def stages(self) -> list[str]:
        signatory = self.setting.signatory.capitalize()
        stages = [stage.format(signatory=signatory) for stage in STAGES]
        return stages if self.setting.needs_signature else [stages[0], *stages[2:]]

    @property
    def stage(self) -> int:
        at = _STAGE.get(self.setting.status, 1)
        return at if self.setting.needs_signature or at < 3 else at - 1

    @property
    def came_back(self) -> SentBack | None:
        """Why it is being written again, until it is sent on."""
        if self.setting.status is not Status.IN_PROGRESS or self.last_move is None:
            return None
        back = {Action.SEND_BACK.value, Action.REOPEN.value}
        return self.last_move if self.last_move.action in back else None

    @property
    def decided(self) -> Decision | None:
        """What the partnership decided last, while it says how the assessment stands."""
        if self.setting.is_submitted or self.setting.has_closed or not self.decisions:
            return None
        last = self.decisions[0]
        return None if last.action == Action.REOPEN else last

    @property
    def decided_before(self) -> list[Decision]:
        """What else it decided, but for what the head of the page says."""
        opened_at = self.came_back.at if self.came_back else None
        return [one for one in self.decisions if one is not self.decided and one.at != opened_at]

    @property
    def may_write(self) -> bool:
        return any(
            self.setting.may_edit(self.viewer, part.section.key) for part in self.sheet.parts
        )

    @property
    def may_send(self) -> bool:
        return may(self.viewer, Permission.SEND_FOR_SIGN_OFF, self.setting.assessment)

    def helpers_of(self, part: Part) -> list[Colleague]:
        return [one for one in self.colleagues if one.section_key == part.section.key]


def is_live(setting: Setting) -> bool:
    """Whether it is what its organisation is asked now: in an open round, neither excused nor
    closed."""
    return setting.round.state is RoundState.OPEN and setting.status not in OUTSIDE_BASE


def task_page(session: Session, viewer: Viewer, setting: Setting) -> TaskPage:
    """Six statements."""
    assessment_id = setting.assessment.id
    return TaskPage(
        setting=setting,
        sheet=sheet_of(session, setting, setting.sections_for(viewer)),
        viewer=viewer,
        colleagues=_colleagues(session, setting) if viewer.role is Role.LEAD else [],
        last_move=_last_move(session, setting),
        decisions=decisions_about(session, viewer, [assessment_id]).get(assessment_id, []),
    )


def _colleagues(session: Session, setting: Setting) -> list[Colleague]:
    """Those who were given sections, by the names that the organisation knows."""
    query = (
        select(Membership.id, Assignment.section_key)
        .join(Assignment, Assignment.membership_id == Membership.id)
        .where(
            Assignment.assessment_id == setting.assessment.id,
            Assignment.withdrawn_at.is_(None),
            Assignment.section_key != "",
            Membership.organisation_id == setting.assessment.organisation_id,
            held_on(clock.today()),
        )
    )
    given = session.execute(query).all()
    names = known_as(session, setting.assessment.organisation_id) if given else {}
    found = [Colleague(names[held].name, key) for held, key in given]
    return sorted(found, key=lambda colleague: colleague.name)


def _last_move(session: Session, setting: Setting) -> SentBack | None:
    """The latest move that changed the status."""
    query = (
        select(Move.action, Move.comment, func.coalesce(Person.name, ""), Move.at)
        .outerjoin(Person, Person.id == Move.person_id)
        .where(Move.assessment_id == setting.assessment.id, Move.status_before != Move.status_after)
        .order_by(Move.id.desc())
        .limit(1)
    )
    row = session.execute(query).one_or_none()
    return SentBack(*row) if row else None
