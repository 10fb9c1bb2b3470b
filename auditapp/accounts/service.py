"""Giving and ending roles, choosing passwords. The caller locks and commits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from auditapp.accounts.inviting import (
    RESET_LASTS,
    Given,
    Invited,
    end_links,
    invite_all,
    normal,
    password_link,
    send_role_letter,
)
from auditapp.accounts.models import Assignment, Membership, PasswordLink, Person, UserSession
from auditapp.accounts.passwords import token_hash
from auditapp.accounts.queries import not_ended
from auditapp.core import clock
from auditapp.core.errors import Missing, RuleBroken
from auditapp.core.events import INSTALLATION, Audience, Happening, record
from auditapp.core.transactions import lock
from auditapp.messages.letters import compose
from auditapp.messages.outbox import send
from auditapp.policy.roles import Role

LINK_OVER = "This link has been used or is too old. Ask for a new one."


@dataclass(frozen=True, kw_only=True)
class RoleGiven(Happening):
    kind: ClassVar[str] = "role-given"
    audience: ClassVar[Audience] = Audience.ORGANISATION

    person_id: int
    membership_id: int
    role: str


@dataclass(frozen=True, kw_only=True)
class RoleEnded(Happening):
    kind: ClassVar[str] = "role-ended"
    audience: ClassVar[Audience] = Audience.ORGANISATION

    person_id: int
    membership_id: int
    role: str


@dataclass(frozen=True, kw_only=True)
class PasswordChosen(Happening):
    kind: ClassVar[str] = "password-chosen"
    audience: ClassVar[Audience] = Audience.PARTNERSHIP

    person_id: int


def record_given(
    session: Session, partnership_id: int, membership: Membership, *, actor_id: int | None
) -> None:
    given = RoleGiven(
        partnership_id=partnership_id,
        organisation_id=membership.organisation_id,
        round_id=membership.round_id,
        person_id=membership.person_id,
        membership_id=membership.id,
        role=membership.role,
    )
    record(session, given, actor_id=actor_id)


def offer_role(
    session: Session,
    invited: Invited,
    *,
    place: str,
    partnership_id: int,
    by: Person,
    work: Sequence[str] = (),
) -> Given:
    """Give one person a role and tell them; whoever holds it already is told nothing new.

    `place` is the name of where the role is held, `partnership_id` whose trail it stands in,
    `work` what they are asked to do first.
    """
    given = invite_all(session, [invited])[0]
    membership = given.membership
    if given.is_new:
        record_given(session, partnership_id, membership, actor_id=by.id)
        send_role_letter(
            session,
            membership,
            invited,
            place=place,
            partnership_id=partnership_id,
            by=by,
            work=work,
        )
    return given


def end_role(
    session: Session, membership: Membership, *, partnership_id: int, actor_id: int
) -> None:
    """End a locked membership yesterday, so that it holds from the next request on.

    What was assigned under it is withdrawn. The last administrator of a partnership, and the last
    of the installation, stay.

    Raises:
        RuleBroken: nobody else holds the role.
    """
    today = clock.today()
    if membership.role in (Role.ADMINISTRATOR, Role.SYSTEM_ADMINISTRATOR):
        _check_others(session, membership)
    membership.ends_on = today - timedelta(days=1)
    session.execute(
        update(Assignment)
        .where(Assignment.membership_id == membership.id, Assignment.withdrawn_at.is_(None))
        .values(withdrawn_at=clock.now())
    )
    session.flush()
    others = select(Membership.id).where(
        Membership.person_id == membership.person_id, not_ended(today)
    )
    if session.scalar(others.limit(1)) is None:
        end_links(session, [membership.person_id])
    ended = RoleEnded(
        partnership_id=partnership_id,
        organisation_id=membership.organisation_id,
        round_id=membership.round_id,
        person_id=membership.person_id,
        membership_id=membership.id,
        role=membership.role,
    )
    record(session, ended, actor_id=actor_id)


def _check_others(session: Session, membership: Membership) -> None:
    # Each is locked, so that two administrators cannot remove one another at once.
    same = (
        select(Membership)
        .join(Person, Person.id == Membership.person_id)
        .where(
            Membership.role == membership.role,
            Membership.partnership_id == membership.partnership_id
            if membership.partnership_id
            else Membership.partnership_id.is_(None),
            not_ended(clock.today()),
            Membership.starts_on <= clock.today(),
            Person.disabled_at.is_(None),
        )
        .order_by(Membership.id)
        .with_for_update(of=Membership)
    )
    if not [row for row in session.scalars(same) if row.id != membership.id]:
        raise RuleBroken("This is the last administrator. Invite another first.")


def ask_for_password(session: Session, email: str) -> None:
    """Send a link to choose a new password, if there is someone to send it to. One in five minutes.

    Whether there is stays unsaid: the caller answers the same to all.
    """
    known = select(Person).where(Person.email == normal(email), Person.disabled_at.is_(None))
    person = lock(session, known)
    if person is None or not _holds_a_role(session, person.id):
        return
    minutes = int(clock.now().timestamp()) // 300
    lasts = RESET_LASTS
    letter = compose("password", name=person.name, link=password_link(session, person, lasts))
    key = f"password:{person.id}:{minutes}"
    send(session, to=person.email, unique_key=key, **vars(letter))


def usable_link(session: Session, token: str) -> tuple[PasswordLink, Person]:
    """The unused link of that token and whose it is.

    Raises:
        Missing: it does not exist, was used, is too old, or its person holds no role any more.
    """
    row = session.execute(
        select(PasswordLink, Person)
        .join(Person, Person.id == PasswordLink.person_id)
        .where(
            PasswordLink.token_hash == token_hash(token),
            PasswordLink.used_at.is_(None),
            PasswordLink.expires_at > clock.now(),
            Person.disabled_at.is_(None),
        )
    ).one_or_none()
    if row is None or not _holds_a_role(session, row[1].id):
        raise Missing(LINK_OVER)
    return row[0], row[1]


def choose_password(session: Session, token: str, password_hash: str) -> Person:
    """Set the password of the link's person, once. Every link and every sign-in of theirs ends.

    Locks the person first, so that of two at once with one link the second finds it used.

    Raises:
        Missing: as `usable_link`.
    """
    person_id = usable_link(session, token)[1].id
    person = lock(session, select(Person).where(Person.id == person_id))
    assert person is not None
    usable_link(session, token)
    person.password_hash = password_hash
    end_links(session, [person.id])
    end_sessions(session, person.id)
    chosen = PasswordChosen(partnership_id=INSTALLATION, person_id=person.id)
    record(session, chosen, actor_id=person.id)
    return person


def end_sessions(session: Session, person_id: int) -> None:
    """Sign a person out everywhere."""
    session.execute(
        update(UserSession)
        .where(UserSession.person_id == person_id, UserSession.ended_at.is_(None))
        .values(ended_at=clock.now())
    )


def _holds_a_role(session: Session, person_id: int) -> bool:
    held = select(Membership.id).where(
        Membership.person_id == person_id,
        or_(Membership.ends_on.is_(None), Membership.ends_on >= clock.today()),
    )
    return session.scalar(held.limit(1)) is not None
