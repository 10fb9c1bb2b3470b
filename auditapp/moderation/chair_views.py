"""Pages on which an assessment is given out, its marks revealed, its grades settled."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from auditapp.core.errors import RuleBroken, Stale
from auditapp.core.transactions import transaction
from auditapp.moderation import allocating, settling
from auditapp.moderation.forms import AGREE, AllocateForm, OneActForm, SettleForm
from auditapp.moderation.marks import feedback_of
from auditapp.moderation.members import Member, Place, members_of
from auditapp.moderation.pages import allowed, blueprint
from auditapp.moderation.queries import Case, Submission, case_of, cited_by, submission_of
from auditapp.moderation.reading import reading_of
from auditapp.moderation.rules import check_revealed
from auditapp.moderation.settlement import Standing, most_important_first
from auditapp.moderation.standings import members_reading, standings_of
from auditapp.policy.permissions import Permission
from auditapp.web.errors import show_on
from auditapp.web.fields import new_save_id


@blueprint.route("/assessments/<ref>/panel/allocate", methods=["GET", "POST"])
def allocate(ref: str) -> ResponseReturnValue:
    """Choose who of the panel reads it; the first time, that begins its moderation."""
    session, viewer, assessment = allowed(ref, Permission.ALLOCATE)
    case = case_of(session, assessment)
    form = AllocateForm.of(_panel(session, case))
    if form.validate_on_submit():
        chosen = form.members.data or []
        try:
            with transaction(session, locking=assessment):
                allocating.allocate(session, viewer, ref, chosen=chosen, based_on=form.shown)
        except RuleBroken as error:
            show_on(form, error)
        except Stale as error:
            flash(error.message, "warning")
            return redirect(url_for("moderation.allocate", ref=ref))
        else:
            flash("Given out. It is in their queue now.", "success")
            round_ref = case_of(session, assessment).round.ref
            return redirect(url_for("moderation.queue", round=round_ref))
    case = case_of(session, assessment)
    page = {"case": case, "members": _panel(session, case), "form": form}
    return render_template("moderation/allocate.html", **page), 422 if form.errors else 200


@blueprint.post("/assessments/<ref>/panel/reveal")
def reveal(ref: str) -> ResponseReturnValue:
    """Let the panel see one another's marks."""
    session, viewer, assessment = allowed(ref, Permission.REVEAL)
    with transaction(session, locking=assessment):
        settling.reveal(session, viewer, ref)
    return redirect(url_for("moderation.settle", ref=ref))


@blueprint.get("/assessments/<ref>/panel/settle")
def settle(ref: str) -> ResponseReturnValue:
    """Where the members differ, the widest first, and what they agree on."""
    session, viewer, assessment = allowed(ref, Permission.SETTLE)
    submission = submission_of(session, viewer, assessment)
    check_revealed(submission.is_revealed)
    return _settle_page(session, submission, OneActForm())


@blueprint.route("/assessments/<ref>/panel/settle/<question_key>", methods=["GET", "POST"])
def settle_answer(ref: str, question_key: str) -> ResponseReturnValue:
    """The members' marks of one standard beside what was submitted, and the chair's decision."""
    session, viewer, assessment = allowed(ref, Permission.SETTLE)
    submission = submission_of(session, viewer, assessment)
    check_revealed(submission.is_revealed)
    form = SettleForm.of(_standing(session, submission, question_key))
    if form.validate_on_submit():
        try:
            with transaction(session, locking=assessment):
                settling.settle_answer(session, viewer, ref, question_key, form.settling)
            return redirect(url_for("moderation.settle", ref=ref, _anchor="settle"))
        except RuleBroken as error:
            show_on(form, error)
        except Stale as error:
            submission = submission_of(session, viewer, assessment)
            return _settle_conflict(session, submission, question_key, form, error), 409
    page = _settle_form_page(session, submission_of(session, viewer, assessment), question_key)
    status = 422 if form.errors else 200
    return render_template("moderation/settle_answer.html", form=form, agree=AGREE, **page), status


@blueprint.post("/assessments/<ref>/panel/complete")
def complete(ref: str) -> ResponseReturnValue:
    """Settle what is agreed, close the moderation, and leave the letter to the business unit."""
    session, viewer, assessment = allowed(ref, Permission.COMPLETE_MODERATION)
    form = OneActForm()
    if form.validate_on_submit():
        try:
            with transaction(session, locking=assessment):
                settling.complete(session, viewer, ref, save_id=form.save_id.data or "")
        except RuleBroken as error:
            show_on(form, error)
        else:
            flash("The moderation is completed. The business unit releases the letter.", "success")
            return redirect(url_for("moderation.show_assessment", ref=ref))
    submission = submission_of(session, viewer, assessment)
    return _settle_page(session, submission, form), 422


def _panel(session: Session, case: Case) -> list[Member]:
    """The round's members with their part in this assessment."""
    assessment = case.assessment
    place = Place(assessment.organisation_id, case.snapshot.id)
    return members_of(session, assessment.round_id, {assessment.id: place})[assessment.id]


def _settle_page(session: Session, submission: Submission, form: OneActForm) -> str:
    members = members_reading(session, submission)
    standings = standings_of(session, submission, members)
    _, letter = feedback_of(session, submission)
    return render_template(
        "moderation/settle.html",
        submission=submission,
        form=form,
        has_points=letter is None or letter.has_points,
        names=_names(members),
        set_aside=[member for member in members if member.marked and not member.counts],
        standings=most_important_first([one for one in standings if _is_open(one)]),
        agreed=[one for one in standings if not _is_open(one)],
    )


def _is_open(one: Standing) -> bool:
    """Worth the chair's eye: the members differ or differed, or they change the grade."""
    return one.needs_settling or one.differs or one.is_changed


def _names(members: Sequence[Member]) -> dict[int, str]:
    return {member.person_id: member.name for member in members}


def _standing(session: Session, submission: Submission, question_key: str) -> Standing:
    answer = submission.answer(question_key)
    standings = standings_of(session, submission, members_reading(session, submission))
    return next(one for one in standings if one.answer_id == answer.id)


def _settle_form_page(
    session: Session, submission: Submission, question_key: str
) -> dict[str, object]:
    answer = submission.answer(question_key)
    members = members_reading(session, submission)
    standings = standings_of(session, submission, members)
    return {
        "submission": submission,
        "standing": next(one for one in standings if one.answer_id == answer.id),
        "one": reading_of(submission, answer, None),
        "citations": cited_by(session, answer),
        "names": _names(members),
    }


def _settle_conflict(
    session: Session, submission: Submission, question_key: str, form: SettleForm, error: Stale
) -> str:
    page = _settle_form_page(session, submission, question_key)
    return render_template(
        "moderation/settle_conflict.html",
        form=form,
        message=error.message,
        save_id=new_save_id(),
        **page,
    )
