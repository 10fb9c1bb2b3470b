"""The shape of a questionnaire: sections of questions, their scales and sources."""

from collections.abc import Container, Iterable, Mapping
from copy import copy
from functools import cached_property
from typing import Any, Literal

from pydantic import Field

from auditapp.questionnaires.conditions import (
    Answers,
    Condition,
    Facts,
    answers_asked,
    holds,
    may_hold,
)
from auditapp.questionnaires.questions import Question
from auditapp.questionnaires.scales import Part, Scale, Text
from auditapp.questionnaires.sources import Source
from auditapp.questionnaires.variants import (
    EVERYONE,
    Number,
    SectionWording,
    Variant,
    said_in,
    variant_for,
)

MAX_QUESTIONS = 400
MAX_VERSION = 999_999


class Section(Part):
    """Standards on one theme; what pages call it is the questionnaire's `section_word`."""

    number: Number | None = None  # by its place if it has none of its own
    title: Text
    intro: str = ""
    applies: Condition | None = None
    wordings: tuple[SectionWording, ...] = ()
    questions: tuple[Question, ...] = Field(min_length=1)


class Questionnaire(Part):
    """One version of a questionnaire. `key` and `version` together never change meaning."""

    version: int = Field(ge=1, le=MAX_VERSION)
    title: Text
    summary: str = ""
    section_word: Literal["section", "domain", "area", "standard"] = "section"
    variants: tuple[Variant, ...] = ()
    sources: tuple[Source, ...] = ()
    scales: tuple[Scale, ...] = ()  # none where nothing is graded
    sections: tuple[Section, ...] = Field(min_length=1)

    @property
    def question_word(self) -> str:
        """What pages call a question: a standard where all are graded, and no section is one."""
        graded = all(it.is_graded or it.is_statement for it in self.questions)
        return "standard" if graded and self.section_word != "standard" else "question"

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for section in self.sections for question in section.questions)

    def question(self, key: str) -> Question:
        """The standard called `key`. Raises `KeyError` if there is none."""
        return {question.key: question for question in self.questions}[key]

    def section(self, key: str) -> Section:
        """The section called `key`. Raises `KeyError` if there is none."""
        return {section.key: section for section in self.sections}[key]

    def source(self, key: str) -> Source:
        """The source called `key`. Raises `KeyError` if there is none."""
        return {source.key: source for source in self.sources}[key]

    def scale_of(self, question_key: str) -> Scale:
        """The scale that the standard is graded on. Raises `KeyError` if it is not graded."""
        scale = self.scale_for(self.question(question_key))
        if scale is None:
            raise KeyError(question_key)
        return scale

    def scale_for(self, question: Question) -> Scale | None:
        """The scale that it is graded on; None where it takes another answer."""
        if not question.is_graded:
            return None
        return next((it for it in self.scales if question.scale in (None, it.key)), None)


class Asked:
    """The part of a questionnaire that one organisation is asked, numbered and worded as its pages
    show it.

    `sections` are the sections with at least one standard that applies; `number_of` gives "8.3";
    `variant` is the key of the variant that it reads.
    """

    def __init__(
        self,
        questionnaire: Questionnaire,
        facts: Facts | None,
        asked_keys: Iterable[str] | None = None,
        variant: str = EVERYONE,
    ) -> None:
        """No `facts`: every standard, as a report over all organisations shows them, or as
        `variant` has it."""
        wanted = None if asked_keys is None else set(asked_keys)
        self.questionnaire, self.facts = questionnaire, facts
        self.variant = variant if facts is None else variant_for(questionnaire.variants, facts)
        self.sections = tuple(
            kept
            for section in questionnaire.sections
            if (kept := _kept(section, facts, wanted, self.variant)) is not None
        )
        self._place: dict[str, tuple[Section, Question]] = {}
        self._number: dict[str, str] = {}
        self._section_number: dict[str, str] = {}
        for at, section in enumerate(self.sections, 1):
            number = self._section_number[section.key] = section.number or str(at)
            for step, question in enumerate(section.questions, 1):
                self._place[question.key] = (section, question)
                self._number[question.key] = question.number or f"{number}.{step}"

    @property
    def variant_title(self) -> str:
        """Whose numbers and words these are; empty where they are everyone's."""
        return next((it.title for it in self.questionnaire.variants if it.key == self.variant), "")

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of all that is asked, in order."""
        return tuple(self._place)

    @classmethod
    def numbered(
        cls, questionnaire: Questionnaire, numbers: Mapping[str, str], variant: str
    ) -> "Asked":
        """What was asked on a day in a variant: question key -> the number that it had; empty where
        it was not kept, and is that of its place."""
        asked = cls(questionnaire, None, numbers, variant)
        for key, number in numbers.items():
            if number and key in asked._number:
                section, question = asked._place[key]
                asked._number[key] = number
                if not section.number and not question.number:
                    asked._section_number[section.key] = number.rpartition(".")[0]
        return asked

    @property
    def graded(self) -> "Asked":
        """Only the standards that are graded, with the numbers that they have among all."""
        return self._only({key for key, (_, question) in self._place.items() if question.is_graded})

    @property
    def sent(self) -> "Asked":
        """Without what is private, with the numbers that they have among all."""
        return self._only(
            {key for key, (_, question) in self._place.items() if not question.private}
        )

    @cached_property
    def deciding(self) -> frozenset[str]:
        """Keys of the questions whose answers decide whether others are asked."""
        conditions = [section.applies for section in self.sections]
        conditions += [question.applies for _, question in self._place.values()]
        return frozenset(key for one in conditions for key in answers_asked(one))

    def shown_for(self, answers: Answers) -> "Asked":
        """What is left once these answers are given, with the same numbers. A question that is not
        asked answers nothing, whatever is kept of it."""
        if not self.deciding or self.facts is None:
            return self
        shown: dict[str, Any] = {}
        for section in self.sections:
            if not holds(section.applies, self.facts, shown):
                continue
            for question in section.questions:
                if holds(question.applies, self.facts, shown):
                    shown[question.key] = answers.get(question.key)
        return self._only(shown)

    def _only(self, keys: Container[str]) -> "Asked":
        only = copy(self)
        only.sections = tuple(
            section.model_copy(update={"questions": kept})
            for section in self.sections
            if (kept := tuple(it for it in section.questions if it.key in keys))
        )
        only._place = {
            it.key: (section, it) for section in only.sections for it in section.questions
        }
        return only

    def number_of(self, question_key: str) -> str:
        """ "8.3". Raises `KeyError` if it is not asked."""
        return self._number[question_key]

    def numbers_of(self, question_keys: Iterable[str]) -> str:
        """ "8.3, 8.5": of those that are asked."""
        return ", ".join(self._number[key] for key in question_keys if key in self._place)

    def section_number(self, section_key: str) -> str:
        """ "8". Raises `KeyError` if it is not asked."""
        return self._section_number[section_key]

    def section(self, key: str) -> Section:
        """The section with only what is asked. Raises `KeyError` if none of it is."""
        return {section.key: section for section in self.sections}[key]

    def question(self, key: str) -> Question:
        """Raises `KeyError` if it is not asked."""
        return self._place[key][1]

    def section_of(self, question_key: str) -> Section:
        """Raises `KeyError` if it is not asked."""
        return self._place[question_key][0]

    def scale_of(self, question_key: str) -> Scale:
        """Raises `KeyError` if it is not graded."""
        return self.questionnaire.scale_of(question_key)

    def basis_of(self, question_key: str) -> Scale | Question:
        """What its answer is held against: the scale, or the question itself where it takes another
        answer. Raises `KeyError` if it is not asked."""
        question = self.question(question_key)
        return self.scale_for(question) or question

    def scale_for(self, question: Question) -> Scale | None:
        """None where it is not graded."""
        return self.questionnaire.scale_for(question)

    def label_of(self, question_key: str) -> str:
        """ "8.3 Filtering and monitoring": never a title without its number."""
        return f"{self.number_of(question_key)} {self.question(question_key).title}"


def _kept(
    section: Section, facts: Facts | None, wanted: set[str] | None, variant: str
) -> Section | None:
    if facts is not None and not may_hold(section.applies, facts):
        return None
    questions = tuple(
        question.worded(variant)
        for question in section.questions
        if (wanted is None or question.key in wanted)
        and (facts is None or may_hold(question.applies, facts))
    )
    if not questions:
        return None
    said = said_in(section.wordings, variant)
    return section.model_copy(update=said | {"questions": questions})


def as_json(questionnaire: Questionnaire) -> dict[str, Any]:
    """The canonical document, as versions store it."""
    return questionnaire.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def file_schema() -> dict[str, Any]:
    """The JSON Schema of a questionnaire file, for editors. What `reading.read` refuses besides
    (a key that stands twice, a grade that is not on the scale) it cannot say."""
    found = Questionnaire.model_json_schema()
    # A shipped source is named by its key and edition alone.
    found["$defs"]["Source"]["required"] = ["key", "edition"]
    return found
