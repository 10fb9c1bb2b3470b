"""An assessment's answers on one sheet: each standard as it stands, and what it still needs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from auditapp.actions.models import Action, ActionRevision
from auditapp.actions.queries import actions_of
from auditapp.actions.rules import Planned
from auditapp.assessments import rules
from auditapp.assessments.counted import Counted
from auditapp.assessments.queries import AnswerNow, Cited, answers_of, citations_of
from auditapp.assessments.rules import AnswerView, Basis, Content, Need, State
from auditapp.assessments.setting import Setting
from auditapp.core import clock
from auditapp.questionnaires.derived import DerivedEntry
from auditapp.questionnaires.questions import Question
from auditapp.questionnaires.scales import Need as Asked
from auditapp.questionnaires.scales import Scale
from auditapp.questionnaires.schema import Section
from auditapp.questionnaires.values import Shown, options_needing, shown_of


@dataclass(frozen=True)
class Line:
    """One standard as it stands."""

    number: str
    section_key: str
    question: Question
    scale: Scale | None  # None where it takes another answer than a grade
    answer: AnswerNow | None
    cited: list[Cited]
    action: Action | None
    action_words: ActionRevision | None
    content: Content
    needs: tuple[Need, ...]
    state: State
    shown: list[Shown]  # the answer in print, where it is no grade

    @property
    def key(self) -> str:
        return self.question.key

    @property
    def label(self) -> str:
        return f"{self.number} {self.question.title}"

    @property
    def basis(self) -> Basis:
        return self.scale or self.question

    def words_needing(self, need: Asked) -> list[str]:
        """Which grades or options ask for it: "partially met", "no"."""
        if self.scale is not None:
            return self.scale.words_needing(need)
        return options_needing(self.question.answer, need)

    @property
    def sent(self) -> Content:
        """What a submission says of it: an explanation only while the answer asks for one."""
        if self.scale is not None or "commentary" in rules.asked_by(self.basis, self.content):
            return self.content
        return replace(self.content, commentary="")

    @property
    def revision(self) -> int:
        return self.answer.number if self.answer else 0

    @property
    def needs_text(self) -> str:
        return rules.in_brief(self.needs)

    @property
    def words(self) -> int:
        """How many words the answer has, its impact included."""
        return len(f"{self.content.commentary} {self.content.impact}".split())

    @property
    def planned(self) -> Planned:
        """The action as the answer says it; else as its plan kept it from an earlier grade."""
        if self.content.planned or self.action_words is None:
            return self.content.planned
        kept = self.action_words
        return Planned(what=kept.what, owner=kept.owner, due=kept.due_on)


@dataclass(frozen=True)
class Part:
    """A section of the sheet, with how far it is. `waiting` are questions that other answers than
    those given would ask; what is kept of them counts for nothing meanwhile."""

    number: str
    section: Section
    lines: list[Line]
    waiting: list[Line]

    @property
    def in_order(self) -> list[tuple[Line, bool]]:
        """Every line in the order of the questionnaire, and whether it is asked now."""
        every = {line.key: (line, True) for line in self.lines}
        every |= {line.key: (line, False) for line in self.waiting}
        return [every[question.key] for question in self.section.questions if question.key in every]

    @property
    def done(self) -> int:
        return self._count(State.COMPLETE)

    @property
    def half(self) -> int:
        return self._count(State.HALF)

    @property
    def total(self) -> int:
        return sum(line.question.is_answered for line in self.lines)

    @property
    def unfinished(self) -> int:
        return self.total - self.done

    @property
    def minutes(self) -> int:
        return rules.minutes_left({line.key: line.state for line in self.lines})

    @property
    def label(self) -> str:
        return f"{self.number}. {self.section.title}"

    def _count(self, state: State) -> int:
        return sum(line.state is state for line in self.lines if line.question.is_answered)


@dataclass(frozen=True)
class Sheet(Counted):
    """The sections that a viewer may read, in order."""

    parts: list[Part]

    @property
    def lines(self) -> list[Line]:
        return [line for part in self.parts for line in part.lines]

    @property
    def submitted(self) -> list[Line]:
        """What is frozen when it is sent: what is private stays with the organisation, and what is
        only read says nothing."""
        return [
            line
            for line in self.lines
            if not line.question.private and not line.question.is_statement
        ]

    @property
    def states(self) -> dict[str, State]:
        return {line.key: line.state for line in self.lines}

    @property
    def done(self) -> int:
        return sum(part.done for part in self.parts)

    @property
    def total(self) -> int:
        return sum(part.total for part in self.parts)

    @property
    def minutes(self) -> int:
        return sum(part.minutes for part in self.parts)

    @property
    def is_complete(self) -> bool:
        return rules.is_complete(self.states)

    @property
    def last_place(self) -> tuple[str, datetime] | None:
        """The standard saved last, and when; None before the first save."""
        saved = [(line.answer.saved_at, line.key) for line in self.lines if line.answer]
        return (max(saved)[1], max(saved)[0]) if saved else None

    @property
    def next_line(self) -> Line | None:
        """Where to go on: the first standard not complete, from the one saved last."""
        place = self.last_place
        key = rules.first_unfinished(self.states, place[0] if place else "")
        return self.line(key) if key else None

    @property
    def missing(self) -> list[tuple[Line, Need]]:
        """All that stops the assessment from being sent, in order."""
        return [(line, need) for line in self.lines for need in line.needs]

    def line(self, key: str) -> Line:
        """Raises `KeyError` for a question that is not on the sheet."""
        return {line.key: line for part in self.parts for line, _ in part.in_order}[key]

    def part(self, section_key: str) -> Part:
        """Raises `KeyError` for a section that is not on the sheet."""
        return {part.section.key: part for part in self.parts}[section_key]


def sheet_of(
    session: Session, setting: Setting, sections: Iterable[Section] | None = None
) -> Sheet:
    """The sheet, of `sections` or of all that is asked, in three statements."""
    assessment_id = setting.assessment.id
    answers = answers_of(session, assessment_id)
    cited = citations_of(session, assessment_id)
    actions = {key: found for (_, key), found in actions_of(session, [assessment_id]).items()}
    said = {key: answer.content.said for key, answer in answers.items()}
    shown = frozenset(setting.asked.shown_for(said).keys)
    counted = {key: it for key, it in said.items() if key in shown}
    parts = []
    for section in setting.asked.sections if sections is None else sections:
        lines = [
            _line(setting, section, question, answers, cited, actions, counted)
            for question in section.questions
        ]
        number = setting.asked.section_number(section.key)
        asked = [line for line in lines if line.key in shown]
        waiting = [line for line in lines if line.key not in shown]
        if asked:
            parts.append(Part(number, section, asked, waiting))
    return Sheet(parts)


def _content(question: Question, answer: AnswerNow | None, counted: Mapping[str, Any]) -> Content:
    """What was answered, or is worked out from what was."""
    if isinstance(question.answer, DerivedEntry):
        return Content(value=question.answer.value_of(counted))
    return answer.content if answer else Content()


def _line(
    setting: Setting,
    section: Section,
    question: Question,
    answers: dict[str, AnswerNow],
    cited: dict[str, list[Cited]],
    actions: dict[str, tuple[Action, ActionRevision]],
    counted: Mapping[str, Any],
) -> Line:
    key, scale = question.key, setting.asked.scale_for(question)
    basis = scale or question
    answer = answers.get(key)
    action, words = actions.get(key, (None, None))
    view = AnswerView(
        content=_content(question, answer, counted),
        cited=len(cited.get(key, [])),
        action_done=bool(action and action.done_on),
    )
    today = clock.today()
    return Line(
        number=setting.asked.number_of(key),
        section_key=section.key,
        question=question,
        scale=scale,
        answer=answer,
        cited=cited.get(key, []),
        action=action,
        action_words=words,
        content=view.content,
        needs=rules.needs_of(basis, view, today),
        state=rules.state_of(basis, view, today),
        shown=shown_of(question.answer, view.content.value, setting.round.due_on),
    )
