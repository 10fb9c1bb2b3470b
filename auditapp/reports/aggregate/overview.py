"""The figures of the overview: strengths and gaps, and what the panel made of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from auditapp.questionnaires.scales import Scale
from auditapp.questionnaires.schema import Asked
from auditapp.reports.aggregate.grades import (
    AnswerRow,
    Basis,
    ModeratedRow,
    Tally,
    figures_by_scale,
    outcomes,
)
from auditapp.reports.aggregate.hiding import HIDDEN_BELOW, is_hidden
from auditapp.reports.aggregate.panel import PanelFigures, compared
from auditapp.reports.aggregate.ranking import RankBy, Ranking, ranked, weakest_first
from auditapp.reports.aggregate.slices import EVERYWHERE, PlaceRow, Slice


class OverviewRows(NamedTuple):
    """What the database counted: places of the whole round, answers of the slice."""

    places: Sequence[PlaceRow]
    answers: Sequence[AnswerRow]
    moderated: Sequence[ModeratedRow]


@dataclass(frozen=True)
class OnScale:
    """The figures of one scale: sections best first, standards weakest first."""

    scale: Scale
    whole: Tally
    sections: Ranking
    standards: Ranking
    panel: PanelFigures


@dataclass(frozen=True, kw_only=True)
class OverviewFigures:
    """`assessments` are those whose grades are counted: on the moderated basis, the moderated.
    `moderated_assessments` is None where they are too few to be told. `is_hidden`: there are no
    scales because the figures would be of too few; else, because nothing is graded.
    """

    basis: Basis
    assessments: int
    moderated_assessments: int | None
    scales: tuple[OnScale, ...]
    is_hidden: bool


def overview_figures(
    asked: Asked,
    rows: OverviewRows,
    *,
    basis: Basis = Basis.SELF,
    rank_by: RankBy = RankBy.STRENGTH,
    within: Slice = EVERYWHERE,
    hides_few: bool = False,
) -> OverviewFigures:
    """`hides_few`: for those who may not read answers, nothing of fewer than `HIDDEN_BELOW`."""
    counted = [row for row in rows.places if within.holds(row)]
    moderated = sum(row.number for row in counted if row.is_moderated)
    assessments = sum(row.number for row in counted)
    if basis is Basis.MODERATED:
        assessments = moderated
    few = hides_few and (0 < assessments < HIDDEN_BELOW or is_hidden(within, rows.places))
    few_read = hides_few and 0 < moderated < HIDDEN_BELOW
    changes = () if few_read else rows.moderated
    given = outcomes(rows.answers, changes, basis)
    return OverviewFigures(
        basis=basis,
        assessments=assessments,
        moderated_assessments=None if few_read else moderated,
        is_hidden=few and bool(assessments),
        scales=()
        if few
        else tuple(
            OnScale(
                scale=one.scale,
                whole=one.whole,
                sections=ranked(one.sections, one.scale, rank_by),
                standards=weakest_first(one.standards, one.scale),
                panel=compared(asked, one.scale, changes),
            )
            for one in figures_by_scale(asked, given)
        ),
    )
