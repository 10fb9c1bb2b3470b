"""Who may be written to in whose name.

People, places and rounds belong to rooms above this one; their tables are asked for by name.
"""

from collections.abc import Collection

from sqlalchemy import Select, Table, select, union
from sqlalchemy.orm import Session

from auditapp.core.db import Base


def addresses_of(session: Session, partnership_ids: Collection[int]) -> frozenset[str]:
    """The addresses of everyone who has only ever acted for these partnerships: one statement.

    Left out is who acts for another one too, because a link sent to them opens that one as well.
    """
    person, acts_for = _table("person"), _acts_for().subquery()
    elsewhere = select(acts_for.c.person_id).where(
        acts_for.c.partnership_id.not_in(partnership_ids)
    )
    query = (
        select(person.c.email)
        .join(acts_for, acts_for.c.person_id == person.c.id)
        .where(person.c.id.not_in(elsewhere))
    )
    return frozenset(session.scalars(query))


def _acts_for() -> Select[int, int]:
    """(person, partnership): by a role in it, in a place that belongs or belonged to it, or in a
    round that it runs."""
    held, belongs, run = (
        _table(name) for name in ("membership", "organisation_partnership", "round_partnership")
    )
    own = select(held.c.person_id, held.c.partnership_id).where(held.c.partnership_id.is_not(None))
    placed = select(held.c.person_id, belongs.c.partnership_id).join(
        belongs, belongs.c.organisation_id == held.c.organisation_id
    )
    rounds = select(held.c.person_id, run.c.partnership_id).join(
        run, run.c.round_id == held.c.round_id
    )
    every = union(own, placed, rounds).subquery()
    return select(every.c.person_id, every.c.partnership_id)


def _table(name: str) -> Table:
    return Base.metadata.tables[name]
