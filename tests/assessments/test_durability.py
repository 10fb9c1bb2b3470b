"""Killed in the middle of saving: what was acknowledged is there, and the next save goes on."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import select

from auditapp.assessments.models import AnswerRevision
from auditapp.core.events import Event, EventChain
from auditapp.policy.roles import Role

CHECKOUT = Path(__file__).resolve().parents[2]


def saves_until_killed(arguments, seconds):
    """The revisions that a saving process acknowledged before `kill -9`."""
    saver = subprocess.Popen(
        [sys.executable, "-m", "tests.assessments.saver", *map(str, arguments)],
        cwd=CHECKOUT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    first = saver.stdout.readline()
    time.sleep(seconds)
    saver.kill()
    said, complaint = saver.communicate()
    # The last line may be half written; what it says was not acknowledged to anyone.
    lines = (first + said).splitlines(keepends=True)
    acknowledged = [int(line) for line in lines if line.endswith("\n")]
    assert acknowledged, complaint
    return acknowledged


@pytest.mark.proof
def test_a_kill_during_saves_loses_nothing_that_was_acknowledged(
    session, make, database_url, rounds, seed, proof_figure
):
    assessment = make.assessment()
    lead = make.membership(Role.LEAD, organisation_id=assessment.organisation_id)
    who = (lead.person_id, lead.id, assessment.ref)
    chance, kills = random.Random(seed), rounds(3, 50)
    acknowledged: set[int] = set()
    last = 0
    for _ in range(kills):
        session.rollback()
        acknowledged |= set(
            saves_until_killed((database_url, *who, last), chance.uniform(0.05, 0.4))
        )
        session.rollback()
        last = max(session.scalars(select(AnswerRevision.number)))

    session.rollback()
    kept = {row.number: row for row in session.scalars(select(AnswerRevision))}
    lost = [number for number in acknowledged if number not in kept]
    proof_figure(f"acknowledged saves lost of {len(acknowledged)} in {kills} kills", str(len(lost)))
    assert lost == []
    assert all(row.value["commentary"] == f"Words of revision {n}" for n, row in kept.items())
    # Each save stands with its event, or neither does.
    chain = session.get_one(EventChain, make.round.partnership_id)
    events = session.scalars(select(Event).where(Event.kind == "answer-saved")).all()
    assert [event.facts["revision"] for event in events] == sorted(kept)
    assert chain.sequence == len(
        session.scalars(select(Event).where(Event.chain_id == chain.id)).all()
    )
