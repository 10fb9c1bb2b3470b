"""The first page of each role, and the pages about the service."""

from collections import Counter
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from auditapp.core import clock
from auditapp.home.administrator import next_act
from auditapp.home.queries import RoundToday
from auditapp.policy.roles import Role
from auditapp.policy.states import Status
from auditapp.rounds.models import RoundState
from tests.statements import statements

TODAY = date(2026, 11, 24)


def round_today(
    unallocated=0, *, due=TODAY + timedelta(30), state=RoundState.OPEN, remind_from=TODAY, **counts
):
    row = SimpleNamespace(
        title="Section 11, 2026", ref="abc", state=state, due_on=due, remind_from=remind_from
    )
    named = {Status(name.replace("_", "-")): n for name, n in counts.items()}
    return RoundToday(row, Counter(named), unallocated)


def test_feedback_that_is_ready_comes_first():
    rounds = [
        round_today(3, submitted=3, not_started=9, due=TODAY),
        round_today(moderation_completed=2),
    ]

    assert next_act(rounds, TODAY).title == "Release 2 letters of feedback"


def test_what_runs_out_within_a_week_comes_before_the_panels_work():
    soon = TODAY + timedelta(7)

    assert (
        "Chase the 9"
        in next_act([round_today(3, submitted=3, not_started=9, due=soon)], TODAY).title
    )
    later = soon + timedelta(1)
    assert (
        "3 submitted"
        in next_act([round_today(3, submitted=3, not_started=9, due=later)], TODAY).title
    )


def test_nobody_is_chased_before_half_of_the_time_has_passed():
    early = round_today(not_started=9, remind_from=TODAY + timedelta(1))

    assert next_act([early], TODAY).title == "Nothing waits for you today"
    one = round_today(not_started=1)
    assert next_act([one], TODAY).title == "Chase the 1 organisation that has not submitted"


def test_those_excused_are_not_chased():
    row = round_today(excused=4, closed=1, submitted=2, due=TODAY)

    assert (row.base, row.awaited) == (2, 0)
    assert next_act([row], TODAY).title == "Nothing waits for you today"


def test_a_plan_is_gone_on_with_and_without_any_round_one_is_planned():
    assert "Go on planning" in next_act([round_today(state=RoundState.DRAFT)], TODAY).title
    assert next_act([], TODAY).endpoint == "rounds.create_round"


def test_an_administrators_page_counts_its_own_rounds_only(client_for, make):
    administrator = make.membership(Role.ADMINISTRATOR)
    given = make.assessment(status=Status.SUBMITTED)
    make.assessment(status=Status.SUBMITTED)
    make.panel_member(given)
    make.assessment(status=Status.NOT_STARTED)
    elsewhere = make.round_row(partnership=make.partnership(), title="Somewhere else")
    make.assessment(round_=elsewhere, status=Status.SUBMITTED)

    page = client_for(administrator).get("/").text

    assert "2 submitted, 0 awaiting sign-off, 0 in progress, 1 not started, of 3" in page
    assert "1 submitted and not yet given to the panel" in page
    assert "Somewhere else" not in page


def test_its_statements_do_not_grow(app, client_for, make):
    client, counted = client_for(make.membership(Role.ADMINISTRATOR)), []
    client.get("/")
    for more in (1, 6):
        for _ in range(more):
            round_ = make.round_row(questionnaire_version_id=make.round.questionnaire_version_id)
            make.assessment(round_=round_)
        with statements(app.extensions["engine"]) as sent:
            client.get("/")
        counted.append(len(sent))

    assert counted[0] == counted[1] <= 8


@pytest.mark.parametrize(
    ("role", "place"),
    [
        (Role.PANEL_MEMBER, "moderation.queue"),
        (Role.PANEL_CHAIR, "moderation.queue"),
        (Role.SCRUTINEER, "reports.list_reports"),
        (Role.PARTNERSHIP_VIEWER, "reports.list_reports"),
        (Role.SYSTEM_ADMINISTRATOR, "accounts.list_accounts"),
    ],
)
def test_each_of_the_others_is_led_to_their_own_first_page(app, client_for, make, role, place):
    with app.test_request_context():
        expected = app.url_for(place)

    answer = client_for(make.membership(role)).get("/")

    assert (answer.status_code, answer.location) == (302, expected)


@pytest.mark.parametrize("role", [Role.LEAD, Role.CONTRIBUTOR, Role.SIGNATORY])
def test_an_organisations_people_have_a_first_page(client_for, make, role):
    assert client_for(make.membership(role)).get("/").status_code == 200


@pytest.mark.parametrize("page", ["/help", "/accessibility", "/privacy"])
def test_anyone_reads_about_the_service_and_whom_to_ask(app, make, page):
    make.partnership(email="unit@example.org")

    text = app.test_client().get(page).text

    assert "mailto:unit@example.org" in text
    assert text.count("<h1") == 1


def test_the_accessibility_statement_says_what_the_law_asks_and_is_not_a_year_old(app):
    text = app.test_client().get("/accessibility").text

    for words in ("partially compliant", "version 2.2 AA", "Equality and Human Rights Commission"):
        assert words in text
    from datetime import datetime

    from auditapp.home.views import CHECKED_ON

    checked = datetime.strptime(CHECKED_ON, "%d %B %Y").date()
    assert clock.today() - checked < timedelta(days=365)
