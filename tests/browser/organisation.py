"""What an organisation does: answer, cite, plan, check, send, sign, read."""

import re
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, expect

from tests.browser.visitor import Visitor

SAVED = re.compile(r"Saved \d\d:\d\d")
NOT_APPLICABLE = "Not applicable"


@dataclass(frozen=True)
class Rating:
    """What is said of one standard. `what` is the action, `reason` why it does not apply."""

    grade: str
    commentary: str = ""
    impact: str = ""
    what: str = ""
    owner: str = ""
    due: str = ""
    reason: str = ""


def standard(visitor: Visitor, statement: str) -> Locator:
    return visitor.page.get_by_role("article", name=statement)


def rate(lead: Visitor, statement: str, rating: Rating) -> None:
    """Choose the grade and write what it needs. With scripts it is saved when this returns."""
    at = standard(lead, statement)
    lead.choose(rating.grade, at)
    typed = {
        "What you do": rating.commentary,
        "What difference has it made to a child?": rating.impact,
        "What will you do?": rating.what,
        "Who?": rating.owner,
        "By when?": rating.due,
        "Why does this not apply to you?": rating.reason,
    }
    for label, words in typed.items():
        if words:
            lead.type(label, words, at)
    if lead.runs_scripts:
        at.get_by_role("radio", checked=True).focus()
        expect(saving(lead)).to_have_text(SAVED)


def shows(visitor: Visitor, statement: str, rating: Rating) -> None:
    """The page says of a standard what was typed."""
    at = standard(visitor, statement)
    expect(at.get_by_role("radio", checked=True)).to_have_accessible_name(
        re.compile(rf"^{rating.grade}\b")
    )
    expect(visitor.field("What you do", at)).to_have_value(rating.commentary)


def saving(visitor: Visitor) -> Locator:
    """The one line that says what is safe."""
    return visitor.page.get_by_role("region", name="Saving").get_by_role("status")


def cite_file(lead: Visitor, number: str, title: str, path: Path, pointer: str) -> None:
    lead.press(f"Add evidence to {number}")
    lead.at("Add evidence").type("What is it?", title)
    lead.attach("Upload a file", path)
    lead.type("Where in it should the reader look?", pointer)
    lead.press(f"Add to {number}")


def cite_link(lead: Visitor, number: str, title: str, url: str, pointer: str) -> None:
    lead.press(f"Add evidence to {number}")
    lead.at("Add evidence").type("What is it?", title)
    lead.type("Or link to a page", url)
    lead.type("Where in it should the reader look?", pointer)
    lead.press(f"Add to {number}")


def send_for_sign_off(lead: Visitor) -> None:
    lead.press("Send to the head teacher to sign")
    lead.at("Section 175 assessment").reads("Sent to your head teacher at")


def read_to_sign(head: Visitor) -> None:
    head.at("To sign").follow("Read and sign")
    head.at("Read and sign")


def sign(head: Visitor) -> None:
    head.tick("I have read these answers.")
    head.press("Sign and submit")
    head.at("Receipt").reads("Submitted at")


def send_back(head: Visitor, comment: str) -> None:
    head.type("What should they change?", comment)
    head.press("Send back to be changed")
