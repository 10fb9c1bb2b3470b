"""The keyboard alone is enough, and it is always seen where one is."""

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from auditapp.policy.roles import Role
from auditapp.policy.states import Status
from tests.browser.conftest import ComeAs
from tests.browser.signing_in import PASSWORD
from tests.factories import Make

if TYPE_CHECKING:
    from playwright.sync_api import Page

MOST_TABS = 60
# What has the focus: what it is called, whether it is marked, and whether it can be seen.
FOCUSED = """() => {
  const one = document.activeElement;
  // Between two pages nothing has the focus yet.
  if (one === document.body) return { name: "", marked: true, seen: true };
  const style = getComputedStyle(one);
  const box = one.getBoundingClientRect();
  const at = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  const label = one.labels?.[0];
  return {
    name: (one.getAttribute("aria-label") || label?.innerText || one.innerText || "").trim(),
    marked: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0
      || style.boxShadow !== "none",
    seen: !!at && (one.contains(at) || at.contains(one) && at !== document.body || !!label?.contains(at)),
  };
}"""


@pytest.fixture
def keyboard(come_as: ComeAs, make: Make) -> "Page":
    """The page of a lead who has just signed out."""
    assessment = make.assessment(status=Status.IN_PROGRESS)
    lead = come_as(Role.LEAD, "Deputy", organisation_id=assessment.organisation_id)
    lead.at("Section 175 assessment").press("Sign out")
    lead.at("Sign in")
    return lead.page


def test_one_signs_in_rates_a_standard_and_saves_with_the_keyboard_alone(keyboard: "Page") -> None:
    press = keyboard.keyboard.press
    tab_to(keyboard, "E-mail address")
    keyboard.keyboard.type("deputy@example.org")
    tab_to(keyboard, "Password")
    keyboard.keyboard.type(PASSWORD)
    press("Enter")
    expect(keyboard.get_by_role("heading", name="Section 175 assessment")).to_be_visible()

    tab_to(keyboard, "Start at 1.1")
    press("Enter")
    expect(keyboard.get_by_role("heading", name="Culture", exact=True)).to_be_visible()
    tab_to(keyboard, "Exceeded")
    press("ArrowDown")
    tab_to(keyboard, "What you do")
    keyboard.keyboard.type("Every case is read.")
    tab_to(keyboard, "Save and go to section 2")
    press("Enter")
    expect(keyboard.get_by_role("heading", name="Online safety")).to_be_visible()

    keyboard.go_back()
    keyboard.reload()
    expect(keyboard.get_by_label("What you do").first).to_have_value("Every case is read.")


def tab_to(page: "Page", name: str) -> None:
    """Go on until what is called so has the focus; each stop on the way is marked and in sight."""
    stops = []
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        stops.append(focused["name"])
        assert focused["marked"], f"nothing shows that {focused['name']!r} has the focus"
        assert focused["seen"], f"{focused['name']!r} has the focus under something else"
        if focused["name"].startswith(name):
            return
    raise AssertionError(f"{name!r} is not reached; the stops are {stops}")
