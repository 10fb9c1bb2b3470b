"""What an action must say. Pure: values in, an error or nothing out."""

from dataclasses import dataclass
from datetime import date

from auditapp.core.days import in_words
from auditapp.core.errors import RuleBroken, Stale

WHAT_MAX_CHARS = 1_000
OWNER_MAX_CHARS = 200
OUTCOME_MAX_CHARS = 4_000
MOST_YEARS_AHEAD = 5
FIRST_DAY = date(2000, 1, 1)  # an action carried over may be older than our record of it


@dataclass(frozen=True, kw_only=True)
class Planned:
    """What will be done, who does it, by when; empty where not said yet."""

    what: str = ""
    owner: str = ""
    due: date | None = None

    def __bool__(self) -> bool:
        return bool(self.what or self.owner or self.due)

    @property
    def as_json(self) -> dict[str, str]:
        """As answers and submissions keep it: the day as 2027-01-31, "" where there is none."""
        due = self.due.isoformat() if self.due else ""
        return {"what": self.what, "owner": self.owner, "due": due}

    @classmethod
    def from_json(cls, kept: dict[str, str] | None) -> "Planned":
        if not kept:
            return cls()
        due = date.fromisoformat(kept["due"]) if kept.get("due") else None
        return cls(what=kept.get("what", ""), owner=kept.get("owner", ""), due=due)


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far an action came: the day it was done, if it was, and what changed for children."""

    done_on: date | None = None
    outcome: str = ""


def check_planned(planned: Planned, before: Planned, today: date) -> None:
    """A new date lies ahead; one that was kept before may have passed meanwhile."""
    if planned.due and planned.due != before.due and planned.due <= today:
        raise RuleBroken("Enter a date after today, like 31 1 2027.", field="due")
    if planned.due and planned.due != before.due and _is_far(planned.due, today):
        raise RuleBroken("Give a date within the next five years.", field="due")
    check_length(planned.what, WHAT_MAX_CHARS, "what")
    check_length(planned.owner, OWNER_MAX_CHARS, "owner")


def check_progress(progress: Progress, made_on: date, today: date) -> None:
    """It was done between the day it was made (`FIRST_DAY` where it was carried over) and today."""
    if progress.done_on and progress.done_on > today:
        raise RuleBroken("Enter the day it was done: today or a day before.", field="done_on")
    if progress.done_on and progress.done_on < made_on:
        made = in_words(made_on)
        raise RuleBroken(f"It cannot be done before it was planned: {made}.", field="done_on")
    check_length(progress.outcome, OUTCOME_MAX_CHARS, "outcome")


def check_changed(progress: Progress, before: Progress) -> None:
    """A save says something that was not said before."""
    if progress == before:
        raise RuleBroken(
            "Nothing changed. Say when it was done, or what changed for children.", field="done_on"
        )


def check_based_on(current: int, based_on: int | None) -> None:
    """A save carries the revision it was based on; none, or an old one, is a conflict."""
    if based_on != current:
        raise Stale("This action was saved in another window after you opened it.")


def check_length(text: str, limit: int, field: str) -> None:
    if len(text) > limit:
        raise RuleBroken(f"Use {limit:,} characters or fewer.", field=field)


def _is_far(due: date, today: date) -> bool:
    latest = (today.year + MOST_YEARS_AHEAD, today.month, today.day)
    return (due.year, due.month, due.day) > latest
