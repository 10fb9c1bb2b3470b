"""Pages of questionnaires."""

from flask import Blueprint

blueprint = Blueprint("questionnaires", __name__)
