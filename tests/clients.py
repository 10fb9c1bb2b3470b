"""Fixtures: rows to work with, the application, and browsers signed in to it."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from auditapp.accounts.models import Membership, UserSession
from auditapp.accounts.passwords import new_token, token_hash
from auditapp.config import Settings
from tests.factories import Make

ClientFor = Callable[[Membership], FlaskClient]

SIGNED = re.compile(r'name="csrf_token" value="[^"]*"')  # holds the second it was made in


def text_of(response: TestResponse) -> str:
    """A page on one line, alike for two askings of the same page."""
    return SIGNED.sub("", " ".join(response.get_data(as_text=True).split()))


@pytest.fixture
def make(session: Session) -> Make:
    return Make(session)


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return Settings(
        database_url=database_url,
        instance_path=tmp_path / "instance",
        secret_key="k" * 40,
        log_level="ERROR",
        testing=True,
    )


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The application on the test's database, without the check for cross-site posts."""
    from auditapp.app import create_app  # the tests of one feature need no other

    app = create_app(settings)
    app.config["WTF_CSRF_ENABLED"] = False
    yield app
    app.extensions["engine"].dispose()


@pytest.fixture
def client_for(app: Flask, session: Session) -> ClientFor:
    """A client signed in as a membership's person, acting in it."""

    def client_for(membership: Membership) -> FlaskClient:
        token = new_token()
        session.add(
            UserSession(
                token_hash=token_hash(token),
                person_id=membership.person_id,
                membership_id=membership.id,
            )
        )
        session.commit()
        client = app.test_client()
        with client.session_transaction() as cookie:
            cookie["_user_id"], cookie["_fresh"] = token, True
        return client

    return client_for
