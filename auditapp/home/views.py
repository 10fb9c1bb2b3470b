"""The first page of each role, and the pages about the service."""

from collections.abc import Callable

from flask import Blueprint, current_app, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from auditapp.accounts.signing_in import current_viewer
from auditapp.assessments.home import contributor_home, lead_home, signatory_home
from auditapp.core import clock
from auditapp.home.administrator import next_act
from auditapp.home.queries import rounds_today
from auditapp.policy.roles import Role
from auditapp.web.session import current_session

blueprint = Blueprint("home", __name__)

CHECKED_ON = "22 November 2026"  # of the accessibility statement


@blueprint.get("/")
def home() -> ResponseReturnValue:
    """Each role's own first page."""
    if "viewer" not in g:
        return redirect(url_for("accounts.no_role"))
    return _FIRST_PAGES[current_viewer().role]()


def _administrator() -> ResponseReturnValue:
    viewer, session, today = current_viewer(), current_session(), clock.today()
    rounds = rounds_today(session, viewer)
    settings = current_app.extensions["settings"]
    page = {
        "rounds": rounds,
        "act": next_act(rounds, today),
        "today": today,
        "has_messages": settings.demo and not settings.smtp_url,
    }
    return render_template("home/administrator.html", **page)


def _lead() -> ResponseReturnValue:
    return lead_home(current_viewer(), current_session())


def _contributor() -> ResponseReturnValue:
    return contributor_home(current_viewer(), current_session())


def _signatory() -> ResponseReturnValue:
    return signatory_home(current_viewer(), current_session())


def _at(endpoint: str) -> Callable[[], ResponseReturnValue]:
    return lambda: redirect(url_for(endpoint))


_FIRST_PAGES: dict[Role, Callable[[], ResponseReturnValue]] = {
    Role.LEAD: _lead,
    Role.CONTRIBUTOR: _contributor,
    Role.SIGNATORY: _signatory,
    Role.PANEL_MEMBER: _at("moderation.queue"),
    Role.PANEL_CHAIR: _at("moderation.queue"),
    Role.ADMINISTRATOR: _administrator,
    Role.SCRUTINEER: _at("reports.list_reports"),
    Role.PARTNERSHIP_VIEWER: _at("reports.list_reports"),
    Role.SYSTEM_ADMINISTRATOR: _at("accounts.list_accounts"),
}


@blueprint.get("/help")
def help() -> ResponseReturnValue:
    """How to get help, and short answers."""
    return render_template("home/help.html")


@blueprint.get("/accessibility")
def accessibility() -> ResponseReturnValue:
    """The accessibility statement."""
    return render_template("home/accessibility.html", checked_on=CHECKED_ON)


@blueprint.get("/privacy")
def privacy() -> ResponseReturnValue:
    """What is kept about the people who use it."""
    return render_template("home/privacy.html")
