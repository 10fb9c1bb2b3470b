"""Pages of an assessment, through the client."""

import re
from datetime import timedelta

import pytest

from auditapp.core import clock
from auditapp.organisations.models import Organisation
from auditapp.policy.roles import Role
from auditapp.policy.states import Status
from tests.assessments.pages import fields, latest, section
from tests.assessments.savings import save
from tests.clients import text_of
from tests.statements import statements


def test_home_names_the_duty_and_one_next_step(make, client_for):
    academy = make.organisation(type="academy-converter", group="academy", duty="s157")
    make.assessment(organisation=academy, status=Status.NOT_STARTED)
    lead = make.membership(Role.LEAD, organisation_id=academy.id)

    page = text_of(client_for(lead).get("/"))

    assert '<h1 class="govuk-heading-l">Section 157 assessment 2026</h1>' in page
    assert "Start at 1.1" in page
    assert "Begin with Culture: 3 standards, about 15 minutes" in page
    assert "section 157 of the Education Act 2002" in page


def test_home_goes_on_where_one_stopped(session, lead, assessment, client):
    save(session, lead, assessment, key="c2")

    page = text_of(client.get("/"))

    assert "Continue at 1.3" in page
    assert "You stopped at 1.2 Culture standard 2" in page
    assert "1 of 5 standards are complete" in page


def test_without_an_open_round_home_says_what_comes(make, client_for):
    lead = make.membership(Role.LEAD)

    assert "Until then there is nothing to answer" in text_of(client_for(lead).get("/"))


def another(make, assessment, status=Status.NOT_STARTED, **changed):
    """The organisation's part in another open round."""
    version_id = make.round.questionnaire_version_id
    round_ = make.round_row(questionnaire_version_id=version_id, **changed)
    place = make.session.get_one(Organisation, assessment.organisation_id)
    return make.assessment(round_=round_, organisation=place, status=status)


def test_of_several_open_assessments_the_one_due_first_stands_first_and_has_the_button(
    make, assessment, client
):
    later = clock.today() + timedelta(days=120)
    first = another(make, assessment, title="Due first", statutory=False, due_on=clock.today())
    another(make, assessment, title="Due last", statutory=False, due_on=later)
    sent = {"title": "Sent long ago", "due_on": clock.today() - timedelta(days=9)}
    another(make, assessment, Status.SUBMITTED, statutory=False, **sent)

    page = text_of(client.get("/"))

    assert '<h2 id="next-step">Begin Due first</h2>' in page
    assert page.count('class="govuk-button"') == 1
    assert f'<a href="/assessments/{first.ref}" class="govuk-button">Begin this assessment' in page
    titles = ("Due first", "Section 175 assessment 2026", "Due last", "Sent long ago")
    assert tuple(re.findall(rf">({'|'.join(titles)})<(?:/a|span)", page)) == titles
    assert '<span class="sr">, Sections 157 and 175, 2026</span></a>' in page


def test_one_that_was_begun_is_gone_on_with(make, assessment, client):
    another(make, assessment, title="Later", due_on=clock.today() + timedelta(days=120))

    page = text_of(client.get("/"))

    assert "Go on with Section 175 assessment 2026" in page
    assert f'href="/assessments/{assessment.ref}" class="govuk-button"' in page


def test_where_all_are_sent_no_button_says_to_answer(session, make, assessment, client):
    another(make, assessment, Status.SUBMITTED, title="Other")
    assessment.status = Status.AWAITING_SIGN_OFF
    session.commit()

    page = text_of(client.get("/"))

    assert "Nothing waits to be answered" in page and 'class="govuk-button"' not in page


def test_a_voluntary_round_is_named_once_in_its_row(make, assessment, client):
    another(make, assessment, title="Online safety", statutory=False, due_on=make.round.final_on)

    row = text_of(client.get("/")).split("Online safety</a>")[1].split("</li>")[0]

    assert "Online safety" not in row and "Due " in row


def test_a_section_shows_statement_descriptors_sources_and_what_is_enough(assessment, client):
    page = text_of(client.get(section(assessment)))

    assert "Culture standard 1 is in place." in page
    assert "Shown." in page and "An Act, section 175 (2002, edition checked 1 Sep 2026)" in page
    assert "Normally enough: A policy; A minute." in page
    assert "Save and go to section 2" in page


def test_a_section_is_saved_as_one_plain_form(session, assessment, client):
    sent = fields("c1") | fields("c2", grade="exceeded") | fields("c3", grade="", commentary="")
    response = client.post(section(assessment), data=sent | {"then": "next"})

    assert response.status_code == 302
    assert response.location.endswith("/sections/online-safety")
    assert latest(session, assessment, "c2").grade_key == "exceeded"
    assert latest(session, assessment, "c3") is None


def test_after_the_last_section_one_checks_the_answers(assessment, client):
    for key, standards in (("culture", ("c1", "c2", "c3")), ("online-safety", ("o1", "o2"))):
        sent = {name: value for s in standards for name, value in fields(s).items()}
        response = client.post(section(assessment, key), data=sent)

    assert response.location.endswith("/check")


def test_errors_stand_beside_their_fields_and_everything_typed_is_kept(session, assessment, client):
    sent = fields("c1", grade="not-met", what="Review it", due="soon", commentary="Kept words.")
    sent |= fields("c2", commentary="Saved words.")
    response = client.post(section(assessment), data=sent)
    page = text_of(response)

    assert response.status_code == 422
    assert "<title>Error: " in page
    assert 'href="#c1-due"' in page and 'id="c1-due"' in page
    assert "Kept words." in page and 'value="soon"' in page
    assert latest(session, assessment, "c1") is None
    assert latest(session, assessment, "c2").value["commentary"] == "Saved words."


def test_what_was_saved_beside_an_error_is_not_in_conflict_with_itself(session, assessment, client):
    sent = fields("c1", grade="not-met", due="soon") | fields("c2", commentary="First.")
    page = text_of(client.post(section(assessment), data=sent))

    assert 'name="c2-based_on" value="1"' in page


@pytest.mark.parametrize(
    "address",
    ["/", "/assessments/{ref}", "/assessments/{ref}/sections/culture", "/assessments/{ref}/check"],
)
def test_a_page_costs_at_most_twelve_statements(app, session, lead, assessment, client, address):
    for key in ("c1", "c2", "o1"):
        save(session, lead, assessment, key=key)
    client.get(address.format(ref=assessment.ref))
    with statements(app.extensions["engine"]) as sent:
        assert client.get(address.format(ref=assessment.ref)).status_code == 200

    assert len(sent) <= 12, "\n".join(sent)


def test_a_contributor_sees_their_section_and_no_other(make, assessment, client_for):
    colleague = client_for(make.contributor(assessment, "culture"))

    assert colleague.get(section(assessment)).status_code == 200
    assert colleague.get(section(assessment, "online-safety")).status_code == 403
    assert "Online safety" not in text_of(colleague.get(f"/assessments/{assessment.ref}"))
    assert "Online standard" not in text_of(colleague.get(f"/assessments/{assessment.ref}/check"))


def test_a_signatory_reads_and_writes_nothing(session, make, assessment, lead, client_for):
    save(session, lead, assessment, commentary="Our words.")
    head = client_for(make.membership(Role.SIGNATORY, organisation_id=assessment.organisation_id))
    page = text_of(head.get(section(assessment)))

    assert "Our words." in page and "<textarea" not in page
    assert head.post(section(assessment), data=fields(commentary="Mine.")).status_code == 403


@pytest.mark.parametrize(
    "role", [Role.ADMINISTRATOR, Role.SCRUTINEER, Role.PARTNERSHIP_VIEWER, Role.PANEL_CHAIR]
)
def test_a_draft_is_read_by_nobody_outside(session, make, assessment, lead, client_for, role):
    save(session, lead, assessment, commentary="Our words.")
    client = client_for(make.membership(role))

    for page in (
        "",
        "/sections/culture",
        "/check",
        "/answers/c1/versions",
        "/submission",
        "/receipt",
        "/submission.pdf",
    ):
        response = client.get(f"/assessments/{assessment.ref}{page}")
        assert response.status_code in (403, 404)
        assert "Our words." not in text_of(response)


def test_read_only_says_with_whom_it_is(session, assessment, client):
    assessment.status = Status.AWAITING_SIGN_OFF
    assessment.sent_at = clock.now()
    session.commit()
    page = text_of(client.get(section(assessment)))

    assert "Read only: with the head teacher since" in page
    assert "<textarea" not in page


def test_after_submission_one_writes_the_living_record(make, client_for):
    assessment = make.assessment(status=Status.SUBMITTED)
    lead = make.membership(Role.LEAD, organisation_id=assessment.organisation_id)
    page = text_of(client_for(lead).get(section(assessment)))

    assert "What was submitted stays as it is" in page
    assert "<textarea" in page


def test_last_rounds_answer_stands_beside_and_its_text_can_be_brought_forward(
    make, session, client_for
):
    year = timedelta(days=365)
    today = clock.today()
    version = make.version()
    before = make.round_row(
        period="2024",
        questionnaire_version_id=version.id,
        opens_on=today - 2 * year,
        due_on=today - 2 * year,
        final_on=today - 2 * year,
    )
    old = make.assessment(round_=before, status=Status.FEEDBACK_RELEASED)
    place = make.session.get_one(type(make.organisation()), old.organisation_id)
    now = make.assessment(
        organisation=place, round_=make.round_row(questionnaire_version_id=version.id)
    )
    client = client_for(make.membership(Role.LEAD, organisation_id=place.id))
    page = text_of(client.get(section(now)))
    moved = client.post(
        section(now), data=fields("c2", grade="", commentary="Draft.") | {"then": "bring:c1"}
    )
    brought = text_of(client.get(moved.location.partition("#")[0]))

    assert "You in 2024" in page and "What we say of c1." in page
    assert 'name="c1-commentary" rows="4"' in brought
    assert brought.count("What we say of c1.") == 2
    assert (
        'type="radio" id="c1-grade" name="c1-grade" value="exceeded" data-opens="evidence">'
        in brought
    )


def test_every_saved_version_is_there_and_can_be_the_answer_again(
    session, lead, assessment, client
):
    save(session, lead, assessment, commentary="First.")
    save(session, lead, assessment, commentary="Second.", based_on=1)
    address = f"/assessments/{assessment.ref}/answers/c1/versions"
    page = text_of(client.get(address))
    response = client.post(f"{address}/1/restore", data={"based_on": "2"})

    assert "First." in page and "Second." in page
    assert response.status_code == 302
    now = latest(session, assessment)
    assert (now.number, now.value["commentary"]) == (3, "First.")


def test_the_assessment_link_leads_to_the_open_one(assessment, client):
    assert client.get("/assessment").location.endswith(f"/assessments/{assessment.ref}")
