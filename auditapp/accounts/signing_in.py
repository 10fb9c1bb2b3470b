"""Who is signed in, and whether they may come to this page at all."""

from dataclasses import dataclass
from datetime import timedelta

from flask import Flask, abort, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin, current_user
from sqlalchemy import select, update

from auditapp.accounts.models import Membership, Person, UserSession
from auditapp.accounts.passwords import token_hash
from auditapp.accounts.queries import current_memberships, is_held, refreshed, viewer_in
from auditapp.core import clock
from auditapp.core.errors import NOT_FOUND, Missing, NotAllowed
from auditapp.core.transactions import transaction
from auditapp.policy.endpoints import ENDPOINTS, Open
from auditapp.policy.roles import Viewer
from auditapp.web.errors import wants_json
from auditapp.web.session import current_session

IDLE = timedelta(minutes=60)
LONGEST = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)  # how finely the last visit is kept
READING = ("GET", "HEAD")
NO_ROLE = "You hold no role today, so you can no longer change this."


@dataclass
class SignedIn(UserMixin):
    """The person and role of this request's cookie."""

    token: str
    user_session: UserSession
    person: Person
    membership: Membership | None

    def get_id(self) -> str:
        return self.token


def current_person() -> Person:
    """The person signed in. Only behind the guard below."""
    person: Person = current_user.person
    return person


def current_viewer() -> Viewer:
    """The person in the role they act in. Only behind the guard below."""
    viewer: Viewer = g.viewer
    return viewer


def init_app(app: Flask) -> None:
    manager = LoginManager(app)
    manager.user_loader(_signed_in)
    app.before_request(_guard)
    # For pages of features below this one, which cannot import it.
    app.extensions["viewer_again"] = refreshed


def _signed_in(token: str) -> SignedIn | None:
    """One statement: the session of that token with its person and membership."""
    now = clock.now()
    found = current_session().execute(
        select(UserSession, Person, Membership)
        .join(Person, Person.id == UserSession.person_id)
        .outerjoin(Membership, Membership.id == UserSession.membership_id)
        .where(
            UserSession.token_hash == token_hash(token),
            UserSession.ended_at.is_(None),
            UserSession.seen_at > now - IDLE,
            UserSession.started_at > now - LONGEST,
            Person.disabled_at.is_(None),
        )
    )
    row = found.one_or_none()
    return row and SignedIn(token, *row)


def _guard() -> ResponseReturnValue | None:
    """Refuse what is not listed, and whoever is not signed in where that is needed."""
    if request.endpoint is None:
        _know_viewer()  # an address that never was: its page looks like that of a foreign row
        return None
    access = ENDPOINTS.get(request.endpoint)
    if access is None:
        raise Missing(NOT_FOUND)
    if access is Open.TO_ALL:
        return None
    if not current_user.is_authenticated:
        if wants_json() or request.method not in READING:
            abort(401)  # with what was typed, which a redirect would lose
        return redirect(url_for("accounts.sign_in", next=_way_back()))
    membership = _acting_in(current_user.user_session, current_user.membership)
    if membership is None:
        return None if access is Open.TO_SIGNED_IN else _without_role()
    g.viewer = viewer_in(current_session(), membership)
    _note_visit(current_user.user_session)
    return None


def _without_role() -> ResponseReturnValue:
    if wants_json() or request.method not in READING:
        raise NotAllowed(NO_ROLE)
    return redirect(url_for("accounts.no_role"))


def _know_viewer() -> None:
    """Who asks, for the band alone: nothing is refused or written."""
    held = current_user.membership if current_user.is_authenticated else None
    if held is not None and is_held(held, clock.today()):
        g.viewer = viewer_in(current_session(), held)


def _way_back() -> str | None:
    return request.full_path.rstrip("?") if request.method != "POST" else None


def _acting_in(user_session: UserSession, membership: Membership | None) -> Membership | None:
    """The membership of the session while it is held; else another that the person holds."""
    if membership is not None and is_held(membership, clock.today()):
        return membership
    session = current_session()
    other = session.scalars(current_memberships(user_session.person_id).limit(1)).one_or_none()
    if other is not None:
        chosen = other.id
        with transaction(session, locking=user_session):
            user_session.membership_id = chosen
    return other


def _note_visit(user_session: UserSession) -> None:
    now = clock.now()
    if now - user_session.seen_at < SEEN_EVERY:
        return
    session = current_session()
    session_id = user_session.id
    with transaction(session):
        session.execute(update(UserSession).where(UserSession.id == session_id).values(seen_at=now))
