"""Every kind of answer, typed and chosen in a browser, with its scripts and without."""

import pytest
from playwright.sync_api import Locator, expect

from auditapp.assessments.models import Assessment
from auditapp.policy.roles import Role
from tests.assessments.test_follow_ups import FORM
from tests.browser.conftest import ComeAs
from tests.browser.organisation import saving
from tests.browser.visitor import Visitor
from tests.factories import Make
from tests.questionnaires.kinds import KINDS, every_kind, key_of

Made = tuple[Assessment, Visitor]


@pytest.fixture
def lead_of(make: Make, come_as: ComeAs):
    """`lead_of(text)`: the assessment of a round on that questionnaire, and its lead."""

    def lead_of(text: str) -> Made:
        version = make.version(text)
        round_ = make.round_row(questionnaire_version_id=version.id, sign_off="none")
        assessment = make.assessment(round_=round_)
        lead = come_as(Role.LEAD, "Deputy", organisation_id=assessment.organisation_id)
        return assessment, lead

    return lead_of


def box(lead: Visitor, key: str, name: str) -> Locator:
    return lead.page.locator(f'[name="{key}-{name}"]')


def fill(lead: Visitor, key: str, name: str, texts: str | list[str]) -> None:
    """Type it, or choose it, whatever the box is; what is folded away is opened first."""
    field = box(lead, key, name)
    folded = lead.page.locator("details:not([open])").filter(has=field)
    if folded.count():
        folded.locator("summary").click()
    if field.first.get_attribute("type") in ("radio", "checkbox"):
        for text in texts if isinstance(texts, list) else [texts]:
            lead.page.locator(f'[name="{key}-{name}"][value="{text}"]').check(force=True)
    else:
        assert isinstance(texts, str)
        field.fill(texts)
        field.blur()


def holds(lead: Visitor, key: str, name: str, texts: str | list[str]) -> bool:
    field = box(lead, key, name)
    if field.first.get_attribute("type") in ("radio", "checkbox"):
        chosen = lead.page.locator(f'[name="{key}-{name}"]:checked')
        values = {one.get_attribute("value") for one in chosen.all()}
        return values == set(texts if isinstance(texts, list) else [texts])
    return bool(field.input_value())


def test_every_kind_is_filled_in_saved_and_there_again(lead_of, javascript: bool) -> None:
    assessment, lead = lead_of(every_kind())
    lead.open(f"/assessments/{assessment.ref}/sections/told")
    lead.at("Told")
    for kind in KINDS:
        for name, texts in kind["right"].items():
            fill(lead, key_of(kind), name, texts)
    if javascript:
        states = lead.page.locator("article [data-is=complete]:visible")
        expect(states).to_have_count(len(KINDS))
        expect(saving(lead)).to_contain_text("Saved")
        lead.page.reload()
    else:
        lead.press("Save and go to")
        lead.at("Graded")
        lead.open(f"/assessments/{assessment.ref}/sections/told")

    lead.at("Told").reads(f"{len(KINDS)} of {len(KINDS)} complete")
    for kind in KINDS:
        rows = [name for name in kind["right"] if not name.startswith("value-2-")]  # moved up
        for name in rows:
            assert holds(lead, key_of(kind), name, kind["right"][name]), (key_of(kind), name)


def test_what_is_wrong_stays_where_it_was_typed_with_what_to_do(lead_of, javascript: bool) -> None:
    assessment, lead = lead_of(every_kind())
    typed = [
        (kind, name, *told)
        for kind in KINDS
        for name, told in kind.get("wrong", {}).items()
        if not told[1].startswith("Choose")  # nobody can choose what is not there
    ]
    lead.open(f"/assessments/{assessment.ref}/sections/told")
    for kind, name, text, _ in typed:
        fill(lead, key_of(kind), name, text)
    if not javascript:
        lead.press("Save and go to")
        lead.at("Told")  # axe finds nothing on the page with its errors

    for kind, name, text, says in typed:
        article = lead.page.locator(f"#{key_of(kind)}")
        expect(article.locator(".govuk-error-message")).to_contain_text(says)
        assert box(lead, key_of(kind), name).input_value() == text


def test_a_follow_up_comes_when_its_answer_is_given(lead_of, javascript: bool) -> None:
    assessment, lead = lead_of(FORM)
    lead.open(f"/assessments/{assessment.ref}/sections/boarding")
    beds = lead.page.get_by_role("article", name="How many beds are there?")
    expect(beds).to_be_hidden()

    fill(lead, "boards", "value", "yes")
    if not javascript:
        lead.press("Save and check your answers")
        lead.at("Boarding").reads("They ask for more: 1.2.")
    expect(beds).to_be_visible()

    fill(lead, "beds", "value", "40")
    if javascript:
        expect(lead.page.get_by_role("article", name="Someone is awake at night.")).to_be_visible()
        fill(lead, "boards", "value", "no")
        expect(beds).to_be_hidden()
        fill(lead, "boards", "value", "yes")
        expect(beds).to_be_visible()
        assert box(lead, "beds", "value").input_value() == "40"
