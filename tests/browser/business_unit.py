"""What the business unit does: import, publish, plan, invite, release."""

from datetime import date
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import Site
from tests.browser.signing_in import link_in
from tests.browser.visitor import Visitor

LETTER = "what we read and what we think"  # how the title of every letter ends


def import_schools(manager: Visitor, register: Path) -> None:
    """See what the register's file would change, then apply it."""
    manager.follow("Organisations")
    manager.at("Organisations").follow("Import")
    manager.at("Import organisations").attach("Establishment fields", register)
    manager.press("See what the register would change")
    manager.at("What this import would change").reads("Nothing is written yet")
    manager.press("Apply these changes")
    manager.at("Organisations").reads("Imported:")


def import_contacts(manager: Visitor, contacts: Path) -> None:
    manager.follow("Import")
    manager.at("Import organisations").attach("Your list of agencies and contacts", contacts)
    manager.press("See what the list would change")
    manager.at("What this import would change").press("Apply these changes")
    manager.at("Organisations").reads("Imported:")


def publish_questionnaire(manager: Visitor, yaml: Path) -> None:
    manager.follow("Questionnaires")
    manager.at("Questionnaires").follow("Publish a file")
    manager.at("Publish a questionnaire file").attach("file", yaml)
    manager.press("See what it asks")
    manager.at("What this file asks").press("Publish")


def plan_round(
    manager: Visitor, title: str, questionnaire: str, opens: date, due: date, feedback: date
) -> None:
    manager.follow("Rounds")
    manager.at("Rounds").follow("Plan a round")
    manager.at("Plan a round").type("What is the round called?", title)
    manager.type("Which year or period is it for?", str(opens.year))
    manager.pick("Which questionnaire is asked?", questionnaire)
    manager.type("On which day does it open?", typed(opens))
    manager.type("On which day is it due?", typed(due))
    manager.type("What is the last day for late returns?", typed(due))
    manager.type("By which day is feedback promised?", typed(feedback))
    manager.press("Save and choose who is invited")
    manager.at("Choose who is invited").reads("The round is planned.")


def choose_organisations(manager: Visitor, names: list[str]) -> None:
    for name in names:
        manager.tick(name)
    manager.press("Save the choice")


def open_round(manager: Visitor, title: str, invited: int) -> None:
    manager.at(title).reads(f"Open the round to {invited} organisations")
    manager.follow("Go to opening")
    manager.at("Open the round").press("Open the round and send the invitations")
    manager.at(title).reads(f"{invited} organisations invited.")


def invite_person(manager: Visitor, who: Visitor, role: str, **place: str) -> None:
    """`place`: organisation or round, as the list shows it."""
    manager.open("/")
    manager.at("Today").follow("People")
    manager.at("People").follow("Invite someone")
    manager.at("Invite someone").type("What is their name?", who.name)
    manager.type("What is their e-mail address?", who.email)
    manager.choose(role)
    for label, option in place.items():
        manager.pick({"round": "In which round?"}[label], option)
    manager.press("Send the invitation")
    manager.at("People").reads(f"{who.name} is invited.")


def read_message(site: Site, manager: Visitor, to: Visitor) -> str:
    """The link in the newest message to someone, read on the page of messages sent."""
    site.send_messages()
    manager.open("/")
    manager.at("Today").follow("Messages sent")
    manager.at("Messages sent").follow(f", to {to.email}")
    expect(manager.main).to_contain_text("a message as it would be sent")
    return link_in(manager.main.inner_text())


def release_feedback(manager: Visitor, round_title: str, organisation: str) -> None:
    manager.open("/")
    manager.at("Today").follow("See them")
    manager.at("Release feedback").reads(round_title)
    manager.follow(f"Read the letter to {organisation}")
    manager.at(LETTER).follow("Go to the release list")
    manager.at("Release feedback").tick(organisation)
    manager.press("Release what is chosen")
    manager.press("Release it now")
    manager.at("Release feedback").reads("Released: 1.")


def typed(day: date) -> str:
    """A date as people type it."""
    return f"{day.day} {day.month} {day.year}"
