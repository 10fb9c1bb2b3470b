"""Two people on one answer, over and over: nothing is ever overwritten in silence."""

import random
import threading

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from auditapp.accounts.queries import viewer_of
from auditapp.assessments.answers import save_answer
from auditapp.assessments.models import Address, Answer, AnswerRevision
from auditapp.assessments.saving import AnswerStale
from auditapp.core.db import make_engine
from auditapp.core.transactions import transaction
from auditapp.policy.roles import Role
from tests.assessments.savings import saving


class Writer(threading.Thread):
    """Saves again and again, each time over what it saw last; looks again after a conflict."""

    def __init__(self, url, member, ref, times, chance, barrier):
        super().__init__()
        self.url, self.member, self.ref = url, member, ref
        self.times, self.chance, self.barrier = times, chance, barrier
        self.kept, self.conflicts = [], 0
        self.error = None

    def run(self):
        engine = make_engine(self.url)
        try:
            with Session(engine) as session:
                viewer = viewer_of(session, *self.member)
                session.rollback()
                self.barrier.wait()
                seen = 0
                for turn in range(self.times):
                    seen = self.save(session, viewer, turn, seen)
        except BaseException as error:  # noqa: BLE001 - the test must hear of it
            self.error = error
        finally:
            engine.dispose()

    def save(self, session, viewer, turn, seen):
        words = f"{self.member[0]} wrote {turn} over {seen}"
        try:
            with transaction(session):
                at = Address(self.ref, "c1")
                saved = save_answer(session, viewer, at, saving(commentary=words, based_on=seen))
        except AnswerStale as stale:
            self.conflicts += 1
            return stale.conflict.revision
        self.kept.append((saved.revision, words, seen))
        # Sometimes it goes on typing over an old page, as people do.
        return saved.revision if self.chance.random() < 0.7 else seen


@pytest.mark.proof
def test_two_sessions_saving_one_answer_overwrite_nothing(
    session, make, database_url, rounds, seed, proof_figure
):
    assessment = make.assessment()
    members = [
        make.membership(Role.LEAD, organisation_id=assessment.organisation_id) for _ in range(2)
    ]
    times, barrier = rounds(20, 200), threading.Barrier(2, timeout=120)
    writers = [
        Writer(
            database_url,
            (member.person_id, member.id),
            assessment.ref,
            times,
            random.Random(seed + at),
            barrier,
        )
        for at, member in enumerate(members)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert [writer.error for writer in writers] == [None, None]
    query = (
        select(AnswerRevision)
        .join(Answer, Answer.id == AnswerRevision.answer_id)
        .order_by(AnswerRevision.number)
    )
    session.rollback()
    kept = {row.number: row.value["commentary"] for row in session.scalars(query)}
    acknowledged = [one for writer in writers for one in writer.kept]
    lost = [number for number, words, _ in acknowledged if kept.get(number) != words]
    overwritten = [number for number, _, seen in acknowledged if number != seen + 1]
    conflicts = sum(writer.conflicts for writer in writers)
    proof_figure(
        f"silent overwrites in {2 * times} saves by two sessions ({conflicts} conflicts shown)",
        str(len(lost) + len(overwritten)),
    )

    assert lost == []
    assert overwritten == []
    assert conflicts > 0
    assert len(kept) == len(acknowledged) == 2 * times - conflicts
