"""Pages on which the business unit sets a round up."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from auditapp.accounts.signing_in import current_viewer
from auditapp.core.errors import RuleBroken
from auditapp.core.transactions import transaction
from auditapp.policy.permissions import Permission, require
from auditapp.policy.scope import get_visible_or_404
from auditapp.rounds.forms import CodesForm, RoundForm
from auditapp.rounds.models import Round
from auditapp.rounds.queries import (
    Candidate,
    Filters,
    candidates,
    filter_options,
    ids_of_codes,
    own_partnership,
    owners,
    round_by_ref,
    rounds_shown,
    trust_options,
    versions,
)
from auditapp.rounds.rules import SETTLED, DaysBroken, check_draft, check_not_closed
from auditapp.rounds.service import change_round, choose, create_round
from auditapp.web.errors import show_on
from auditapp.web.session import current_session

blueprint = Blueprint("rounds", __name__, url_prefix="/rounds")


@blueprint.get("/")
def list_rounds() -> ResponseReturnValue:
    """Every round of the partnership, the latest first."""
    viewer, session = current_viewer(), current_session()
    require(viewer, Permission.CREATE_ROUND, own_partnership(session, viewer))
    return render_template("rounds/list_rounds.html", lines=rounds_shown(session, viewer))


@blueprint.route("/new", methods=["GET", "POST"], endpoint="create_round")
def new_round() -> ResponseReturnValue:
    """Plan a round."""
    viewer, session = current_viewer(), current_session()
    partnership = own_partnership(session, viewer)
    require(viewer, Permission.CREATE_ROUND, partnership)
    known = versions(session, viewer)
    form = RoundForm.of(partnership.name, known, owners(session, viewer))
    if form.validate_on_submit():
        try:
            with transaction(session):
                made = create_round(session, viewer, form.plan).ref
        except RuleBroken as error:
            _show_all(form, error)
        else:
            flash("The round is planned. Choose who is invited.", "success")
            return redirect(url_for("rounds.choose_organisations", ref=made))
    status = 422 if form.is_submitted() else 200
    page = {"form": form, "round": None, "versions": known}
    return render_template("rounds/edit_round.html", **page), status


@blueprint.route("/<ref>/plan", methods=["GET", "POST"])
def edit_round(ref: str) -> ResponseReturnValue:
    """Change the plan while the round is a draft; afterwards its page says what can be done."""
    viewer, session = current_viewer(), current_session()
    round_ = _managed(ref)
    if request.method != "POST" and round_.state != "draft":
        flash(SETTLED.format(state=round_.state), "warning")
        return redirect(url_for("invitations.show_round", ref=ref))
    check_draft(round_.state)
    known = versions(session, viewer, round_)
    name = own_partnership(session, viewer).name
    form = RoundForm.of(name, known, owners(session, viewer), round_)
    if form.validate_on_submit():
        try:
            with transaction(session, locking=round_):
                change_round(session, viewer, ref, form.plan)
        except RuleBroken as error:
            _show_all(form, error)
        else:
            flash("The plan is saved.", "success")
            return redirect(url_for("invitations.show_round", ref=ref))
    status = 422 if form.is_submitted() else 200
    page = {"form": form, "round": round_, "versions": known}
    return render_template("rounds/edit_round.html", **page), status


@blueprint.route("/<ref>/organisations", methods=["GET", "POST"])
def choose_organisations(ref: str) -> ResponseReturnValue:
    """Choose who is invited: by name, phase and type, or by a list of register numbers."""
    viewer, session = current_viewer(), current_session()
    round_ = _managed(ref)
    if request.method != "POST" and round_.state == "closed":
        flash("This round is closed: nobody more is invited.", "warning")
        return redirect(url_for("invitations.show_round", ref=ref))
    check_not_closed(round_.state)
    every, filters, form = candidates(session, viewer, round_), _filters(), CodesForm()
    shown = [row for row in every if filters.lets(row)]
    act = request.form.get("act", "")
    if request.method == "POST" and (act != "codes" or form.validate()):
        add, remove = _picked(act, shown)
        if act == "codes":
            add, unknown = ids_of_codes(every, form.listed)
            _say_unknown(unknown)
        with transaction(session, locking=round_):
            choose(session, viewer, ref, add=add, remove=remove)
        return redirect(_next_after(act, ref))
    page = {"round": round_, "every": every, "shown": shown, "filters": filters, "form": form}
    page |= {"options": filter_options(every), "trusts": trust_options(every)}
    status = 422 if request.method == "POST" else 200
    return render_template("rounds/choose_organisations.html", **page), status


def _show_all(form: RoundForm, error: RuleBroken) -> None:
    """Each wrong day beside its own field."""
    faults = error.faults if isinstance(error, DaysBroken) else {error.field: error.message}
    for field, message in faults.items():
        show_on(form, RuleBroken(message, field=field))


def _managed(ref: str) -> Round:
    viewer, session = current_viewer(), current_session()
    round_ = get_visible_or_404(session, round_by_ref(ref), viewer)
    require(viewer, Permission.MANAGE_ROUND, round_)
    return round_


def _filters() -> Filters:
    return Filters(
        name=request.args.get("name", ""),
        phase=request.args.get("phase", ""),
        type=request.args.get("type", ""),
        trust=request.args.get("trust", ""),
        only_chosen=bool(request.args.get("only_chosen")),
    )


def _picked(act: str, shown: list[Candidate]) -> tuple[set[int], set[int]]:
    """Whom to add and take away of those shown; those that a filter hides stay as they are."""
    ids = {row.id for row in shown} if act != "codes" else set()
    if act in ("all", "none"):
        return (ids, set()) if act == "all" else (set(), ids)
    ticked = set(request.form.getlist("organisation"))
    picked = {row.id for row in shown if row.ref in ticked}
    return picked, ids - picked


def _say_unknown(codes: list[str]) -> None:
    if codes:
        flash(f"No organisation of yours has these numbers: {', '.join(codes[:20])}.", "warning")


def _next_after(act: str, ref: str) -> str:
    if act == "save":
        flash("The choice is saved.", "success")
        return url_for("invitations.show_round", ref=ref)
    return request.full_path.rstrip("?")
