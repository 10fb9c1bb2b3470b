"""Signing one browser in and out: its cookie's token and the row that makes it count."""

from flask import session as cookie
from flask_login import login_user
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from auditapp.accounts.models import Membership, Person, UserSession
from auditapp.accounts.passwords import new_token, token_hash
from auditapp.accounts.queries import current_memberships
from auditapp.accounts.signing_in import SignedIn
from auditapp.core import clock


def sign_in(session: Session, person: Person, membership: Membership | None) -> None:
    """Begin a session with a new token, whatever the cookie held: none is ever carried over."""
    token = new_token()
    row = UserSession(
        token_hash=token_hash(token),
        person_id=person.id,
        membership_id=membership.id if membership else None,
    )
    session.add(row)
    session.flush()
    cookie.clear()
    login_user(SignedIn(token, row, person, membership))


def sign_out(session: Session, token: str) -> None:
    """End the session of that token at once, and empty the cookie."""
    session.execute(
        update(UserSession)
        .where(UserSession.token_hash == token_hash(token), UserSession.ended_at.is_(None))
        .values(ended_at=clock.now())
    )
    cookie.clear()


def role_to_begin_in(session: Session, person: Person) -> Membership | None:
    """The role they acted in last, while they hold it; else the oldest they hold."""
    held = list(session.scalars(current_memberships(person.id)))
    last = session.scalar(
        select(UserSession.membership_id)
        .where(UserSession.person_id == person.id, UserSession.membership_id.is_not(None))
        .order_by(UserSession.id.desc())
        .limit(1)
    )
    by_id = {row.id: row for row in held}
    return by_id.get(last or 0) or (held[0] if held else None)
