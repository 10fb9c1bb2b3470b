"""The figures of the overview: strengths and gaps, and what the panel made of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from auditapp.questionnaires.scales import Scale
from auditapp.questionnaires.schema import Asked
from auditapp.reports.aggregate.few import NOTHING_HIDDEN, StandardRow, TooFew, too_few
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
    """What the database counted: places of the whole round, answers of the slice. `standards` are
    the answers of the whole round by place, counted for those who may not read answers."""

    places: Sequence[PlaceRow]
    answers: Sequence[AnswerRow]
    moderated: Sequence[ModeratedRow]
    standards: Sequence[StandardRow] = ()


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
    scales because the figures would be of too few (and of the whole round, `is_whole_hidden`);
    else, because nothing is graded. Of `standards_hidden` nothing is counted; of `settled_hidden`
    others, not all that the panel settled.
    """

    basis: Basis
    assessments: int
    moderated_assessments: int | None
    scales: tuple[OnScale, ...]
    is_hidden: bool
    is_whole_hidden: bool = False
    standards_hidden: int = 0
    settled_hidden: int = 0


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
    assessments, moderated = _numbers(rows.places, within, basis)
    few = hides_few and (0 < assessments < HIDDEN_BELOW or is_hidden(within, rows.places))
    few_read = hides_few and 0 < moderated < HIDDEN_BELOW
    hiding = too_few(rows.standards, set(asked.keys), within) if hides_few else NOTHING_HIDDEN
    changes = [] if few_read else hiding.changes(rows.moderated)
    hidden, in_part = _hidden_of(rows, hiding, changes, basis)
    given = outcomes(hiding.answers(rows.answers), changes, basis)
    return OverviewFigures(
        basis=basis,
        assessments=assessments,
        moderated_assessments=None if few_read else moderated,
        is_hidden=few and bool(assessments),
        is_whole_hidden=few and _numbers(rows.places, EVERYWHERE, basis)[0] < HIDDEN_BELOW,
        standards_hidden=len(hidden),
        settled_hidden=0 if few_read else len(in_part),
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
            for one in figures_by_scale(asked, given, hidden)
        ),
    )


def _numbers(places: Sequence[PlaceRow], within: Slice, basis: Basis) -> tuple[int, int]:
    """How many assessments of the slice are counted on this basis, and how many are moderated."""
    counted = [row for row in places if within.holds(row)]
    moderated = sum(row.number for row in counted if row.is_moderated)
    if basis is Basis.MODERATED:
        return moderated, moderated
    return sum(row.number for row in counted), moderated


def _hidden_of(
    rows: OverviewRows, hiding: TooFew, changes: Sequence[ModeratedRow], basis: Basis
) -> tuple[frozenset[str], frozenset[str]]:
    """Standards of which nothing is counted, and others of which not all is that was settled."""
    told = {row.question_key for row in changes}
    hidden = hiding.standards
    if basis is Basis.MODERATED:
        hidden = frozenset(row.question_key for row in rows.moderated) - told
    kept = set(changes)
    lost = {row.question_key for row in rows.moderated if row not in kept}
    return hidden, frozenset(lost - hidden)
