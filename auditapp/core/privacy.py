"""What kind of fact each column holds, so that retention, export and erasure can find it."""

from enum import StrEnum


class Privacy(StrEnum):
    """The classes a column may have; a column without one fails tests/site/test_privacy.py."""

    STRUCTURE = "structure"  # keys, states, numbers that only the software reads
    PUBLIC = "public"  # what a register or a published questionnaire says anyway
    PERSONAL = "personal"  # names, addresses and sign-ins of people who use the software
    CONFIDENTIAL = "confidential"  # what an organisation or a panel wrote, graded or cited
    SECRET = "secret"  # hashes and tokens: never shown, exported or logged


def classes(**columns: str) -> dict[str, Privacy]:
    """Column name -> class, from lists in words: `classes(personal="email name")`."""
    return {name: Privacy(kind) for kind, names in columns.items() for name in names.split()}
