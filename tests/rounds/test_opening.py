"""Opening a round, and what its invitations say."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from auditapp.accounts.models import Membership, PasswordLink
from auditapp.accounts.queries import viewer_of
from auditapp.assessments.inviting import open_round
from auditapp.assessments.models import Assessment, AssessmentPartnership
from auditapp.core import clock
from auditapp.core.errors import Missing, NotAllowed, RuleBroken
from auditapp.core.transactions import transaction
from auditapp.organisations.models import OrganisationPartnership
from auditapp.policy.roles import Role
from auditapp.policy.states import Status
from auditapp.rounds.models import Round, RoundPartnership, RoundState
from tests.rounds.conftest import kinds, mails, one


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
    page = client.get(f"/rounds/{draft.ref}/open").text
    assert [page.count(place.name) for place in (first, second, silent)] == [1, 2, 3]
    assert "1 without anyone to write to" in page and "2 without anyone to sign" in page
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


def test_where_nobody_signs_nobody_is_missed_before_opening(
    client_for, session, make, administrator, draft, choose, contact
):
    choose(draft, place := make.organisation(name="Quillbrook"))
    contact(place, "lead@example.org")
    draft.sign_off = "none"
    session.commit()

    page = client_for(administrator).get(f"/rounds/{draft.ref}/open").text

    assert page.count("Quillbrook") == 1 and "without anyone" not in page


def test_opening_an_open_round_again_says_that_it_is_open(client_for, make, administrator):
    make.assessment()

    again = client_for(administrator).post(f"/rounds/{make.round.ref}/open")

    assert again.status_code == 422 and "The round is open already" in again.text
    assert "Choose who is invited first" not in again.text


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
