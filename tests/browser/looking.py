"""What is true of every page that a test comes to."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe

from tests.browsers import DESKTOP, PHONE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

STICKING_OUT = """() => {
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= wide) return [];
  const out = [...document.querySelectorAll("body *")].filter(
    (one) => one.getBoundingClientRect().right > wide + 1 && one.checkVisibility());
  return out.slice(0, 3).map((one) => one.outerHTML.slice(0, 160));
}"""


def look(page: "Page", *, runs_scripts: bool) -> None:
    """Axe finds no violation; nothing scrolls sideways, also at 320 pixels."""
    if runs_scripts:
        found = violations(page)
    else:
        with twin(page) as other:
            found = violations(other)
    assert found == [], page.url
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)
        assert page.evaluate(STICKING_OUT) == [], f"{page.url} at {size['width']}"


def violations(page: "Page") -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


@contextmanager
def twin(page: "Page") -> Iterator["Page"]:
    """The same page as it stands, without its scripts, where axe can run: it is one itself."""

    def answer(route: "Route") -> None:
        if route.request.resource_type == "document":
            route.fulfill(body=page.content(), content_type="text/html; charset=utf-8")
        elif route.request.resource_type == "script":
            route.abort()
        else:
            route.continue_()

    browser: Browser | None = page.context.browser
    assert browser is not None
    context = browser.new_context(viewport=DESKTOP)
    context.route("**/*", answer)
    other = context.new_page()
    other.goto(page.url)
    yield other
    context.close()
