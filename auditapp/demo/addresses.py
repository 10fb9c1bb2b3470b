"""Whose messages a partnership's people may read in the demo's folder."""

from collections.abc import Collection

from sqlalchemy import Select, select, union
from sqlalchemy.orm import Session

from auditapp.accounts.models import Membership, Person
from auditapp.organisations.models import OrganisationPartnership
from auditapp.rounds.models import RoundPartnership


def addresses_of(session: Session, partnership_ids: Collection[int]) -> frozenset[str]:
    """The addresses of everyone who has only ever acted for these partnerships: one statement.

    Left out is who acts for another one too, because a link sent to them opens that one as well.
    """
    acts_for = _acts_for().subquery()
    elsewhere = select(acts_for.c.person_id).where(
        acts_for.c.partnership_id.not_in(partnership_ids)
    )
    query = (
        select(Person.email)
        .join(acts_for, acts_for.c.person_id == Person.id)
        .where(Person.id.not_in(elsewhere))
    )
    return frozenset(session.scalars(query))


def _acts_for() -> Select[int, int]:
    """(person, partnership): by a role in it, in a place that belongs or belonged to it, or in a
    round that it runs."""
    own = select(Membership.person_id, Membership.partnership_id).where(
        Membership.partnership_id.is_not(None)
    )
    placed = select(Membership.person_id, OrganisationPartnership.partnership_id).join(
        OrganisationPartnership,
        OrganisationPartnership.organisation_id == Membership.organisation_id,
    )
    rounds = select(Membership.person_id, RoundPartnership.partnership_id).join(
        RoundPartnership, RoundPartnership.round_id == Membership.round_id
    )
    every = union(own, placed, rounds).subquery()
    return select(every.c.person_id, every.c.partnership_id)
