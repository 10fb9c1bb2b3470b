"""Saving an answer: never over what someone else saved, and never twice."""

from dataclasses import dataclass, replace
from typing import ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from auditapp.accounts.models import Person
from auditapp.accounts.queries import refreshed
from auditapp.actions.rules import check_planned
from auditapp.actions.service import About, keep_plan
from auditapp.assessments import rules
from auditapp.assessments.lifecycle import Action
from auditapp.assessments.models import Address, Answer, AnswerRevision, Assessment
from auditapp.assessments.moving import enter
from auditapp.assessments.queries import answers_of
from auditapp.assessments.rules import AnswerView, Basis, Content
from auditapp.assessments.saving import AnswerStale, Conflict, Saved, Saving
from auditapp.assessments.setting import Setting, in_setting, settings_query
from auditapp.assessments.standing import (
    Standing,
    content_of,
    numeric_of,
    revision_numbered,
    standing_of,
    value_of,
)
from auditapp.core import clock
from auditapp.core.errors import NOT_FOUND, Missing, Stale
from auditapp.core.events import Audience, Happening, record
from auditapp.policy.permissions import Permission, require
from auditapp.policy.roles import Viewer
from auditapp.policy.scope import visible
from auditapp.policy.states import Status


@dataclass(frozen=True, kw_only=True)
class AnswerSaved(Happening):
    kind: ClassVar[str] = "answer-saved"
    audience: ClassVar[Audience] = Audience.ORGANISATION

    assessment_id: int
    question_key: str
    instance: str
    revision: int
    grade_before: str | None
    grade_after: str | None
    status_before: str
    status_after: str
    action_revision: int | None


def save_answer(session: Session, viewer: Viewer, at: Address, saving: Saving) -> Saved:
    """Keep what was typed as a new revision of the answer, and record it.

    Earlier revisions stay. A save that changes nothing since the revision it was based on keeps
    none. The first save begins the assessment. After the last day a draft is kept, and said to be
    late. Call it inside a `transaction`: the assessment is locked here, first.

    Raises:
        Missing, NotAllowed: the viewer may not see the answer, or not write it, any more.
        WrongState: the assessment is not open to answers.
        AnswerStale: the answer was saved since `based_on`.
        RuleBroken: no such grade, a long text, or an action's date that has passed.
        EntriesBroken: boxes that cannot be read.

    Source: docs/policy/answers.md.
    """
    setting = locked(session, viewer, at.assessment_ref)
    viewer = refreshed(session, viewer)
    section_key = setting.section_key_of(at.question_key)
    require(viewer, Permission.EDIT_ANSWERS, setting.subject_of(section_key))
    standing = standing_of(session, setting.assessment.id, at, saving.save_id)
    basis = setting.asked.basis_of(at.question_key)
    if standing.replayed is not None:
        return _saved(setting, basis, standing, standing.replayed, kept=True)
    content = saving.content_on(basis)
    _check_state(setting)
    if unchanged := _unchanged(session, standing, content, saving.based_on):
        number, revision = unchanged
        return _saved(setting, basis, standing, revision, kept=False, number=number)
    _check_revision(session, viewer, section_key, standing, saving.based_on)
    _check_values(basis, content, standing.content)
    return _keep(session, viewer, setting, at, saving, content, standing)


def locked(session: Session, viewer: Viewer, ref: str) -> Setting:
    """The assessment, locked to the end of the transaction, in its setting.

    What is joined to it was settled when its round opened, so that an older row says the same.

    Raises:
        Missing: there is none, or not for this viewer.
    """
    query = visible(settings_query().where(Assessment.ref == ref), viewer)
    row = session.execute(
        query.with_for_update(of=Assessment), execution_options={"populate_existing": True}
    ).one_or_none()
    if row is None:
        raise Missing(NOT_FOUND)
    return in_setting(session, *row)


def _check_state(setting: Setting) -> None:
    rules.check_open_to_answers(setting.status, setting.assessment.sent_at, setting.signatory)


def _unchanged(
    session: Session, standing: Standing, content: Content, based_on: int | None
) -> tuple[int, AnswerRevision | None] | None:
    """The revision that says the same already: the current one, or the one it was based on.

    Whoever changed nothing since an old revision goes on from that one: told the current number,
    their next save would be put over words they never saw.
    """
    if content == standing.content:
        return standing.number, standing.current
    if based_on is not None and 0 <= based_on < standing.number:
        older = revision_numbered(session, standing, based_on)
        if content == content_of(older):
            return based_on, older
    return None


def _check_revision(
    session: Session, viewer: Viewer, section_key: str, standing: Standing, based_on: int | None
) -> None:
    try:
        rules.check_based_on(standing.number, based_on)
    except Stale as stale:
        current = standing.current
        author_id = current.author_id if current else 0
        conflict = Conflict(
            section_key,
            standing.number,
            standing.content,
            who=session.scalar(select(Person.name).where(Person.id == author_id)) or "Someone",
            saved_at=current.saved_at if current else None,
            is_own=author_id == viewer.person_id,
        )
        raise AnswerStale(stale.message, conflict) from None


def _check_values(basis: Basis, content: Content, before: Content) -> None:
    rules.check_grade(basis, content.grade)
    rules.check_applies(basis, content)
    rules.check_not_applicable(content)
    rules.check_words(content)
    check_planned(content.planned, before.planned, clock.today())


def _keep(
    session: Session,
    viewer: Viewer,
    setting: Setting,
    at: Address,
    saving: Saving,
    content: Content,
    standing: Standing,
) -> Saved:
    status_before, grade_before = setting.status, standing.content.grade
    basis = setting.asked.basis_of(at.question_key)
    if status_before is Status.NOT_STARTED:
        enter(session, setting.assessment, Action.START, person_id=viewer.person_id)
    head = _head(session, setting, at, standing)
    head.number += 1
    head.grade_key, head.not_applicable_reason = content.grade, content.reason
    head.numeric_value = numeric = numeric_of(basis, content)
    session.flush()
    revision = AnswerRevision(
        answer_id=head.id,
        number=head.number,
        save_id=saving.save_id,
        value=value_of(content),
        grade_key=content.grade,
        numeric_value=numeric,
        not_applicable_reason=content.reason,
        author_id=viewer.person_id,
    )
    session.add(revision)
    session.flush()
    action = _plan(session, viewer, setting, at, content, standing.content)
    saved = AnswerSaved(
        partnership_id=setting.round.partnership_id,
        organisation_id=setting.assessment.organisation_id,
        round_id=setting.round.id,
        assessment_id=setting.assessment.id,
        question_key=at.question_key,
        instance=at.instance,
        revision=head.number,
        grade_before=grade_before,
        grade_after=content.grade,
        status_before=status_before.value,
        status_after=setting.status.value,
        action_revision=action,
    )
    record(session, saved, actor_id=viewer.person_id)
    came = _saved(setting, basis, standing, revision, kept=True)
    return replace(came, asked=_asked_now(session, setting, at))


def _asked_now(session: Session, setting: Setting, at: Address) -> tuple[str, ...] | None:
    if at.question_key not in setting.asked.deciding:
        return None
    answers = answers_of(session, setting.assessment.id)
    said = {key: answer.content.said for key, answer in answers.items()}
    return setting.asked.shown_for(said).keys


def _head(session: Session, setting: Setting, at: Address, standing: Standing) -> Answer:
    if standing.head is not None:
        return standing.head
    head = Answer(
        assessment_id=setting.assessment.id,
        question_key=at.question_key,
        instance=at.instance,
        number=0,
    )
    session.add(head)
    return head


def _plan(
    session: Session,
    viewer: Viewer,
    setting: Setting,
    at: Address,
    content: Content,
    before: Content,
) -> int | None:
    """Keep the action that the answer now plans; a grade that asks for none leaves it as it is."""
    if content.planned == before.planned or not content.planned:
        return None
    about = About(setting.assessment.organisation_id, setting.assessment.id, at.question_key)
    action = keep_plan(session, about, content.planned, author_id=viewer.person_id)
    return action.number if action else None


def _saved(
    setting: Setting,
    basis: Basis,
    standing: Standing,
    revision: AnswerRevision | None,
    *,
    kept: bool,
    number: int | None = None,
) -> Saved:
    view = AnswerView(
        content=content_of(revision), cited=standing.cited, action_done=standing.action_done
    )
    today = clock.today()
    return Saved(
        revision=revision.number if revision else number or 0,
        saved_at=revision.saved_at if revision else clock.now(),
        state=rules.state_of(basis, view, today),
        needs=rules.in_brief(rules.needs_of(basis, view, today)),
        late=setting.is_late,
        kept=kept,
    )
