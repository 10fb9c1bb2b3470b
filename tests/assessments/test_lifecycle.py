"""The life of an assessment, row by row."""

from itertools import product

import pytest
from sqlalchemy import select

from auditapp.assessments.lifecycle import MOVES, Action, after, can
from auditapp.assessments.models import Move
from auditapp.assessments.moving import move
from auditapp.core.errors import WrongState
from auditapp.core.events import Event
from auditapp.core.transactions import transaction
from auditapp.policy.states import SUBMITTED_STATES, Status

LIFE = """
not-started start in-progress
in-progress send awaiting-sign-off
in-progress submit submitted
awaiting-sign-off take-back in-progress
awaiting-sign-off send-back in-progress
awaiting-sign-off sign submitted
submitted reopen in-progress
in-moderation reopen in-progress
moderation-completed reopen in-progress
feedback-released reopen in-progress
submitted begin-moderation in-moderation
in-moderation complete-moderation moderation-completed
submitted release feedback-released
moderation-completed release feedback-released
not-started excuse excused
in-progress excuse excused
awaiting-sign-off excuse excused
not-started close closed
in-progress close closed
awaiting-sign-off close closed
excused reinstate not-started
closed reinstate not-started
"""


def test_an_assessment_moves_as_the_policy_says_and_in_no_other_way():
    rows = [line.split() for line in LIFE.strip().splitlines()]

    assert {(str(a), str(b)): str(c) for (a, b), c in MOVES.items()} == {
        (a, b): c for a, b, c in rows
    }


@pytest.mark.parametrize(
    ("status", "action"),
    [pair for pair in product(sorted(Status), sorted(Action)) if pair not in MOVES],
)
def test_what_the_policy_does_not_name_is_refused(status, action):
    assert not can(status, action)
    with pytest.raises(WrongState):
        after(status, action)


def test_a_move_is_kept_with_its_comment_and_recorded_without(session, make):
    assessment = make.assessment(status=Status.AWAITING_SIGN_OFF)
    head = make.person()

    with transaction(session, locking=assessment):
        move(
            session,
            assessment,
            make.round,
            Action.SEND_BACK,
            person_id=head.id,
            comment=" Say more about 1.2. ",
        )

    step = session.scalars(select(Move)).one()
    event = session.scalars(select(Event).where(Event.kind == "assessment-moved")).one()
    assert assessment.status == Status.IN_PROGRESS
    assert (step.comment, step.status_before) == ("Say more about 1.2.", "awaiting-sign-off")
    assert event.facts == {
        "assessment_id": assessment.id,
        "action": "send-back",
        "status_before": "awaiting-sign-off",
        "status_after": "in-progress",
    }


@pytest.mark.parametrize(("begun", "reached"), [(False, "not-started"), (True, "in-progress")])
def test_reinstating_goes_on_where_it_was(session, make, begun, reached):
    assessment = make.assessment(status=Status.NOT_STARTED)
    actions = [Action.START] * begun + [Action.EXCUSE, Action.REINSTATE]

    for action in actions:
        with transaction(session, locking=assessment):
            move(session, assessment, make.round, action, person_id=None)

    assert assessment.status == reached


def test_submitting_is_dated_once(session, make):
    assessment = make.assessment(status=Status.AWAITING_SIGN_OFF)
    with transaction(session, locking=assessment):
        move(session, assessment, make.round, Action.SIGN, person_id=None)
    first = assessment.submitted_at
    for action in (Action.REOPEN, Action.SEND, Action.SIGN):
        with transaction(session, locking=assessment):
            move(session, assessment, make.round, action, person_id=None)

    assert assessment.submitted_at == first
    assert assessment.status in SUBMITTED_STATES
