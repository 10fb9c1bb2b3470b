"""What a round may be and when it may change. Pure: values in, an error or nothing out."""

from datetime import date

from auditapp.core.errors import RuleBroken, WrongState

REASON_MAX_CHARS = 500

# The order in which a round's days come, with what each is called.
DAYS = (
    ("opens_on", "the day it opens"),
    ("due_on", "the day it is due"),
    ("final_on", "the last day"),
    ("moderation_ends_on", "the day moderation ends"),
    ("feedback_by", "the day feedback is promised by"),
)


def check_days(days: dict[str, date | None]) -> None:
    """A round opens, is due, takes the last return, is moderated and is answered, in that order.

    The later two may be left open.
    """
    before: tuple[str, date] | None = None
    for field, words in DAYS:
        day = days.get(field)
        if day is None:
            continue
        if before is not None and day < before[1]:
            raise RuleBroken(
                f"This must be {before[0]} or later: {in_words(before[1])}.", field=field
            )
        before = (words, day)


def check_draft(state: str) -> None:
    """Once a round is open, what it asks and of whom is settled; its days are moved by extending."""
    if state != "draft":
        raise WrongState("This round is open, so it cannot be changed in this way.")


def check_open(state: str) -> None:
    if state != "open":
        raise WrongState("This round is not open, so that cannot be done now.")


def check_removed(state: str, removed: int) -> None:
    """From an open round nobody is taken away; they are excused, with a reason that is kept."""
    check_not_closed(state)
    if state == "open" and removed:
        raise RuleBroken(
            "The round is open: excuse an organisation on the round's page, with the reason."
        )


def check_not_closed(state: str) -> None:
    if state == "closed":
        raise WrongState("This round is closed.")


def check_can_open(state: str, due_on: date, today: date, uninvited: int) -> None:
    """A round is opened to someone, and before it is due."""
    check_not_closed(state)
    if not uninvited:
        raise RuleBroken("Choose who is invited first.")
    if state == "draft" and due_on < today:
        raise RuleBroken(f"The round was due on {in_words(due_on)}. Change its dates first.")


def check_extension(due_before: date, final_before: date, due_on: date, final_on: date) -> None:
    """Extending gives more time, never less."""
    if due_on < due_before:
        raise RuleBroken(f"Enter {in_words(due_before)} or a later day.", field="due_on")
    if final_on < max(final_before, due_on):
        latest = max(final_before, due_on)
        raise RuleBroken(f"Enter {in_words(latest)} or a later day.", field="final_on")
    if (due_on, final_on) == (due_before, final_before):
        raise RuleBroken(f"Enter a day after {in_words(due_before)}.", field="due_on")


def check_own_extension(due_before: date, final_on: date, due_on: date) -> None:
    """One organisation may have until the round's last day; more time is for all or for nobody."""
    if due_on <= due_before:
        raise RuleBroken(f"Enter a day after {in_words(due_before)}.", field="due_on")
    if due_on > final_on:
        raise RuleBroken(
            f"The round's last day is {in_words(final_on)}. Extend the round to give more.",
            field="due_on",
        )


def check_reason(reason: str) -> None:
    if not reason.strip():
        raise RuleBroken("Say why. The organisation can read it.", field="reason")
    if len(reason) > REASON_MAX_CHARS:
        raise RuleBroken(f"Use {REASON_MAX_CHARS} characters or fewer.", field="reason")


def in_words(day: date) -> str:
    """ "11 December 2026"."""
    return f"{day.day} {day:%B %Y}"
