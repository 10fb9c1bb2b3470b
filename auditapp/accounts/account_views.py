"""Pages on which a system administrator keeps the accounts of administrators."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from auditapp.accounts.administrators import (
    Installation,
    administrator,
    administrators,
    partnerships,
)
from auditapp.accounts.administrators import end_administrator as end
from auditapp.accounts.administrators import invite_administrator as invite
from auditapp.accounts.forms import AdministratorForm
from auditapp.accounts.signing_in import current_person, current_viewer
from auditapp.accounts.views import blueprint
from auditapp.core.errors import RuleBroken
from auditapp.core.transactions import transaction
from auditapp.policy.permissions import Permission, require
from auditapp.policy.roles import ROLE_WORDS
from auditapp.web.errors import show_on
from auditapp.web.fields import given
from auditapp.web.session import current_session

__all__ = ["blueprint"]


@blueprint.get("/accounts")
def list_accounts() -> ResponseReturnValue:
    """Administrators of partnerships and of the installation."""
    require(current_viewer(), Permission.MANAGE_INSTALLATION, Installation())
    lines = administrators(current_session())
    return render_template("accounts/list_accounts.html", lines=lines)


@blueprint.route("/accounts/invite", methods=["GET", "POST"])
def invite_administrator() -> ResponseReturnValue:
    """Invite an administrator."""
    viewer, session = current_viewer(), current_session()
    require(viewer, Permission.MANAGE_INSTALLATION, Installation())
    places = partnerships(session)
    form = AdministratorForm.of(places)
    if form.validate_on_submit():
        try:
            invited = form.invited(places)
            with transaction(session, locking=current_person()):
                said = invite(session, viewer, invited, partnerships(session)).words(
                    given(form.name.data)
                )
        except RuleBroken as error:
            show_on(form, error)
        else:
            flash(said, "success")
            return redirect(url_for("accounts.list_accounts"))
    status = 422 if form.is_submitted() else 200
    return render_template("accounts/invite_administrator.html", form=form), status


@blueprint.route("/accounts/<ref>/end", methods=["GET", "POST"])
def end_account(ref: str) -> ResponseReturnValue:
    """Ask once, then take an administrator's role away."""
    viewer, session = current_viewer(), current_session()
    require(viewer, Permission.MANAGE_INSTALLATION, Installation())
    if request.method != "POST":
        line = administrator(session, ref)
        return render_template(
            "accounts/end_role.html",
            name=line.person.name,
            email=line.person.email,
            role=ROLE_WORDS[line.membership.role],
            where=line.partnership_name or "All of it",
            back=("Accounts", url_for("accounts.list_accounts")),
        )
    try:
        with transaction(session):
            end(session, viewer, ref)
    except RuleBroken as error:
        flash(error.message, "warning")
    else:
        flash("The role is taken away. It holds from now on.", "success")
    return redirect(url_for("accounts.list_accounts"))
