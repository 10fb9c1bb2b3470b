"""Whether the process lives and may serve."""

from flask import Blueprint

blueprint = Blueprint("health", __name__)
