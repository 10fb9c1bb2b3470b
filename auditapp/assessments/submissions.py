"""What was submitted, as those who may read it see it."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from auditapp.accounts.models import Person
from auditapp.assessments.counted import Counted
from auditapp.assessments.models import Snapshot, SnapshotAnswer, SnapshotCitation
from auditapp.assessments.rules import Content
from auditapp.assessments.setting import Setting, setting_of
from auditapp.assessments.standing import content_from
from auditapp.core.errors import NOT_FOUND, Missing
from auditapp.evidence.models import Blob
from auditapp.evidence.rules import KINDS
from auditapp.organisations.types import Duty, duty_words
from auditapp.policy.permissions import Permission, require
from auditapp.policy.roles import Role, Viewer
from auditapp.policy.scope import visible
from auditapp.questionnaires.questions import Question
from auditapp.questionnaires.scales import Scale
from auditapp.questionnaires.schema import Asked, Section
from auditapp.questionnaires.values import Shown, shown_of


@dataclass(frozen=True)
class SubmittedCitation:
    """An item as it was cited: `url` for a link, none for a file."""

    ref: str
    kind: str
    title: str
    pointer: str
    url: str | None


@dataclass(frozen=True)
class SubmittedLine:
    """One standard of a submission; blank where nothing was answered."""

    number: str
    section_key: str
    question: Question
    scale: Scale | None  # None where it takes another answer than a grade
    content: Content
    shown: list[Shown]  # the answer in print, where it is no grade
    citations: list[SubmittedCitation]

    @property
    def label(self) -> str:
        return f"{self.number} {self.question.title}"


@dataclass(frozen=True)
class Submission(Counted):
    """The latest submission of an assessment. Its numbers and its duty are those of its day."""

    setting: Setting
    snapshot: Snapshot
    signed_by: str
    sections: list[tuple[str, Section, list[SubmittedLine]]]

    @property
    def lines(self) -> list[SubmittedLine]:
        return [line for _, _, lines in self.sections for line in lines]

    @property
    def duty(self) -> Duty:
        return duty_words(self.snapshot.duty, self.snapshot.type)

    @property
    def title(self) -> str:
        return self.setting.round.assessment_title(self.duty)

    @property
    def scales(self) -> tuple[Scale, ...]:
        return self.setting.asked.questionnaire.scales

    @property
    def cited(self) -> int:
        return sum(len(line.citations) for line in self.lines)


def submission_of(session: Session, viewer: Viewer, ref: str) -> Submission:
    """The latest submission of the assessment `ref`: four statements.

    A contributor reads the sections given to them.

    Raises:
        Missing: there is none, or not for this viewer.
        NotAllowed: the viewer may see that the assessment is there, not what was submitted.
    """
    setting = setting_of(session, viewer, ref)
    require(viewer, Permission.READ_SNAPSHOT, setting.assessment)
    snapshot, signed_by = _snapshot(session, setting)
    query = select(SnapshotAnswer).where(SnapshotAnswer.snapshot_id == snapshot.id)
    rows = {row.question_key: row for row in session.scalars(visible(query, viewer))}
    cited = _cited(session, snapshot)
    sections = _sections(setting, rows, cited, snapshot.variant)
    if viewer.role is Role.CONTRIBUTOR:
        given = {section.key for section in setting.sections_for(viewer)}
        sections = [part for part in sections if part[1].key in given]
    return Submission(setting, snapshot, signed_by, sections)


def cited_file(session: Session, viewer: Viewer, ref: str) -> tuple[SnapshotCitation, Blob | None]:
    """An item of a submission that the viewer may read, with its content.

    Raises:
        Missing: there is none, or not for this viewer.
    """
    query = (
        select(SnapshotAnswer, SnapshotCitation, Blob)
        .join(SnapshotCitation, SnapshotCitation.snapshot_answer_id == SnapshotAnswer.id)
        .outerjoin(Blob, Blob.id == SnapshotCitation.blob_id)
        .where(SnapshotCitation.ref == ref)
    )
    row = session.execute(visible(query, viewer)).one_or_none()
    if row is None:
        raise Missing(NOT_FOUND)
    answer, citation, blob = row
    setting = setting_of(session, viewer, answer.assessment.ref)
    require(viewer, Permission.READ_SNAPSHOT, setting.assessment)
    if viewer.role is Role.CONTRIBUTOR:
        section_key = setting.section_key_of(answer.question_key)
        if section_key not in {section.key for section in setting.sections_for(viewer)}:
            raise Missing(NOT_FOUND)
    return citation, blob


def _snapshot(session: Session, setting: Setting) -> tuple[Snapshot, str]:
    query = (
        select(Snapshot, Person.name)
        .outerjoin(Person, Person.id == Snapshot.signed_by)
        .where(
            Snapshot.assessment_id == setting.assessment.id,
            Snapshot.number == setting.assessment.snapshot_number,
        )
    )
    row = session.execute(query).one_or_none()
    if row is None:
        raise Missing(NOT_FOUND)
    return row[0], row[1] or ""


def _cited(session: Session, snapshot: Snapshot) -> dict[int, list[SubmittedCitation]]:
    """Id of the submitted answer -> its items."""
    query = (
        select(SnapshotCitation, Blob.media_type)
        .join(SnapshotAnswer, SnapshotAnswer.id == SnapshotCitation.snapshot_answer_id)
        .outerjoin(Blob, Blob.id == SnapshotCitation.blob_id)
        .where(SnapshotAnswer.snapshot_id == snapshot.id)
        .order_by(SnapshotCitation.id)
    )
    found: dict[int, list[SubmittedCitation]] = {}
    for row, media_type in session.execute(query):
        kind = KINDS.get(media_type, "FILE") if media_type else "LINK"
        citation = SubmittedCitation(row.ref, kind, row.title, row.pointer, row.url)
        found.setdefault(row.snapshot_answer_id, []).append(citation)
    return found


def _sections(
    setting: Setting,
    rows: dict[str, SnapshotAnswer],
    cited: dict[int, list[SubmittedCitation]],
    variant: str,
) -> list[tuple[str, Section, list[SubmittedLine]]]:
    """The sections as they were asked that day: those that the submission's rows are of."""
    numbers = {key: row.number for key, row in rows.items()}
    asked = Asked.numbered(setting.asked.questionnaire, numbers, variant)
    kept = []
    for section in asked.sections:
        lines = [
            SubmittedLine(
                number=asked.number_of(question.key),
                section_key=section.key,
                question=question,
                scale=asked.scale_for(question),
                content=(content := _content(rows[question.key])),
                shown=shown_of(question.answer, content.value, setting.round.due_on),
                citations=cited.get(rows[question.key].id, []),
            )
            for question in section.questions
        ]
        kept.append((asked.section_number(section.key), section, lines))
    return kept


def _content(row: SnapshotAnswer) -> Content:
    return content_from(row.value, row.grade_key, row.not_applicable_reason)
