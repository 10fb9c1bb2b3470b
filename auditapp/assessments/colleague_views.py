"""Pages of accounts that name sections of an assessment: a lead's colleagues."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from auditapp.accounts.signing_in import current_viewer
from auditapp.accounts.views import blueprint
from auditapp.assessments import colleague_lists, colleagues
from auditapp.assessments.colleague_forms import ColleagueForm
from auditapp.core.errors import RuleBroken
from auditapp.core.transactions import transaction
from auditapp.organisations.models import Organisation
from auditapp.policy.permissions import Permission, require
from auditapp.policy.roles import Role
from auditapp.web.errors import show_on
from auditapp.web.fields import given
from auditapp.web.session import current_session

__all__ = ["blueprint"]

# What a colleague can do no longer without the role.
SIGNS = "read or sign your assessments"
CONTRIBUTES = "read or answer the sections given to them"


@blueprint.get("/colleagues")
def list_colleagues() -> ResponseReturnValue:
    """Who contributes to and who signs the organisation's assessments."""
    organisation = _own()
    lines = colleague_lists.colleagues(current_session(), current_viewer())
    page = {"lines": lines, "organisation": organisation}
    return render_template("accounts/list_colleagues.html", **page)


@blueprint.route("/colleagues/invite", methods=["GET", "POST"])
def invite_colleague() -> ResponseReturnValue:
    """Invite someone to contribute or to sign."""
    viewer, session = current_viewer(), current_session()
    organisation = _own()
    form = ColleagueForm.of(colleague_lists.sections_to_give(session, viewer))
    if form.validate_on_submit():
        try:
            with transaction(session, locking=organisation):
                welcome = colleagues.invite_colleague(
                    session,
                    viewer,
                    email=given(form.email.data),
                    name=given(form.name.data),
                    role=Role(form.role.data),
                    sections=form.sections.data or (),
                )
        except RuleBroken as error:
            show_on(form, error)
        else:
            flash(welcome.words, "success")
            return redirect(url_for("accounts.list_colleagues"))
    status = 422 if form.is_submitted() else 200
    page = {"form": form, "organisation": organisation}
    return render_template("accounts/invite_colleague.html", **page), status


@blueprint.route("/colleagues/<ref>/end", methods=["GET", "POST"])
def end_colleague(ref: str) -> ResponseReturnValue:
    """Ask once, then take a colleague's role away; it holds from their next request on."""
    viewer, session = current_viewer(), current_session()
    organisation = _own()
    line = colleague_lists.colleague(session, viewer, ref)
    if request.method != "POST":
        signs = line.membership.role is Role.SIGNATORY
        return render_template(
            "accounts/end_role.html",
            name=line.name,
            email=line.email,
            role=line.role,
            where=organisation.name,
            loses=SIGNS if signs else CONTRIBUTES,
            back=("Colleagues", url_for("accounts.list_colleagues")),
        )
    said = f"The role {line.role} is taken away from {line.name}. It holds from now on."
    with transaction(session, locking=organisation):
        colleagues.end_colleague(session, viewer, ref)
    flash(said, "success")
    return redirect(url_for("accounts.list_colleagues"))


def _own() -> Organisation:
    viewer, session = current_viewer(), current_session()
    organisation = colleague_lists.own_organisation(session, viewer)
    require(viewer, Permission.INVITE_COLLEAGUES, organisation)
    return organisation
