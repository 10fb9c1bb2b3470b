"""What the panel and the business unit may and may not do. Pure: values in, an error or nothing."""

from collections.abc import Sequence

from auditapp.core.errors import RuleBroken, Stale, WrongState
from auditapp.policy.states import Status
from auditapp.questionnaires.scales import Scale

RATIONALE_MAX_CHARS = 2_000
NOTE_MAX_CHARS = 2_000
LETTER_MAX_CHARS = 6_000  # strengths, and developments, each
NO_GRADE = ""  # agreed: not applicable, or left blank


def check_open_to_allocation(status: Status, revealed: bool) -> None:
    """Members are given an assessment while it is submitted or in moderation, before the reveal.

    Source: docs/policy/moderation.md, "Giving out".
    """
    if status not in {Status.SUBMITTED, Status.IN_MODERATION}:
        raise WrongState("This assessment is past its moderation, so it cannot be given out.")
    if revealed:
        raise WrongState("The grades are revealed, so nobody can be added or taken off any more.")


def check_members(chosen: Sequence[str], unknown: int) -> None:
    """An assessment is read by at least one member of the round's panel."""
    if unknown:
        raise RuleBroken("Choose members of this round's panel.", field="members")
    if not chosen:
        raise RuleBroken("Choose at least one panel member.", field="members")


def check_unlinked(linked_names: Sequence[str]) -> None:
    """Nobody is assigned an assessment of an organisation to which they are linked.

    Source: docs/policy/access.md, rule 1.
    """
    if linked_names:
        raise RuleBroken(
            f"Choose someone without a conflict of interest in place of {' and '.join(linked_names)}.",
            field="members",
        )


def check_open_to_marking(status: Status) -> None:
    """The panel marks, settles and writes only while the assessment is in moderation."""
    if status is not Status.IN_MODERATION:
        raise WrongState("This assessment is not in moderation.")


def check_not_released(status: Status) -> None:
    """What is released is past every act of the panel, also of who did the same before."""
    if status is Status.FEEDBACK_RELEASED:
        raise WrongState("The feedback on this assessment is released already.")


def check_grade(scale: Scale, self_grade: str | None, grade: str) -> None:
    """A grade is a key of the standard's own scale; none, only where the organisation gave none."""
    if grade not in scale.keys and (grade != NO_GRADE or self_grade is not None):
        raise RuleBroken("Choose one of the grades.", field="grade")


def check_rationale(self_grade: str | None, grade: str, rationale: str) -> None:
    """A changed grade needs a rationale. To grade what was "not applicable" is a change.

    Source: docs/policy/moderation.md, "Changed grades".
    """
    if grade != (self_grade or NO_GRADE) and not rationale:
        raise RuleBroken("Say why you changed the grade.", field="rationale")
    if len(rationale) > RATIONALE_MAX_CHARS:
        limit = f"{RATIONALE_MAX_CHARS:,} characters or fewer"
        raise RuleBroken(f"The rationale must be {limit}.", field="rationale")


def check_note(note: str) -> None:
    """A note for the panel has a limit."""
    if len(note) > NOTE_MAX_CHARS:
        raise RuleBroken(f"The note must be {NOTE_MAX_CHARS:,} characters or fewer.", field="note")


def check_based_on(current: int, based_on: int | None) -> None:
    """A save carries the revision it was based on; none, or an old one, is a conflict."""
    if based_on != current:
        raise Stale("This was saved in another window after you opened it.")


def check_all_marked(members_done: int) -> None:
    """Grades are revealed once at least one member has marked every standard.

    Source: docs/policy/moderation.md, "The reveal".
    """
    if not members_done:
        raise RuleBroken("Wait until at least one member has marked every standard.")


def check_revealed(revealed: bool) -> None:
    """Nothing is settled, or written to the organisation, before the reveal."""
    if not revealed:
        raise WrongState("The grades are not revealed yet.")


def check_all_settled(open_labels: Sequence[str]) -> None:
    """A moderation is completed once every standard is settled.

    Source: docs/policy/moderation.md, "Settling".
    """
    if open_labels:
        raise RuleBroken(f"Settle these first: {'; '.join(open_labels)}.")


def check_words(strengths: str, developments: str) -> None:
    """A letter's two lists have a limit."""
    for field, words in (("strengths", strengths), ("developments", developments)):
        if len(words) > LETTER_MAX_CHARS:
            raise RuleBroken(f"Use {LETTER_MAX_CHARS:,} characters or fewer.", field=field)


def check_open_to_proofreading(status: Status) -> None:
    """The business unit corrects a letter between the moderation's completion and the release."""
    if status is not Status.MODERATION_COMPLETED:
        raise WrongState("This letter is not with the business unit.")


def check_open_to_release(status: Status) -> None:
    """Feedback is released when the moderation is completed; straight from submitted, as the
    automatic sheet, where the panel was not asked.

    Source: docs/policy/moderation.md, "Release".
    """
    if status is Status.IN_MODERATION:
        raise WrongState("The panel has not completed this assessment yet.")
    if status not in {Status.SUBMITTED, Status.MODERATION_COMPLETED}:
        raise WrongState("There is no feedback to release, or it is released already.")


def check_two_people(completed_by: int | None, released_by: int, two_needed: bool) -> None:
    """Who completes a moderation and who releases it are two people.

    Source: docs/policy/access.md, rule 2.
    """
    if two_needed and completed_by == released_by:
        raise RuleBroken("You completed this moderation. Another person releases it.")
