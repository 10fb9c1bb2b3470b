"""Pages of evidence. Those that show where an item is cited: assessments/library_views.py."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from auditapp.accounts.signing_in import current_viewer
from auditapp.core.errors import RuleBroken
from auditapp.core.transactions import transaction
from auditapp.evidence.forms import DetailsForm
from auditapp.evidence.queries import item_at
from auditapp.evidence.service import edit_item
from auditapp.evidence.serving import send_blob
from auditapp.policy.permissions import Permission, require
from auditapp.policy.scope import get_visible_or_404
from auditapp.web.errors import show_on
from auditapp.web.session import current_session

blueprint = Blueprint("evidence", __name__, url_prefix="/evidence")


@blueprint.get("/<ref>/file")
def download(ref: str) -> ResponseReturnValue:
    """A file of the organisation's own library."""
    viewer, session = current_viewer(), current_session()
    item = get_visible_or_404(session, item_at(ref), viewer)
    require(viewer, Permission.SEE_EVIDENCE, item)
    return send_blob(item.blob, item.file_name)


@blueprint.route("/<ref>", methods=["GET", "POST"])
def edit_evidence(ref: str) -> ResponseReturnValue:
    viewer, session = current_viewer(), current_session()
    item = get_visible_or_404(session, item_at(ref), viewer)
    require(viewer, Permission.CHANGE_EVIDENCE, item)
    form = DetailsForm.of(item)
    if form.validate_on_submit():
        try:
            with transaction(session, locking=item):
                edit_item(session, viewer, ref, form.details)
        except RuleBroken as error:
            show_on(form, error)
        else:
            flash("The evidence library is up to date.", "success")
            return redirect(url_for("evidence.list_evidence"))
    status = 422 if form.is_submitted() else 200
    return render_template("evidence/edit_evidence.html", item=item, form=form), status
