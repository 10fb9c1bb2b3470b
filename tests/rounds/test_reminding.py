"""Reminding whoever a round waits for, and when its page asks for that."""

from datetime import timedelta

from auditapp.accounts.models import Person
from auditapp.assessments.reminding import remind
from auditapp.core import clock
from auditapp.core.transactions import transaction
from auditapp.policy.roles import Role
from auditapp.policy.states import Status
from tests.rounds.conftest import kinds, mails


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


def test_whoever_was_invited_today_is_not_reminded_today(
    client_for, session, make, administrator, draft, choose, contact
):
    early, late = make.organisation(), make.organisation()
    contact(early, "early@example.org")
    choose(draft, early)
    client, page = client_for(administrator), f"/rounds/{draft.ref}"
    with clock.moved_to(clock.now() - timedelta(days=1)):
        client.post(f"{page}/open")
    session.rollback()  # what was read above is old
    contact(late, "late@example.org")
    choose(draft, late)
    client.post(f"{page}/open")

    assert (
        "1 person will get a reminder." in client.post(f"{page}/remind", follow_redirects=True).text
    )

    reminded = [row for row in mails(session) if row.unique_key.startswith("reminder:")]
    assert [row.payload["to"] for row in reminded] == ["early@example.org"]


def test_nobody_is_reminded_on_the_day_a_round_opens_and_its_page_asks_for_something_else(
    client_for, session, make, administrator, draft, choose, contact
):
    school = make.organisation()
    contact(school, "lead@example.org")
    choose(draft, school)
    client, page = client_for(administrator), f"/rounds/{draft.ref}"

    opened = client.post(f"{page}/open", follow_redirects=True).text

    assert "1 organisation has not submitted yet" in opened
    step = opened.split('<section class="next"')[1].split("</section>")[0]
    assert "Send reminders" not in step and "See where everyone stands" in step
    again = client.post(f"{page}/remind", follow_redirects=True).text
    assert "Nobody new to remind: everyone who can be reached was written to today." in again
    assert len(mails(session)) == 1


def test_after_reminders_went_out_the_page_does_not_ask_for_them_again_that_day(
    client_for, make, administrator
):
    make.membership(Role.LEAD, organisation_id=make.assessment().organisation_id)
    client, page = client_for(administrator), f"/rounds/{make.round.ref}/"
    before = client.get(page).text
    assert "Remind the 1 organisation that has not submitted" in before
    assert "Send reminders" in before

    after = client.post(f"{page}remind", follow_redirects=True).text

    assert "Reminders went out today." in after and "Send reminders" not in after


def test_a_round_that_nobody_can_be_told_of_asks_first_for_someone_to_write_to(
    client_for, make, administrator
):
    round_ = make.round_row(opened_at=clock.now())
    make.assessment(round_=round_)

    page = client_for(administrator).get(f"/rounds/{round_.ref}/").text

    assert "Find someone to write to at 1 organisation<" in page
    assert "state=no-lead#everyone" in page


def test_a_person_of_several_organisations_gets_one_reminder_that_names_them(session, make, viewer):
    first, second = make.assessment(), make.assessment()
    person = make.person()
    for row in (first, second):
        make.membership(Role.LEAD, organisation_id=row.organisation_id, person_id=person.id)

    with transaction(session, locking=make.round):
        assert remind(session, viewer, make.round.ref) == 1

    [mail] = mails(session)
    assert mail.payload["text"].count(" and ") >= 1
