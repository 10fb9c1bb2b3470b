"""What an answer may be, and what it still needs. Pure: values in, an error or a verdict out.

Source: docs/policy/answers.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from auditapp.actions.rules import Planned
from auditapp.core import clock
from auditapp.core.errors import RuleBroken, Stale, WrongState
from auditapp.policy.states import OPEN_TO_ANSWERS, Status
from auditapp.questionnaires.questions import Question
from auditapp.questionnaires.scales import Need as Asked
from auditapp.questionnaires.scales import Scale
from auditapp.questionnaires.values import boxes_of, field_of, lacking, needs_of_value

# What an answer is held against: the scale it is graded on, or the question that takes another
# answer than a grade.
Basis = Scale | Question
NOT_APPLICABLE = "not-applicable"  # what the picker sends in a grade's place
COMMENTARY_MAX_CHARS = 10_000
IMPACT_MAX_CHARS = 4_000
REASON_MAX_CHARS = 2_000
# What a standard takes until a questionnaire says so itself.
MINUTES_NOT_BEGUN = 5
MINUTES_HALF_DONE = 3


class State(StrEnum):
    EMPTY = "empty"
    HALF = "half"
    COMPLETE = "complete"


class Need(NamedTuple):
    """One thing that an answer needs: in a word ("an action"), as an act ("say by when the action
    will be done"), and the field that takes it."""

    what: str
    act: str
    field: str


@dataclass(frozen=True, kw_only=True)
class Content:
    """What an answer says: a grade, or the `value` of a question that takes another answer. Neither
    and a reason that is not None is *not applicable*; the reason may be empty while the answer is
    written."""

    grade: str | None = None
    value: Any = None
    reason: str | None = None
    commentary: str = ""
    impact: str = ""
    planned: Planned = field(default_factory=Planned)

    @property
    def is_not_applicable(self) -> bool:
        return self.grade is None and self.value is None and self.reason is not None

    @property
    def said(self) -> Any:
        """What conditions compare: the grade, or the value; None for neither."""
        return self.grade if self.grade is not None else self.value

    @property
    def is_blank(self) -> bool:
        return self == Content()


@dataclass(frozen=True, kw_only=True)
class AnswerView:
    """An answer with what hangs on it: how many items it cites, and whether its action is done."""

    content: Content = field(default_factory=Content)
    cited: int = 0
    action_done: bool = False


def as_typed(text: str) -> str:
    """Plain text as it is kept: line feeds only, no control characters, no blank ends."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in unified if sign in "\n\t" or sign >= " ").strip()


def check_open_to_answers(status: Status, since: datetime | None, signatory: str) -> None:
    """Answers are written until they go to the signatory, and from submission on as the living
    record."""
    if status not in OPEN_TO_ANSWERS:
        raise WrongState(f"Read only: {read_only_reason(status, since, signatory)}.")


def read_only_reason(status: Status, since: datetime | None, signatory: str) -> str:
    """ "with the head teacher since 8 December"; `since` is when it was sent."""
    if status is not Status.AWAITING_SIGN_OFF:
        return f"this assessment is {status.value}"
    day = since.astimezone(clock.LONDON) if since else None
    return f"with the {signatory}" + (f" since {day.day} {day:%B}" if day else "")


def check_grade(basis: Basis, grade: str | None) -> None:
    """A grade is a key of the standard's own scale; none is not graded yet."""
    keys = basis.keys if isinstance(basis, Scale) else ()
    if grade is not None and grade not in keys:
        raise RuleBroken("Choose one of the grades.", field="grade")


def check_not_applicable(content: Content) -> None:
    """A reason belongs to *not applicable* and to nothing else."""
    if (content.grade, content.value) != (None, None) and content.reason is not None:
        raise RuleBroken("Choose a grade or not applicable, one of the two.", field="grade")
    check_length(content.reason or "", REASON_MAX_CHARS, "reason")


def check_length(text: str, limit: int, name: str) -> None:
    if len(text) > limit:
        raise RuleBroken(f"Use {limit:,} characters or fewer.", field=name)


def check_words(content: Content) -> None:
    check_length(content.commentary, COMMENTARY_MAX_CHARS, "commentary")
    check_length(content.impact, IMPACT_MAX_CHARS, "impact")


def check_based_on(current: int, based_on: int | None) -> None:
    """A save carries the revision it was written over; none, or an old one, is a conflict."""
    if based_on != current:
        raise Stale("Someone else saved this answer after you opened it.")


def check_two_people(sent_by: int | None, signs: int, *, one_may_do_both: bool) -> None:
    """Who sends for sign-off and who signs are two people, but for types of organisation where
    the partnership allows one.

    Source: docs/policy/access.md, rule 2.
    """
    if sent_by == signs and not one_may_do_both:
        raise WrongState("You sent this for sign-off, so someone else must sign it.")


def check_applies(basis: Basis, content: Content) -> None:
    """A standard that is graded may always be not applicable; another question where it says so.
    Nothing is typed where a figure is worked out, or a text only read."""
    if isinstance(basis, Question) and not basis.is_answered:
        raise RuleBroken("There is nothing to answer here.", field="value")
    if content.is_not_applicable and isinstance(basis, Question) and not basis.may_not_apply:
        raise RuleBroken(
            "This is asked of everyone. Leave it blank if you do not know.", field="value"
        )


def asked_by(basis: Basis, content: Content) -> frozenset[Asked]:
    """What the grade or the chosen options ask for."""
    if isinstance(basis, Scale):
        known = content.grade in basis.keys
        return basis.grade(str(content.grade)).needs if known else frozenset()
    return needs_of_value(basis.answer, content.value)


def needs_of(basis: Basis, view: AnswerView, today: date) -> tuple[Need, ...]:
    """What the answer still needs before it can be sent, in the order of its fields."""
    content = view.content
    if content.is_not_applicable:
        missing = Need("a reason", "say why it is not applicable", "reason")
        return () if content.reason else (missing,)
    if isinstance(basis, Question):
        needs = _needs_of_boxes(basis, content.value)
    elif content.grade is None or content.grade not in basis.keys:
        return (Need("a grade", "choose a grade", "grade"),)
    else:
        needs = []
    asked = asked_by(basis, content)
    if "action" in asked:
        needs += _needs_of_plan(content.planned, view.action_done, today)
    if "commentary" in asked and not content.commentary:
        needs.append(Need("words", "say what you do", "commentary"))
    if "evidence" in asked and not view.cited:
        needs.append(Need("evidence", "add evidence", "evidence"))
    return tuple(needs)


def _needs_of_boxes(question: Question, value: Any) -> list[Need]:
    if not question.is_answered or (value is None and not question.required):
        return []
    if value is None:
        return [Need("an answer", "answer it", field_of(boxes_of(question.answer)[0].path))]
    return [
        Need(f"“{place.label}”", f"fill in “{place.label}”", field_of(place.path))
        for place in lacking(question.answer, value)
    ]


def _needs_of_plan(planned: Planned, done: bool, today: date) -> list[Need]:
    if not planned.what:
        return [Need("an action", "say what you will do", "what")]
    needs = []
    if not planned.owner:
        needs.append(Need("an action’s owner", "say who will do it", "owner"))
    if planned.due is None:
        needs.append(Need("an action’s date", "say by when the action will be done", "due"))
    elif planned.due <= today and not done:
        needs.append(Need("a later date", "give the action a date after today", "due"))
    return needs


def in_brief(needs: Sequence[Need]) -> str:
    """ "Needs an action and evidence"; empty where nothing is needed."""
    words = [need.what for need in needs]
    if not words:
        return ""
    *first, last = words
    return f"Needs {', '.join(first)} and {last}" if first else f"Needs {last}"


def state_of(basis: Basis, view: AnswerView, today: date) -> State:
    """Complete: nothing is needed, as of what may be left blank. Half: something was graded or
    typed. Empty: nothing was."""
    if not needs_of(basis, view, today):
        return State.COMPLETE
    return State.EMPTY if view.content.is_blank else State.HALF


def is_complete(states: Mapping[str, State]) -> bool:
    """Whether every standard is. Nothing asked is nothing missing."""
    return all(state is State.COMPLETE for state in states.values())


def first_unfinished(states: Mapping[str, State], last_place: str = "") -> str | None:
    """The key to go on at: from the standard last worked on, round to those before it."""
    keys = list(states)
    start = keys.index(last_place) if last_place in states else 0
    in_turn = keys[start:] + keys[:start]
    return next((key for key in in_turn if states[key] is not State.COMPLETE), None)


def minutes_left(states: Mapping[str, State]) -> int:
    """About how long what is not complete will take."""
    minutes = {State.EMPTY: MINUTES_NOT_BEGUN, State.HALF: MINUTES_HALF_DONE}
    return sum(minutes.get(state, 0) for state in states.values())


def last_day(final_on: date, extended_to: date | None) -> date:
    """The last day on which an assessment may be sent: the round's, or a later one of its own."""
    return max(final_on, extended_to or final_on)


def is_late(status: Status, final_on: date, extended_to: date | None, now: datetime) -> bool:
    """Whether the round closed, at a London midnight, on a draft."""
    draft = status in {Status.NOT_STARTED, Status.IN_PROGRESS, Status.AWAITING_SIGN_OFF}
    return draft and now >= clock.end_of(last_day(final_on, extended_to))
