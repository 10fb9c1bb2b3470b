"""Checking the answers, sending them to be signed, and taking them back."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from auditapp.accounts.signing_in import current_viewer
from auditapp.assessments import sending
from auditapp.assessments.blueprint import blueprint
from auditapp.assessments.check_page import check_page
from auditapp.assessments.sending import Incomplete, NobodySigns
from auditapp.assessments.setting import setting_of
from auditapp.core.transactions import transaction
from auditapp.policy.permissions import Permission, require
from auditapp.web.filters import time
from auditapp.web.session import current_session


@blueprint.get("/assessments/<ref>/check")
def check_answers(ref: str) -> ResponseReturnValue:
    viewer, session = current_viewer(), current_session()
    page = check_page(session, viewer, ref)
    return render_template("assessments/check_answers.html", page=page)


@blueprint.route("/assessments/<ref>/send", methods=["GET", "POST"])
def send_for_sign_off(ref: str) -> ResponseReturnValue:
    """Send it on; what is missing comes back as a list that leads to each field. A refusal leaves
    this address in the browser: opened again, it leads to the answers."""
    viewer, session = current_viewer(), current_session()
    if request.method != "POST":
        setting = setting_of(session, viewer, ref)
        require(viewer, Permission.SEND_FOR_SIGN_OFF, setting.assessment)
        return redirect(url_for("assessments.check_answers", ref=ref))
    try:
        with transaction(session):
            at = time(sending.send_for_sign_off(session, viewer, ref).at)
    except (Incomplete, NobodySigns):
        page = check_page(session, viewer, ref)
        return render_template("assessments/check_answers.html", page=page, refused=True), 422
    setting = setting_of(session, viewer, ref)
    if setting.is_submitted:
        return redirect(url_for("assessments.show_receipt", ref=ref))
    flash(
        f"Sent to your {setting.signatory} at {at}. We will tell you when they sign or send it "
        "back.",
        "success",
    )
    return redirect(url_for("assessments.show_task_list", ref=ref))


@blueprint.post("/assessments/<ref>/take-back")
def take_back(ref: str) -> ResponseReturnValue:
    viewer, session = current_viewer(), current_session()
    with transaction(session):
        sending.take_back(session, viewer, ref)
    flash("You can change the answers again. Send them when they are ready.", "success")
    return redirect(url_for("assessments.show_task_list", ref=ref))
