"""The business unit's first page: what to chase, release or decide today."""

from dataclasses import dataclass
from datetime import date, timedelta

from auditapp.home.queries import RoundToday
from auditapp.rounds.models import RoundState
from auditapp.web.filters import plural

SOON = timedelta(days=7)


@dataclass(frozen=True)
class NextAct:
    """The one next step: what, why, the button's words, and where it leads."""

    title: str
    text: str
    button: str
    endpoint: str
    ref: str | None = None


def next_act(rounds: list[RoundToday], today: date) -> NextAct:
    """What comes first: feedback that is ready, then what runs out, the panel's work, plans."""
    return (
        _to_release(rounds)
        or _to_chase(rounds, today, today + SOON)
        or _to_allocate(rounds)
        or _to_plan(rounds)
        or _to_chase(rounds, today, date.max)
        or NextAct(
            "Nothing waits for you today",
            "What needs you will stand here: returns to chase, feedback to release.",
            "See the rounds",
            "rounds.list_rounds",
        )
    )


def _to_release(rounds: list[RoundToday]) -> NextAct | None:
    for row in rounds:
        if row.to_release:
            letters = "1 letter" if row.to_release == 1 else f"{row.to_release} letters"
            title = f"Release {letters} of feedback"
            text = (
                f"{row.round.title}: the panel has completed these. "
                "Read each letter once more, then release it."
            )
            return NextAct(title, text, "See them", "moderation.release_list", row.round.ref)
    return None


def _to_chase(rounds: list[RoundToday], today: date, until: date) -> NextAct | None:
    for row in rounds:
        if row.round.state != RoundState.OPEN or not row.awaited or row.round.due_on > until:
            continue
        if row.round.remind_from <= today:
            waited_for = plural(row.awaited, "organisation that has", "organisations that have")
            title = f"Chase the {waited_for} not submitted"
            text = f"{row.round.title}: {row.submitted} of {row.base} have submitted."
            return NextAct(title, text, "See them", "invitations.show_round", row.round.ref)
    return None


def _to_allocate(rounds: list[RoundToday]) -> NextAct | None:
    for row in rounds:
        if row.unallocated:
            title = f"{row.unallocated} submitted and not yet given to the panel"
            text = f"{row.round.title}: the chair allocates them; remind the chair, or allocate."
            return NextAct(title, text, "See them", "moderation.queue")
    return None


def _to_plan(rounds: list[RoundToday]) -> NextAct | None:
    for row in rounds:
        if row.round.state == RoundState.DRAFT:
            text = "It is planned and nobody has been told yet."
            title = f"Go on planning {row.round.title}"
            return NextAct(title, text, "Go to the round", "invitations.show_round", row.round.ref)
    if not rounds:
        text = "A round asks one questionnaire of the organisations you choose."
        return NextAct("Plan a round", text, "Plan a round", "rounds.create_round")
    return None
