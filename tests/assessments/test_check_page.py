"""What the page before sending says is missing, and where it leads."""

from auditapp.policy.roles import Role
from tests.assessments.savings import save
from tests.clients import text_of
from tests.factories import small_questionnaire


def test_the_check_page_leads_to_all_that_stops_it_and_offers_no_sending(
    client_for, session, assessment, lead
):
    save(session, lead, assessment, key="c1", grade="not-met")
    client = client_for(lead)
    page = text_of(client.get(f"/assessments/{assessment.ref}/check"))
    response = client.post(f"/assessments/{assessment.ref}/send")

    assert "5 things to finish before you can send" in page
    first = f"/assessments/{assessment.ref}/sections/culture#c1-what"
    assert page.count(f'href="{first}"') == 2
    assert "Go to the first thing to finish" in page
    assert "Nobody can sign yet" in page
    assert "Send to the head teacher to sign" not in page
    assert response.status_code == 422
    assert "5 things to finish" in text_of(response)


def test_what_does_not_fit_the_list_of_what_is_missing_is_linked_too(client_for, session, make):
    text = small_questionnaire("long")
    standard = text[text.index("      - key: c1") : text.index("      - key: c2")]
    many = "".join(
        standard.replace("c1", f"x{n}").replace("standard 1", f"standard x{n}") for n in range(14)
    )
    version = make.version(text.replace(standard, standard + many))
    long = make.assessment(round_=make.round_row(questionnaire_version_id=version.id))
    lead = make.membership(Role.LEAD, organisation_id=long.organisation_id)
    page = text_of(client_for(lead).get(f"/assessments/{long.ref}/check"))

    assert "19 things to finish" in page and "4 more" in page
    assert all(f"#{key}-grade" in page for key in ("c1", "c2", "c3", "o1", "o2", "x13"))
