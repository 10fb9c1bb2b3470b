"""What the panel does: give out, agree, change, reveal, settle, complete."""

from tests.browser.visitor import Visitor


def give_out(chair: Visitor, organisation: str, to: Visitor) -> None:
    chair.open("/")
    chair.at("The panel’s queue").follow("Choose who reads it")
    chair.at(f"Who reads {organisation}").tick(to.name)
    chair.press("Give it out and begin moderation")
    chair.at("The panel’s queue").reads("Given out.")


def begin_reading(member: Visitor, organisation: str) -> None:
    member.at("My queue").follow(f"Open {organisation}")
    member.at(organisation).follow("Read and mark 1.1")


def mark(member: Visitor, grade: str, rationale: str, button: str) -> None:
    member.choose(grade)
    member.type("Why? The organisation will read this", rationale)
    member.press(button)


def agree_with_the_rest(member: Visitor) -> None:
    """One act for all that is left of the section."""
    member.press("Agree with the")


def reveal(chair: Visitor, organisation: str) -> None:
    chair.open("/")
    chair.at("The panel’s queue").follow(f"Open {organisation}")
    chair.at(organisation).press("Reveal the grades")
    chair.at("Settle the grades")


def settle(chair: Visitor, number: str) -> None:
    """Keep what the members propose."""
    chair.follow(f"at {number}")
    chair.at(number).press(f"Settle {number}")
    chair.at("Settle the grades")


def complete(chair: Visitor, organisation: str) -> None:
    chair.press("Complete the moderation")
    chair.at(organisation).reads("The moderation is completed.")
