"""Pages of organisations."""

from flask import Blueprint, Response

blueprint = Blueprint("organisations", __name__)


@blueprint.get("/theme/<ref>.css")
def theme(ref: str) -> Response:
    """The partnership's hue."""
    return Response("", mimetype="text/css")
