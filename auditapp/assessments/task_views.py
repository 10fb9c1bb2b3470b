"""The list of what an assessment asks, and the way to the one that is open."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from auditapp.accounts.signing_in import current_viewer
from auditapp.assessments.blueprint import blueprint
from auditapp.assessments.setting import setting_of, settings_of
from auditapp.assessments.tasks import is_live, task_page
from auditapp.policy.permissions import Permission, require, require_somewhere
from auditapp.web.session import current_session


@blueprint.get("/assessment")
def current() -> ResponseReturnValue:
    """To the open assessment; home where there is none, or more than one to choose from."""
    viewer, session = current_viewer(), current_session()
    require_somewhere(viewer, Permission.READ_ANSWERS)
    live = [setting for setting in settings_of(session, viewer) if is_live(setting)]
    if len(live) != 1:
        return redirect(url_for("home.home"))
    return redirect(url_for("assessments.show_task_list", ref=live[0].assessment.ref))


@blueprint.get("/assessments/<ref>")
def show_task_list(ref: str) -> ResponseReturnValue:
    viewer, session = current_viewer(), current_session()
    setting = setting_of(session, viewer, ref)
    require(viewer, Permission.READ_ANSWERS, setting.assessment)
    page = task_page(session, viewer, setting)
    return render_template("assessments/task_list.html", page=page, past=[], decided={})
