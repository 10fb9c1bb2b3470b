"""Saves for tests: what a browser would send, with what the test is about."""

from itertools import count
from typing import Any

from auditapp.accounts.queries import viewer_of
from auditapp.assessments.answers import save_answer
from auditapp.assessments.models import Address
from auditapp.assessments.saving import Saved, Saving
from auditapp.core.transactions import transaction

_ids = count(1)


def saving(**fields: Any) -> Saving:
    """A first save of a met standard."""
    wanted = {"grade": "met", "commentary": "We do this.", "based_on": 0}
    return Saving(**({"save_id": f"s{next(_ids)}"} | wanted | fields))


def save(session: Any, member: Any, assessment: Any, key: str = "c1", **fields: Any) -> Saved:
    """Save as a request would: in a transaction of its own."""
    at = Address(assessment.ref, key)
    viewer = viewer_of(session, member.person_id, member.id)
    with transaction(session):
        return save_answer(session, viewer, at, saving(**fields))
