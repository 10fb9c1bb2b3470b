"""The keys of the panel's reading page, in a browser."""

import pytest
from playwright.sync_api import expect

from auditapp.accounts.models import UserSession
from auditapp.accounts.passwords import new_token, token_hash

CHOSEN = 'input[name="grade"]:checked'


@pytest.fixture
def reading(page, live_server, app, panel, session):
    """The reading page of the first standard, open for a member of the panel."""
    token = new_token()
    session.add(
        UserSession(
            token_hash=token_hash(token),
            person_id=panel.one.person_id,
            membership_id=panel.one.id,
        )
    )
    session.commit()
    cookie = app.session_interface.get_signing_serializer(app).dumps(
        {"_user_id": token, "_fresh": True}
    )
    page.context.add_cookies([{"name": "session", "value": cookie, "url": live_server}])
    page.goto(f"{live_server}/assessments/{panel.ref}/panel/sections/culture")
    return page


def heading(page):
    return page.locator("#reading")


def test_keys_are_named_where_the_script_runs_and_nowhere_else(reading, panel, client_for):
    hints = reading.locator("[data-key] kbd, [data-keys-help]")
    assert hints.count() == 5
    for hint in hints.all():
        expect(hint).to_be_visible()

    drawn = client_for(panel.one).get(f"/assessments/{panel.ref}/panel/sections/culture").text
    assert "data-keys-help hidden>" in drawn
    assert "<kbd>" not in drawn.split("data-keys-help")[0]


def test_a_key_agrees_and_the_next_standards_heading_has_the_focus(reading):
    reading.keyboard.press("a")

    expect(heading(reading)).to_have_text("Culture standard 2 is in place.")
    expect(heading(reading)).to_be_focused()
    expect(reading.get_by_text("1.1 saved: met. Now 1.2")).to_be_visible()


def test_a_digit_chooses_a_grade_best_first_and_asks_why(reading):
    reading.keyboard.press("4")

    expect(reading.locator(CHOSEN)).to_have_value("not-met")
    expect(reading.locator("#rationale")).to_be_focused()
    reading.keyboard.type("a 1 j")  # letters are words here
    expect(reading.locator("#rationale")).to_have_value("a 1 j")
    reading.keyboard.press("Control+Enter")
    expect(reading.get_by_text("1.1 saved: not met. Now 1.2")).to_be_visible()


def test_keys_leave_a_field_and_go_back_and_forth(reading):
    reading.keyboard.press("r")
    expect(reading.locator("#rationale")).to_be_focused()
    reading.keyboard.press("Escape")
    reading.keyboard.press("j")
    expect(heading(reading)).to_have_text("Culture standard 2 is in place.")
    reading.keyboard.press("k")
    expect(heading(reading)).to_have_text("Culture standard 1 is in place.")
    reading.keyboard.press("?")
    expect(reading.get_by_role("button", name="Turn keys off")).to_be_visible()


def test_a_key_with_ctrl_alt_or_meta_held_is_the_browsers(reading):
    for held in ("Control", "Alt", "Meta"):
        reading.keyboard.press(f"{held}+j")

    expect(heading(reading)).to_have_text("Culture standard 1 is in place.")


def test_keys_that_are_turned_off_stay_off(reading):
    reading.keyboard.press("?")
    reading.get_by_role("button", name="Turn keys off").click()
    reading.keyboard.press("j")
    reading.reload()
    reading.keyboard.press("j")

    expect(heading(reading)).to_have_text("Culture standard 1 is in place.")
    expect(reading.get_by_text("Keyboard: off")).to_be_visible()


def test_no_key_is_printed_on_a_small_screen(reading):
    reading.set_viewport_size({"width": 320, "height": 640})

    expect(reading.locator("kbd").first).to_be_hidden()
    expect(reading.get_by_role("button", name="Agree: met")).to_be_visible()
