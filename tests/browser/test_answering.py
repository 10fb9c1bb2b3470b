"""Answers that must not be lost: two people at once, no connection, a comment of the head's."""

import pytest
from playwright.sync_api import Locator, expect

from auditapp.assessments.models import Assessment
from auditapp.policy.roles import Role
from auditapp.policy.states import Status
from tests.browser import organisation
from tests.browser.conftest import ComeAs
from tests.browser.organisation import SAVED, Rating, rate, saving, standard
from tests.browser.visitor import Visitor
from tests.factories import Make

FIRST, ASSESSMENT = "Culture standard 1", "Section 175 assessment"
HERS = Rating("Met", "Every new colleague is trained within a week.")
HIS = Rating("Not met", "Two colleagues were not trained.", "", "Train them.", "Head", "1 4 2027")


@pytest.fixture
def assessment(make: Make) -> Assessment:
    """One that was begun; its organisation is a primary school."""
    return make.assessment(status=Status.IN_PROGRESS)


def section(visitor: Visitor) -> None:
    visitor.at(ASSESSMENT).follow("1. Culture")
    visitor.at("Culture")


def test_two_people_on_one_answer_see_both_texts_and_neither_is_lost(
    assessment: Assessment, come_as: ComeAs, javascript: bool
) -> None:
    place = {"organisation_id": assessment.organisation_id}
    her, him = come_as(Role.LEAD, "Deputy", **place), come_as(Role.LEAD, "Bursar", **place)
    section(her)
    section(him)
    rate(her, FIRST, HERS)
    if not javascript:
        her.press("Save and go to")
        her.at("Online safety")

    him.choose(HIS.grade, standard(him, FIRST))
    him.type("What you do", HIS.commentary, standard(him, FIRST))
    if javascript:
        him.field("What you do", standard(him, FIRST)).blur()
        expect(saving(him)).to_contain_text("changed this answer")
        him.follow("See both versions")
    else:
        him.press("Save and go to")
    him.at("You and Deputy both changed this answer").reads(HERS.commentary, HIS.commentary)

    him.choose("Keep Deputy’s", choice_of_text(him))
    him.choose("Keep yours", choice_of_grade(him))
    him.press("Save this answer")
    him.at("Culture")
    organisation.shows(him, FIRST, Rating(HIS.grade, HERS.commentary))
    him.follow("saved versions of 1.1")
    him.at("Saved versions").reads(HERS.commentary, HIS.commentary)


def choice_of_text(visitor: Visitor) -> Locator:
    return visitor.page.get_by_role("group", name="Which text should 1.1 have under “What you do”?")


def choice_of_grade(visitor: Visitor) -> Locator:
    return visitor.page.get_by_role("group", name="Which grade should 1.1 have?")


def test_what_is_typed_without_a_connection_is_kept_and_offered_back(
    assessment: Assessment, come_as: ComeAs
) -> None:
    lead = come_as(Role.LEAD, "Deputy", organisation_id=assessment.organisation_id)
    section(lead)
    address = lead.page.url
    browser = lead.page.context
    browser.set_offline(True)
    lead.type("What you do", HERS.commentary, standard(lead, FIRST))
    lead.field("What you do", standard(lead, FIRST)).blur()
    expect(saving(lead)).to_contain_text("Not saved: you are offline. Your words are kept")
    lead.page.close()

    browser.set_offline(False)
    lead.page = browser.new_page()
    lead.open(address)
    lead.at("Culture").reads("were not saved.", "They are kept on this computer.")
    expect(lead.field("What you do", standard(lead, FIRST))).to_have_value("")
    lead.press("Put them back")
    expect(saving(lead)).to_have_text(SAVED)
    lead.page.reload()
    lead.at("Culture").does_not_read("were not saved")
    expect(lead.field("What you do", standard(lead, FIRST))).to_have_value(HERS.commentary)


def test_a_connection_that_comes_back_saves_what_was_typed_meanwhile(
    assessment: Assessment, come_as: ComeAs
) -> None:
    lead = come_as(Role.LEAD, "Deputy", organisation_id=assessment.organisation_id)
    section(lead)
    lead.page.context.set_offline(True)
    lead.type("What you do", HERS.commentary, standard(lead, FIRST))
    lead.field("What you do", standard(lead, FIRST)).blur()
    expect(saving(lead)).to_contain_text("Not saved: you are offline")

    lead.page.context.set_offline(False)

    expect(saving(lead)).to_have_text(SAVED)


def test_the_head_sends_it_back_with_a_comment_and_signs_it_the_second_time(
    assessment: Assessment, come_as: ComeAs, make: Make, javascript: bool
) -> None:
    for key in ("c1", "c2", "c3", "o1", "o2"):
        make.answer(assessment, key)
    place = {"organisation_id": assessment.organisation_id}
    lead, head = come_as(Role.LEAD, "Deputy", **place), come_as(Role.SIGNATORY, "Head", **place)
    lead.at(ASSESSMENT).follow("Check your answers")
    lead.at("Check your answers")
    organisation.send_for_sign_off(lead)

    head.page.reload()
    organisation.read_to_sign(head)
    organisation.send_back(head, "")
    head.reads_error("What should they change?", "Say what should change, so that they know.")
    organisation.send_back(head, "Say more of online safety.")
    head.at("To sign").reads("Sent back.")
    lead.page.reload()
    lead.at(ASSESSMENT).reads("Sent back by Head", "Say more of online safety.")

    lead.follow("Check your answers")
    lead.at("Check your answers")
    organisation.send_for_sign_off(lead)
    head.page.reload()
    organisation.read_to_sign(head)
    organisation.sign(head)
