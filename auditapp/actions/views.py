"""Pages of actions."""

from flask import Blueprint

blueprint = Blueprint("actions", __name__)
