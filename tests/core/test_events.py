"""The trail: chained, in order, in the same transaction as the change."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import ClassVar

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from auditapp.core.db import sha256_of
from auditapp.core.events import Audience, Event, Happening, content_of, record
from auditapp.core.transactions import transaction


@dataclass(frozen=True, kw_only=True)
class LampLit(Happening):
    kind: ClassVar[str] = "lamp-lit"
    audience: ClassVar[Audience] = Audience.ORGANISATION

    lamp: int


def unbroken(events):
    """Whether each event's hash covers the one before and itself."""
    previous = ""
    for number, event in enumerate(events, 1):
        about = (event.organisation_id, event.round_id)
        content = content_of(event.kind, event.at.isoformat(), event.actor_id, about, event.facts)
        if (event.sequence, event.previous) != (number, previous):
            return False
        previous = sha256_of(previous + content)
        if event.hash != previous:
            return False
    return True


def lit(session, count, partnership_id=1):
    with transaction(session):
        for lamp in range(count):
            record(session, LampLit(partnership_id=partnership_id, lamp=lamp), actor_id=7)


def test_events_of_a_partnership_are_one_unbroken_chain(session):
    lit(session, 3)
    lit(session, 2, partnership_id=2)
    lit(session, 1)

    chain = session.scalars(select(Event).where(Event.chain_id == 1).order_by(Event.sequence)).all()

    assert len(chain) == 4
    assert unbroken(chain)
    assert chain[0].facts == {"lamp": 0}


def test_a_changed_event_breaks_the_chain(session):
    lit(session, 3)
    chain = session.scalars(select(Event).order_by(Event.sequence)).all()

    session.expunge_all()
    chain[1].facts = {"lamp": 99}

    assert not unbroken(chain)
    assert not unbroken([chain[0], chain[2]])


def test_an_event_goes_with_the_change_it_tells_of(session):
    with pytest.raises(KeyError), transaction(session):
        record(session, LampLit(partnership_id=1, lamp=1), actor_id=None)
        raise KeyError

    assert session.scalars(select(Event)).all() == []


@pytest.mark.parametrize(
    "change", ["UPDATE event SET kind = 'x'", "DELETE FROM event"], ids=["update", "delete"]
)
def test_an_event_is_never_changed_or_removed(session, change):
    lit(session, 1)

    with pytest.raises(DBAPIError, match="append-only"):
        session.execute(text(change))
    session.rollback()


def test_eight_writers_make_one_chain(engine):
    lit(Session(engine), 1)

    def write(_writer):
        with Session(engine) as session:
            for _ in range(5):
                lit(session, 1)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))

    with Session(engine) as session:
        chain = session.scalars(select(Event).order_by(Event.sequence)).all()
    assert len(chain) == 41
    assert unbroken(chain)
