"""The signatory's pack: reading, signing, sending back."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from auditapp.accounts.signing_in import current_viewer
from auditapp.assessments import sending
from auditapp.assessments.blueprint import blueprint
from auditapp.assessments.check_page import check_page
from auditapp.assessments.forms import CommentForm, SignForm
from auditapp.assessments.setting import setting_of
from auditapp.assessments.submitting import sent_by, submit
from auditapp.core.errors import RuleBroken
from auditapp.core.transactions import transaction
from auditapp.policy.permissions import Permission, require
from auditapp.policy.roles import Viewer
from auditapp.policy.states import Status
from auditapp.web.errors import show_on
from auditapp.web.session import current_session


@blueprint.get("/assessments/<ref>/sign-off")
def show_sign_off(ref: str) -> ResponseReturnValue:
    """The pack, while it waits for a signature; afterwards, where it stands."""
    viewer, session = current_viewer(), current_session()
    setting = setting_of(session, viewer, ref)
    require(viewer, Permission.SIGN, setting.assessment)
    if setting.is_submitted:
        return redirect(url_for("assessments.show_receipt", ref=ref))
    if setting.status is not Status.AWAITING_SIGN_OFF:
        return redirect(url_for("assessments.show_task_list", ref=ref))
    return _pack(session, viewer, ref, SignForm(), CommentForm(prefix="back"))


@blueprint.post("/assessments/<ref>/sign")
def sign(ref: str) -> ResponseReturnValue:
    """Sign, which submits it."""
    viewer, session = current_viewer(), current_session()
    form = SignForm()
    if form.validate_on_submit():
        try:
            with transaction(session):
                submit(session, viewer, ref, form.comment.data or "")
        except RuleBroken as error:
            show_on(form, error)
        else:
            return redirect(url_for("assessments.show_receipt", ref=ref))
    require(viewer, Permission.SIGN, setting_of(session, viewer, ref).assessment)
    return _pack(session, viewer, ref, form, CommentForm(formdata=None, prefix="back")), 422


@blueprint.post("/assessments/<ref>/send-back")
def send_back(ref: str) -> ResponseReturnValue:
    viewer, session = current_viewer(), current_session()
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
    return _pack(session, viewer, ref, SignForm(formdata=None), form), 422


def _pack(session: Session, viewer: Viewer, ref: str, form: SignForm, back: CommentForm) -> str:
    page = check_page(session, viewer, ref)
    sender = sent_by(session, page.setting.assessment.id)
    return render_template(
        "assessments/sign_off.html",
        page=page,
        form=form,
        back=back,
        is_sender=sender == viewer.person_id,
    )
