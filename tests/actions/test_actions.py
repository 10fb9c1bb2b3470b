"""Actions: an organisation's own plan, and what a partnership sees of it."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from auditapp.accounts.queries import viewer_of
from auditapp.actions.models import Action, ActionRevision
from auditapp.actions.rules import Planned, Progress, check_planned, check_progress
from auditapp.actions.service import report_progress
from auditapp.assessments.submitting import submit
from auditapp.core import clock
from auditapp.core.days import day_of
from auditapp.core.errors import Missing, NotAllowed, RuleBroken, Stale
from auditapp.core.events import Event
from auditapp.core.transactions import transaction
from auditapp.organisations.models import Organisation
from auditapp.policy.roles import Role
from auditapp.policy.states import Status
from tests.assessments.savings import save
from tests.clients import text_of

TODAY = date(2026, 11, 24)


@pytest.fixture
def assessment(make):
    return make.assessment()


@pytest.fixture
def lead(make, assessment):
    return make.membership(Role.LEAD, organisation_id=assessment.organisation_id)


@pytest.fixture
def action(session, lead, assessment):
    due = clock.today() + timedelta(days=30)
    plan = {"action_what": "Review filtering", "action_owner": "IT manager", "action_due": due}
    save(session, lead, assessment, grade="not-met", **plan)
    return session.scalars(select(Action)).one()


def report(session, member, action, based_on=1, **progress):
    viewer, ref = viewer_of(session, member.person_id, member.id), action.ref
    with transaction(session, locking=action):
        return report_progress(session, viewer, ref, Progress(**progress), based_on)


def test_a_plan_is_kept_as_text_and_read_back():
    plan = Planned(what="Review it", owner="Head", due=TODAY)

    assert Planned.from_json(plan.as_json) == plan
    assert Planned.from_json(None) == Planned() == Planned.from_json(Planned().as_json)
    assert not Planned() and plan


def test_an_action_was_not_done_tomorrow():
    check_progress(Progress(done_on=TODAY), TODAY, TODAY)
    with pytest.raises(RuleBroken) as refused:
        check_progress(Progress(done_on=TODAY + timedelta(days=1)), TODAY, TODAY)
    assert refused.value.field == "done_on"
    with pytest.raises(RuleBroken):
        check_progress(Progress(outcome="x" * 4_001), TODAY, TODAY)


def test_an_action_was_not_done_before_it_was_made():
    with pytest.raises(RuleBroken, match="planned: 24 November 2026") as refused:
        check_progress(Progress(done_on=TODAY - timedelta(days=1)), TODAY, TODAY)
    assert refused.value.field == "done_on"


def test_an_action_is_due_within_five_years():
    check_planned(Planned(due=date(2031, 11, 24)), Planned(), TODAY)
    check_planned(Planned(due=date(2029, 2, 28)), Planned(), date(2024, 2, 29))
    with pytest.raises(RuleBroken, match="Give a date within the next five years.") as refused:
        check_planned(Planned(due=date(2031, 11, 25)), Planned(), TODAY)
    assert refused.value.field == "due"
    far = Planned(due=date(9999, 1, 31))
    check_planned(far, far, TODAY)  # kept from before there was a bound: it may stay


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("31/2/2026", "There is no 31 February 2026."),
        ("31 Apr 2027", "There is no 31 April 2027."),
        ("2026-02-29", "There is no 29 February 2026."),
        ("31 1 27", "Enter the year in four digits, like 2027."),
        ("1 January 27", "Enter the year in four digits, like 2027."),
        ("32 1 2027", "Enter a date like 31 1 2027."),
        ("1 13 2027", "Enter a date like 31 1 2027."),
        ("soon", "Enter a date like 31 1 2027."),
    ],
)
def test_what_is_no_day_is_refused_with_what_is_wrong(typed, said):
    with pytest.raises(ValueError, match=f"^{said}"):
        day_of(typed)


def test_progress_is_a_new_revision_and_an_event_without_words(session, lead, action):
    report(session, lead, action, done_on=clock.today(), outcome="Pupils are not shown it.")

    words = session.scalars(select(ActionRevision).order_by(ActionRevision.number)).all()
    event = session.scalars(select(Event).where(Event.kind == "action-progressed")).one()
    assert [row.outcome for row in words] == ["", "Pupils are not shown it."]
    assert words[1].what == "Review filtering"
    assert action.done_on == clock.today()
    assert event.facts["done_after"] == clock.today().isoformat()
    assert "shown" not in str(event.facts)


def test_progress_over_someone_elses_is_refused_and_the_same_again_is_none(session, lead, action):
    report(session, lead, action, outcome="First.")
    with pytest.raises(Stale):
        report(session, lead, action, outcome="Second.")
    report(session, lead, action, outcome="First.")

    assert action.number == 2


def test_an_action_is_done_from_the_day_it_was_made_and_one_carried_over_since_2000(
    session, make, lead, assessment, action
):
    with pytest.raises(RuleBroken):
        report(session, lead, action, done_on=clock.today() - timedelta(days=1))

    organisation = session.get_one(Organisation, assessment.organisation_id)
    later = make.assessment(round_=make.round_row(), organisation=organisation)
    save(session, lead, later, grade="not-met", action_what="Review filtering")
    carried = session.scalars(select(Action).where(Action.assessment_id == later.id)).one()
    with pytest.raises(RuleBroken):
        report(session, lead, carried, done_on=date(1999, 12, 31))
    report(session, lead, carried, done_on=date(2000, 1, 1))

    assert carried.done_on == date(2000, 1, 1)


@pytest.mark.parametrize("role", [Role.SIGNATORY, Role.ADMINISTRATOR, Role.SCRUTINEER, Role.LEAD])
def test_nobody_else_reports_progress(session, make, assessment, action, role):
    fields = {"organisation_id": assessment.organisation_id} if role is Role.SIGNATORY else {}
    with pytest.raises((Missing, NotAllowed)):
        report(session, make.membership(role, **fields), action, outcome="Mine.")
    assert action.number == 1


def test_a_done_action_meets_the_need_of_its_answer(session, lead, assessment, action):
    report(session, lead, action, done_on=clock.today())
    with clock.moved_to(clock.now() + timedelta(days=60)):
        again = save(
            session,
            lead,
            assessment,
            grade="not-met",
            commentary="More.",
            based_on=1,
            action_what="Review filtering",
            action_owner="IT manager",
            action_due=action.due_on,
        )

    assert again.state == "complete"


def test_the_plan_lists_what_is_open_and_what_is_overdue(session, client_for, lead, action):
    client = client_for(lead)
    page = text_of(client.get("/actions/"))

    assert "1.1 Culture standard 1" in page and "Review filtering" in page and "Open" in page
    sent = {"done_on": "", "outcome": "Nothing yet.", "based_on": "1"}
    assert client.post(f"/actions/{action.ref}", data=sent).status_code == 302
    assert "Nothing yet." in text_of(client.get("/actions/"))


def test_a_save_that_says_nothing_new_is_told_so(client_for, lead, action):
    sent = {"done_on": "", "outcome": "", "based_on": "1"}
    response = client_for(lead).post(f"/actions/{action.ref}", data=sent)

    assert response.status_code == 422
    assert "Nothing changed. Say when it was done" in text_of(response)


def test_the_plan_has_what_lies_ahead_then_what_is_overdue_then_what_is_done(
    session, client_for, lead, assessment, action
):
    due = clock.today() + timedelta(days=3)
    plan = {"action_owner": "Head", "action_due": due}
    save(session, lead, assessment, "c2", grade="not-met", action_what="Train staff", **plan)
    save(session, lead, assessment, "o1", grade="not-met", action_what="Ask pupils", **plan)
    asked = session.scalars(select(Action).where(Action.standard_key == "o1")).one()
    report(session, lead, asked, done_on=clock.today())
    with clock.moved_to(clock.now() + timedelta(days=10)):
        page = text_of(client_for(lead).get("/actions/"))

    heads = ["1 open action<", "1 overdue action,", "1 action done<"]
    whats = ["Review filtering", "Train staff", "Ask pupils"]
    places = [page.index(text) for pair in zip(heads, whats) for text in pair]
    assert places == sorted(places)
    assert "<details" in page and page.index("<details") < page.index("Ask pupils")


def test_a_wrong_day_comes_back_beside_its_field(client_for, lead, action):
    response = client_for(lead).post(
        f"/actions/{action.ref}", data={"done_on": "1 1 2999", "based_on": "1"}
    )

    assert response.status_code == 422
    assert 'href="#done_on"' in text_of(response) and 'value="1 1 2999"' in text_of(response)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.SCRUTINEER, Role.PARTNERSHIP_VIEWER])
def test_a_drafts_action_is_seen_by_nobody_outside(make, client_for, action, role):
    page = text_of(client_for(make.membership(role)).get("/actions/"))

    assert "Review filtering" not in page
    assert "<dd>1" not in page


def submitted(session, make, assessment):
    assessment.status = Status.AWAITING_SIGN_OFF
    session.commit()
    head = make.membership(Role.SIGNATORY, organisation_id=assessment.organisation_id)
    viewer, ref = viewer_of(session, head.person_id, head.id), assessment.ref
    with transaction(session):
        submit(session, viewer, ref)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.SCRUTINEER])
def test_the_partnership_sees_what_was_promised_and_not_what_is_written_since(
    session, make, client_for, assessment, lead, action, role
):
    submitted(session, make, assessment)
    save(
        session,
        lead,
        assessment,
        grade="not-met",
        based_on=1,
        action_what="Secret plan",
        action_owner="IT manager",
        action_due=action.due_on,
    )
    page = text_of(client_for(make.membership(role)).get("/actions/"))

    assert "Review filtering" in page and "1.1 Culture standard 1" in page
    assert "Secret plan" not in page


def test_what_is_opened_again_promises_nothing_until_it_is_submitted_again(
    session, make, client_for, assessment, action
):
    submitted(session, make, assessment)
    client = client_for(make.membership(Role.ADMINISTRATOR))
    assert "Review filtering" in text_of(client.get("/actions/"))

    assessment.status = Status.IN_PROGRESS
    session.commit()

    assert "Review filtering" not in text_of(client.get("/actions/"))


def test_a_partnership_viewer_sees_numbers_and_no_words(
    session, make, client_for, assessment, action
):
    submitted(session, make, assessment)
    page = text_of(client_for(make.membership(Role.PARTNERSHIP_VIEWER)).get("/actions/"))

    assert "<dt>open</dt><dd>1" in page
    assert "Review filtering" not in page


def test_another_partnership_sees_nothing_of_it(session, make, client_for, assessment, action):
    submitted(session, make, assessment)
    elsewhere = make.partnership()
    stranger = make.membership(Role.ADMINISTRATOR, partnership_id=elsewhere.id)

    assert "Review filtering" not in text_of(client_for(stranger).get("/actions/"))
    assert client_for(stranger).get(f"/actions/{action.ref}").status_code == 404


def test_a_partnerships_actions_come_in_pages_the_next_due_first(
    session, make, client_for, assessment, lead, action, monkeypatch
):
    monkeypatch.setattr("auditapp.assessments.plan.PER_PAGE", 1)
    tomorrow = clock.today() + timedelta(days=1)
    plan = {"action_what": "Train governors", "action_owner": "Head", "action_due": tomorrow}
    save(session, lead, assessment, "c2", grade="not-met", **plan)
    submitted(session, make, assessment)
    reader = client_for(make.membership(Role.ADMINISTRATOR))
    first, second, beyond = (text_of(reader.get(f"/actions/?page={n}")) for n in (1, 2, 9))

    assert "Train governors" in first and "Review filtering" not in first
    assert "2 actions" in first and "Page 1 of 2" in first and "Next page" in first
    assert "Review filtering" in second and "Next page" not in second
    assert beyond == second
