"""Pages of accounts that name rounds: a partnership's people, and choosing the role to act in."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import select

from auditapp.accounts import browsers
from auditapp.accounts.models import Membership
from auditapp.accounts.queries import held_on
from auditapp.accounts.signing_in import current_person, current_viewer
from auditapp.accounts.views import blueprint
from auditapp.core import clock
from auditapp.core.errors import NOT_FOUND, Missing, RuleBroken
from auditapp.core.transactions import transaction
from auditapp.policy.permissions import Permission, require
from auditapp.policy.roles import ROLE_WORDS
from auditapp.rounds.people import LISTED, end_person, one_to_end, own_roles, people, places_of
from auditapp.rounds.people import invite_person as invite
from auditapp.rounds.people_forms import InvitePersonForm
from auditapp.rounds.queries import own_partnership
from auditapp.web.errors import show_on
from auditapp.web.fields import given
from auditapp.web.session import current_session

__all__ = ["blueprint"]


@blueprint.route("/choose-role", methods=["GET", "POST"])
def choose_role() -> ResponseReturnValue:
    """Choose which of one's roles to act in. The session is a new one afterwards."""
    session, person = current_session(), current_person()
    if request.method == "POST":
        query = select(Membership).where(
            Membership.ref == request.form.get("membership", ""),
            Membership.person_id == person.id,
            held_on(clock.today()),
        )
        with transaction(session, locking=person):
            chosen = session.scalars(query).one_or_none()
            if chosen is None:
                raise Missing(NOT_FOUND)
            browsers.sign_out(session, current_user.token)
            browsers.sign_in(session, person, chosen)
        return redirect(url_for("home.home"))
    acting_in = g.viewer.membership_id if "viewer" in g else None
    page = {"roles": own_roles(session, person.id), "acting_in": acting_in}
    return render_template("accounts/choose_role.html", **page)


@blueprint.get("/people")
def list_people() -> ResponseReturnValue:
    """Everyone who holds a role in the partnership, its organisations and its rounds."""
    viewer, session = current_viewer(), current_session()
    require(viewer, Permission.MANAGE_PEOPLE, own_partnership(session, viewer))
    wanted = {name: request.args.get(name, "") for name in ("name", "role")}
    lines = people(session, viewer, **wanted)
    page = {"lines": lines, "wanted": wanted, "roles": LISTED}
    return render_template("accounts/list_people.html", **page)


@blueprint.route("/people/invite", methods=["GET", "POST"])
def invite_person() -> ResponseReturnValue:
    """Give someone a role and tell them."""
    viewer, session = current_viewer(), current_session()
    places = places_of(session, viewer)
    require(viewer, Permission.MANAGE_PEOPLE, places.partnership)
    form = InvitePersonForm.of(places)
    if form.validate_on_submit():
        try:
            with transaction(session, locking=places.partnership):
                said = invite(session, viewer, form.invitation).words(given(form.name.data))
        except RuleBroken as error:
            show_on(form, error)
        else:
            flash(said, "success")
            return redirect(url_for("accounts.list_people"))
    status = 422 if form.is_submitted() else 200
    return render_template("accounts/invite_person.html", form=form), status


@blueprint.route("/people/<ref>/end", methods=["GET", "POST"])
def end_membership(ref: str) -> ResponseReturnValue:
    """Ask once, then take a role away; it holds from the person's next request on."""
    viewer, session = current_viewer(), current_session()
    require(viewer, Permission.MANAGE_PEOPLE, own_partnership(session, viewer))
    if request.method != "POST":
        line = one_to_end(session, viewer, ref)
        return render_template(
            "accounts/end_role.html",
            name=line.person.name,
            email=line.person.email,
            role=ROLE_WORDS[line.membership.role],
            where=line.place,
            back=("People", url_for("accounts.list_people")),
        )
    with transaction(session):
        end_person(session, viewer, ref)
    flash("The role is taken away. It holds from now on.", "success")
    return redirect(url_for("accounts.list_people"))
