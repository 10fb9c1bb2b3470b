"""Answers of the invented organisations, written many at a time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from sqlalchemy.orm import Session

from auditapp.actions.rules import Planned
from auditapp.actions.service import About, keep_plan
from auditapp.assessments.models import Answer, AnswerRevision, Assessment, Citation
from auditapp.assessments.rules import Content
from auditapp.assessments.standing import value_of
from auditapp.core import clock
from auditapp.demo import words
from auditapp.demo.grading import Choice, choose
from auditapp.demo.places import Place
from auditapp.evidence.models import EvidenceItem
from auditapp.policy.states import Status
from auditapp.questionnaires.questions import Question
from auditapp.questionnaires.schema import Asked

LIBRARY_SIZE = 9  # documents that an organisation cites over and over


@dataclass(frozen=True)
class Author:
    """Who writes for whom in which round."""

    place: Place
    person_id: int
    period: str


def stock_library(session: Session, author: Author) -> list[EvidenceItem]:
    """The documents an organisation holds, as links: the demonstration needs no files."""
    dice = Random(f"{author.place.slug} library")
    seeds = (dice.randrange(10_000) for _ in range(LIBRARY_SIZE))
    known = {words.title_in(words.evidence_title(seed)[0], clock.today().year) for seed in seeds}
    items = [
        EvidenceItem(
            organisation_id=author.place.organisation.id,
            title=title,
            url=f"https://{author.place.slug}.example/{'-'.join(title.lower().split())}",
            owner="DSL",
            review_on=clock.today() + timedelta(days=dice.randint(-60, 500)),
            added_by=author.person_id,
        )
        for title in sorted(known)
    ]
    session.add_all(items)
    session.flush()
    return items


def fill(
    session: Session,
    author: Author,
    assessment: Assessment,
    asked: Asked,
    items: list[EvidenceItem],
    *,
    share: float = 1.0,
) -> None:
    """Answer the first `share` of what is asked, each answer with one revision."""
    graded = asked.graded.keys
    keys = graded[: round(share * len(graded))]
    chosen = {key: _choice(author, asked, key) for key in keys}
    answers = [_answer(assessment, asked, key, choice) for key, choice in chosen.items()]
    session.add_all(answers)
    assessment.status = Status.IN_PROGRESS
    assessment.started_at = clock.now()
    assessment.last_place = keys[-1] if keys else ""
    session.flush()
    plans = {key: _planned(assessment, asked, key) for key in keys if _is_gap(asked, key, chosen)}
    for answer in answers:
        question = asked.question(answer.question_key)
        choice = chosen[answer.question_key]
        planned = plans.get(question.key, Planned())
        session.add(_revision(author, answer, asked, question, choice, planned))
        session.add_all(_citations(author, assessment, question, choice, items))
    for key, planned in plans.items():
        about = About(author.place.organisation.id, assessment.id, key)
        keep_plan(session, about, planned, author_id=author.person_id)


def _choice(author: Author, asked: Asked, key: str) -> Choice:
    section, scale = asked.section_of(key).key, asked.scale_of(key)
    return choose(author.period, author.place.slug, section, asked.question(key), scale)


def _answer(assessment: Assessment, asked: Asked, key: str, choice: Choice) -> Answer:
    reason = None if choice.grade_key else words.not_applicable_reason(_seed(assessment, key))
    return Answer(
        assessment_id=assessment.id,
        question_key=key,
        number=1,
        grade_key=choice.grade_key,
        not_applicable_reason=reason,
    )


def _is_gap(asked: Asked, key: str, chosen: dict[str, Choice]) -> bool:
    return chosen[key].grade_key in asked.scale_of(key).gaps


def _planned(assessment: Assessment, asked: Asked, key: str) -> Planned:
    seed = _seed(assessment, key)
    what, owner = words.action(asked.question(key).title, seed)
    return Planned(what=what, owner=owner, due=clock.today() + timedelta(days=seed % 200 + 30))


def _revision(
    author: Author,
    answer: Answer,
    asked: Asked,
    question: Question,
    choice: Choice,
    planned: Planned,
) -> AnswerRevision:
    seed = Random(f"{author.place.slug} {question.key}").randrange(10**6)
    of = len(asked.scale_of(question.key).keys)
    graded = choice.grade_key is not None
    commentary = words.commentary(question.title, choice.rank, of, seed) if graded else ""
    shown = graded and choice.rank >= of // 2
    content = Content(
        grade=choice.grade_key,
        reason=answer.not_applicable_reason,
        commentary=commentary,
        impact=(words.impact(seed, question.title) or "") if shown else "",
        planned=planned,
    )
    return AnswerRevision(
        answer_id=answer.id,
        number=1,
        save_id=f"demo-{answer.id}",
        value=value_of(content),
        grade_key=answer.grade_key,
        not_applicable_reason=answer.not_applicable_reason,
        author_id=author.person_id,
    )


def _citations(
    author: Author,
    assessment: Assessment,
    question: Question,
    choice: Choice,
    items: list[EvidenceItem],
) -> Iterable[Citation]:
    dice = Random(f"{author.period} {author.place.slug} {question.key} cited")
    wanted = dice.choice((1, 1, 2)) if choice.rank >= 1 else 0
    for item in dice.sample(items, min(wanted, len(items))):
        yield Citation(
            assessment_id=assessment.id,
            question_key=question.key,
            evidence_item_id=item.id,
            pointer=words.evidence_title(dice.randrange(10_000))[1],
            cited_by=author.person_id,
        )


def _seed(assessment: Assessment, key: str) -> int:
    return Random(f"{assessment.organisation_id} {key}").randrange(10**6)
