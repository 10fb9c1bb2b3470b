"""Pages on which the business unit runs a round: inviting, extending, excusing, closing."""

from collections.abc import Callable
from dataclasses import fields
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from auditapp.accounts.signing_in import current_viewer
from auditapp.assessments import reminding, running
from auditapp.assessments.decisions import decided_in
from auditapp.assessments.inviting import open_round as invite_everyone
from auditapp.assessments.inviting import uninvited
from auditapp.assessments.models import Assessment
from auditapp.assessments.progress import Tally, Wanted, lines_of
from auditapp.assessments.round_forms import ExcuseForm, ExtendForm, ExtendOneForm, ReasonForm
from auditapp.assessments.round_pages import (
    asked_for,
    done,
    go_back_unless_submitted,
    managed,
    managed_while_open,
)
from auditapp.assessments.written import REMINDER, written_to
from auditapp.core import clock
from auditapp.core.days import in_words
from auditapp.core.errors import RuleBroken
from auditapp.core.transactions import transaction
from auditapp.policy.permissions import Permission, may
from auditapp.rounds.queries import filter_options, trusts_of
from auditapp.rounds.rules import check_not_closed
from auditapp.web.errors import show_on
from auditapp.web.fields import given
from auditapp.web.filters import plural
from auditapp.web.session import current_session

blueprint = Blueprint("invitations", __name__, url_prefix="/rounds/<ref>")


@blueprint.get("/")
def show_round(ref: str) -> ResponseReturnValue:
    """Where everyone invited stands, and the round's one next step."""
    viewer, session = current_viewer(), current_session()
    round_ = managed(ref)
    lines = lines_of(session, viewer, round_)
    wanted = Wanted(**{field.name: request.args.get(field.name, "") for field in fields(Wanted)})
    trusts = trusts_of(session, [line.organisation_id for line in lines])
    page = {
        "round": round_,
        "lines": lines,
        "decided": decided_in(session, viewer, round_),
        "shown": [
            line for line in lines if wanted.lets(line, trusts.get(line.organisation_id, ""))
        ],
        "wanted": wanted,
        "trusts": [(name, name) for name in sorted(set(trusts.values()))],
        "tally": Tally.of(lines),
        "uninvited": uninvited(session, round_) if round_.state != "closed" else [],
        "silent": sum(line.is_awaited and not line.has_lead for line in lines),
        "reminded": bool(written_to(session, round_.id, REMINDER)),
        "today": clock.today(),
        "options": filter_options(lines),
        "may_reopen": lambda line: may(viewer, Permission.REOPEN, line),
    }
    return render_template("invitations/show_round.html", **page)


@blueprint.route("/open", methods=["GET", "POST"])
def open_round(ref: str) -> ResponseReturnValue:
    """Say what opening will do, and do it."""
    viewer, session = current_viewer(), current_session()
    round_, form = managed(ref), FlaskForm()
    check_not_closed(round_.state)
    if form.validate_on_submit():
        try:
            with transaction(session, locking=round_):
                opened = invite_everyone(session, viewer, ref)
        except RuleBroken as error:
            show_on(form, error)
        else:
            invited = plural(opened.invited, "organisation")
            flash(f"{invited} invited. {plural(opened.people, 'message')} will go out.", "success")
            _say_unreached(opened.unreached)
            return redirect(url_for("invitations.show_round", ref=ref))
    page = {"round": round_, "form": form, "uninvited": uninvited(session, round_)}
    status = 422 if form.is_submitted() else 200
    return render_template("invitations/open_round.html", **page), status


def _say_unreached(names: list[str]) -> None:
    if names:
        more = f" and {len(names) - 10} more" if len(names) > 10 else ""
        flash(f"Nobody could be written to at {', '.join(names[:10])}{more}.", "warning")


@blueprint.route("/extend", methods=["GET", "POST"])
def extend_round(ref: str) -> ResponseReturnValue:
    """Give everyone more time."""
    viewer, session = current_viewer(), current_session()
    round_ = managed_while_open(ref)
    form = ExtendForm.of(round_)

    def extend() -> None:
        with transaction(session, locking=round_):
            running.extend_round(
                session,
                viewer,
                ref,
                due_on=given(form.due_on.data),
                final_on=given(form.final_on.data),
                reason=form.reason.data or "",
            )

    said = "The new dates are saved."
    return done(form, extend, ref, said, "invitations/extend_round.html", round=round_)


@blueprint.route("/close", methods=["GET", "POST"])
def close_round(ref: str) -> ResponseReturnValue:
    """Say what closing means, and close."""
    viewer, session = current_viewer(), current_session()
    round_ = managed_while_open(ref)

    def close() -> None:
        with transaction(session, locking=round_):
            running.close_round(session, viewer, ref)

    tally = Tally.of(lines_of(session, viewer, round_))
    page = {"round": round_, "tally": tally}
    return done(
        FlaskForm(), close, ref, "The round is closed.", "invitations/close_round.html", **page
    )


@blueprint.post("/remind")
def remind(ref: str) -> ResponseReturnValue:
    """Remind everyone who has not submitted; whoever was written to today gets nothing more."""
    viewer, session = current_viewer(), current_session()
    round_ = managed(ref)
    with transaction(session, locking=round_):
        sent = reminding.remind(session, viewer, ref)
    if sent:
        flash(f"{plural(sent, 'person', 'people')} will get a reminder.", "success")
    else:
        flash("Nobody new to remind: everyone who can be reached was written to today.", "warning")
    return redirect(url_for("invitations.show_round", ref=ref))


@blueprint.route("/organisations/<assessment_ref>/extend", methods=["GET", "POST"])
def extend_assessment(ref: str, assessment_ref: str) -> ResponseReturnValue:
    """Give one organisation more time."""
    viewer, session = current_viewer(), current_session()
    round_, assessment, name = asked_for(ref, assessment_ref, Permission.MANAGE_ROUND)
    form = ExtendOneForm()

    def extend() -> None:
        due_on, reason = given(form.due_on.data), form.reason.data or ""
        with transaction(session, locking=assessment):
            running.extend_assessment(
                session, viewer, ref, assessment_ref, due_on=due_on, reason=reason
            )

    said = f"{name} has more time. Its leads will be told."
    page = {"round": round_, "assessment": assessment, "name": name}
    page |= {"now_due": in_words(max(assessment.due_on or round_.due_on, round_.due_on))}
    return done(form, extend, ref, said, "invitations/extend_assessment.html", **page)


@blueprint.route("/organisations/<assessment_ref>/excuse", methods=["GET", "POST"])
def excuse_assessment(ref: str, assessment_ref: str) -> ResponseReturnValue:
    """Take one organisation out of the round, with the reason."""
    viewer, session = current_viewer(), current_session()
    round_, assessment, name = asked_for(ref, assessment_ref, Permission.MANAGE_ROUND)
    form = ExcuseForm()

    def excuse() -> None:
        shut, reason = form.why.data == "shut", form.reason.data or ""
        with transaction(session, locking=assessment):
            running.excuse(session, viewer, ref, assessment_ref, shut=shut, reason=reason)

    said = f"{name} is out of the round and out of the completion rate."
    page = {"round": round_, "name": name}
    return done(form, excuse, ref, said, "invitations/excuse_assessment.html", **page)


@blueprint.route("/organisations/<assessment_ref>/reinstate", methods=["GET", "POST"])
def reinstate_assessment(ref: str, assessment_ref: str) -> ResponseReturnValue:
    """Take one organisation back into the round."""
    round_, assessment, name = asked_for(ref, assessment_ref, Permission.MANAGE_ROUND)
    said = f"{name} takes part again."
    page = {"round": round_, "name": name, "verb": "reinstate"}
    return _with_reason(running.reinstate, assessment, ref, said, page)


@blueprint.route("/organisations/<assessment_ref>/reopen", methods=["GET", "POST"])
def reopen_assessment(ref: str, assessment_ref: str) -> ResponseReturnValue:
    """Open a submitted assessment again."""
    round_, assessment, name = asked_for(ref, assessment_ref, Permission.REOPEN)
    go_back_unless_submitted(round_, assessment)
    said = f"The assessment of {name} is open again. Its leads will be told."
    page = {"round": round_, "name": name, "verb": "reopen"}
    return _with_reason(running.reopen, assessment, ref, said, page)


def _with_reason(
    act: Callable[..., None], assessment: Assessment, ref: str, said: str, page: dict[str, Any]
) -> ResponseReturnValue:
    viewer, session, form = current_viewer(), current_session(), ReasonForm()
    assessment_ref = assessment.ref

    def do() -> None:
        with transaction(session, locking=assessment):
            act(session, viewer, ref, assessment_ref, reason=form.reason.data or "")

    return done(form, do, ref, said, "invitations/give_reason.html", **page)
