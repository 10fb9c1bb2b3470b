"""How often a password may be guessed: refused sign-ins are counted in the database, so the count
survives a restart and holds for every worker."""

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from auditapp.accounts.inviting import normal
from auditapp.accounts.models import SignInAttempt
from auditapp.core import clock
from auditapp.core.transactions import transaction

MOST = 10  # refused ones, per account and per address
WINDOW = timedelta(minutes=5)
KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Attempt:
    """One try, counted until it is forgiven. `again_at`: it must not be made before then."""

    id: int
    email_hash: str
    again_at: datetime | None


def begin_attempt(session: Session, *, email: str, address: str, key: str) -> Attempt:
    """Count a try before its password is looked at, in a transaction of its own.

    It is written first and counted after, so that of many at once no more than `MOST` get through.
    A try that is refused for coming too often is not itself counted: waiting always helps.
    """
    hashes = _hash(normal(email), key), _hash(address, key)
    now = clock.now()
    with transaction(session):
        session.execute(delete(SignInAttempt).where(SignInAttempt.at < now - KEPT))
        row = SignInAttempt(email_hash=hashes[0], address_hash=hashes[1], at=now)
        session.add(row)
        session.flush()
        attempt_id = row.id
    with transaction(session):
        again_at = max(_waits(session, hashes, now), default=None)
        if again_at is not None:
            session.execute(delete(SignInAttempt).where(SignInAttempt.id == attempt_id))
    return Attempt(attempt_id, hashes[0], again_at)


def forgive(session: Session, attempt: Attempt) -> None:
    """The right password was given: what was counted against the account is gone."""
    session.execute(delete(SignInAttempt).where(SignInAttempt.email_hash == attempt.email_hash))


def _waits(session: Session, hashes: tuple[str, str], now: datetime) -> Iterator[datetime]:
    """When the oldest of the last `MOST` others leaves the window, for each limit that is reached."""
    email_hash, address_hash = hashes
    query = (
        select(SignInAttempt.email_hash, SignInAttempt.address_hash, SignInAttempt.at)
        .where(
            SignInAttempt.at > now - WINDOW,
            or_(
                SignInAttempt.email_hash == email_hash,
                SignInAttempt.address_hash == address_hash,
            ),
        )
        .order_by(SignInAttempt.at, SignInAttempt.id)
    )
    rows = session.execute(query).all()
    for times in (
        [row.at for row in rows if row.email_hash == email_hash],
        [row.at for row in rows if row.address_hash == address_hash],
    ):
        if len(times) > MOST:
            yield times[-MOST - 1] + WINDOW


def _hash(text: str, key: str) -> str:
    """Keyed, so that the table gives away no address to one who reads only it."""
    return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()
