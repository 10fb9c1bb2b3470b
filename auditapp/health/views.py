"""Whether the process lives and may serve, for a load balancer and for the system administrator."""

from flask import Blueprint, Response, current_app, jsonify, render_template
from flask.typing import ResponseReturnValue

from auditapp.accounts.administrators import Installation
from auditapp.accounts.signing_in import current_viewer
from auditapp.health.checks import CHECKS, failing
from auditapp.messages.worker import waiting
from auditapp.policy.permissions import Permission, require
from auditapp.web.session import current_engine, current_session

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> ResponseReturnValue:
    """The process answers. Nothing else is asked, least of all the database."""
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/readyz")
def readyz() -> ResponseReturnValue:
    """Ready, or 503 with the names of what fails."""
    faults = failing(current_engine(), current_app.extensions["settings"])
    return jsonify(ready=not faults, failing=faults), 503 if faults else 200


@blueprint.get("/health")
def show() -> ResponseReturnValue:
    """What is wrong, for the system administrator."""
    require(current_viewer(), Permission.MANAGE_INSTALLATION, Installation())
    settings = current_app.extensions["settings"]
    faults = failing(current_engine(), settings)
    still, given_up = waiting(current_session())
    page = {
        "checks": [(name, name not in faults) for name in CHECKS],
        "waiting": still,
        "given_up": given_up,
        "way": "smtp" if settings.smtp_url else "folder" if settings.demo else "nowhere",
        "database": current_engine().dialect.name,
    }
    return render_template("health/show.html", **page)
