"""Who looks at the pages: people of the demonstration, signed in as they would be."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sqlalchemy import Engine, select

from auditapp.accounts.models import Membership, Person
from auditapp.assessments.models import Assessment
from tests.screens.tour import MOST_OF_A_KIND

if TYPE_CHECKING:
    from playwright.sync_api import Page


@dataclass(frozen=True)
class Visitor:
    """`name` begins the names of the pictures; without an address nobody is signed in. `most` is
    how many pages of one kind they look at."""

    name: str
    email: str = ""
    most: int = MOST_OF_A_KIND


def visitors(engine: Engine) -> list[Visitor]:
    """A stranger, and one person of each role for each state their own assessment may be in."""
    people = (
        select(Person.email, Membership.role, Assessment.status)
        .join(Membership, Membership.person_id == Person.id)
        .outerjoin(Assessment, Assessment.organisation_id == Membership.organisation_id)
        .where(Membership.ends_on.is_(None))
        .order_by(Person.id, Assessment.id.desc())
    )
    found = {"nobody": Visitor("nobody")}
    with engine.connect() as connection:
        for email, role, status in connection.execute(people):
            name = f"{role} {status or ''}".strip()
            # Whoever comes after another of their role sees the same pages in another state.
            most = 1 if any(other.startswith(role) for other in found) else MOST_OF_A_KIND
            found.setdefault(name, Visitor(name, email, most))
    return list(found.values())


def sign_in(page: "Page", address: str, visitor: Visitor, password: str) -> None:
    """Raises `RuntimeError` if the form sends the visitor back."""
    if not visitor.email:
        return
    page.goto(f"{address}/sign-in")
    page.get_by_label("E-mail address").fill(visitor.email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()
    if urlsplit(page.url).path == "/sign-in":
        raise RuntimeError(f"{visitor.name} ({visitor.email}) cannot sign in")
