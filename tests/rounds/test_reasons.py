"""Who reads why the partnership excused, gave more time or took back: the organisation and itself."""

from datetime import timedelta

import pytest

from auditapp.assessments.models import Move
from auditapp.organisations.models import Organisation
from auditapp.policy.roles import Role
from auditapp.policy.states import Status
from tests.clients import text_of
from tests.rounds.conftest import typed


@pytest.fixture
def assessment(make):
    return make.assessment()


@pytest.fixture
def decide(client_for, administrator, make, assessment):
    """Do something with the assessment as the business unit does, with its reason."""
    client = client_for(administrator)

    def decide(verb, reason, **sent):
        page = f"/rounds/{make.round.ref}/organisations/{assessment.ref}/{verb}"
        assert client.post(page, data=sent | {"reason": reason}).status_code == 302

    return decide


@pytest.fixture
def pages(session, client_for, make, assessment):
    """What someone of the organisation reads at home and on the assessment's page."""

    def pages(role):
        session.rollback()  # what was read before the decision is old
        place = {"organisation_id": assessment.organisation_id}
        held = (
            make.contributor(assessment, "culture")
            if role is Role.CONTRIBUTOR
            else make.membership(role, **place)
        )
        client = client_for(held)
        return [text_of(client.get(page)) for page in ("/", f"/assessments/{assessment.ref}")]

    return pages


@pytest.fixture
def round_page(session, client_for, administrator, make):
    def round_page():
        session.rollback()
        return text_of(client_for(administrator).get(f"/rounds/{make.round.ref}/"))

    return round_page


@pytest.mark.parametrize("role", [Role.LEAD, Role.SIGNATORY])
@pytest.mark.parametrize(
    ("why", "words"), [("excused", "Excused"), ("shut", "Closed, or became another organisation")]
)
def test_why_one_is_out_of_the_round_is_read_by_its_people(decide, pages, role, why, words):
    decide("excuse", "It teaches nobody under 18.", why=why)

    home, page = pages(role)

    for text in (home, page):
        assert "It teaches nobody under 18." in text and words in text


@pytest.mark.parametrize("why", ["excused", "shut"])
def test_the_business_unit_reads_the_reason_beside_the_state(decide, round_page, why):
    decide("excuse", "It teaches nobody under 18.", why=why)

    assert "It teaches nobody under 18." in round_page()


def test_the_organisations_page_lists_where_it_stands_and_what_was_decided(
    session, client_for, make, administrator, assessment, decide
):
    decide("excuse", "It teaches nobody under 18.", why="excused")
    session.rollback()  # what was read before the decision is old
    elsewhere = make.round_row(partnership=make.partnership(), title="Of another partnership")
    place = session.get_one(Organisation, assessment.organisation_id)
    make.assessment(round_=elsewhere, organisation=place)

    page = text_of(client_for(administrator).get(f"/organisations/{place.ref}"))

    assert "In its rounds" in page and "It teaches nobody under 18." in page
    assert "Of another partnership" not in page


def test_why_it_was_taken_back_stands_first_and_why_it_was_out_stays(decide, pages, round_page):
    decide("excuse", "It teaches nobody under 18.", why="excused")
    decide("reinstate", "It has a sixth form after all.")

    _, page = pages(Role.LEAD)

    at = [page.index(said) for said in ("It has a sixth form", "It teaches nobody")]
    assert at == sorted(at) and "Taken back into the round by Person" in page
    assert "It has a sixth form after all." in round_page()


def test_why_one_got_more_time_is_read_on_its_pages_and_beside_its_day(
    make, decide, pages, round_page
):
    decide("extend", "The lead is ill.", due_on=typed(make.round.due_on + timedelta(days=5)))

    assert all("The lead is ill." in text for text in pages(Role.LEAD))
    assert "The lead is ill." in round_page()


def test_why_everyone_got_more_time_is_said_once_to_the_business_unit(
    client_for, make, administrator, assessment, pages, round_page
):
    make.assessment()
    day = typed(make.round.final_on)
    sent = {"due_on": day, "final_on": day, "reason": "Snow closed the schools."}
    client_for(administrator).post(f"/rounds/{make.round.ref}/extend", data=sent)

    assert all("Snow closed the schools." in text for text in pages(Role.LEAD))
    assert round_page().count("Snow closed the schools.") == 1


def test_a_contributor_reads_the_state_and_not_the_reason(session, decide, pages, assessment):
    decide("excuse", "It teaches nobody under 18.", why="excused")

    for text in pages(Role.CONTRIBUTOR):
        assert "Excused" in text and "nobody under 18" not in text


def test_what_a_signatory_says_to_a_lead_is_not_the_partnerships_to_read(
    session, assessment, round_page, pages
):
    back = {"action": "send-back", "comment": "Rewrite 1.2."}
    states = {"status_before": "awaiting-sign-off", "status_after": Status.IN_PROGRESS.value}
    session.add(Move(assessment_id=assessment.id, **back, **states))
    session.commit()

    assert "Rewrite 1.2." not in round_page()
    assert "Rewrite 1.2." in pages(Role.LEAD)[1]
