"""Who looks at the pages: one account of the demonstration for each role, signed in as people do."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import Page


@dataclass(frozen=True)
class Visitor:
    """`name` begins the names of the pictures; without an address nobody is signed in."""

    name: str
    email: str = ""
    password: str = ""


def visitors() -> list[Visitor]:
    """A stranger, and everybody the demonstration lets in."""
    from auditapp.demo.people import PASSWORD, SIGN_INS

    people = [Visitor(role, email, PASSWORD) for role, email in SIGN_INS.items()]
    return [Visitor("nobody"), *people]


def sign_in(page: "Page", address: str, visitor: Visitor) -> None:
    """Raises `RuntimeError` if the form sends the visitor back."""
    if not visitor.email:
        return
    page.goto(f"{address}/sign-in")
    page.get_by_label("Email address").fill(visitor.email)
    page.get_by_label("Password", exact=True).fill(visitor.password)
    page.get_by_role("button", name="Sign in").click()
    if urlsplit(page.url).path == "/sign-in":
        raise RuntimeError(f"{visitor.name} ({visitor.email}) cannot sign in")
