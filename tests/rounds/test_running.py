"""Extending, excusing, reopening and closing a round."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from auditapp.accounts.models import Person
from auditapp.assessments.models import Assessment, Move
from auditapp.core import clock
from auditapp.core.events import Event
from auditapp.policy.roles import Role
from auditapp.policy.states import Status
from auditapp.rounds.models import Round, RoundState
from tests.rounds.conftest import kinds, mails, one, typed


def test_everyone_gets_more_time_and_the_reason_stands_with_those_awaited(
    client_for, session, make, administrator
):
    waiting, done = make.assessment(), make.assessment(status=Status.SUBMITTED)
    due, final = clock.today() + timedelta(days=40), clock.today() + timedelta(days=70)

    client_for(administrator).post(
        f"/rounds/{make.round.ref}/extend",
        data={"due_on": typed(due), "final_on": typed(final), "reason": "Snow closed the schools."},
    )

    round_ = one(session, Round)
    assert (round_.due_on, round_.final_on) == (due, final)
    move = one(session, Move)
    assert (move.assessment_id, move.action) == (waiting.id, "extend-all")
    assert move.comment == "Snow closed the schools."
    assert done.status is Status.SUBMITTED
    event = session.scalars(select(Event).where(Event.kind == "round-extended")).one()
    assert event.facts["due_after"] == due.isoformat()
    assert "Snow" not in str(event.facts)


def test_one_gets_more_time_and_its_lead_is_told(client_for, session, make, administrator):
    assessment = make.assessment()
    lead = make.membership(Role.LEAD, organisation_id=assessment.organisation_id)
    make.membership(Role.LEAD)  # somewhere else
    day = make.round.due_on + timedelta(days=5)

    client_for(administrator).post(
        f"/rounds/{make.round.ref}/organisations/{assessment.ref}/extend",
        data={"due_on": typed(day), "reason": "The lead is ill."},
    )

    assert one(session, Assessment).due_on == day
    assert [mail.payload["to"] for mail in mails(session)] == [
        session.get_one(Person, lead.person_id).email
    ]
    assert "The reason: The lead is ill." in mails(session)[0].payload["text"]
    assert "assessment-extended" in kinds(session)


@pytest.mark.parametrize(("why", "status"), [("excused", Status.EXCUSED), ("shut", Status.CLOSED)])
def test_one_is_taken_out_with_a_reason_and_back_in_where_it_was(
    client_for, session, make, administrator, why, status
):
    assessment = make.assessment(started_at=clock.now())
    page = f"/rounds/{make.round.ref}/organisations/{assessment.ref}"
    client = client_for(administrator)

    assert client.post(f"{page}/excuse", data={"why": why, "reason": " "}).status_code == 422
    assert one(session, Assessment).status is Status.IN_PROGRESS
    client.post(f"{page}/excuse", data={"why": why, "reason": "Moved to another area."})
    assert one(session, Assessment).status is status
    assert one(session, Move).comment == "Moved to another area."
    client.post(f"{page}/reinstate", data={"reason": "It stays after all."})

    assert one(session, Assessment).status is Status.IN_PROGRESS


def test_a_submitted_one_is_opened_again_with_a_reason_that_its_lead_is_sent(
    client_for, session, make, administrator
):
    assessment = make.assessment(status=Status.SUBMITTED)
    make.membership(Role.LEAD, organisation_id=assessment.organisation_id)

    client_for(administrator).post(
        f"/rounds/{make.round.ref}/organisations/{assessment.ref}/reopen",
        data={"reason": "Section 4 was answered for the wrong site."},
    )

    assert one(session, Assessment).status is Status.IN_PROGRESS
    assert one(session, Assessment).snapshot_number == 1
    assert "the wrong site" in mails(session)[0].payload["text"]
    assert "send it for sign-off again" in mails(session)[0].payload["text"]


def test_each_reason_stays_on_the_rounds_page_the_latest_first(client_for, make, administrator):
    assessment = make.assessment(status=Status.SUBMITTED)
    page = f"/rounds/{make.round.ref}/organisations/{assessment.ref}"
    client = client_for(administrator)

    client.post(f"{page}/reopen", data={"reason": "Section 4 is of the wrong site."})
    day = typed(make.round.due_on + timedelta(days=5))
    client.post(f"{page}/extend", data={"due_on": day, "reason": "The lead is ill."})

    shown = client.get(f"/rounds/{make.round.ref}/").text
    assert 0 < shown.index("The lead is ill.") < shown.index("Section 4 is of the wrong site.")


def test_opening_again_where_nobody_signs_asks_for_no_signature(
    client_for, session, make, administrator
):
    round_ = make.round_row(sign_off="none")
    assessment = make.assessment(round_=round_, status=Status.SUBMITTED)
    make.membership(Role.LEAD, organisation_id=assessment.organisation_id)
    page = f"/rounds/{round_.ref}/organisations/{assessment.ref}/reopen"
    client = client_for(administrator)

    assert "must submit again" in client.get(page).text
    client.post(page, data={"reason": "Section 4 is missing."})

    text = mails(session)[0].payload["text"]
    assert "send it again" in text and "sign" not in text


def test_one_with_a_conflict_of_interest_does_not_open_it_again(
    client_for, session, make, administrator
):
    assessment = make.assessment(status=Status.SUBMITTED)
    make.membership(
        Role.LEAD, organisation_id=assessment.organisation_id, person_id=administrator.person_id
    )
    client = client_for(administrator)
    page = f"/rounds/{make.round.ref}/organisations/{assessment.ref}/reopen"

    assert client.post(page, data={"reason": "Mine."}).status_code == 403
    assert "/reopen" not in client.get(f"/rounds/{make.round.ref}/").text
    assert one(session, Assessment).status is Status.SUBMITTED


def test_a_closed_round_takes_no_more_changes(client_for, session, make, administrator):
    assessment = make.assessment()
    client, page = client_for(administrator), f"/rounds/{make.round.ref}"

    client.post(f"{page}/close")

    assert one(session, Round).state is RoundState.CLOSED
    assert one(session, Assessment).status is Status.IN_PROGRESS
    for path in ("remind", f"organisations/{assessment.ref}/excuse"):
        sent = {"why": "excused", "reason": "Late."}
        assert client.post(f"{page}/{path}", data=sent).status_code == 409
    assert "This round is closed" in client.get(f"{page}/").text


@pytest.mark.parametrize(
    ("state", "why"), [("draft", "not open yet"), ("closed", "This round is closed, so")]
)
def test_the_forms_of_a_running_round_are_not_shown_in_another_state(
    client_for, session, make, administrator, state, why
):
    assessment = make.assessment()
    round_, client = make.round, client_for(administrator)
    round_.state, round_.closed_at = RoundState(state), clock.now()
    session.commit()
    one_of = f"organisations/{assessment.ref}"

    for path in ("extend", "close", *[f"{one_of}/{verb}" for verb in ("extend", "excuse")]):
        page = client.get(f"/rounds/{round_.ref}/{path}", follow_redirects=True)
        assert page.request.path == f"/rounds/{round_.ref}/" and page.status_code == 200
        assert why in page.text and "Nothing was saved" not in page.text
    assert client.get(f"/rounds/{round_.ref}/organisations/nothing/extend").status_code == 404
    for path in ("extend", "close", f"{one_of}/extend"):  # whatever the form would say
        assert client.post(f"/rounds/{round_.ref}/{path}").status_code == 409


def test_more_time_is_asked_for_in_plain_words(client_for, make, administrator):
    assessment = make.assessment()
    client, page = client_for(administrator), f"/rounds/{make.round.ref}"

    one = client.get(f"{page}/organisations/{assessment.ref}/extend").text
    assert "What is their new due date?" in one and "Theirs" not in one
    assert "What is the last day for late returns?" in client.get(f"{page}/extend").text


def test_another_partnerships_assessment_is_not_there(client_for, session, make, administrator):
    round_ = make.round_row(partnership=make.partnership())
    theirs = make.assessment(round_=round_)
    mine = make.round
    client = client_for(administrator)

    for ref in (round_.ref, mine.ref):
        for verb in ("extend", "excuse", "reinstate", "reopen"):
            page = f"/rounds/{ref}/organisations/{theirs.ref}/{verb}"
            assert client.post(page, data={"reason": "x", "why": "excused"}).status_code == 404


def test_the_rounds_page_shows_where_everyone_stands_and_filters(client_for, make, administrator):
    make.assessment(organisation=make.organisation(name="Begun School"))
    done = make.organisation(name="Done School", phase="secondary")
    make.assessment(organisation=done, status=Status.SUBMITTED)
    client, page = client_for(administrator), f"/rounds/{make.round.ref}/"

    every = client.get(page).text
    assert "Begun School" in every and "Done School" in every
    assert "Find someone to write to at 1 organisation<" in every  # before anyone is reminded
    assert "Nobody to write to." in every
    only = client.get(f"{page}?state=awaited").text
    assert "Begun School" in only and "Done School" not in only
    assert "Begun School" not in client.get(f"{page}?phase=secondary").text
    assert "No organisation fits" in client.get(f"{page}?name=zzz").text
