"""Why an assessment is not submitted, in words, the hardest to reach first."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from auditapp.policy.states import SUBMITTED_STATES, Status

STALLED_AFTER_DAYS = 14


class Reason(IntEnum):
    """Hardest first."""

    MAIL_FAILED = 1
    NO_CONTACT = 2
    NEVER_SIGNED_IN = 3
    NOT_STARTED = 4
    STALLED = 5
    WITH_SIGNATORY = 6
    UNDER_WAY = 7


REASON_WORDS = {
    Reason.MAIL_FAILED: "Invitation mail failed",
    Reason.NO_CONTACT: "Nobody has a contact",
    Reason.NEVER_SIGNED_IN: "Nobody has signed in",
    Reason.NOT_STARTED: "Not started",
    Reason.STALLED: "Stalled",
    Reason.WITH_SIGNATORY: "With the signatory",
    Reason.UNDER_WAY: "In progress",
}


@dataclass(frozen=True, kw_only=True)
class Unsubmitted:
    """What is known of an organisation whose assessment is not submitted. Days are London days."""

    ref: str
    name: str
    status: Status
    has_contact: bool
    mail_failed: bool
    signed_in_on: date | None
    changed_on: date | None
    sent_on: date | None
    complete: int
    asked: int  # after the answers so far
    last_time: str  # what became of it in the round before, in words


@dataclass(frozen=True)
class ToChase:
    reason: Reason
    days: int  # since it last moved; 0 where that does not matter
    about: Unsubmitted

    @property
    def words(self) -> str:
        since = f"{self.days:,} {'day' if self.days == 1 else 'days'}"
        match self.reason:
            case Reason.STALLED:
                return f"Stalled: no change for {since}"
            case Reason.WITH_SIGNATORY:
                return f"With the signatory {f'for {since}' if self.days else 'since today'}"
            case Reason.UNDER_WAY:
                return f"In progress: changed {f'{since} ago' if self.days else 'today'}"
            case _:
                return REASON_WORDS[self.reason]


def to_chase(unsubmitted: Iterable[Unsubmitted], today: date) -> tuple[ToChase, ...]:
    """Hardest first; within a reason the longest still first, then by name."""
    found = [_why(one, today) for one in unsubmitted]
    return tuple(sorted(found, key=lambda one: (one.reason, -one.days, one.about.name)))


def reasons(chased: Iterable[ToChase]) -> tuple[tuple[Reason, int], ...]:
    """How many there are for each reason, the most common first."""
    numbers = Counter(one.reason for one in chased)
    return tuple(sorted(numbers.items(), key=lambda item: (-item[1], item[0])))


def _why(one: Unsubmitted, today: date) -> ToChase:
    if one.status is Status.AWAITING_SIGN_OFF:
        return ToChase(Reason.WITH_SIGNATORY, _days(one.sent_on, today), one)
    still = _days(one.changed_on, today)
    if one.status is Status.IN_PROGRESS:
        stalled = still >= STALLED_AFTER_DAYS
        return ToChase(Reason.STALLED if stalled else Reason.UNDER_WAY, still, one)
    return ToChase(_why_not_begun(one), 0, one)


def _why_not_begun(one: Unsubmitted) -> Reason:
    if one.signed_in_on is not None:
        return Reason.NOT_STARTED
    if one.mail_failed:
        return Reason.MAIL_FAILED
    return Reason.NEVER_SIGNED_IN if one.has_contact else Reason.NO_CONTACT


def _days(since: date | None, today: date) -> int:
    return max((today - since).days, 0) if since else 0


def became_of(status: Status | None, submitted_on: date | None, due_on: date | None) -> str:
    """What became of an assessment in an earlier round; no status: there was none."""
    if status is None:
        return "not asked"
    if status in SUBMITTED_STATES:
        late = submitted_on is not None and due_on is not None and submitted_on > due_on
        return "submitted late" if late else "submitted in time"
    words = {Status.EXCUSED: "excused", Status.CLOSED: "closed"}
    return words.get(status, "not submitted")
