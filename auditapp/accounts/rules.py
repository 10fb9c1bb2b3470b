"""What a person's address and name must be, on a page as in a command. Pure."""

import re

from auditapp.core.errors import RuleBroken

EMAIL_NEEDED = "Enter an e-mail address, like name@example.org."
NAME_NEEDED = "Enter their name."
EMAIL_MAX_CHARS = 254
NAME_MAX_CHARS = 100
_LOCAL = r"[^@\s.]+(?:\.[^@\s.]+)*"
_LABEL = r"[^\W_](?:(?:[^\W_]|-)*[^\W_])?"  # letters and digits; a hyphen only between them
# Whether it exists, only a message can tell.
_EMAIL = re.compile(rf"\s*{_LOCAL}@{_LABEL}(?:\.{_LABEL})+\s*")


def check_email(email: str) -> None:
    """An address has one @ and, behind it, a name with a dot."""
    if len(email) > EMAIL_MAX_CHARS or not _EMAIL.fullmatch(email):
        raise RuleBroken(EMAIL_NEEDED, field="email")


def check_name(name: str) -> None:
    """Whoever is invited has a name, and not a very long one."""
    if not name.strip():
        raise RuleBroken(NAME_NEEDED, field="name")
    if len(name) > NAME_MAX_CHARS:
        raise RuleBroken(f"Use {NAME_MAX_CHARS} characters or fewer.", field="name")
