"""Answers, and what hangs on them, as pages show them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from auditapp.accounts.models import Person
from auditapp.assessments.models import Answer, AnswerRevision, Citation
from auditapp.assessments.rules import Content
from auditapp.assessments.standing import content_of
from auditapp.evidence.models import EvidenceItem
from auditapp.evidence.queries import Card


@dataclass(frozen=True)
class AnswerNow:
    """The latest revision of an answer, and who saved it when."""

    content: Content
    number: int
    saved_at: datetime
    author_id: int
    author: str


@dataclass(frozen=True)
class Cited:
    """An item that an answer cites, and where in it to look."""

    ref: str
    pointer: str
    card: Card
    item: EvidenceItem


def answers_of(session: Session, assessment_id: int) -> dict[str, AnswerNow]:
    """Question key -> the answer as it stands. Not answered is not there."""
    query = (
        select(Answer.question_key, AnswerRevision, Person.name)
        .join(
            AnswerRevision,
            and_(AnswerRevision.answer_id == Answer.id, AnswerRevision.number == Answer.number),
        )
        .join(Person, Person.id == AnswerRevision.author_id)
        .where(Answer.assessment_id == assessment_id, Answer.instance == "")
    )
    return {
        key: AnswerNow(
            content_of(revision), revision.number, revision.saved_at, revision.author_id, name
        )
        for key, revision, name in session.execute(query)
    }


def revisions_at(
    session: Session, assessment_id: int, based_on: Iterable[tuple[str, int]]
) -> dict[str, Content]:
    """Question key -> what that revision of it said; one statement for a page of answers."""
    wanted = dict(based_on)
    query = (
        select(Answer.question_key, AnswerRevision)
        .join(AnswerRevision, AnswerRevision.answer_id == Answer.id)
        .where(
            Answer.assessment_id == assessment_id,
            Answer.instance == "",
            Answer.question_key.in_(wanted),
            AnswerRevision.number.in_(set(wanted.values())),
        )
    )
    return {
        key: content_of(revision)
        for key, revision in session.execute(query)
        if revision.number == wanted[key]
    }


def versions_of(
    session: Session, assessment_id: int, question_key: str
) -> list[tuple[AnswerRevision, str]]:
    """Every saved version of an answer with its author's name, the latest first."""
    query = (
        select(AnswerRevision, Person.name)
        .join(Answer, Answer.id == AnswerRevision.answer_id)
        .join(Person, Person.id == AnswerRevision.author_id)
        .where(
            Answer.assessment_id == assessment_id,
            Answer.question_key == question_key,
            Answer.instance == "",
        )
        .order_by(AnswerRevision.number.desc())
    )
    return [(revision, name) for revision, name in session.execute(query)]


def citations_of(session: Session, assessment_id: int) -> dict[str, list[Cited]]:
    """Question key -> the items it cites, in the order they were cited."""
    query = (
        select(Citation, EvidenceItem)
        .join(EvidenceItem, EvidenceItem.id == Citation.evidence_item_id)
        .where(Citation.assessment_id == assessment_id, Citation.removed_at.is_(None))
        .order_by(Citation.id)
    )
    cited: dict[str, list[Cited]] = defaultdict(list)
    for citation, item in session.execute(query):
        cited[citation.question_key].append(
            Cited(citation.ref, citation.pointer, Card.of(item), item)
        )
    return dict(cited)
