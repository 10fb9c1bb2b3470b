"""The words of messages: plain text files with the subject in the first line.

No message holds a child's data, the text of a standard or anyone's answer.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

# Name of the file below templates/messages/ -> what its text asks for.
LETTERS: dict[str, tuple[str, ...]] = {
    # to a lead, when a round opens; several organisations of one person stand in one letter
    "invitation": (
        "name",
        "partnership",
        "contact",
        "round_title",
        "organisations",
        "due_on",
        "voluntary",
        "earlier",
        "signed",
        "link",
    ),
    # to whoever it now waits for
    "reminder": ("name", "partnership", "round_title", "organisations", "due_on", "link"),
    "extended": ("name", "partnership", "round_title", "organisation", "due_on", "reason", "link"),
    "reopened": ("name", "partnership", "round_title", "organisation", "reason", "signed", "link"),
    # to the signatories, by a lead
    "sent-for-sign-off": ("name", "organisation", "title", "sent_by", "due_on", "link"),
    # to the leads
    "sent-back": ("name", "organisation", "title", "sent_by", "link"),
    "submitted": ("name", "organisation", "title", "submitted_at", "signed", "receipt", "link"),
    "feedback-released": ("name", "organisation", "title", "link"),
    # to a colleague, a panel member, an administrator
    "role-given": ("name", "place", "role", "given_by", "partnership", "work", "link"),
    "password": ("name", "link"),
}


@dataclass(frozen=True)
class Letter:
    subject: str
    text: str


def compose(letter: str, **values: Any) -> Letter:
    """The letter of that name. Dates and times are given as the words to print.

    Raises:
        ValueError: a value that the letter asks for is missing, or one is given that it does not.
    """
    if set(values) != set(LETTERS[letter]):
        raise ValueError(f"the letter {letter!r} asks for {', '.join(LETTERS[letter])}")
    rendered = _environment().get_template(f"{letter}.txt").render(values)
    subject, _, text = rendered.partition("\n")
    return Letter(subject=" ".join(subject.split()), text=text.strip() + "\n")


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("auditapp", "templates/messages"),
        autoescape=False,  # plain text, not markup
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
