"""What a round may be and when it may change. Pure: values in, an error or nothing out."""

from collections.abc import Collection
from datetime import date, timedelta

from auditapp.core.days import in_words
from auditapp.core.errors import RuleBroken, WrongState

REASON_MAX_CHARS = 500
SETTLED = "This round is {state}: its plan can no longer change."

# The order in which a round's days come, with what each is called.
DAYS = (
    ("opens_on", "the day it opens"),
    ("due_on", "the day it is due"),
    ("final_on", "the last day"),
    ("moderation_ends_on", "the day moderation ends"),
    ("feedback_by", "the day feedback is promised by"),
)
NOT_PAST = ("due_on", "final_on")


def day_faults(days: dict[str, date | None], today: date) -> dict[str, str]:
    """A sentence for each day that cannot be, by its field; none where all can.

    A round opens, is due, takes the last return, is moderated and is answered, in that order; the
    later two may be left open. It is neither due nor over before today.
    """
    faults: dict[str, str] = {}
    before: tuple[str, date] | None = None
    for field, words in DAYS:
        day = days.get(field)
        if day is None:
            continue
        if before is not None and day < before[1]:
            faults[field] = f"This must be {before[0]} or later: {in_words(before[1])}."
            continue  # the days after it are held against one that can be
        if field in NOT_PAST and day < today:
            faults[field] = f"This is past. Enter {in_words(today)} or a later day."
        before = (words, day)
    return faults


class DaysBroken(RuleBroken):
    """Several days of a plan cannot be: `faults` has a sentence for each, by its field."""

    def __init__(self, faults: dict[str, str]) -> None:
        field, message = next(iter(faults.items()))
        super().__init__(message, field=field)
        self.faults = faults


def check_days(days: dict[str, date | None], today: date) -> None:
    """Raises `DaysBroken` with every day that cannot be."""
    if faults := day_faults(days, today):
        raise DaysBroken(faults)


def check_title(title: str, taken: Collection[str]) -> None:
    """Two rounds of one partnership are told apart by their titles."""
    if title.casefold() in {other.casefold() for other in taken}:
        raise RuleBroken("There is a round with this title already.", field="title")


def check_draft(state: str) -> None:
    """Once a round is open, what it asks and of whom is settled; its days are moved by extending."""
    if state != "draft":
        raise WrongState(SETTLED.format(state=state))


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
        raise RuleBroken(
            "The round is open already, and everyone chosen is invited."
            if state == "open"
            else "Choose who is invited first."
        )
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


def remind_from(opened_on: date, due_on: date) -> date:
    """When half of the time has passed, and never on the day it opens: reminding anyone earlier
    tells them what they were told just now."""
    half = (due_on - opened_on + timedelta(days=1)) // 2
    return opened_on + max(half, timedelta(days=1))


def check_reason(reason: str) -> None:
    if not reason.strip():
        raise RuleBroken("Say why. The organisation can read it.", field="reason")
    if len(reason) > REASON_MAX_CHARS:
        raise RuleBroken(f"Use {REASON_MAX_CHARS} characters or fewer.", field="reason")
