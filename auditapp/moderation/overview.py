"""One submission as the panel finds it: every standard with what this viewer may know of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from auditapp.assessments.models import Assessment
from auditapp.moderation.marks import own_marks
from auditapp.moderation.members import Member
from auditapp.moderation.queries import Submission, submission_of
from auditapp.moderation.reading import Reading, reading_of
from auditapp.moderation.settlement import Standing
from auditapp.moderation.standings import members_reading, standings_of
from auditapp.policy.roles import Role, Viewer
from auditapp.questionnaires.schema import Section


@dataclass(frozen=True, kw_only=True)
class Part:
    """A section with its standards; each with a standing once the grades are revealed."""

    number: str
    section: Section
    rows: tuple[tuple[Reading, Standing | None], ...]

    @property
    def marked(self) -> int:
        return sum(reading.mark is not None for reading, _ in self.rows)

    @property
    def left(self) -> int:
        return len(self.rows) - self.marked


@dataclass(frozen=True, kw_only=True)
class AssessmentPage:
    """`members` is empty for a member of the panel before the reveal: marking is blind."""

    submission: Submission
    parts: tuple[Part, ...]
    members: tuple[Member, ...]

    @property
    def asked(self) -> int:
        return len(self.submission.answers)

    @property
    def marked(self) -> int:
        return sum(part.marked for part in self.parts)

    @property
    def next_mark(self) -> tuple[Section, Reading] | None:
        """The first standard that the viewer has not marked."""
        for part in self.parts:
            for reading, _ in part.rows:
                if reading.mark is None:
                    return part.section, reading
        return None

    @property
    def reading(self) -> tuple[Member, ...]:
        return tuple(member for member in self.members if member.counts)

    @property
    def members_done(self) -> int:
        return sum(member.marked == self.asked for member in self.reading)

    @property
    def linked_since(self) -> tuple[Member, ...]:
        """Members who marked it and have a conflict of interest now: what they gave is set aside."""
        return tuple(member for member in self.members if member.linked and member.marked)

    @property
    def to_settle(self) -> int:
        standings = [standing for part in self.parts for _, standing in part.rows if standing]
        return sum(standing.needs_settling for standing in standings)


def assessment_page(session: Session, viewer: Viewer, assessment: Assessment) -> AssessmentPage:
    """The page for one who reads from outside the organisation."""
    submission = submission_of(session, viewer, assessment)
    marks = own_marks(session, viewer, submission) if viewer.role is Role.PANEL_MEMBER else {}
    may_know = submission.is_revealed or viewer.role is Role.PANEL_CHAIR
    members = members_reading(session, submission) if may_know else []
    standings: Sequence[Standing] = ()
    if submission.is_revealed:
        standings = standings_of(session, submission, members)
    by_answer = {standing.answer_id: standing for standing in standings}
    return AssessmentPage(
        submission=submission,
        parts=tuple(
            Part(
                number=submission.asked.section_number(section.key),
                section=section,
                rows=tuple(
                    (reading_of(submission, answer, marks.get(answer.id)), by_answer.get(answer.id))
                    for answer in submission.answers
                    if submission.asked.section_of(answer.question_key) is section
                ),
            )
            for section in submission.asked.sections
        ),
        members=tuple(members),
    )
