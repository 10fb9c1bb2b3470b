"""What the pages of a running round share: whose it is, whether it runs, how an act ends."""

from collections.abc import Callable
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from auditapp.accounts.signing_in import current_viewer
from auditapp.assessments import running
from auditapp.assessments.lifecycle import Action, after
from auditapp.assessments.models import Assessment
from auditapp.assessments.progress import name_of
from auditapp.core.errors import RuleBroken, WrongState
from auditapp.policy.permissions import Permission, require
from auditapp.policy.scope import get_visible_or_404
from auditapp.rounds.models import Round
from auditapp.rounds.queries import round_by_ref
from auditapp.rounds.rules import check_open
from auditapp.web.errors import show_on
from auditapp.web.session import current_session

NOT_NOW = {
    "draft": "This round is not open yet, so that cannot be done now.",
    "closed": "This round is closed, so nothing in it can be changed.",
}


def go_back_unless_open(round_: Round) -> None:
    """A form is shown only while the round is open; otherwise the round's page says why not.

    Raises:
        WrongState: something was sent, and the round is not open.
    """
    if request.method == "POST":
        check_open(round_.state)
    elif why_not := NOT_NOW.get(round_.state):
        flash(why_not, "warning")
        abort(redirect(url_for("invitations.show_round", ref=round_.ref)))


def go_back_unless_submitted(round_: Round, assessment: Assessment) -> None:
    """The same for opening an assessment again: where it was opened already, nothing is to be done.

    Raises:
        WrongState: something was sent, and nothing stands submitted.
    """
    try:
        after(assessment.status, Action.REOPEN)
    except WrongState as error:
        if request.method == "POST":
            raise
        flash(error.message, "warning")
        abort(redirect(url_for("invitations.show_round", ref=round_.ref)))


def done(
    form: FlaskForm, act: Callable[[], None], ref: str, said: str, template: str, **page: Any
) -> ResponseReturnValue:
    """Do it and go back to the round, or show the form with what stops it."""
    if form.validate_on_submit():
        try:
            act()
        except RuleBroken as error:
            show_on(form, error)
        else:
            flash(said, "success")
            return redirect(url_for("invitations.show_round", ref=ref))
    status = 422 if form.is_submitted() else 200
    return render_template(template, form=form, **page), status


def managed(ref: str) -> Round:
    """The round, if the viewer manages it. Raises `Missing`, `NotAllowed`."""
    viewer, session = current_viewer(), current_session()
    round_ = get_visible_or_404(session, round_by_ref(ref), viewer)
    require(viewer, Permission.MANAGE_ROUND, round_)
    return round_


def managed_while_open(ref: str) -> Round:
    """As `managed`, for a form that an open round has."""
    round_ = managed(ref)
    go_back_unless_open(round_)
    return round_


def asked_for(
    ref: str, assessment_ref: str, permission: Permission
) -> tuple[Round, Assessment, str]:
    """An open round, one assessment in it and whose it is. Raises `Missing`, `NotAllowed`."""
    viewer, session = current_viewer(), current_session()
    round_ = managed(ref)
    assessment = get_visible_or_404(session, running.in_round(ref, assessment_ref), viewer)
    require(viewer, permission, assessment)
    go_back_unless_open(round_)
    return round_, assessment, name_of(session, assessment)
