"""The evidence library's pages that show where an item is cited."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from auditapp.accounts.signing_in import current_viewer
from auditapp.assessments.citing import remove_item
from auditapp.assessments.usage import held
from auditapp.core.errors import NOT_FOUND, Missing, RuleBroken
from auditapp.core.transactions import transaction
from auditapp.evidence.queries import item_at
from auditapp.evidence.views import blueprint
from auditapp.policy.permissions import Permission, may, require
from auditapp.policy.roles import ORGANISATION_ROLES
from auditapp.policy.scope import get_visible_or_404
from auditapp.web.session import current_session


@blueprint.get("/")
def list_evidence() -> ResponseReturnValue:
    """All that the organisation holds, and which standards cite it now."""
    viewer, session = current_viewer(), current_session()
    if viewer.role not in ORGANISATION_ROLES:
        raise Missing(NOT_FOUND)
    items = held(session, viewer)
    may_change = bool(items) and may(viewer, Permission.CHANGE_EVIDENCE, items[0].item)
    return render_template("evidence/list_evidence.html", items=items, may_change=may_change)


@blueprint.post("/<ref>/remove")
def remove_evidence(ref: str) -> ResponseReturnValue:
    viewer, session = current_viewer(), current_session()
    item = get_visible_or_404(session, item_at(ref), viewer)
    require(viewer, Permission.CHANGE_EVIDENCE, item)
    title = item.title
    try:
        with transaction(session, locking=item):
            remove_item(session, viewer, ref)
    except RuleBroken as error:
        flash(error.message, "warning")
    else:
        flash(f"Removed: {title}.", "success")
    return redirect(url_for("evidence.list_evidence"))
