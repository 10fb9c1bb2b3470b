"""A round's reports, put together: what SQL counted, aggregated, and whom it is for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from auditapp.core import clock
from auditapp.organisations.types import PHASE_LABELS, type_label
from auditapp.policy.permissions import Permission, may
from auditapp.policy.roles import Viewer
from auditapp.questionnaires.library import questionnaire_of
from auditapp.questionnaires.schema import Asked
from auditapp.reports.aggregate.chasing import to_chase
from auditapp.reports.aggregate.completion import Standing, StandingRow, grouped, standing_of
from auditapp.reports.aggregate.grades import Basis
from auditapp.reports.aggregate.overview import overview_figures
from auditapp.reports.aggregate.ranking import RankBy
from auditapp.reports.aggregate.slices import EVERYWHERE, PlaceRow, Slice
from auditapp.reports.aggregate.told import told_figures
from auditapp.reports.completion import CompletionPaper
from auditapp.reports.overview import OverviewPaper
from auditapp.reports.queries import overview_rows, reads_every_answer, standing_rows
from auditapp.reports.rounds import ReportedRound, earlier_rounds, opened_rounds
from auditapp.reports.told import ToldPaper
from auditapp.reports.told_queries import told_rows
from auditapp.reports.unsubmitted import unsubmitted


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Which overview is asked for."""

    basis: Basis = Basis.SELF
    rank_by: RankBy = RankBy.STRENGTH
    within: Slice = EVERYWHERE


@dataclass(frozen=True)
class Overview:
    """The paper, and the kinds of place in the whole round, for its filters."""

    paper: OverviewPaper
    places: Sequence[PlaceRow]


def overview_of(
    session: Session,
    viewer: Viewer,
    round_: ReportedRound,
    choice: Choice,
    *,
    most_standards: int | None = None,
) -> Overview:
    """The overview of the round as it is now, in one statement."""
    questionnaire = questionnaire_of(session, round_.version_id)
    rows = overview_rows(session, viewer, round_, choice.within)
    figures = overview_figures(
        Asked(questionnaire, None, round_.asked_keys).graded.sent,
        rows,
        basis=choice.basis,
        rank_by=choice.rank_by,
        within=choice.within,
        hides_few=not reads_every_answer(viewer, round_),
    )
    paper = OverviewPaper(
        round=round_,
        section_word=questionnaire.section_word,
        figures=figures,
        at=clock.now(),
        within=_words(choice.within),
        most_standards=most_standards,
    )
    return Overview(paper, rows.places)


def told_of(session: Session, viewer: Viewer, round_: ReportedRound) -> ToldPaper:
    """What was answered besides grades, in one statement."""
    asked = Asked(questionnaire_of(session, round_.version_id), None, round_.asked_keys)
    keys = [key for key in asked.keys if not asked.question(key).is_graded]
    assessments, rows = told_rows(session, viewer, round_, keys)
    figures = told_figures(
        asked, rows, round_.due_on, hides_few=not reads_every_answer(viewer, round_)
    )
    return ToldPaper(round=round_, at=clock.now(), assessments=assessments, told=figures)


def completion_of(
    session: Session,
    viewer: Viewer,
    round_: ReportedRound,
    *,
    link_to: Callable[[str], str] | None = None,
) -> CompletionPaper:
    """Completion of the round as it is now, and of the two before it."""
    before = earlier_rounds(session, viewer, round_)
    rows = standing_rows(session, viewer, [round_.id, *(it.id for it in before)])
    here = [row for row in rows if row.round_id == round_.id]
    waiting = unsubmitted(session, viewer, round_, before[0] if before else None)
    return CompletionPaper(
        round=round_,
        at=clock.now(),
        standing=standing_of(here),
        before=[(it, _standing_in(it, rows)) for it in before],
        phases=grouped(here, lambda row: row.phase),
        types=grouped(here, lambda row: row.type),
        trusts=grouped(here, lambda row: row.trust),
        chased=to_chase(waiting, clock.today()),
        question_word=questionnaire_of(session, round_.version_id).question_word,
        names=may(viewer, Permission.NAME_ORGANISATIONS, round_),
        link_to=link_to,
    )


def rounds_with_standing(session: Session, viewer: Viewer) -> list[tuple[ReportedRound, Standing]]:
    """Every round that has opened, the latest first, and how far it is."""
    rounds = opened_rounds(session, viewer)
    rows = standing_rows(session, viewer, [it.id for it in rounds])
    return [(it, _standing_in(it, rows)) for it in rounds]


def _standing_in(round_: ReportedRound, rows: Sequence[StandingRow]) -> Standing:
    return standing_of(row for row in rows if row.round_id == round_.id)


def _words(within: Slice) -> tuple[str, ...]:
    named = (
        within.phase and f"phase: {PHASE_LABELS.get(within.phase, within.phase)}",
        within.type and f"type: {type_label(within.type)}",
        within.trust and f"trust: {within.trust}",
    )
    return tuple(words for words in named if words)
