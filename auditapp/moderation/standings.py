"""Where every standard of a submission stands between the members' marks and a settled grade."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from auditapp.moderation.marks import revealed_marks, settled_grades
from auditapp.moderation.members import Member, Place, members_of
from auditapp.moderation.queries import Case, Submission
from auditapp.moderation.settlement import Standing


def members_reading(session: Session, case: Case) -> list[Member]:
    """The round's panel members with their part in this assessment: those given it, and those
    who marked it once."""
    assessment = case.assessment
    place = Place(assessment.organisation_id, case.snapshot.id)
    members = members_of(session, assessment.round_id, {assessment.id: place})[assessment.id]
    return [member for member in members if member.given or member.marked]


def standings_of(
    session: Session, submission: Submission, members: Sequence[Member]
) -> list[Standing]:
    """One standing for each standard asked, in order. Without marks before the reveal."""
    marks = revealed_marks(session, submission)
    settled = settled_grades(session, submission)
    counting = {member.person_id for member in members if member.counts}
    standings = []
    for answer in submission.answers:
        given = marks.get(answer.id, [])
        standings.append(
            Standing(
                answer_id=answer.id,
                question_key=answer.question_key,
                label=submission.label(answer),
                scale=submission.scale(answer),
                self_grade=answer.grade_key,
                not_applicable=bool(answer.not_applicable_reason),
                marks=tuple(mark for mark in given if mark.member_id in counting),
                set_aside=tuple(mark for mark in given if mark.member_id not in counting),
                settled=settled.get(answer.id),
            )
        )
    return standings
