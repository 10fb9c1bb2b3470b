"""How many answers have each grade: by standard, by section, in all.

Source: docs/policy/figures.md, "What is counted".
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from auditapp.documents.figures import Share
from auditapp.questionnaires.scales import Scale
from auditapp.questionnaires.schema import Asked

NOT_APPLICABLE = "not-applicable"
BLANK = ""


class Basis(StrEnum):
    """Whose grades. Effective: the moderated grade where there is one, else the self-grade."""

    SELF = "self"
    EFFECTIVE = "effective"
    MODERATED = "moderated"


class AnswerRow(NamedTuple):
    """`number` submitted answers to one standard with one self-grade, or with none."""

    question_key: str
    grade_key: str | None
    not_applicable: bool
    number: int


class ModeratedRow(NamedTuple):
    """`number` answers whose self-grade came to one settled grade."""

    question_key: str
    self_key: str | None
    self_not_applicable: bool
    settled_key: str
    number: int


@dataclass(frozen=True)
class Tally:
    """Answers by grade. Those not applicable or blank stand apart: they are in no share."""

    counts: Mapping[str, int]
    not_applicable: int = 0
    blank: int = 0

    @cached_property
    def graded(self) -> int:
        """The base of every share."""
        return sum(self.counts.values())

    def number(self, keys: Collection[str]) -> int:
        return sum([self.counts.get(key, 0) for key in keys])

    def share(self, keys: Collection[str], places: int = 1) -> Share:
        return Share(self.number(keys), self.graded, places)

    @classmethod
    def of(cls, answers: Mapping[str, int], scale: Scale) -> "Tally":
        """From numbers by grade key. What the scale does not know is without a grade."""
        counts = {key: answers.get(key, 0) for key in scale.keys}
        apart = answers.get(NOT_APPLICABLE, 0)
        return cls(counts, apart, sum(answers.values()) - sum(counts.values()) - apart)

    @classmethod
    def sum_of(cls, tallies: Sequence["Tally"], scale: Scale) -> "Tally":
        """Of tallies on one scale."""
        return cls(
            {key: sum([it.counts[key] for it in tallies]) for key in scale.keys},
            sum([it.not_applicable for it in tallies]),
            sum([it.blank for it in tallies]),
        )


@dataclass(frozen=True)
class Line:
    """A section by its title, or a standard by its number and title, with what was answered.
    `is_hidden`: it tells of too few, so that nothing is counted of it."""

    key: str
    label: str
    tally: Tally
    is_hidden: bool = False


@dataclass(frozen=True)
class ScaleFigures:
    """What was answered on one scale. A section has here only its standards on that scale."""

    scale: Scale
    whole: Tally
    sections: tuple[Line, ...]
    standards: tuple[Line, ...]


def outcomes(
    answers: Iterable[AnswerRow], moderated: Iterable[ModeratedRow], basis: Basis
) -> dict[str, dict[str, int]]:
    """By standard, how many answers came to each grade key, `NOT_APPLICABLE` or `BLANK`.

    `moderated` is a part of `answers`: of a moderated answer the self-grade gives way.
    """
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    if basis is not Basis.MODERATED:
        for row in answers:
            _add(found[row.question_key], row.grade_key, row.not_applicable, row.number)
    if basis is Basis.SELF:
        return found
    for change in moderated:
        of = found[change.question_key]
        _add(of, change.settled_key, False, change.number)
        if basis is Basis.EFFECTIVE:
            _add(of, change.self_key, change.self_not_applicable, -change.number)
    return found


def _add(of: dict[str, int], grade_key: str | None, not_applicable: bool, number: int) -> None:
    key = grade_key or (NOT_APPLICABLE if not_applicable else BLANK)
    of[key] = of.get(key, 0) + number


def figures_by_scale(
    asked: Asked,
    answers: Mapping[str, Mapping[str, int]],
    hidden: Collection[str] = (),
) -> tuple[ScaleFigures, ...]:
    """One set of figures for each scale in use: grades of two scales are never added up. Of
    `hidden` standards there are no `answers`; a section of nothing else is hidden with them."""
    scales = scales_of(asked)
    in_use = {scale.key: scale for scale in scales.values()}
    return tuple(_figures(asked, scale, scales, answers, hidden) for scale in in_use.values())


def scales_of(asked: Asked) -> dict[str, Scale]:
    """The scale of every standard asked, looked up once."""
    return {
        question.key: scale
        for section in asked.sections
        for question in section.questions
        if (scale := asked.scale_for(question)) is not None
    }


def _figures(
    asked: Asked,
    scale: Scale,
    scales: Mapping[str, Scale],
    answers: Mapping[str, Mapping[str, int]],
    hidden: Collection[str],
) -> ScaleFigures:
    sections: list[Line] = []
    standards: list[Line] = []
    for section in asked.sections:
        here = [
            Line(
                it.key,
                asked.label_of(it.key),
                Tally.of(answers.get(it.key, {}), scale),
                it.key in hidden,
            )
            for it in section.questions
            if scales[it.key] is scale
        ]
        if here:
            tally = Tally.sum_of([line.tally for line in here], scale)
            is_hidden = all(line.is_hidden for line in here)
            sections.append(Line(section.key, section.title, tally, is_hidden))
            standards += here
    whole = Tally.sum_of([line.tally for line in sections], scale)
    return ScaleFigures(scale, whole, tuple(sections), tuple(standards))
