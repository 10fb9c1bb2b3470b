"""A partnership's settings, and the colour and logo that its pages ask for."""

import io

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from auditapp.core.errors import NOT_FOUND, Missing, RuleBroken
from auditapp.core.storage import Storage
from auditapp.core.transactions import transaction
from auditapp.organisations import queries, rules
from auditapp.organisations.forms import SettingsForm
from auditapp.organisations.models import Partnership
from auditapp.organisations.pages import blueprint, managed_partnership, viewer_again
from auditapp.organisations.service import Look, change_settings
from auditapp.policy.permissions import Permission
from auditapp.web.errors import show_on
from auditapp.web.headers import KEPT
from auditapp.web.session import current_session

SANDBOXED = "default-src 'none'; sandbox"


@blueprint.route("/settings", methods=["GET", "POST"])
def edit_settings() -> ResponseReturnValue:
    """The partnership's name, address, colour, logo, and what its viewers see."""
    session = current_session()
    partnership = managed_partnership(session, Permission.CHANGE_SETTINGS)
    form = SettingsForm.of(partnership)
    if form.validate_on_submit():
        try:
            wanted = _wanted(form)
            with transaction(session, locking=partnership):
                change_settings(session, viewer_again(session), wanted)
        except RuleBroken as error:
            show_on(form, error)
        else:
            flash("Settings are saved.", "success")
            return redirect(url_for("organisations.edit_settings"))
    status = 422 if form.is_submitted() else 200
    page = {"settings": partnership, "form": form}
    return render_template("organisations/edit_settings.html", **page), status


@blueprint.get("/theme/<ref>.css")
def theme(ref: str) -> Response:
    """The partnership's colour. The address names it, so a browser may keep the answer."""
    hue = _partnership(ref).hue
    response = Response(f":root{{--brand:{hue}}}\n", mimetype="text/css")
    if request.args.get("hue") == hue.lstrip("#"):
        response.headers["Cache-Control"] = KEPT
    return response


@blueprint.get("/logo/<ref>")
def logo(ref: str) -> Response:
    """The partnership's logo; with its version in the address a browser may keep it."""
    partnership = _partnership(ref)
    sha256 = partnership.logo_sha256 or ""
    path = _logos().path(sha256)
    if not sha256 or not path.is_file():
        raise Missing(NOT_FOUND)
    response = Response(path.read_bytes(), mimetype=partnership.logo_type)
    response.headers["Content-Security-Policy"] = SANDBOXED
    if request.args.get("v") and sha256.startswith(request.args["v"]):
        response.headers["Cache-Control"] = KEPT
    return response


def _partnership(ref: str) -> Partnership:
    found = current_session().scalars(queries.partnership_by_ref(ref)).one_or_none()
    if found is None:
        raise Missing(NOT_FOUND)
    return found


def _wanted(form: SettingsForm) -> Look:
    """The settings as typed. The picture is checked and stored before the transaction."""
    picture = form.logo.data.read() if form.logo.data else b""
    logo = None
    if picture:
        kind = rules.logo_kind(picture)
        logo = (_logos().keep(io.BytesIO(picture)).sha256, kind)
    return Look(
        name=form.name.data or "",
        email=form.email.data or "",
        hue=form.hue.data or "",
        names_organisations_to_viewers=form.names_organisations_to_viewers.data,
        logo=logo,
        removes_logo=form.removes_logo.data,
    )


def _logos() -> Storage:
    return Storage(current_app.extensions["settings"].instance_path / "logos")
