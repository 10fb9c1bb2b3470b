"""Who was written to about a round today, as the keys of the outbox tell."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from auditapp.core import clock
from auditapp.core.jobs import Job
from auditapp.messages.outbox import KIND

INVITATION, REMINDER = "invitation", "reminder"


def key_of(letter: str, round_id: int, person_id: int, about: str = "") -> str:
    """The key of a message of today: for one person, one of each letter and `about` a day."""
    return f"{_today(letter, round_id)}{person_id}:{about}"


def written_to(session: Session, round_id: int, letter: str) -> set[int]:
    """Ids of the people to whom that letter about the round was written today: one statement."""
    begins = _today(letter, round_id)
    query = select(Job.unique_key).where(Job.kind == KIND, Job.unique_key.startswith(begins))
    return {int(key.removeprefix(begins).split(":")[0]) for key in session.scalars(query)}


def _today(letter: str, round_id: int) -> str:
    return f"{letter}:{round_id}:{clock.today().isoformat()}:"
