"""Pages of versions: what changed from one to another, what became of it, and retiring one."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from auditapp.accounts.signing_in import current_viewer
from auditapp.core.errors import RuleBroken
from auditapp.core.transactions import transaction
from auditapp.organisations.pages import managed_partnership
from auditapp.policy.permissions import Permission, require
from auditapp.policy.scope import get_visible_or_404
from auditapp.questionnaires.comparison_page import comparison_page
from auditapp.questionnaires.library import questionnaire_of
from auditapp.questionnaires.mapping import confirm_mapping
from auditapp.questionnaires.mapping_form import mapping_form, pairs_of
from auditapp.questionnaires.queries import version_by_ref
from auditapp.questionnaires.retiring import retire as retire_version
from auditapp.questionnaires.retiring import retired_at
from auditapp.web.errors import show_on
from auditapp.web.session import current_session

blueprint = Blueprint("versions", __name__, url_prefix="/questionnaires")
COMPARED = "/<ref>/compared-with/<before_ref>"


@blueprint.get(COMPARED)
def compare(ref: str, before_ref: str) -> ResponseReturnValue:
    """What changed from an older version, and what a person must say became of it."""
    viewer, session = current_viewer(), current_session()
    partnership = managed_partnership(session, Permission.SEE_QUESTIONNAIRES)
    page = comparison_page(session, viewer, partnership, before_ref, ref)
    form = mapping_form(page.likeness) if page.may_confirm else None
    return render_template("questionnaires/compare.html", page=page, form=form)


@blueprint.post(COMPARED)
def confirm(ref: str, before_ref: str) -> ResponseReturnValue:
    """Confirm, once, what became of every question that has no key in both versions."""
    viewer, session = current_viewer(), current_session()
    partnership = managed_partnership(session, Permission.PUBLISH_QUESTIONNAIRES)
    page = comparison_page(session, viewer, partnership, before_ref, ref)
    form = mapping_form(page.likeness)
    if form.validate_on_submit():
        pairs = pairs_of(form, page.likeness)
        try:
            with transaction(session, locking=partnership):
                confirm_mapping(session, viewer, before_ref, ref, pairs)
        except RuleBroken as error:
            show_on(form, error)
        else:
            flash(
                "Confirmed. Last round’s answers stand beside what their questions became.",
                "success",
            )
            return redirect(url_for("versions.compare", ref=ref, before_ref=before_ref))
    return render_template("questionnaires/compare.html", page=page, form=form), 422


@blueprint.route("/<ref>/retire", methods=["GET", "POST"])
def retire(ref: str) -> ResponseReturnValue:
    """Say what retiring does, and do it."""
    viewer, session = current_viewer(), current_session()
    partnership = managed_partnership(session, Permission.PUBLISH_QUESTIONNAIRES)
    version = get_visible_or_404(session, version_by_ref(ref), viewer)
    require(viewer, Permission.PUBLISH_QUESTIONNAIRES, version)
    if request.method == "POST":
        with transaction(session, locking=partnership):
            retire_version(session, viewer, ref)
        flash("It is retired: it can be chosen for no new round.", "success")
    if request.method == "POST" or retired_at(session, version) is not None:
        return redirect(url_for("questionnaires.show_questionnaire", ref=ref))
    questionnaire = questionnaire_of(session, version.id)
    return render_template("questionnaires/retire.html", version=version, q=questionnaire)
