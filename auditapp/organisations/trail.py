"""In whose chain of events a thing of an organisation stands, where no round says."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from auditapp.core.events import INSTALLATION
from auditapp.organisations.models import OrganisationPartnership


def chain_of(session: Session, organisation_id: int) -> int:
    """Id of the partnership the organisation joined first of those it is in now; else the
    installation's chain."""
    first = select(func.min(OrganisationPartnership.partnership_id)).where(
        OrganisationPartnership.organisation_id == organisation_id,
        OrganisationPartnership.left_on.is_(None),
    )
    return session.scalar(first) or INSTALLATION
