"""The setting of an assessment: whose it is, in which round, and what it is asked."""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, lazyload

from auditapp.assessments.models import Assessment
from auditapp.assessments.rules import is_late, last_day, read_only_reason
from auditapp.core import clock
from auditapp.core.errors import NOT_FOUND, Missing
from auditapp.organisations.models import Organisation, Registration
from auditapp.organisations.types import Duty, duty_words
from auditapp.policy.permissions import Permission, may
from auditapp.policy.roles import Role, Viewer
from auditapp.policy.scope import visible
from auditapp.policy.states import OPEN_TO_ANSWERS, OUTSIDE_BASE, SUBMITTED_STATES, Status
from auditapp.questionnaires.library import questionnaire_of
from auditapp.questionnaires.schema import Asked, Section
from auditapp.rounds.models import Round, RoundState

# Who signs, by kind of organisation, as pages call them after "the" or "your".
SIGNATORY_WORDS = {
    "school": "head teacher",
    "college": "principal",
    "early-years": "manager",
}


@dataclass(frozen=True)
class SectionSubject:
    """One section of an assessment, for permissions that contributors hold section by section."""

    id: int
    organisation_id: int
    round_id: int
    status: Status
    section_key: str
    partnership_ids: frozenset[int] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Setting:
    """An assessment with its round, its registration and what the two make of the questionnaire."""

    assessment: Assessment
    round: Round
    registration: Registration
    organisation_name: str
    asked: Asked

    @property
    def status(self) -> Status:
        return Status(self.assessment.status)

    @property
    def duty(self) -> Duty:
        return duty_words(self.duty_key, self.registration.type)

    @property
    def duty_key(self) -> str:
        return self.round.duty_key(self.registration.duty)

    @property
    def title(self) -> str:
        """ "Section 175 assessment 2026"."""
        return self.round.assessment_title(self.duty)

    @property
    def round_beside(self) -> str:
        """The round's title, to stand beside the assessment's; empty where that is the same."""
        return "" if self.title == self.round.title else self.round.title

    @property
    def signatory(self) -> str:
        return SIGNATORY_WORDS.get(self.registration.kind, "chief officer")

    @property
    def due_on(self) -> date:
        return self.assessment.due_on or self.round.due_on

    @property
    def last_day(self) -> date:
        return last_day(self.round.final_on, self.assessment.due_on)

    @property
    def has_closed(self) -> bool:
        """Whether the partnership closed the round on a draft: it is kept, and cannot be sent."""
        draft = self.status not in SUBMITTED_STATES | OUTSIDE_BASE
        return draft and self.round.state is RoundState.CLOSED

    @property
    def is_late(self) -> bool:
        """Whether the round ended on a draft, by its last day or by being closed."""
        return self.has_closed or is_late(
            self.status, self.round.final_on, self.assessment.due_on, clock.now()
        )

    @property
    def is_past_last_day(self) -> bool:
        """Whether its last day went by on a draft that nobody signs yet, in a round that is still
        open: it can be sent once the business unit has given more time."""
        draft = self.status is not Status.AWAITING_SIGN_OFF
        return draft and self.is_late and not self.has_closed

    @property
    def is_submitted(self) -> bool:
        return self.status in SUBMITTED_STATES

    @property
    def was_submitted(self) -> bool:
        """Whether there is a submission to read; opening the assessment again leaves it."""
        return self.assessment.snapshot_number > 0

    @property
    def needs_signature(self) -> bool:
        return self.round.needs_signature

    @property
    def read_only_reason(self) -> str:
        """Why nobody may write now; empty while somebody may."""
        if self.status in OPEN_TO_ANSWERS:
            return ""
        return read_only_reason(self.status, self.assessment.sent_at, self.signatory)

    def subject_of(self, section_key: str) -> SectionSubject:
        row = self.assessment
        return SectionSubject(row.id, row.organisation_id, row.round_id, self.status, section_key)

    def section_key_of(self, question_key: str) -> str:
        """The section of a standard. Raises `Missing` if it is not asked here."""
        try:
            return self.asked.section_of(question_key).key
        except KeyError:
            raise Missing(NOT_FOUND) from None

    def may_edit(self, viewer: Viewer, section_key: str) -> bool:
        allowed = may(viewer, Permission.EDIT_ANSWERS, self.subject_of(section_key))
        return allowed and not self.read_only_reason

    def shows_feedback(self, viewer: Viewer) -> bool:
        """Whether there is feedback that the viewer may read, on this submission or an earlier."""
        return may(viewer, Permission.READ_FEEDBACK, self.assessment)

    def sections_for(self, viewer: Viewer) -> tuple[Section, ...]:
        """The sections whose answers the viewer may read: a contributor's are those given."""
        if viewer.role is not Role.CONTRIBUTOR:
            return self.asked.sections
        given = {
            key for assessment_id, key in viewer.sections if assessment_id == self.assessment.id
        }
        return tuple(section for section in self.asked.sections if section.key in given)


def settings_query() -> Select[Assessment, Round, Registration, str]:
    """Assessments with what is needed of their round and place; one statement, no lazy loads."""
    return (
        select(Assessment, Round, Registration, Organisation.name)
        .join(Round, Round.id == Assessment.round_id)
        .join(Registration, Registration.id == Assessment.registration_id)
        .join(Organisation, Organisation.id == Assessment.organisation_id)
        .options(lazyload(Assessment.shared_with), lazyload(Round.partnerships))
    )


def setting_of(session: Session, viewer: Viewer, ref: str) -> Setting:
    """The assessment `ref` in its setting.

    Raises:
        Missing: there is none, or not for this viewer.
    """
    query = visible(settings_query().where(Assessment.ref == ref), viewer)
    row = session.execute(query).one_or_none()
    if row is None:
        raise Missing(NOT_FOUND)
    return in_setting(session, *row)


def settings_of(session: Session, viewer: Viewer) -> list[Setting]:
    """All that the viewer may see, of the latest round first."""
    query = settings_query().order_by(Round.opens_on.desc(), Assessment.id.desc())
    return [in_setting(session, *row) for row in session.execute(visible(query, viewer))]


def in_setting(
    session: Session, assessment: Assessment, round_: Round, registration: Registration, name: str
) -> Setting:
    questionnaire = questionnaire_of(session, round_.questionnaire_version_id)
    asked = Asked(questionnaire, registration.facts, round_.asked_keys)
    return Setting(assessment, round_, registration, name, asked)
