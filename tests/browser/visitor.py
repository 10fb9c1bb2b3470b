"""Someone at a browser of their own, who acts by the words they see."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Self

from playwright.sync_api import expect

from tests.browser.looking import look

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

FILE_MAY_TAKE_MS = 30_000  # a report is drawn while it is waited for


class Visitor:
    """`name` and `email` are what the others know them by.

    `twin` is where the pages of a browser without scripts are looked at: see looking.py.
    Whoever acts says afterwards where that led, with `at`: it waits for the page and looks at it.
    """

    def __init__(
        self, page: "Page", address: str, name: str, email: str, twin: "Page | None" = None
    ) -> None:
        self.page = page
        self.twin = twin
        self.address = address
        self.name = name
        self.email = email

    @property
    def runs_scripts(self) -> bool:
        return self.twin is None

    def open(self, place: str) -> None:
        """Go to a path of the site, or to a whole address."""
        self.page.goto(place if "://" in place else f"{self.address}{place}")

    def at(self, heading: str) -> Self:
        """Wait for the page with that heading; axe finds nothing on it and nothing sticks out."""
        expect(self.heading(heading)).to_be_visible()
        look(self.page, self.twin)
        return self

    def reads(self, *sentences: str) -> None:
        for sentence in sentences:
            expect(self.main).to_contain_text(sentence)

    def does_not_read(self, *sentences: str) -> None:
        for sentence in sentences:
            expect(self.main).not_to_contain_text(sentence)

    def reads_error(self, label: str, message: str) -> None:
        """The message stands above the page with a link to the field, and beside the field."""
        box = self.page.get_by_role("alert")
        expect(box.get_by_role("link", name=message)).to_be_visible()
        box.get_by_role("link", name=message).click()
        expect(self.field(label)).to_be_focused()
        expect(self.field(label)).to_have_accessible_description(re.compile(re.escape(message)))

    def follow(self, link: str, within: "Locator | None" = None) -> None:
        (within or self.page).get_by_role("link", name=link).first.click()

    def press(self, button: str, within: "Locator | None" = None) -> None:
        (within or self.page).get_by_role("button", name=button).first.click()

    def type(self, label: str, words: str, within: "Locator | None" = None) -> None:
        self.field(label, within).fill(words)

    def choose(self, words: str, within: "Locator | None" = None) -> None:
        """Choose the radio whose label begins with `words`: "Met" is not "Partially met"."""
        begins = re.compile(rf"^{re.escape(words)}\b")
        radio = (within or self.page).get_by_role("radio", name=begins)
        radio.check(force=True)  # its label lies over it: the whole row is the target

    def tick(self, words: str) -> None:
        self.page.get_by_role("checkbox", name=words).check()

    def pick(self, label: str, option: str) -> None:
        self.page.get_by_label(label).select_option(label=option)

    def attach(self, label: str, path: Path) -> None:
        self.page.get_by_label(label).set_input_files(path)

    def download(self, link: str) -> bytes:
        with self.page.expect_download(timeout=FILE_MAY_TAKE_MS) as started:
            self.follow(link)
        return Path(started.value.path()).read_bytes()

    def heading(self, words: str) -> "Locator":
        return self.page.get_by_role("heading", level=1, name=words)

    def field(self, label: str, within: "Locator | None" = None) -> "Locator":
        return (within or self.page).get_by_role("textbox", name=label)

    def row(self, head: str) -> "Locator":
        """The row of a table that begins with `head`."""
        rows = self.page.get_by_role("row")
        return rows.filter(has=self.page.get_by_role("rowheader", name=head))

    @property
    def main(self) -> "Locator":
        return self.page.get_by_role("main")
