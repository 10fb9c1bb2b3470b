"""Opening, extending, excusing, reopening, reminding and closing a round."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from auditapp.accounts.models import Membership, PasswordLink, Person
from auditapp.accounts.queries import viewer_of
from auditapp.assessments.inviting import open_round
from auditapp.assessments.models import Assessment, AssessmentPartnership, Move
from auditapp.assessments.reminding import remind
from auditapp.core import clock
from auditapp.core.errors import Missing, NotAllowed, RuleBroken
from auditapp.core.events import Event
from auditapp.core.jobs import Job
from auditapp.core.transactions import transaction
from auditapp.organisations.models import OrganisationPartnership
from auditapp.policy.roles import Role
from auditapp.policy.states import Status
from auditapp.rounds.models import Round, RoundPartnership, RoundState
from tests.rounds.conftest import one, typed


def mails(session):
    session.rollback()
    return session.scalars(select(Job).where(Job.kind == "mail").order_by(Job.id)).all()


def kinds(session):
    session.rollback()
    return list(session.scalars(select(Event.kind).order_by(Event.id)))


def test_opening_gives_everyone_chosen_an_assessment_and_their_leads_one_message(
    client_for, session, make, administrator, draft, choose, contact
):
    first, second, silent = (
        make.organisation(),
        make.organisation(),
        make.organisation(name="Silent"),
    )
    make.organisation()  # not chosen
    choose(draft, first, second, silent)
    contact(first, "lead@example.org")
    contact(second, "lead@example.org")
    contact(first, "head@example.org", Role.SIGNATORY)

    client = client_for(administrator)
    assert "Silent" in client.get(f"/rounds/{draft.ref}/open").text
    response = client.post(f"/rounds/{draft.ref}/open", follow_redirects=True)

    assert "3 organisations invited. 1 message will go out." in response.text
    assert "Nobody could be written to at Silent." in response.text
    [mail] = mails(session)
    assert mail.payload["to"] == "lead@example.org"
    assert first.name in mail.payload["text"] and second.name in mail.payload["text"]
    assert "auditapp:/set-password/" in mail.payload["text"]
    assessments = session.scalars(select(Assessment)).all()
    assert {row.organisation_id for row in assessments} == {first.id, second.id, silent.id}
    assert {row.status for row in assessments} == {Status.NOT_STARTED}
    assert one(session, Round).state is RoundState.OPEN
    assert one(session, Round).opens_on == clock.today()
    roles = {
        tuple(row) for row in session.execute(select(Membership.role, Membership.organisation_id))
    }
    assert (Role.SIGNATORY, first.id) in roles and (Role.LEAD, second.id) in roles
    assert sorted(set(kinds(session))) == [
        "organisation-invited",
        "questionnaire-published",
        "role-given",
        "round-opened",
    ]


def test_a_lead_who_has_a_password_is_sent_to_the_service_and_not_to_a_new_one(
    session, make, viewer, draft, choose
):
    organisation = make.organisation()
    known = make.person(password_hash="x")
    make.membership(Role.LEAD, organisation_id=organisation.id, person_id=known.id)
    choose(draft, organisation)

    with transaction(session, locking=draft):
        opened = open_round(session, viewer, draft.ref)

    assert (opened.invited, opened.people, opened.unreached) == (1, 1, [])
    assert session.scalar(select(func.count(PasswordLink.id))) == 0
    assert "auditapp:/\n" in mails(session)[0].payload["text"]


def invitation(session, make, viewer, choose, contact, **changed):
    """The text of the one invitation to a round that opens now."""
    today = clock.today()
    round_ = make.round_row(
        state=RoundState.DRAFT, opened_at=None, opens_on=today, title="Now", **changed
    )
    school = make.organisation()
    contact(school, "lead@example.org")
    choose(round_, school)
    with transaction(session, locking=round_):
        open_round(session, viewer, round_.ref)
    return mails(session)[-1].payload["text"]


def test_an_invitation_says_who_signs_and_no_more_than_is_true(
    session, make, viewer, choose, contact
):
    signed = invitation(session, make, viewer, choose, contact)

    assert "Someone who signs for your organisation reads it before it goes" in signed
    assert "voluntary" not in signed and "what you wrote last time" not in signed


def test_an_invitation_to_a_voluntary_round_without_a_signature_says_both(
    session, make, viewer, choose, contact
):
    text = invitation(session, make, viewer, choose, contact, sign_off="none", statutory=False)

    assert "Taking part is voluntary: no law asks for this." in text
    assert "Nobody signs it" in text and "Someone who signs" not in text


def test_what_was_written_last_time_is_offered_to_those_who_submitted_it(
    session, make, viewer, draft, choose, contact
):
    version_id = draft.questionnaire_version_id
    before = make.round_row(title="Before", questionnaire_version_id=version_id)
    known, begun = make.organisation(), make.organisation()
    make.assessment(round_=before, organisation=known, status=Status.SUBMITTED)
    make.assessment(round_=before, organisation=begun)
    for school, email in ((known, "known@example.org"), (begun, "begun@example.org")):
        contact(school, email)
    choose(draft, known, begun)

    with transaction(session, locking=draft):
        open_round(session, viewer, draft.ref)

    offered = {
        mail.payload["to"]: "use what you wrote last time" in mail.payload["text"]
        for mail in mails(session)
    }
    assert offered == {"known@example.org": True, "begun@example.org": False}


def test_those_added_to_an_open_round_are_invited_later_and_nobody_twice(
    session, make, viewer, draft, choose, contact
):
    early, late = make.organisation(), make.organisation()
    for organisation in (early, late):
        contact(organisation, "lead@example.org")
    choose(draft, early)
    with transaction(session, locking=draft):
        open_round(session, viewer, draft.ref)
    choose(draft, late)

    with transaction(session, locking=draft):
        opened = open_round(session, viewer, draft.ref)

    assert opened.invited == 1
    assert [early.name in mail.payload["text"] for mail in mails(session)] == [True, False]
    with pytest.raises(RuleBroken), transaction(session, locking=draft):
        open_round(session, viewer, draft.ref)


def test_a_joint_round_shares_each_assessment_with_its_organisations_own_partnerships(
    session, make, viewer, draft, choose
):
    neighbour = make.partnership()
    make.keep(RoundPartnership(round_id=draft.id, partnership_id=neighbour.id))
    own, shared = make.organisation(), make.organisation()
    theirs, stranger = (
        make.organisation(partnership=neighbour),
        make.organisation(partnership=make.partnership()),
    )
    make.keep(
        OrganisationPartnership(
            organisation_id=shared.id, partnership_id=neighbour.id, joined_on=clock.today()
        )
    )
    choose(draft, own, shared, theirs, stranger)

    with transaction(session, locking=draft):
        assert open_round(session, viewer, draft.ref).invited == 3

    rows = session.execute(
        select(Assessment.organisation_id, AssessmentPartnership.partnership_id).join(
            AssessmentPartnership
        )
    )
    assert {tuple(row) for row in rows} == {
        (own.id, draft.partnership_id),
        (shared.id, draft.partnership_id),
        (shared.id, neighbour.id),
        (theirs.id, neighbour.id),
    }


def test_a_school_that_has_closed_is_not_invited(session, make, viewer, draft, choose):
    choose(draft, make.organisation(status="closed"))

    with pytest.raises(RuleBroken), transaction(session, locking=draft):
        open_round(session, viewer, draft.ref)


def test_a_role_lost_while_the_page_was_open_opens_nothing(
    session, make, administrator, viewer, draft, choose
):
    choose(draft, make.organisation())
    administrator.ends_on = clock.today() - timedelta(days=1)
    session.commit()

    with pytest.raises(NotAllowed), transaction(session, locking=draft):
        open_round(session, viewer, draft.ref)

    assert one(session, Round).state is RoundState.DRAFT


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
    assert (move.assessment_id, move.action) == (waiting.id, "extend")
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
    assert "ill" not in mails(session)[0].payload["text"]
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


def test_everyone_it_waits_for_is_reminded_once_a_day(client_for, session, make, administrator):
    writing, signing = make.assessment(), make.assessment(status=Status.AWAITING_SIGN_OFF)
    done = make.assessment(status=Status.SUBMITTED)
    lead = make.membership(Role.LEAD, organisation_id=writing.organisation_id)
    head = make.membership(Role.SIGNATORY, organisation_id=signing.organisation_id)
    make.membership(Role.LEAD, organisation_id=signing.organisation_id)
    make.membership(Role.SIGNATORY, organisation_id=writing.organisation_id)
    make.membership(Role.LEAD, organisation_id=done.organisation_id)
    client, page = client_for(administrator), f"/rounds/{make.round.ref}/remind"

    assert "2 people will get a reminder." in client.post(page, follow_redirects=True).text
    assert "Nobody new to remind" in client.post(page, follow_redirects=True).text

    expected = {session.get_one(Person, row.person_id).email for row in (lead, head)}
    assert {mail.payload["to"] for mail in mails(session)} == expected
    assert len(mails(session)) == 2
    assert kinds(session).count("round-reminded") == 1


def test_a_person_of_several_organisations_gets_one_reminder_that_names_them(session, make, viewer):
    first, second = make.assessment(), make.assessment()
    person = make.person()
    for row in (first, second):
        make.membership(Role.LEAD, organisation_id=row.organisation_id, person_id=person.id)

    with transaction(session, locking=make.round):
        assert remind(session, viewer, make.round.ref) == 1

    [mail] = mails(session)
    assert mail.payload["text"].count(" and ") >= 1


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


def test_opening_an_open_round_again_says_that_it_is_open(client_for, make, administrator):
    make.assessment()

    again = client_for(administrator).post(f"/rounds/{make.round.ref}/open")

    assert again.status_code == 422 and "The round is open already" in again.text
    assert "Choose who is invited first" not in again.text


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
    assert "Remind the 1 that have not submitted" in every
    assert "Nobody to write to." in every
    only = client.get(f"{page}?state=awaited").text
    assert "Begun School" in only and "Done School" not in only
    assert "Begun School" not in client.get(f"{page}?phase=secondary").text
    assert "No organisation fits" in client.get(f"{page}?name=zzz").text


def test_two_who_open_at_once_open_it_once(
    client_for, session, make, administrator, draft, choose, contact
):
    organisation = make.organisation()
    choose(draft, organisation)
    contact(organisation, "lead@example.org")
    clients = [client_for(administrator) for _ in range(4)]
    page = f"/rounds/{draft.ref}/open"
    session.rollback()  # the rows above were read: end that

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda client: client.post(page).status_code, clients))

    assert sorted(answers) == [302, 422, 422, 422]
    assert len(mails(session)) == 1
    assert session.scalar(select(func.count(Assessment.id))) == 1


def test_a_stranger_to_the_round_finds_nothing(session, make, draft):
    other = make.membership(Role.ADMINISTRATOR, partnership_id=make.partnership().id)
    stranger = viewer_of(session, other.person_id, other.id)

    with pytest.raises(Missing), transaction(session, locking=draft):
        open_round(session, stranger, draft.ref)
