"""What the browser does with words that are saved, refused, lost on the way or contested."""

import json
import re
from collections import deque

import pytest

from tests.web.samples import served_sample

FIELD = "#filtering-text"
STATUS = "[data-save-status]"
SAVED = {"saved_at": "14:04", "revision": 4, "state": "complete"}


@pytest.fixture(scope="module")
def address():
    with served_sample() as base_url:
        yield base_url


@pytest.fixture
def saves(page, address):
    """The component page, and the saves it sends; each is answered by the next of `answers`."""

    class Saves:
        def __init__(self):
            self.sent = []
            self.answers = deque()

        def answer(self, route):
            self.sent.append(dict(p.split("=", 1) for p in route.request.post_data.split("&")))
            status, body = self.answers.popleft() if self.answers else (200, SAVED)
            if status is None:
                route.abort()
            elif isinstance(body, str):
                route.fulfill(status=status, body=body, content_type="text/html")
            else:
                route.fulfill(status=status, body=json.dumps(body), content_type="application/json")

    saves = Saves()
    page.route("**/save", saves.answer)
    page.goto(address)
    return saves


def type_and_leave(page, words):
    page.fill(FIELD, words)
    page.locator(FIELD).blur()


def says(page, words):
    page.wait_for_function(
        "words => document.querySelector('[data-save-status]').innerText.includes(words)",
        arg=words,
    )


def test_leaving_a_field_saves_that_standard_alone_and_says_when(page, saves):
    type_and_leave(page, "Filtered.")
    says(page, "Saved 14:04")

    [sent] = saves.sent
    assert {name.partition("-")[0] for name in sent} == {"filtering"}
    assert (sent["filtering-text"], sent["filtering-based_on"]) == ("Filtered.", "3")
    assert page.locator("[name=filtering-based_on]").input_value() == "4"
    assert page.locator("[name=filtering-save_id]").input_value() != sent["filtering-save_id"]
    assert page.locator("article [data-is=complete]").is_visible()
    assert page.locator("article [data-is=half]").is_hidden()


def test_a_save_that_may_have_arrived_is_sent_again_unchanged_under_its_own_id(page, saves):
    saves.answers.extend([(None, None), (200, SAVED)])
    type_and_leave(page, "First.")
    says(page, "Could not confirm that this was saved. Trying again")
    type_and_leave(page, "Second.")
    page.wait_for_function(
        "() => document.querySelector('[name=filtering-based_on]').value === '4'"
    )
    says(page, "Saved")
    page.wait_for_timeout(300)

    first, again, second = saves.sent
    assert again == first
    assert (second["filtering-text"], second["filtering-based_on"]) == ("Second.", "4")
    assert second["filtering-save_id"] != first["filtering-save_id"]


def test_words_that_could_not_be_saved_are_offered_again_when_the_page_is_opened(page, saves):
    saves.answers.extend([(401, "Sign in")])
    type_and_leave(page, "Typed after my session ended.")
    says(page, "You were signed out. Sign in to save; your words are kept on this computer")
    assert page.locator(f"{STATUS} a").get_attribute("href").startswith("/accounts.sign_in?next=")

    page.reload()
    page.click("text=Put them back")
    says(page, "Saved 14:04")

    assert page.input_value(FIELD) == "Typed after my session ended."
    assert saves.sent[1]["filtering-based_on"] == "3"
    assert saves.sent[1]["filtering-save_id"] != saves.sent[0]["filtering-save_id"]
    page.reload()
    assert page.locator("text=Put them back").count() == 0


def keep_for(page, who):
    """Let the page be one that is drawn for `who`."""

    def drawn(route):
        answer = route.fetch()
        text = answer.text().replace('data-who=""', f'data-who="{who}"')
        route.fulfill(response=answer, body=text)

    page.unroute_all()
    page.route("**/save", lambda route: route.fulfill(status=401, json={"error": "Signed out."}))
    page.route("**/", drawn)


def test_words_are_offered_only_to_whoever_typed_them(page, address):
    keep_for(page, "ann")
    page.goto(address)
    type_and_leave(page, "Ann’s words.")
    says(page, "You were signed out")

    keep_for(page, "ben")
    page.reload()
    assert page.locator("text=Put them back").count() == 0
    keep_for(page, "ann")
    page.reload()
    assert page.locator("text=Put them back").count() == 1


def test_words_say_their_day_when_it_is_past_and_go_after_a_week(page, saves):
    saves.answers.extend([(401, {"error": "Signed out."})])
    type_and_leave(page, "Typed a while ago.")
    says(page, "You were signed out")

    def age(days):
        page.evaluate(
            """days => { for (const [name, text] of Object.entries(localStorage)) {
                const kept = JSON.parse(text);
                kept.at -= days * 24 * 3600 * 1000;
                localStorage.setItem(name, JSON.stringify(kept)); } }""",
            days,
        )
        page.reload()

    age(2)
    assert re.search(r"typed at \d\d:\d\d on \d+ [A-Z]", page.inner_text(".kept"))
    age(6)
    assert page.locator(".kept").count() == 0
    assert page.evaluate("localStorage.length") == 0


def test_a_browser_that_forbids_keeping_still_saves_and_claims_nothing(page, saves):
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('forbidden') } })"
    )
    page.reload()
    type_and_leave(page, "Saved all the same.")
    says(page, "Saved 14:04")

    saves.answers.extend([(401, {"error": "Signed out."})])
    type_and_leave(page, "Then signed out.")
    says(page, "You were signed out")
    assert "kept on this computer" not in page.inner_text(STATUS)


@pytest.mark.parametrize(
    "status, said, focused",
    [
        (401, "You were signed out. Sign in to save", "Sign in"),
        (403, "You can no longer change this: copy your words", "You can no longer"),
        (404, "You can no longer change this: copy your words", "You can no longer"),
    ],
)
def test_the_button_leads_nowhere_while_nothing_can_be_saved(page, saves, status, said, focused):
    saves.answers.extend([(status, {"error": "No."})])
    page.fill(FIELD, "Mine.")
    sent = []
    page.on("request", lambda asked: asked.is_navigation_request() and sent.append(asked))
    for _ in range(2):  # the first waits for the save, the second knows
        page.click(".savebar button[type=submit]")
        says(page, said)
        page.wait_for_function(
            "words => document.activeElement.innerText.startsWith(words)", arg=focused
        )
        page.focus(FIELD)

    assert sent == []
    assert page.input_value(FIELD) == "Mine."


def test_an_error_of_the_server_goes_once_its_standard_is_saved(page, saves):
    page.evaluate(
        """() => document.querySelector('main').insertAdjacentHTML('afterbegin',
            '<div data-error-summary><ul><li><a href="#filtering-grade">Choose</a></li>'
            + '<li><a href="#nudes-grade">Another</a></li></ul></div>')"""
    )
    page.fill(FIELD, "Mended.")
    assert page.locator("article.std .govuk-error-message").count() == 1
    page.locator(FIELD).blur()
    says(page, "Saved 14:04")

    assert page.locator("article.std .govuk-error-message").count() == 0
    assert page.locator('article.std [class*="--error"]').count() == 0
    assert page.locator("[data-error-summary] li").all_inner_texts() == ["Another"]
    page.evaluate("() => document.querySelector('[data-error-summary] li').remove()")
    type_and_leave(page, "Again.")
    page.wait_for_selector("[data-error-summary]", state="detached")


def test_a_conflict_is_told_with_both_versions_and_nothing_more_is_sent(page, saves):
    saves.answers.append((409, {"conflict_url": "/both", "who": "IT manager"}))
    type_and_leave(page, "Mine.")
    says(page, "IT manager changed this answer. See both versions")
    type_and_leave(page, "Mine, longer.")
    page.wait_for_timeout(300)

    assert page.locator(f"{STATUS} a").get_attribute("href") == "/both"
    assert len(saves.sent) == 1


def test_a_refused_word_is_told_beside_its_field_until_it_is_put_right(page, saves):
    saves.answers.append((422, {"errors": {"filtering-text": "Use 2,000 characters or fewer."}}))
    type_and_leave(page, "Far too long.")
    says(page, "Not saved. Look at the message beside the field")
    assert page.locator("article >> text=Use 2,000 characters or fewer.").is_visible()
    assert page.get_attribute(FIELD, "aria-invalid") == "true"

    type_and_leave(page, "Short.")
    says(page, "Saved 14:04")
    assert page.locator("article >> text=Use 2,000 characters or fewer.").count() == 0


def test_sending_the_form_waits_for_the_save_on_its_way(page, saves):
    page.fill(FIELD, "Typed just before the button.")
    with page.expect_request(lambda request: request.is_navigation_request()) as posted:
        page.click(".savebar button[type=submit]")

    assert saves.sent[0]["filtering-text"].startswith("Typed")
    assert "filtering-based_on=4" in posted.value.post_data
    page.wait_for_load_state("networkidle")
