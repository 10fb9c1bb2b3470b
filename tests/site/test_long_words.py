"""A word that is wider than the page is broken: nothing scrolls sideways, nothing is cut off."""

from urllib.parse import urlsplit

import pytest

from auditapp.moderation.models import Moderation
from auditapp.policy.roles import Role
from auditapp.policy.states import Status
from auditapp.rounds.models import Round
from tests.browsers import DESKTOP, PHONE
from tests.reports.crowd import questionnaire_text

LONG = "Safeguardingarrangementscoordinationandmultiagencyinformationsharingresponsibi"  # 78
SIZES = [DESKTOP, PHONE]


@pytest.fixture
def drawn(page, client_for):
    """`drawn(membership, path, size)`: the page as the browser lays it out, asked of the client."""

    def drawn(membership, path, size):
        client = client_for(membership)

        def answer(route):
            asked = urlsplit(route.request.url)
            found = client.get(f"{asked.path}?{asked.query}")
            route.fulfill(status=found.status_code, headers=dict(found.headers), body=found.data)
            found.close()

        page.unroute("**/*")
        page.route("**/*", answer)
        page.set_viewport_size(size)
        response = page.goto(f"http://localhost{path}")
        assert response.status == 200, path
        return page

    return drawn


@pytest.fixture
def assessment(make):
    """Submitted and read; one section has a title of one long word, and so has a standard."""
    text = questionnaire_text(["Long", "Managing concerns"], [2, 12])
    text = text.replace("title: Long 1", f"title: {LONG[:53]}")
    version = make.version(text.replace("title: Long\n", f"title: {LONG}\n"))
    round_ = make.round_row(questionnaire_version_id=version.id)
    made = make.assessment(status=Status.IN_MODERATION, round_=round_)
    make.keep(Moderation(snapshot_id=make.snapshot_answer(made, "s1-q1").snapshot_id))
    return made


@pytest.fixture
def lead(make, assessment):
    return make.membership(Role.LEAD, organisation_id=assessment.organisation_id)


@pytest.fixture
def pages(make, assessment, lead):
    """Who opens which pages."""
    ref, round_ = assessment.ref, assessment.round_id
    member = make.panel_member(assessment)
    administrator = make.membership(Role.ADMINISTRATOR)
    overview = f"/reports/{make.session.get(Round, round_).ref}/overview"
    return [
        (lead, f"/assessments/{ref}"),
        (lead, f"/assessments/{ref}/sections/s1"),
        (lead, f"/assessments/{ref}/submission"),
        (member, f"/assessments/{ref}/panel"),
        (member, f"/assessments/{ref}/panel/sections/s1"),
        (administrator, overview),
        (administrator, f"{overview}?phase=primary"),
    ]


def test_no_page_is_wider_than_the_window(drawn, pages):
    wide = {
        (path, size["width"]): width
        for membership, path in pages
        for size in SIZES
        if (width := drawn(membership, path, size).evaluate("document.documentElement.scrollWidth"))
        > size["width"]
    }
    assert wide == {}


def test_twelve_squares_stand_in_one_row(drawn, lead, assessment):
    for width in (1280, 1000, 700, 320):
        page = drawn(lead, f"/assessments/{assessment.ref}", {"width": width, "height": 900})
        tops = page.evaluate(
            "[...document.querySelectorAll('.units')].map((bar) =>"
            " new Set([...bar.children].map((one) => one.getBoundingClientRect().top)).size)"
        )
        assert tops == [1, 1], width
