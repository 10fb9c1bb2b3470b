"""Self-grades against the panel's, on the answers that have both.

Source: docs/policy/figures.md, "Self against moderated".
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from auditapp.questionnaires.scales import Scale
from auditapp.questionnaires.schema import Asked
from auditapp.reports.aggregate.grades import ModeratedRow, Tally, scales_of


@dataclass(frozen=True)
class Comparison:
    """What came of the self-grades of a section, or of all.

    `apart` are moderated answers without a grade on one of the two sides: they are in no share.
    """

    label: str
    own: Tally
    panel: Tally
    raised: int
    lowered: int
    agreed: int
    apart: int

    @property
    def rows(self) -> int:
        """The base: answers with a grade on both sides."""
        return self.raised + self.lowered + self.agreed

    def change(self, good: frozenset[str]) -> int:
        """By how many grades the number of `good` ones rose or, below nought, fell."""
        return self.panel.number(good) - self.own.number(good)


@dataclass(frozen=True)
class PanelFigures:
    whole: Comparison
    sections: tuple[Comparison, ...]


def compared(asked: Asked, scale: Scale, rows: Iterable[ModeratedRow]) -> PanelFigures:
    """By section, those that the panel lowered most first; sections it did not read are left out."""
    scales = scales_of(asked)
    found: defaultdict[str, list[ModeratedRow]] = defaultdict(list)
    for row in rows:
        found[row.question_key].append(row)
    sections, every = [], list[ModeratedRow]()
    for section in asked.sections:
        keys = [question.key for question in section.questions if scales[question.key] is scale]
        here = [row for key in keys for row in found.get(key, ())]
        if here:
            sections.append(_comparison(section.title, scale, here))
            every += here
    good = good_keys(scale)
    sections.sort(key=lambda one: (one.change(good), one.raised - one.lowered))
    return PanelFigures(_comparison("All sections", scale, every), tuple(sections))


def good_keys(scale: Scale) -> frozenset[str]:
    """The grades that are no gap: "met or exceeded"."""
    return frozenset(scale.keys) - scale.gaps


def _comparison(label: str, scale: Scale, rows: list[ModeratedRow]) -> Comparison:
    own, panel, outcomes = Counter[str](), Counter[str](), Counter[str]()
    ranks = {key: place for place, key in enumerate(scale.keys)}
    for row in rows:
        if row.self_key not in ranks or row.settled_key not in ranks:
            outcomes["apart"] += row.number
            continue
        own[row.self_key] += row.number
        panel[row.settled_key] += row.number
        outcomes[_outcome(ranks[row.settled_key] - ranks[row.self_key])] += row.number
    return Comparison(
        label,
        Tally.of(own, scale),
        Tally.of(panel, scale),
        outcomes["raised"],
        outcomes["lowered"],
        outcomes["agreed"],
        outcomes["apart"],
    )


def _outcome(steps: int) -> str:
    if not steps:
        return "agreed"
    return "raised" if steps > 0 else "lowered"
