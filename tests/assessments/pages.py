"""What a browser sends to the pages of an assessment, and what it finds there."""

from sqlalchemy import select

from auditapp.assessments.models import Answer, AnswerRevision


def fields(key="c1", **typed):
    wanted = {"grade": "met", "commentary": "We do this.", "based_on": "0", "save_id": f"id-{key}"}
    return {f"{key}-{name}": value for name, value in (wanted | typed).items()}


def section(assessment, key="culture"):
    return f"/assessments/{assessment.ref}/sections/{key}"


def latest(session, assessment, key="c1"):
    query = (
        select(AnswerRevision)
        .join(Answer, Answer.id == AnswerRevision.answer_id)
        .where(Answer.assessment_id == assessment.id, Answer.question_key == key)
        .order_by(AnswerRevision.number.desc())
        .limit(1)
    )
    session.rollback()  # an open session reads an old picture
    return session.scalars(query).one_or_none()
