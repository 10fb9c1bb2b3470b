"""What a panel member reads: one section of a submission, one standard of it open."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from auditapp.actions.rules import Planned
from auditapp.assessments.models import Assessment, SnapshotAnswer, SnapshotCitation
from auditapp.core.errors import NOT_FOUND, Missing
from auditapp.moderation.marks import own_marks
from auditapp.moderation.queries import Submission, cited_by, earlier_grades, submission_of
from auditapp.moderation.settlement import Mark
from auditapp.policy.roles import Viewer
from auditapp.questionnaires.questions import Question
from auditapp.questionnaires.scales import Grade, Scale
from auditapp.questionnaires.schema import Section


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One submitted standard, and the viewer's own mark of it."""

    key: str
    number: str
    question: Question
    scale: Scale
    answer: SnapshotAnswer
    mark: Mark | None

    @property
    def label(self) -> str:
        return f"{self.number} {self.question.title}"

    @property
    def revision(self) -> int:
        """The mark's latest; 0: there is no mark yet."""
        return self.mark.number if self.mark else 0

    @property
    def self_grade(self) -> Grade | None:
        return self.scale.grade(self.answer.grade_key) if self.answer.grade_key else None

    @property
    def self_words(self) -> str:
        """ "partially met", "not applicable" or "not graded"."""
        if self.self_grade is not None:
            return self.self_grade.label.lower()
        return "not applicable" if self.answer.not_applicable_reason else "not graded"

    @property
    def mark_words(self) -> str:
        """The same of the viewer's own mark."""
        if self.mark is None:
            return "not marked"
        return (
            self.scale.grade(self.mark.grade).label.lower() if self.mark.grade else self.self_words
        )

    @property
    def planned(self) -> Planned:
        return Planned.from_json(self.answer.value.get("action"))

    @property
    def is_claim_without_evidence(self) -> bool:
        """A grade that is no gap, with nothing cited for it."""
        return (
            self.self_grade is not None
            and self.self_grade.key not in self.scale.gaps
            and not self.answer.citations
        )

    @property
    def is_gap_without_action(self) -> bool:
        grade = self.self_grade
        return grade is not None and "action" in grade.needs and not self.planned.what


@dataclass(frozen=True, kw_only=True)
class SectionPage:
    """`place` is where the open standard stands among `readings`; `moved` are the standards whose
    self-grade is another than in the submission before."""

    submission: Submission
    section: Section
    number: str
    readings: tuple[Reading, ...]
    place: int
    citations: Sequence[tuple[SnapshotCitation, str | None]]
    moved: tuple[Reading, ...]
    next_section: str | None

    @property
    def current(self) -> Reading:
        return self.readings[self.place]

    @property
    def previous(self) -> Reading | None:
        return self.readings[self.place - 1] if self.place else None

    @property
    def next(self) -> Reading | None:
        return self.readings[self.place + 1] if self.place + 1 < len(self.readings) else None

    @property
    def left(self) -> tuple[Reading, ...]:
        """Standards that the viewer has not marked."""
        return tuple(reading for reading in self.readings if reading.mark is None)

    @property
    def marked(self) -> int:
        return len(self.readings) - len(self.left)

    @property
    def onward(self) -> Reading | None:
        """The next standard without a mark, the one open left out: after it, or else before it."""
        after = [*self.readings[self.place + 1 :], *self.readings[: self.place]]
        return next((reading for reading in after if reading.mark is None), None)

    @property
    def left_words(self) -> str:
        return numbers_in_words([reading.number for reading in self.readings], self.left)

    @property
    def unproven(self) -> list[str]:
        return [one.number for one in self.readings if one.is_claim_without_evidence]

    @property
    def unplanned(self) -> list[str]:
        return [one.number for one in self.readings if one.is_gap_without_action]


def section_page(
    session: Session,
    viewer: Viewer,
    assessment: Assessment,
    section_key: str | None,
    question_key: str | None,
) -> SectionPage:
    """The section with that standard open; without one, the first that is not marked.

    `section_key` None finds the section of the standard. Five statements.

    Raises:
        Missing: the submission has no such section or standard.
    """
    submission = submission_of(session, viewer, assessment)
    section = _section(submission, section_key, question_key)
    readings = _readings(submission, section, own_marks(session, viewer, submission))
    place = _place(readings, question_key)
    earlier = earlier_grades(session, submission)
    sections = [one.key for one in submission.asked.sections]
    at = sections.index(section.key)
    return SectionPage(
        submission=submission,
        section=section,
        number=submission.asked.section_number(section.key),
        readings=readings,
        place=place,
        citations=cited_by(session, readings[place].answer),
        moved=tuple(
            one
            for one in readings
            if earlier.get(one.key, one.answer.grade_key) != one.answer.grade_key
        ),
        next_section=sections[at + 1] if at + 1 < len(sections) else None,
    )


def reading_of(submission: Submission, answer: SnapshotAnswer, mark: Mark | None) -> Reading:
    return Reading(
        key=answer.question_key,
        number=submission.asked.number_of(answer.question_key),
        question=submission.question(answer),
        scale=submission.scale(answer),
        answer=answer,
        mark=mark,
    )


def numbers_in_words(numbers: Sequence[str], chosen: Sequence[Reading]) -> str:
    """ "8.4 to 8.8" where they follow one another, else "8.4, 8.6 and 8.8"."""
    wanted = [reading.number for reading in chosen]
    if len(wanted) > 2:
        start = numbers.index(wanted[0])
        if list(numbers[start : start + len(wanted)]) == wanted:
            return f"{wanted[0]} to {wanted[-1]}"
    return " and ".join([", ".join(wanted[:-1]), wanted[-1]] if len(wanted) > 1 else wanted)


def _section(submission: Submission, section_key: str | None, question_key: str | None) -> Section:
    try:
        if section_key is None:
            return submission.asked.section_of(question_key or "")
        return submission.asked.section(section_key)
    except KeyError:
        raise Missing(NOT_FOUND) from None


def _readings(
    submission: Submission, section: Section, marks: dict[int, Mark]
) -> tuple[Reading, ...]:
    keys = {question.key for question in section.questions}
    return tuple(
        reading_of(submission, answer, marks.get(answer.id))
        for answer in submission.answers
        if answer.question_key in keys
    )


def _place(readings: Sequence[Reading], question_key: str | None) -> int:
    if question_key is None:
        unmarked = (at for at, reading in enumerate(readings) if reading.mark is None)
        return next(unmarked, 0)
    for at, reading in enumerate(readings):
        if reading.key == question_key:
            return at
    raise Missing(NOT_FOUND)
