"""The audit trail: one line for every change, chained per partnership, without anyone's words."""

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import UniqueConstraint, insert, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from auditapp.core import clock
from auditapp.core.db import Base, Document, Instant, PrimaryKey, sha256_hex
from auditapp.core.history import append_only
from auditapp.core.privacy import classes

INSTALLATION = 0  # the chain of what belongs to no partnership


class Audience(StrEnum):
    """Who may read a kind of event: its own organisation, the partnership, or the panel."""

    ORGANISATION = "organisation"
    PARTNERSHIP = "partnership"
    PANEL = "panel"


@dataclass(frozen=True, kw_only=True)
class Happening:
    """What happened, in ids, keys, grades, states and revision numbers: never a word anyone typed.

    Subclasses are named in the past tense. `partnership_id` says in whose chain it stands,
    `organisation_id` and `round_id` whom and what it is about.
    """

    kind: ClassVar[str]
    audience: ClassVar[Audience]
    partnership_id: int
    organisation_id: int | None = None
    round_id: int | None = None


class EventChain(Base):
    """The head of one partnership's chain. `hash` covers every event up to `sequence`."""

    __tablename__ = "event_chain"
    __privacy__ = classes(structure="id sequence previous hash")

    id: Mapped[PrimaryKey]  # the partnership's id, or INSTALLATION
    sequence: Mapped[int] = mapped_column(default=0)
    previous: Mapped[str] = mapped_column(default="")
    hash: Mapped[str] = mapped_column(default="")


@append_only
class Event(Base):
    """One line of the trail. Ids are plain: core lies below the tables they name."""

    __tablename__ = "event"
    __table_args__ = (UniqueConstraint("chain_id", "sequence"),)
    __privacy__ = classes(
        structure="id chain_id sequence previous hash at actor_id kind audience"
        " organisation_id round_id facts"
    )

    id: Mapped[PrimaryKey]
    chain_id: Mapped[int]
    sequence: Mapped[int]
    previous: Mapped[str]
    hash: Mapped[str]
    at: Mapped[Instant]
    actor_id: Mapped[int | None]
    kind: Mapped[str] = mapped_column(index=True)
    audience: Mapped[str]
    organisation_id: Mapped[int | None] = mapped_column(index=True)
    round_id: Mapped[int | None] = mapped_column(index=True)
    facts: Mapped[Document]


def content_of(
    kind: str, at: str, actor_id: int | None, about: tuple[int | None, int | None], facts: Document
) -> str:
    """What an event's hash covers besides the hash before it: canonical JSON."""
    return json.dumps([kind, at, actor_id, *about, facts], sort_keys=True, separators=(",", ":"))


def record(session: Session, happening: Happening, *, actor_id: int | None) -> None:
    """Add `happening` to the trail; it is saved when the caller commits. No actor: the system.

    Two statements: the chain's head is moved on (which locks it to the end of the transaction),
    and the event is written with the number and hashes that this gave.
    """
    facts = asdict(happening)
    chain_id = facts.pop("partnership_id")
    about = (facts.pop("organisation_id"), facts.pop("round_id"))
    at = clock.now()
    content = content_of(happening.kind, at.isoformat(), actor_id, about, facts)
    sequence, previous, digest = _moved_on(session, chain_id, content)
    session.execute(
        insert(Event).values(
            chain_id=chain_id,
            sequence=sequence,
            previous=previous,
            hash=digest,
            at=at,
            actor_id=actor_id,
            kind=happening.kind,
            audience=happening.audience.value,
            organisation_id=about[0],
            round_id=about[1],
            facts=facts,
        )
    )


def _moved_on(session: Session, chain_id: int, content: str) -> tuple[int, str, str]:
    move = (
        update(EventChain)
        .where(EventChain.id == chain_id)
        .values(
            sequence=EventChain.sequence + 1,
            previous=EventChain.hash,
            hash=sha256_hex(EventChain.hash + content),
        )
        .returning(EventChain.sequence, EventChain.previous, EventChain.hash)
        .execution_options(synchronize_session=False)
    )
    moved = session.execute(move).one_or_none()
    if moved is None:
        session.execute(insert(EventChain).values(id=chain_id, sequence=0, previous="", hash=""))
        moved = session.execute(move).one()
    return moved.sequence, moved.previous, moved.hash
