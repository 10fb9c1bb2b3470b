"""What is true of every page that a test comes to."""

import re
from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe

from tests.browsers import DESKTOP, PHONE

if TYPE_CHECKING:
    from playwright.sync_api import Page

SCRIPT = re.compile("<script.*?</script>", re.DOTALL)
STICKING_OUT = """() => {
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= wide) return [];
  const out = [...document.querySelectorAll("body *")].filter(
    (one) => one.getBoundingClientRect().right > wide + 1 && one.checkVisibility());
  return [`${document.documentElement.scrollWidth} wide`]
    .concat(out.slice(0, 3).map((one) => one.outerHTML.slice(0, 160)));
}"""


def look(page: "Page", twin: "Page | None" = None) -> None:
    """Axe finds no violation; nothing scrolls sideways, also at 320 pixels.

    `twin` is given where `page` runs no scripts: axe is one, and looks at the same page there.
    """
    if twin is not None:
        twin.set_content(SCRIPT.sub("", page.content()))
    assert violations(twin or page) == [], page.url
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)
        assert page.evaluate(STICKING_OUT) == [], f"{page.url} at {size['width']}"


def violations(page: "Page") -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]
