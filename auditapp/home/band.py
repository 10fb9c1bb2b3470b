"""What every page's band shows: the partnership, whom one acts as, and where one can go."""

from typing import Any

from flask import Flask, current_app, g, request, url_for
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from auditapp.accounts.models import Membership
from auditapp.accounts.queries import current_memberships
from auditapp.organisations.models import Organisation, OrganisationPartnership, Partnership
from auditapp.policy.roles import ROLE_WORDS, Role, Viewer
from auditapp.rounds.models import Round
from auditapp.web.navigation import Acting, bar_for
from auditapp.web.session import current_session


def init_app(app: Flask) -> None:
    app.context_processor(_band)
    app.jinja_env.globals["role_words"] = ROLE_WORDS


def _band() -> dict[str, Any]:
    try:
        return _drawn_band()
    except SQLAlchemyError:  # the page that says so must still be drawn
        return {"viewer": None, "acting": None, "bar": (), **_brand(None)}


def _drawn_band() -> dict[str, Any]:
    viewer: Viewer | None = g.get("viewer")
    if viewer is None:
        only = _only_partnership(current_session())
        return {"viewer": None, "acting": None, "bar": (), **_brand(only)}
    acting, partnership = acting_as(current_session(), viewer)
    bar = bar_for(viewer.role, request.endpoint, current_app.view_functions.__contains__, url_for)
    return {"viewer": viewer, "acting": acting, "bar": bar, **_brand(partnership)}


def acting_as(session: Session, viewer: Viewer) -> tuple[Acting, Partnership | None]:
    """Whom the viewer acts as, and the partnership whose pages they see. One statement."""
    roles = (
        select(func.count())
        .select_from(current_memberships(viewer.person_id).order_by(None).subquery())
        .scalar_subquery()
    )
    partnership_id = (
        select(OrganisationPartnership.partnership_id)
        .where(
            OrganisationPartnership.organisation_id == Membership.organisation_id,
            OrganisationPartnership.left_on.is_(None),
        )
        .order_by(OrganisationPartnership.id)
        .limit(1)
        .correlate(Membership)
        .scalar_subquery()
    )
    row = session.execute(
        select(Partnership, Organisation.name, Round.title, roles)
        .select_from(Membership)
        .outerjoin(Organisation, Organisation.id == Membership.organisation_id)
        .outerjoin(Round, Round.id == Membership.round_id)
        .outerjoin(
            Partnership,
            Partnership.id
            == func.coalesce(Membership.partnership_id, Round.partnership_id, partnership_id),
        )
        .where(Membership.id == viewer.membership_id)
    ).one()
    partnership, organisation_name, round_title, count = row
    name = (
        organisation_name
        or round_title
        or (partnership.name if partnership else "This installation")
    )
    words = ROLE_WORDS[Role(viewer.role)]
    return Acting(name=name, role_words=words, many_roles=count > 1), partnership


def _only_partnership(session: Session) -> Partnership | None:
    """Whose sign-in page it is, where the installation serves one partnership."""
    some = session.scalars(select(Partnership).limit(2)).all()
    return some[0] if len(some) == 1 else None


def _brand(partnership: Partnership | None) -> dict[str, Any]:
    if partnership is None:
        return {"partnership": None, "theme_url": None}
    theme = url_for("organisations.theme", ref=partnership.ref, hue=partnership.hue.lstrip("#"))
    return {"partnership": partnership, "theme_url": theme}
