"""Jobs are done once, by one worker, and tried again when they fail."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from auditapp.core.jobs import LEASE, MAX_ATTEMPTS, Job, ask_for, run_next
from auditapp.core.transactions import transaction

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def asked(session, *keys):
    with transaction(session):
        for key in keys:
            ask_for(session, "mail", key, {"to": key})


def test_a_job_asked_for_twice_is_done_once(session):
    asked(session, "a", "a")
    asked(session, "a")
    sent = []

    while run_next(session, {"mail": sent.append}):
        pass

    assert sent == [{"to": "a"}]


def test_what_no_worker_knows_how_to_do_is_left(session):
    asked(session, "a")

    assert not run_next(session, {"report": print})


def test_eight_workers_do_each_job_once(engine):
    with Session(engine) as session:
        asked(session, *(f"j{n}" for n in range(20)))
    done = []

    def work(_worker):
        with Session(engine) as session:
            while run_next(session, {"mail": done.append}):
                pass

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))

    assert sorted(job["to"] for job in done) == sorted(f"j{n}" for n in range(20))


def test_a_job_that_fails_is_tried_again_later_and_given_up_in_the_end(session):
    def fail(_payload):
        raise ConnectionError("no mail server")

    with time_machine.travel(NOON, tick=False) as moved:
        asked(session, "a")
        for _ in range(MAX_ATTEMPTS):
            assert run_next(session, {"mail": fail})
            assert not run_next(session, {"mail": fail})
            moved.shift(timedelta(days=1))
        assert not run_next(session, {"mail": fail})

    job = session.scalars(select(Job)).one()
    assert job.failed_at is not None
    assert job.error == "ConnectionError: no mail server"


def test_the_job_of_a_worker_that_died_is_taken_over(session):
    with time_machine.travel(NOON, tick=False) as moved:
        asked(session, "a")
        job = session.scalars(select(Job)).one()
        with transaction(session, locking=job):
            job.leased_until = NOON + LEASE

        assert not run_next(session, {"mail": dict})
        moved.shift(LEASE + timedelta(seconds=1))
        assert run_next(session, {"mail": dict})
