"""Numbers, dates and titles as a letter writes them. Pure."""

from datetime import date, datetime

from auditapp.core.clock import LONDON
from auditapp.core.days import in_words

IN_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def points(words: str) -> tuple[str, ...]:
    """The points of a list: its lines, without bullets typed before them and without empty ones."""
    lines = (line.strip().lstrip("-*•").strip() for line in words.splitlines())
    return tuple(line for line in lines if line)


def members_in_words(number: int) -> str:
    return counted(number, "panel member") if number else "The panel"


def counted(number: int, word: str = "standard") -> str:
    """ "Two standards", "12 standards": in words below ten."""
    said = IN_WORDS[number].capitalize() if number < len(IN_WORDS) else str(number)
    return f"{said} {word}{'' if number == 1 else 's'}"


def are(number: int) -> str:
    return "is" if number == 1 else "are"


def day_of(on: date | datetime) -> str:
    return in_words(on.astimezone(LONDON).date() if isinstance(on, datetime) else on)
