"""Pages of actions. The pages themselves know assessments: assessments/plan_views.py."""

from flask import Blueprint

blueprint = Blueprint("actions", __name__, url_prefix="/actions")
