"""Coming in: by the link of a message, and with a password."""

import re

from tests.browser.visitor import Visitor

PASSWORD = "seven teal kettles hum"


def choose_password(visitor: Visitor, link: str) -> None:
    """Follow the link of a message, choose a password, and sign in with it."""
    visitor.open(link)
    visitor.at("Choose a password").type("Choose a password", PASSWORD)
    visitor.press("Save the password")
    visitor.at("Sign in").reads("Your password is set.")
    sign_in(visitor)


def sign_in(visitor: Visitor) -> None:
    visitor.open("/sign-in")
    visitor.type("E-mail address", visitor.email)
    visitor.type("Password", PASSWORD)
    visitor.press("Sign in")


def link_in(text: str) -> str:
    """The one link of a message or of what a command printed."""
    [link] = re.findall(r"https?://\S+", text)
    return link
