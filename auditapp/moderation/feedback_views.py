"""The letter: its words before release, and what the organisation reads afterwards."""

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from auditapp.accounts.signing_in import current_viewer
from auditapp.core.errors import RuleBroken, Stale
from auditapp.core.transactions import transaction
from auditapp.documents.apart import draw_apart
from auditapp.documents.files import FileForm
from auditapp.moderation import feedback, releasing, rules
from auditapp.moderation.forms import FeedbackForm
from auditapp.moderation.letter_tree import document_of
from auditapp.moderation.marks import feedback_of
from auditapp.moderation.pages import allowed, blueprint
from auditapp.moderation.queries import Case, Submission, case_of, submission_of
from auditapp.moderation.released import feedback_lines, kept_letter
from auditapp.moderation.standings import members_reading, standings_of
from auditapp.policy.permissions import Permission, may, require_somewhere
from auditapp.policy.roles import Viewer
from auditapp.policy.states import SUBMITTED_STATES, Status
from auditapp.web.errors import show_on
from auditapp.web.fields import new_save_id
from auditapp.web.sending import attached
from auditapp.web.session import current_session

Keep = Callable[[Session, Viewer, str, feedback.Edit], object]


@blueprint.route("/assessments/<ref>/feedback/edit", methods=["GET", "POST"])
def edit_feedback(ref: str) -> ResponseReturnValue:
    """The chair writes the letter's two lists while the grades are being settled."""
    return _edit(ref, Permission.SETTLE, feedback.edit_by_chair)


@blueprint.route("/assessments/<ref>/feedback/correct", methods=["GET", "POST"])
def correct_feedback(ref: str) -> ResponseReturnValue:
    """The business unit corrects them before it releases the letter."""
    return _edit(ref, Permission.RELEASE, feedback.edit_by_business_unit)


@blueprint.get("/assessments/<ref>/feedback/preview")
def preview_feedback(ref: str) -> ResponseReturnValue:
    """The letter as it would be released now."""
    session, viewer, assessment = allowed(ref, Permission.SEE_SETTLED)
    if assessment.status is Status.FEEDBACK_RELEASED:
        return redirect(url_for("moderation.show_feedback", ref=ref))
    submission = submission_of(session, viewer, assessment)
    if submission.moderation is not None:
        rules.check_revealed(submission.is_revealed)
    letter = releasing.letter_now(session, submission)
    return render_template(
        "moderation/preview_feedback.html",
        submission=submission,
        document=document_of(letter),
        has_points=letter.has_points,
        may_release=may(viewer, Permission.RELEASE, assessment),
        may_settle=may(viewer, Permission.SETTLE, assessment),
    )


@blueprint.get("/feedback")
def feedback_list() -> ResponseReturnValue:
    """Every feedback that is released to the viewer, and when the others are expected."""
    session, viewer = current_session(), current_viewer()
    require_somewhere(viewer, Permission.READ_FEEDBACK)
    return render_template("moderation/feedback_list.html", lines=feedback_lines(session, viewer))


@blueprint.get("/assessments/<ref>/feedback")
def show_feedback(ref: str) -> ResponseReturnValue:
    """The letter as it was released last, also once the assessment was opened again."""
    session, viewer, assessment = allowed(ref, Permission.READ_FEEDBACK)
    case, kept, letter = kept_letter(session, assessment)
    return render_template(
        "moderation/show_feedback.html",
        case=case,
        is_submitted=assessment.status in SUBMITTED_STATES,
        feedback=kept,
        document=document_of(letter),
        may_confirm=may(viewer, Permission.CONFIRM_READ, assessment),
        confirmed=viewer.person_id in releasing.confirmed_by(session, kept),
    )


@blueprint.get("/assessments/<ref>/feedback.pdf")
def feedback_file(ref: str) -> ResponseReturnValue:
    """The same letter as a PDF."""
    session, _, assessment = allowed(ref, Permission.READ_FEEDBACK)
    _, _, letter = kept_letter(session, assessment)
    file = draw_apart(document_of(letter), FileForm.PDF)
    return attached(file.content, file.media_type, f"feedback-{ref}.pdf")


@blueprint.post("/assessments/<ref>/feedback/read")
def confirm_read(ref: str) -> ResponseReturnValue:
    """Someone at the organisation says that they have read it."""
    session, viewer, assessment = allowed(ref, Permission.CONFIRM_READ)
    with transaction(session, locking=assessment):
        releasing.confirm_read(session, viewer, ref)
    flash("The business unit can see now that you have read it.", "success")
    return redirect(url_for("moderation.show_feedback", ref=ref))


def _edit(ref: str, permission: Permission, keep: Keep) -> ResponseReturnValue:
    session, viewer, assessment = allowed(ref, permission)
    submission = submission_of(session, viewer, assessment)
    _check_open(submission, permission)
    form = _form(session, submission)
    if form.validate_on_submit():
        try:
            with transaction(session, locking=assessment):
                keep(session, viewer, ref, form.edit)
        except RuleBroken as error:
            show_on(form, error)
        except Stale as error:
            return _conflict(session, case_of(session, assessment), form, error), 409
        else:
            flash("The letter's words are saved.", "success")
            return redirect(url_for("moderation.preview_feedback", ref=ref))
    page = {"case": case_of(session, assessment), "form": form}
    return render_template("moderation/edit_feedback.html", **page), 422 if form.errors else 200


def _check_open(submission: Submission, permission: Permission) -> None:
    if permission is Permission.RELEASE:
        rules.check_open_to_proofreading(submission.assessment.status)
        return
    rules.check_open_to_marking(submission.assessment.status)
    rules.check_revealed(submission.is_revealed)


def _form(session: Session, submission: Submission) -> FeedbackForm:
    _, latest = feedback_of(session, submission)
    members = members_reading(session, submission)
    drafted = feedback.drafted(submission, standings_of(session, submission, members))
    return FeedbackForm.of(latest, drafted)


def _conflict(session: Session, case: Case, form: FeedbackForm, error: Stale) -> str:
    _, latest = feedback_of(session, case)
    return render_template(
        "moderation/feedback_conflict.html",
        case=case,
        saved=latest,
        form=form,
        message=error.message,
        save_id=new_save_id(),
    )
