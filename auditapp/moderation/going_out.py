"""What a release would send, before anyone confirms it. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from auditapp.core.errors import NOT_FOUND, Missing
from auditapp.moderation.queue import Line, Stage

RELEASABLE = (Stage.TO_RELEASE, Stage.GIVE_OUT)


@dataclass(frozen=True, kw_only=True)
class GoingOut:
    """`letters` the panel wrote, automatic `sheets`, and what is `held` back."""

    letters: tuple[Line, ...]
    sheets: tuple[Line, ...]
    held: tuple[Line, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        return self.letters + self.sheets


def held_because(line: Line, person_id: int) -> str:
    """Why this person does not release it now; empty where they may.

    Source: docs/policy/access.md, rules 1 and 2.
    """
    if line.stage is Stage.RELEASED:
        return "It is released already."
    if line.stage not in RELEASABLE:
        return "The panel has not completed this assessment yet."
    if line.linked:
        return "You have a conflict of interest here. Another administrator releases it."
    if line.completed_by == person_id:
        return "You completed this moderation. Another person releases it."
    return ""


def every(lines: Iterable[Line], stage: str, person_id: int) -> list[str]:
    """Refs of all lines at that stage that this person may release."""
    return [line.ref for line in lines if line.stage == stage and not held_because(line, person_id)]


def going_out(lines: Sequence[Line], refs: Iterable[str], person_id: int) -> GoingOut:
    """What becomes of the lines that were chosen.

    Raises:
        Missing: one of them is not on the list.
    """
    by_ref = {line.ref: line for line in lines}
    wanted = list(dict.fromkeys(refs))
    if not by_ref.keys() >= set(wanted):
        raise Missing(NOT_FOUND)
    chosen = [by_ref[ref] for ref in wanted]
    free = [line for line in chosen if not held_because(line, person_id)]
    return GoingOut(
        letters=tuple(line for line in free if line.stage is Stage.TO_RELEASE),
        sheets=tuple(line for line in free if line.stage is Stage.GIVE_OUT),
        held=tuple(line for line in chosen if line not in free),
    )
