"""What the pages of moderation have in common: one blueprint, one way to find an assessment."""

from flask import Blueprint
from sqlalchemy.orm import Session

from auditapp.accounts.signing_in import current_viewer
from auditapp.assessments.models import Assessment
from auditapp.moderation.queries import assessment_called
from auditapp.policy.permissions import Permission, require
from auditapp.policy.roles import Viewer
from auditapp.policy.scope import get_visible_or_404
from auditapp.web.session import current_session

blueprint = Blueprint("moderation", __name__)


def allowed(ref: str, permission: Permission) -> tuple[Session, Viewer, Assessment]:
    """The session, the viewer, and the assessment over which they have `permission`.

    Raises:
        Missing: there is no such assessment for them.
        NotAllowed: they may see it, but not do that.
    """
    session, viewer = current_session(), current_viewer()
    assessment = get_visible_or_404(session, assessment_called(ref), viewer)
    require(viewer, permission, assessment)
    return session, viewer, assessment
