"""The panel's queue, and one assessment as the panel finds it."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from auditapp.accounts.signing_in import current_viewer
from auditapp.core import clock
from auditapp.moderation.overview import assessment_page
from auditapp.moderation.pages import allowed, blueprint
from auditapp.moderation.queue import (
    member_queue,
    opened_again,
    round_called,
    round_queue,
    rounds_with_panel,
)
from auditapp.policy.permissions import Permission, require_somewhere
from auditapp.policy.roles import Role
from auditapp.web.fields import new_save_id
from auditapp.web.session import current_session


@blueprint.get("/panel")
def queue() -> ResponseReturnValue:
    """What to mark next and what is due; for those who run the panel, where every one stands."""
    session, viewer = current_session(), current_viewer()
    require_somewhere(viewer, Permission.SEE_SETTLED)
    round_ = round_called(session, viewer, request.args.get("round"))
    again = opened_again(session, viewer, round_)
    page = {"round": round_, "today": clock.today(), "again": again}
    if viewer.role is Role.PANEL_MEMBER:
        lines = member_queue(session, viewer, round_)
        return render_template("moderation/queue.html", lines=lines, **page)
    return render_template(
        "moderation/round_queue.html",
        lines=round_queue(session, viewer, round_),
        rounds=rounds_with_panel(session, viewer),
        **page,
    )


@blueprint.get("/assessments/<ref>/panel")
def show_assessment(ref: str) -> ResponseReturnValue:
    """The whole submission with what the viewer may know of its marks, and the next step."""
    session, viewer, assessment = allowed(ref, Permission.SEE_SETTLED)
    page = assessment_page(session, viewer, assessment)
    return render_template(
        "moderation/show_assessment.html", page=page, today=clock.today(), save_id=new_save_id()
    )
