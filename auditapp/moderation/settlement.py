"""Where the members stand on one standard, and what follows from it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from auditapp.questionnaires.scales import Scale


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A member's mark as it stands. No `grade`: they agree that there is none."""

    answer_id: int
    member_id: int
    number: int
    blind: bool
    grade: str | None
    rationale: str
    note: str
    saved_at: datetime


@dataclass(frozen=True, kw_only=True)
class Settled:
    """What the chair settled, as it stands. No `grade`: not applicable, or not graded."""

    answer_id: int
    number: int
    grade: str | None
    rationale: str


@dataclass(frozen=True, kw_only=True)
class Standing:
    """One standard on its way to a settled grade.

    `marks` are those that count; `set_aside` those of members who are off the panel or linked to
    the organisation now, kept but without weight.
    """

    answer_id: int
    question_key: str
    label: str
    scale: Scale
    self_grade: str | None
    not_applicable: bool
    marks: tuple[Mark, ...]
    set_aside: tuple[Mark, ...]
    settled: Settled | None

    @property
    def differs(self) -> bool:
        return len({mark.grade for mark in self.marks}) > 1

    @property
    def needs_settling(self) -> bool:
        """Neither settled nor agreed on by everyone who marked it."""
        return self.settled is None and (self.differs or not self.marks)

    @property
    def grade(self) -> str | None:
        """Settled, or else proposed because all who marked it agree."""
        if self.settled is not None:
            return self.settled.grade
        return None if self.needs_settling else self.marks[0].grade

    @property
    def rationale(self) -> str:
        """Settled, or else the members' own words for the grade that is proposed."""
        if self.settled is not None:
            return self.settled.rationale
        return rationale_for(self.marks, self.grade)

    @property
    def is_changed(self) -> bool:
        return not self.needs_settling and self.grade != self.self_grade

    @property
    def direction(self) -> str:
        """raised, lowered, given (there was no grade), or kept."""
        if not self.is_changed:
            return "kept"
        if self.self_grade is None or self.grade is None:
            return "given"
        raised = self.scale.rank(self.grade) > self.scale.rank(self.self_grade)
        return "raised" if raised else "lowered"

    @property
    def spread(self) -> int:
        """How many steps lie between the members; a grade against none is the whole scale."""
        grades = {mark.grade for mark in self.marks}
        if len(grades) < 2:
            return 0
        if None in grades:
            return len(self.scale.keys)
        ranks = [self.scale.rank(grade) for grade in grades if grade is not None]
        return max(ranks) - min(ranks)


def rationale_for(marks: Sequence[Mark], grade: str | None) -> str:
    """The rationales of those who gave `grade`, each once, a blank line between them."""
    given = [mark.rationale for mark in marks if mark.grade == grade and mark.rationale]
    return "\n\n".join(dict.fromkeys(given))


def most_important_first(standings: Sequence[Standing]) -> list[Standing]:
    """Those still to settle before the others, the widest difference first; else as asked."""
    return sorted(standings, key=lambda one: (not one.needs_settling, -one.spread))
