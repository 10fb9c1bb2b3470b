"""How often a password may be guessed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from auditapp.accounts.limiting import MOST, WINDOW, begin_attempt, forgive
from auditapp.accounts.models import SignInAttempt
from auditapp.core import clock
from auditapp.core.transactions import transaction

KEY = "k" * 40


def attempt(session, email="a@example.org", address="192.0.2.1"):
    return begin_attempt(session, email=email, address=address, key=KEY)


def fail(session, times, **who):
    return [attempt(session, **who).again_at for _ in range(times)]


def test_the_eleventh_try_for_one_account_waits_from_whatever_address(session):
    assert fail(session, MOST) == [None] * MOST

    assert attempt(session, address="192.0.2.2").again_at is not None
    assert attempt(session, email="A@Example.org ", address="192.0.2.3").again_at is not None
    assert attempt(session, email="b@example.org", address="192.0.2.4").again_at is None


def test_the_eleventh_try_from_one_address_waits_for_whatever_account(session):
    for number in range(MOST):
        assert attempt(session, email=f"{number}@example.org").again_at is None

    assert attempt(session, email="new@example.org").again_at is not None
    assert attempt(session, email="new@example.org", address="192.0.2.9").again_at is None


def test_waiting_helps_even_while_someone_goes_on_trying(session):
    begun = clock.now()
    with clock.moved_to(begun):
        fail(session, MOST)
    for minute in (1, 2, 3, 4):
        with clock.moved_to(begun + timedelta(minutes=minute)):
            [again_at] = fail(session, 1)
            assert again_at == begun + WINDOW

    with clock.moved_to(begun + WINDOW):
        assert attempt(session).again_at is None


def test_the_right_password_clears_the_account_and_not_the_address(session):
    for number in range(MOST - 1):
        attempt(session, email=f"{number}@example.org")
    right = attempt(session)

    with transaction(session):
        forgive(session, right)

    assert attempt(session).again_at is None
    assert attempt(session, email="more@example.org").again_at is not None


def test_the_table_gives_away_no_address_and_forgets_after_a_day(session):
    with clock.moved_to(clock.now() - timedelta(days=2)):
        fail(session, 3)
    attempt(session)

    [row] = session.scalars(select(SignInAttempt))
    assert "example.org" not in row.email_hash and "192" not in row.address_hash


@pytest.mark.slow
def test_of_many_tries_at_once_no_more_than_ten_get_through(engine):
    def one(_number):
        with Session(engine) as session:
            return attempt(session).again_at is None

    with ThreadPoolExecutor(8) as pool:
        through = sum(pool.map(one, range(32)))

    assert through <= MOST
    with Session(engine) as session:
        assert session.scalar(select(func.count(SignInAttempt.id))) <= MOST
