"""Pages of actions: an organisation's own plan, and what a partnership sees of it."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from auditapp.accounts.signing_in import current_viewer
from auditapp.actions.forms import ProgressForm
from auditapp.actions.queries import action_at, latest
from auditapp.actions.service import report_progress
from auditapp.actions.views import blueprint
from auditapp.assessments.plan import line_of, own_plan, plan_counts, submitted_plan
from auditapp.core.errors import NOT_FOUND, Missing, RuleBroken
from auditapp.core.transactions import transaction
from auditapp.policy.permissions import Permission, may, require
from auditapp.policy.roles import Role
from auditapp.policy.scope import get_visible_or_404
from auditapp.web.errors import show_on
from auditapp.web.session import current_session


@blueprint.get("/")
def list_actions() -> ResponseReturnValue:
    """An organisation's people see their own; administrators and scrutineers what was submitted;
    partnership viewers numbers."""
    viewer, session = current_viewer(), current_session()
    match viewer.role:
        case Role.LEAD | Role.SIGNATORY:
            lines = own_plan(session, viewer)
            may_edit = bool(lines) and may(viewer, Permission.EDIT_ACTIONS, lines[0].action)
            return render_template("actions/list_actions.html", lines=lines, may_edit=may_edit)
        case Role.ADMINISTRATOR | Role.SCRUTINEER:
            page = submitted_plan(session, viewer, request.args.get("page", 1, type=int))
            return render_template("actions/partnership_actions.html", page=page)
        case Role.PARTNERSHIP_VIEWER:
            counts = plan_counts(session, viewer)
            return render_template("actions/count_actions.html", counts=counts)
        case _:
            raise Missing(NOT_FOUND)


@blueprint.route("/<ref>", methods=["GET", "POST"])
def edit_action(ref: str) -> ResponseReturnValue:
    """Say how far an action came."""
    viewer, session = current_viewer(), current_session()
    action = get_visible_or_404(session, action_at(ref), viewer)
    require(viewer, Permission.EDIT_ACTIONS, action)
    words = latest(session, action)
    if words is None:
        raise Missing(NOT_FOUND)
    form = ProgressForm.of(action, words)
    if form.validate_on_submit():
        try:
            with transaction(session, locking=action):
                report_progress(session, viewer, ref, form.progress, form.based_on.data)
        except RuleBroken as error:
            show_on(form, error)
        else:
            flash("Your plan is up to date.", "success")
            return redirect(url_for("actions.list_actions"))
    line = line_of(session, viewer, action, words)
    status = 422 if form.is_submitted() else 200
    return render_template("actions/edit_action.html", line=line, form=form), status
