"""Questionnaires as files: the Excel template, each as a workbook, and one that is to be published."""

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from auditapp.accounts.signing_in import current_viewer
from auditapp.core.errors import RuleBroken
from auditapp.core.transactions import transaction
from auditapp.documents.files import MEDIA_TYPES, FileForm
from auditapp.organisations.models import Partnership
from auditapp.organisations.pages import managed_partnership
from auditapp.organisations.uploads import Uploads
from auditapp.policy.permissions import Permission
from auditapp.policy.scope import get_visible_or_404
from auditapp.questionnaires.examples import counts
from auditapp.questionnaires.forms import ReviewForm
from auditapp.questionnaires.library import questionnaire_of
from auditapp.questionnaires.publishing import Taken, publish_own, take
from auditapp.questionnaires.queries import version_by_ref
from auditapp.questionnaires.workbook_out import template, workbook_of
from auditapp.web.sending import attached
from auditapp.web.session import current_session

blueprint = Blueprint("files", __name__, url_prefix="/questionnaires")
GONE = "That file is no longer kept here. Choose it again."


@blueprint.get("/template.xlsx")
def download_template() -> ResponseReturnValue:
    """The workbook to write one's own into, with an example of each kind of question."""
    managed_partnership(current_session(), Permission.SEE_QUESTIONNAIRES)
    return attached(template(), MEDIA_TYPES[FileForm.XLSX], "questionnaire.xlsx")


@blueprint.get("/<ref>/workbook")
def download_workbook(ref: str) -> ResponseReturnValue:
    """A published version as Excel, to change and publish again."""
    viewer, session = current_viewer(), current_session()
    managed_partnership(session, Permission.SEE_QUESTIONNAIRES)
    version = get_visible_or_404(session, version_by_ref(ref), viewer)
    try:
        content = workbook_of(questionnaire_of(session, version.id))
    except RuleBroken as error:
        flash(error.message, "warning")
        return redirect(url_for("questionnaires.show_questionnaire", ref=ref))
    name = f"{version.key}.v{version.version}.xlsx"
    return attached(content, MEDIA_TYPES[FileForm.XLSX], name)


@blueprint.route("/publish/<sha256>", methods=["GET", "POST"])
def review_file(sha256: str) -> ResponseReturnValue:
    """What an uploaded questionnaire asks, and of whom; on POST, publish it."""
    viewer, session = current_viewer(), current_session()
    partnership = managed_partnership(session, Permission.PUBLISH_QUESTIONNAIRES)
    taken, form = _kept(partnership, sha256), ReviewForm()
    if taken is None:
        flash(GONE, "warning")
        return redirect(url_for("questionnaires.publish_file"))
    questionnaire = taken.questionnaire
    if form.validate_on_submit():
        name = f"{questionnaire.key}.v{questionnaire.version}.yaml"
        with transaction(session):
            ref = publish_own(session, viewer, taken.text, name).ref
        _uploads(partnership).forget(sha256)
        flash("It is published, and can be chosen for a round.", "success")
        return redirect(url_for("questionnaires.show_questionnaire", ref=ref))
    page = {"questionnaire": questionnaire, "asked": counts(questionnaire), "form": form}
    return render_template("questionnaires/review_file.html", **page)


def kept_address(partnership: Partnership, taken: Taken) -> str:
    """Keep what is to be published; where to look at it first."""
    sha256 = _uploads(partnership).keep(taken.text.encode())
    if taken.unused:
        flash(
            f"Not used, because the template has no such place: {'; '.join(taken.unused)}.",
            "warning",
        )
    return url_for("files.review_file", sha256=sha256)


def _kept(partnership: Partnership, sha256: str) -> Taken | None:
    content = _uploads(partnership).read(sha256)
    try:
        return take(content, "questionnaire.yaml") if content is not None else None
    except RuleBroken:  # another file of theirs
        return None


def _uploads(partnership: Partnership) -> Uploads:
    return Uploads(current_app.extensions["settings"].instance_path, partnership.ref)
