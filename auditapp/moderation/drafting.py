"""The first draft of a letter's two lists, from the grades alone. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from auditapp.questionnaires.scales import Scale

MOST_SECTIONS = 3
MOST_STANDARDS = 5
CHANGED = "Grades we changed"  # the heading of the letter's table with the reasons


@dataclass(frozen=True, kw_only=True)
class Graded:
    """One standard as the letter speaks of it: `grade` is the panel's where there is one."""

    section: str
    number: str
    label: str
    scale: Scale
    self_grade: str | None
    grade: str | None

    @property
    def is_gap(self) -> bool:
        return self.grade in self.scale.gaps

    @property
    def is_strength(self) -> bool:
        return self.grade in self.scale.strengths

    @property
    def steps(self) -> int:
        """How far the panel raised (above 0) or lowered (below) the self-grade."""
        if self.self_grade is None or self.grade is None:
            return 0
        return self.scale.rank(self.grade) - self.scale.rank(self.self_grade)


def strengths(standards: Sequence[Graded]) -> list[str]:
    """The best sections that have no gap, then the grades that were raised and are none."""
    best = [
        (sum(one.is_strength for one in graded) / len(graded), section, graded)
        for section, graded in _sections(standards)
        if not any(one.is_gap for one in graded)
    ]
    best.sort(key=lambda ranked: -ranked[0])
    lines = [_strong(section, graded) for _, section, graded in best[:MOST_SECTIONS]]
    raised = [one for one in standards if one.steps > 0 and not one.is_gap]
    return lines + [
        f"{one.label}: we raised your grade from {_words(one.scale, one.self_grade)} to "
        f"{_words(one.scale, one.grade)}. You graded yourselves lower than we did."
        for one in raised[:MOST_STANDARDS]
    ]


def developments(standards: Sequence[Graded]) -> list[str]:
    """The sections with the largest share of gaps, then the grades that were lowered, but for
    the gaps that a section's line names."""
    weak = [
        (sum(one.is_gap for one in graded) / len(graded), section, graded)
        for section, graded in _sections(standards)
        if any(one.is_gap for one in graded)
    ]
    weak.sort(key=lambda ranked: -ranked[0])
    lines = [_weak(section, graded) for _, section, graded in weak[:MOST_SECTIONS]]
    named = [one for _, _, graded in weak[:MOST_SECTIONS] for one in graded if one.is_gap]
    lowered = [one for one in standards if one.steps < 0 and one not in named]
    return lines + [
        f"{one.label}: we lowered your grade from {_words(one.scale, one.self_grade)} to "
        f"{_words(one.scale, one.grade)}. The panel’s reason is beside the standard, under “{CHANGED}”."
        for one in lowered[:MOST_STANDARDS]
    ]


def either(scale: Scale, keys: Iterable[str]) -> str:
    """ "partially met or not met": the grades of `keys`, best first."""
    wanted = set(keys)
    words = [band.label.lower() for band in scale.bands if band.keys & wanted]
    return " or ".join(words) if len(words) < 3 else f"{', '.join(words[:-1])} or {words[-1]}"


def _sections(standards: Sequence[Graded]) -> list[tuple[str, list[Graded]]]:
    """Sections in order, each with its standards that have a grade; those without any left out."""
    graded = [one for one in standards if one.grade is not None]
    return [(name, list(group)) for name, group in groupby(graded, key=lambda one: one.section)]


def _strong(section: str, graded: Sequence[Graded]) -> str:
    strong, scale = sum(one.is_strength for one in graded), graded[0].scale
    if not strong:
        return (
            f"{section}: {_of(len(graded), len(graded))} {_words(scale, _least(graded))} or better."
        )
    none = f", and none is {either(scale, scale.gaps)}" if strong < len(graded) else ""
    return f"{section}: {_of(strong, len(graded))} {either(scale, scale.strengths)}{none}."


def _weak(section: str, graded: Sequence[Graded]) -> str:
    gaps, scale = [one for one in graded if one.is_gap], graded[0].scale
    numbers = ", ".join(one.number for one in gaps)
    return f"{section}: {_of(len(gaps), len(graded))} {either(scale, scale.gaps)} ({numbers})."


def _of(some: int, whole: int) -> str:
    if some == whole:
        return "its one standard is" if whole == 1 else f"all {whole} standards are"
    return f"{some} of {whole} standards {'is' if some == 1 else 'are'}"


def _least(graded: Sequence[Graded]) -> str | None:
    return min((one.grade for one in graded if one.grade), key=graded[0].scale.rank)


def _words(scale: Scale, grade: str | None) -> str:
    return scale.grade(grade).label.lower() if grade else "no grade"
