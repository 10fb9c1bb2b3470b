"""Submitting: the snapshot that others read from then on, whatever is written afterwards."""

from sqlalchemy.orm import Session

from auditapp.assessments.models import Snapshot
from auditapp.policy.roles import Viewer


def submit(session: Session, viewer: Viewer, ref: str, comment: str = "") -> Snapshot:
    """Submit the assessment `ref`: by a signature, or by sending where the round asks for none.

    Raises:
        Missing, NotAllowed: the viewer may not see it, or not sign it.
        WrongState: it is not awaiting sign-off.
    """
    raise NotImplementedError(ref)
