"""The signatory's pack: reading, signing, sending back."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from auditapp.accounts.signing_in import current_viewer
from auditapp.assessments import sending
from auditapp.assessments.blueprint import blueprint
from auditapp.assessments.check_page import check_page
from auditapp.assessments.forms import CommentForm, SignForm
from auditapp.assessments.setting import setting_of
from auditapp.assessments.snapshots import digest_of
from auditapp.assessments.submitting import sent_by, submit
from auditapp.core.errors import RuleBroken, Stale
from auditapp.core.transactions import transaction
from auditapp.policy.permissions import Permission, require
from auditapp.policy.roles import Viewer
from auditapp.policy.states import Status
from auditapp.web.errors import show_on
from auditapp.web.session import current_session


@blueprint.get("/assessments/<ref>/sign-off")
def show_sign_off(ref: str) -> ResponseReturnValue:
    """The pack, while it waits for a signature; afterwards, or once the round has closed, where it
    stands."""
    viewer, session = current_viewer(), current_session()
    setting = setting_of(session, viewer, ref)
    require(viewer, Permission.SIGN, setting.assessment)
    if setting.is_submitted:
        return redirect(url_for("assessments.show_receipt", ref=ref))
    if setting.status is not Status.AWAITING_SIGN_OFF or setting.has_closed:
        return redirect(url_for("assessments.show_task_list", ref=ref))
    return _pack(session, viewer, ref, SignForm(), CommentForm(prefix="back"))


@blueprint.route("/assessments/<ref>/sign", methods=["GET", "POST"])
def sign(ref: str) -> ResponseReturnValue:
    """Sign, which submits it. A refusal leaves this address in the browser: opened again, it leads
    to the pack."""
    viewer, session = current_viewer(), current_session()
    if request.method != "POST":
        return _to_pack(session, viewer, ref, Permission.SIGN)
    form = SignForm()
    if form.validate_on_submit():
        try:
            with transaction(session):
                read = form.read.data or ""
                submit(session, viewer, ref, form.comment.data or "", read=read)
        except RuleBroken as error:
            show_on(form, error)
        except Stale as error:
            return _changed(session, viewer, ref, form, error), 409
        else:
            return redirect(url_for("assessments.show_receipt", ref=ref))
    require(viewer, Permission.SIGN, setting_of(session, viewer, ref).assessment)
    return _pack(session, viewer, ref, form, CommentForm(prefix="back")), 422


@blueprint.route("/assessments/<ref>/send-back", methods=["GET", "POST"])
def send_back(ref: str) -> ResponseReturnValue:
    viewer, session = current_viewer(), current_session()
    if request.method != "POST":
        return _to_pack(session, viewer, ref, Permission.SEND_BACK)
    form = CommentForm(prefix="back")
    if form.validate_on_submit():
        try:
            with transaction(session):
                sending.send_back(session, viewer, ref, form.comment.data or "")
        except RuleBroken as error:
            show_on(form, error)
        else:
            flash("Sent back. They have your comment and can change the answers.", "success")
            return redirect(url_for("home.home"))
    require(viewer, Permission.SEND_BACK, setting_of(session, viewer, ref).assessment)
    return _pack(session, viewer, ref, SignForm(), form), 422


def _changed(session: Session, viewer: Viewer, ref: str, form: SignForm, error: Stale) -> str:
    """The pack as it is now, with what was typed; it has to be read and declared again."""
    form.form_errors.append(error.message)
    form.declared.data, form.read.data = False, None
    return _pack(session, viewer, ref, form, CommentForm(prefix="back"))


def _to_pack(
    session: Session, viewer: Viewer, ref: str, permission: Permission
) -> ResponseReturnValue:
    require(viewer, permission, setting_of(session, viewer, ref).assessment)
    return redirect(url_for("assessments.show_sign_off", ref=ref))


def _pack(session: Session, viewer: Viewer, ref: str, form: SignForm, back: CommentForm) -> str:
    page = check_page(session, viewer, ref)
    # A form that comes back for another reason still stands for the page that was read.
    form.read.data = form.read.data or digest_of(page.sheet)
    sender = sent_by(session, page.setting.assessment.id)
    return render_template(
        "assessments/sign_off.html",
        page=page,
        form=form,
        back=back,
        is_sender=sender == viewer.person_id,
    )
