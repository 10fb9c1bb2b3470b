"""The blueprint of organisations' pages, and who asks for them.

Accounts lie above organisations, so the viewer comes from where the guard of accounts leaves them.
"""

from collections.abc import Callable, Sequence
from typing import Any

from flask import Blueprint, current_app, g
from sqlalchemy.orm import Session

from auditapp.organisations.importing import Applied
from auditapp.organisations.models import Partnership
from auditapp.organisations.queries import own_partnership
from auditapp.policy.permissions import Permission, require
from auditapp.policy.roles import Viewer
from auditapp.policy.scope import get_visible_or_404

blueprint = Blueprint("organisations", __name__)


def current_viewer() -> Viewer:
    """The person in the role they act in. Only behind the guard of `accounts.signing_in`."""
    viewer: Viewer = g.viewer
    return viewer


def viewer_again(session: Session) -> Viewer:
    """The viewer as they are now, read inside a transaction for the service that writes.

    Raises:
        NotAllowed: they no longer hold the role.
    """
    refreshed: Callable[[Session, Viewer], Viewer] = current_app.extensions["viewer_again"]
    return refreshed(session, current_viewer())


def follow_conversions(session: Session, applied: Applied, actor_id: int | None) -> None:
    """Have what hangs on registrations follow those that converted, in the same transaction.

    Assessments lie above organisations, so the application says who follows.
    """
    if applied.converted:
        current_app.extensions["follow_conversions"](
            session, dict(applied.converted), actor_id=actor_id
        )


def parts_in_rounds(session: Session, organisation_id: int) -> Sequence[Any]:
    """Where an organisation stands in its rounds, and what was decided about it there; rounds and
    assessments lie above organisations, so the application says who knows."""
    known: Callable[[Session, Viewer, int], Sequence[Any]]
    known = current_app.extensions["parts_in_rounds"]
    return known(session, current_viewer(), organisation_id)


def managed_partnership(session: Session, permission: Permission) -> Partnership:
    """The viewer's own partnership, if they may do this with it.

    Raises:
        Missing, NotAllowed: they have none, or may not.
    """
    partnership = get_visible_or_404(session, own_partnership(), current_viewer())
    require(current_viewer(), permission, partnership)
    return partnership
