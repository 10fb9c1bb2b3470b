"""Fixtures: the site in the demo's manner, and people who come to it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest
from flask import Flask

from auditapp.accounts.passwords import hash_password
from auditapp.config import Settings
from auditapp.messages.worker import run_all
from auditapp.policy.roles import Role
from tests.browsers import DESKTOP
from tests.factories import Make
from tests.serving import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.browser.visitor import Visitor


PATIENCE_MS = 20_000  # a machine under load is slow, not wrong


@dataclass(frozen=True)
class Site:
    """An installation that keeps its messages in a folder, which a page shows."""

    address: str
    app: Flask

    def send_messages(self) -> None:
        """What the worker would do within a second."""
        run_all(self.app)

    def command(self, *words: str) -> str:
        """Run one of the operator's commands; what it printed."""
        result = self.app.test_cli_runner().invoke(args=words)
        assert result.exit_code == 0, result.output
        return result.output


Come = Callable[[str, str], "Visitor"]
ComeAs = Callable[..., "Visitor"]


@pytest.fixture
def site(settings: Settings) -> Iterator[Site]:
    from auditapp.app import create_app  # the tests of one feature need no other

    made: list[Flask] = []

    def make(address: str) -> Flask:
        made.append(create_app(replace(settings, base_url=address, demo=True)))
        return made[0]

    with served(make) as address:
        yield Site(address, made[0])


@pytest.fixture(params=[True, False], ids=["javascript", "no-javascript"])
def javascript(request: pytest.FixtureRequest) -> bool:
    """Whether browsers run the pages' scripts; a test that takes it runs both ways."""
    return bool(request.param)


@pytest.fixture
def come(request: pytest.FixtureRequest, chromium: "Browser", site: Site) -> Iterator[Come]:
    """`come(name, email)`: someone who opens a browser of their own."""
    from playwright.sync_api import expect

    from tests.browser.visitor import Visitor

    expect.set_options(timeout=PATIENCE_MS)
    runs_scripts = "javascript" not in request.fixturenames or request.getfixturevalue("javascript")
    contexts = []

    def browser(*, runs_scripts: bool) -> "Page":
        context = chromium.new_context(
            viewport=DESKTOP,
            locale="en-GB",
            timezone_id="Europe/London",
            java_script_enabled=runs_scripts,
        )
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        return context.new_page()

    def come(name: str, email: str) -> "Visitor":
        page = browser(runs_scripts=runs_scripts)
        if runs_scripts:
            return Visitor(page, site.address, name, email)
        twin = browser(runs_scripts=True)
        twin.goto(f"{site.address}/healthz")  # of the same origin, so that styles and fonts load
        return Visitor(page, site.address, name, email, twin)

    yield come
    for context in contexts:
        context.close()


@pytest.fixture
def come_as(come: Come, make: Make) -> ComeAs:
    """`come_as(role, name, ...)`: someone who holds that role, signed in."""
    from tests.browser.signing_in import PASSWORD, sign_in

    password_hash = hash_password(PASSWORD)

    def come_as(role: Role, name: str, **place: int) -> "Visitor":
        email = f"{name.lower().replace(' ', '.')}@example.org"
        person = make.person(name=name, email=email, password_hash=password_hash)
        make.membership(role, person_id=person.id, **place)
        visitor = come(name, email)
        sign_in(visitor)
        return visitor

    return come_as
