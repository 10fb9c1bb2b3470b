"""Completion and the list to chase: the rules alone."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditapp.policy.states import SUBMITTED_STATES, Status
from auditapp.reports.aggregate.chasing import (
    STALLED_AFTER_DAYS,
    Reason,
    Unsubmitted,
    became_of,
    reasons,
    to_chase,
)
from auditapp.reports.aggregate.completion import StandingRow, grouped, standing_of

# A busy machine makes rows slowly; that says nothing about the rules.
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
TODAY = date(2026, 11, 24)

rows = st.lists(
    st.builds(
        lambda status, phase, n: StandingRow(1, status, "school", phase, "", n),
        st.sampled_from(Status),
        st.sampled_from(["primary", "secondary", "none"]),
        st.integers(1, 60),
    ),
    max_size=30,
)


@PATIENT
@given(rows)
def test_the_parts_add_up_to_the_base_and_the_base_leaves_out_excused_and_closed(found):
    standing = standing_of(found)
    numbers = {status: sum(r.number for r in found if r.status is status) for status in Status}

    assert standing.submitted == sum(numbers[status] for status in SUBMITTED_STATES)
    assert standing.submitted + standing.partial + standing.not_started == standing.base
    assert standing.base + numbers[Status.EXCUSED] + numbers[Status.CLOSED] == standing.invited
    assert standing.invited == sum(numbers.values())


@PATIENT
@given(rows)
def test_the_groups_add_up_to_the_whole_and_the_furthest_behind_is_first(found):
    groups = grouped(found, lambda row: row.phase)

    assert sum(it.standing.base for it in groups) == standing_of(found).base
    rates = [it.standing.rate.fraction for it in groups if it.standing.base]
    assert rates == sorted(rates)


def test_a_group_that_is_all_left_out_has_no_rate_and_comes_last():
    found = [
        StandingRow(1, Status.EXCUSED, "", "special", "", 2),
        StandingRow(1, Status.SUBMITTED, "", "primary", "", 3),
    ]

    groups = grouped(found, lambda row: row.phase)

    assert [(it.key, it.standing.rate.text) for it in groups] == [
        ("primary", "100.0%"),
        ("special", "nobody"),
    ]


def waiting(name="A school", status=Status.NOT_STARTED, **facts):
    usual = {
        "ref": name,
        "has_contact": True,
        "mail_failed": False,
        "signed_in_on": None,
        "changed_on": None,
        "sent_on": None,
        "complete": 0,
        "asked": 75,
        "last_time": "",
    }
    return Unsubmitted(name=name, status=status, **(usual | facts))


def ago(days):
    return TODAY - timedelta(days=days)


@pytest.mark.parametrize(
    ("one", "reason", "words"),
    [
        (waiting(mail_failed=True), Reason.MAIL_FAILED, "Invitation mail failed"),
        (waiting(has_contact=False), Reason.NO_CONTACT, "Nobody has a contact"),
        (waiting(), Reason.NEVER_SIGNED_IN, "Nobody has signed in"),
        (waiting(signed_in_on=ago(3)), Reason.NOT_STARTED, "Not started"),
        (waiting(signed_in_on=ago(3), mail_failed=True), Reason.NOT_STARTED, "Not started"),
        (
            waiting(status=Status.IN_PROGRESS, changed_on=ago(STALLED_AFTER_DAYS)),
            Reason.STALLED,
            "Stalled: no change for 14 days",
        ),
        (
            waiting(status=Status.IN_PROGRESS, changed_on=ago(STALLED_AFTER_DAYS - 1)),
            Reason.UNDER_WAY,
            "In progress: changed 13 days ago",
        ),
        (
            waiting(status=Status.IN_PROGRESS, changed_on=TODAY),
            Reason.UNDER_WAY,
            "In progress: changed today",
        ),
        (
            waiting(status=Status.AWAITING_SIGN_OFF, sent_on=ago(1)),
            Reason.WITH_SIGNATORY,
            "With the signatory for 1 day",
        ),
        (
            waiting(status=Status.AWAITING_SIGN_OFF, sent_on=TODAY),
            Reason.WITH_SIGNATORY,
            "With the signatory since today",
        ),
    ],
)
def test_the_reason_is_the_first_thing_that_stops_it(one, reason, words):
    [chased] = to_chase([one], TODAY)

    assert (chased.reason, chased.words) == (reason, words)


def test_the_hardest_to_reach_come_first_and_the_longest_still_within_a_reason():
    found = [
        waiting("Late", Status.IN_PROGRESS, changed_on=ago(30)),
        waiting("Signing", Status.AWAITING_SIGN_OFF, sent_on=ago(9)),
        waiting("Later", Status.IN_PROGRESS, changed_on=ago(40)),
        waiting("Alone", has_contact=False),
    ]

    chased = to_chase(found, TODAY)

    assert [it.about.name for it in chased] == ["Alone", "Later", "Late", "Signing"]
    assert reasons(chased)[0] == (Reason.STALLED, 2)


@pytest.mark.parametrize(
    ("status", "submitted_on", "words"),
    [
        (None, None, "not asked"),
        (Status.SUBMITTED, TODAY, "submitted in time"),
        (Status.FEEDBACK_RELEASED, TODAY + timedelta(days=1), "submitted late"),
        (Status.IN_PROGRESS, None, "not submitted"),
        (Status.EXCUSED, None, "excused"),
        (Status.CLOSED, None, "closed"),
    ],
)
def test_what_became_of_it_in_the_round_before(status, submitted_on, words):
    assert became_of(status, submitted_on, TODAY) == words
