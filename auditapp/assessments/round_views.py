"""Pages on which the business unit runs a round: inviting, extending, excusing, closing."""

from flask import Blueprint

blueprint = Blueprint("invitations", __name__)
