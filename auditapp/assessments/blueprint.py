"""The blueprint of assessments' pages; views.py names the modules that fill it."""

from flask import Blueprint

blueprint = Blueprint("assessments", __name__)
