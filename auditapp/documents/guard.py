"""Typed words in a spreadsheet: a cell that a program could run is disarmed, not lost."""

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\0")
_AFTER_SPACE = ("=", "+", "@")


def guarded(words: str) -> str:
    """`words`, with an apostrophe before what a spreadsheet would take for a formula.

    Source: OWASP ASVS 5.0, 1.2.10.
    """
    if words.startswith(_STARTS) or words.lstrip().startswith(_AFTER_SPACE):
        return f"'{words}"
    return words
