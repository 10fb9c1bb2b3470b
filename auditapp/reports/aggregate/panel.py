"""Self-grades against the panel's, on the answers that have both.

Source: docs/policy/figures.md, "Self against moderated".
"""

from collections import defaultdict
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
    sections = []
    for section in asked.sections:
        keys = [question.key for question in section.questions if scales[question.key] is scale]
        here = [row for key in keys for row in found.get(key, ())]
        if here:
            sections.append(_comparison(section.title, scale, here))
    good = good_keys(scale)
    whole = _whole(sections, scale)
    sections.sort(key=lambda one: (one.change(good), one.raised - one.lowered))
    return PanelFigures(whole, tuple(sections))


def good_keys(scale: Scale) -> frozenset[str]:
    """The grades that are no gap: "met or exceeded"."""
    return frozenset(scale.keys) - scale.gaps


def _comparison(label: str, scale: Scale, rows: list[ModeratedRow]) -> Comparison:
    own, panel = dict.fromkeys(scale.keys, 0), dict.fromkeys(scale.keys, 0)
    ranks = {key: place for place, key in enumerate(scale.keys)}
    raised = lowered = agreed = apart = 0
    for row in rows:
        number = row.number
        if row.self_key not in ranks or row.settled_key not in ranks:
            apart += number
            continue
        own[row.self_key] += number
        panel[row.settled_key] += number
        steps = ranks[row.settled_key] - ranks[row.self_key]
        raised += number if steps > 0 else 0
        lowered += number if steps < 0 else 0
        agreed += number if not steps else 0
    return Comparison(label, Tally(own), Tally(panel), raised, lowered, agreed, apart)


def _whole(sections: list[Comparison], scale: Scale) -> Comparison:
    return Comparison(
        "All sections",
        Tally.sum_of([one.own for one in sections], scale),
        Tally.sum_of([one.panel for one in sections], scale),
        sum([one.raised for one in sections]),
        sum([one.lowered for one in sections]),
        sum([one.agreed for one in sections]),
        sum([one.apart for one in sections]),
    )
