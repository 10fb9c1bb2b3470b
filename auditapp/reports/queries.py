"""What SQL counts for the reports: grouped rows, never every answer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    CompoundSelect,
    Integer,
    String,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from auditapp.assessments.models import (
    Assessment,
    AssessmentPartnership,
    Snapshot,
    SnapshotAnswer,
)
from auditapp.moderation.models import Moderation, SettledGrade
from auditapp.organisations.models import Organisation, Registration, ResponsibleBody
from auditapp.policy.permissions import Permission, may
from auditapp.policy.roles import PANEL_ROLES, Viewer
from auditapp.policy.states import SUBMITTED_STATES, Status
from auditapp.reports.aggregate.completion import StandingRow
from auditapp.reports.aggregate.few import StandardRow
from auditapp.reports.aggregate.grades import AnswerRow, ModeratedRow
from auditapp.reports.aggregate.overview import OverviewRows
from auditapp.reports.aggregate.slices import PlaceRow, Slice
from auditapp.reports.rounds import ReportedRound

# Kinds of row in the overview's one statement.
PLACES, ANSWERS, NOT_APPLICABLE, MODERATED, BY_PLACE = range(1, 6)
GRADED, SETTLED = 1, 2  # of an answer counted by place: either, both or neither


@dataclass(frozen=True)
class _AnyCompleted:
    """Some assessment of a round, past its moderation, of an organisation nobody is linked to."""

    round_id: int
    partnership_ids: frozenset[int]
    id: int = 0
    organisation_id: int = 0
    status: Status = Status.MODERATION_COMPLETED
    snapshot_number: int = 1


def shared_with(viewer: Viewer) -> ColumnElement[bool]:
    """Assessments that a round's reports count for the viewer.

    A partnership counts those shared with it (in a joint round not another's), a panel all of its
    round. Counts are of drafts too, which `Assessment.visible_to` rightly hides.
    """
    if viewer.role in PANEL_ROLES:
        return Assessment.round_id == viewer.round_id
    return Assessment.id.in_(
        select(AssessmentPartnership.assessment_id).where(
            AssessmentPartnership.partnership_id.in_(viewer.partnership_ids)
        )
    )


def standing_rows(
    session: Session, viewer: Viewer, round_ids: Sequence[int]
) -> tuple[StandingRow, ...]:
    """Assessments by state and kind of place, of several rounds in one statement."""
    keys = (
        Assessment.round_id,
        Assessment.status,
        Registration.type,
        Registration.phase,
        func.coalesce(ResponsibleBody.name, ""),
    )
    counted = (
        select(*keys, func.count())
        .select_from(Assessment)
        .join(Registration, Registration.id == Assessment.registration_id)
        .join(Organisation, Organisation.id == Assessment.organisation_id)
        .outerjoin(ResponsibleBody, ResponsibleBody.id == Organisation.responsible_body_id)
        .where(Assessment.round_id.in_(round_ids), shared_with(viewer))
        .group_by(*keys)
    )
    return tuple(
        StandingRow(round_id, Status(status), type_, phase, trust, number)
        for round_id, status, type_, phase, trust, number in session.execute(counted)
    )


def overview_rows(
    session: Session, viewer: Viewer, round_: ReportedRound, within: Slice
) -> OverviewRows:
    """Places of the whole round; of the slice, answers by self-grade and, where the viewer may
    see that, by settled grade; and for who may not read every answer, how many places of a kind
    answered each standard. One statement, because the page has few.
    """
    chosen = {name: value for name, value in within._asdict().items() if value}
    sees_unreleased = may(viewer, Permission.SEE_SETTLED, _any_completed(round_))
    by_place = not reads_every_answer(viewer, round_)
    counted = _counting(viewer.role in PANEL_ROLES, sees_unreleased, tuple(chosen), by_place)
    who = {"partnerships": viewer.partnership_ids, "linked": viewer.linked_organisation_ids}
    places: list[PlaceRow] = []
    moderated: list[ModeratedRow] = []
    given: list[tuple[str, str | None, int]] = []
    reasons: dict[str, int] = {}
    standards: list[StandardRow] = []
    rows = session.execute(counted, {"round": round_.id, **chosen, **who}).all()
    for kind, a, b, c, d, flag, number in rows:
        if kind == ANSWERS:
            given.append((a, b, number))
        elif kind == MODERATED:
            moderated.append(ModeratedRow(a, b, bool(flag), c, number))
        elif kind == PLACES:
            places.append(PlaceRow(a, b, c, bool(flag), number))
        elif kind == BY_PLACE:
            graded, settled = bool(flag & GRADED), bool(flag & SETTLED)
            standards.append(StandardRow(a, b, c, d, graded, settled, number))
        else:
            reasons[a] = number
    return OverviewRows(places, [*_answer_rows(given, reasons)], moderated, standards)


def _answer_rows(
    given: list[tuple[str, str | None, int]], reasons: Mapping[str, int]
) -> Iterator[AnswerRow]:
    """Those without a grade are not applicable where they give a reason, else blank."""
    for key, grade_key, number in given:
        if grade_key is not None:
            yield AnswerRow(key, grade_key, False, number)
            continue
        yield AnswerRow(key, None, True, reasons.get(key, 0))
        yield AnswerRow(key, None, False, number - reasons.get(key, 0))


def reads_every_answer(viewer: Viewer, round_: ReportedRound) -> bool:
    """Whether the viewer may read each submission of the round, so that small figures tell them
    nothing that is kept from them."""
    reads = may(viewer, Permission.READ_SNAPSHOT, _any_completed(round_))
    return reads and not viewer.linked_organisation_ids


def _any_completed(round_: ReportedRound) -> _AnyCompleted:
    return _AnyCompleted(round_.id, round_.partnership_ids)


@cache
def _counting(
    in_panel: bool, sees_unreleased: bool, chosen: tuple[str, ...], by_place: bool
) -> CompoundSelect[Any]:
    """The overview's statement, built once for each kind of viewer and set of filters: building
    it takes as long as a small page."""
    latest = _latest(in_panel, sees_unreleased)
    within = [latest.c[name] == bindparam(name, type_=String) for name in chosen]
    parts = (_answers(latest), _not_applicable(latest), _moderated(latest))
    whole = [_places(latest), *([_by_place(latest)] if by_place else [])]
    return union_all(*whole, *(part.where(*within) for part in parts))


def _latest(in_panel: bool, sees_unreleased: bool) -> CTE:
    """The latest submission of each assessment, and whether its settled grades may be counted.

    As `shared_with`: a partnership counts what is shared with it, a panel all of its round.
    """
    shared = Assessment.id.in_(
        select(AssessmentPartnership.assessment_id).where(
            AssessmentPartnership.partnership_id.in_(bindparam("partnerships", expanding=True))
        )
    )
    return (
        select(
            Snapshot.id,
            Snapshot.type,
            Snapshot.phase,
            Snapshot.responsible_body.label("trust"),
            case((_settled_shows(sees_unreleased), 1), else_=0).label("is_moderated"),
        )
        .join(Assessment, Assessment.id == Snapshot.assessment_id)
        .outerjoin(
            Moderation,
            and_(Moderation.snapshot_id == Snapshot.id, Moderation.completed_at.is_not(None)),
        )
        .where(
            Assessment.round_id == bindparam("round"),
            Assessment.status.in_(SUBMITTED_STATES),
            Snapshot.number == Assessment.snapshot_number,
            *([] if in_panel else [shared]),
        )
        .cte("latest")
    )


def _settled_shows(sees_unreleased: bool) -> ColumnElement[bool]:
    """Released grades to all; before that to those who see settled grades, but for organisations
    they are linked to.

    Source: docs/policy/figures.md, "Who sees moderated grades".
    """
    shows = Assessment.status == Status.FEEDBACK_RELEASED
    if sees_unreleased:
        unreleased = and_(
            Assessment.status == Status.MODERATION_COMPLETED,
            Assessment.organisation_id.not_in(bindparam("linked", expanding=True)),
        )
        shows = or_(shows, unreleased)
    return and_(Moderation.id.is_not(None), shows)


def _places(latest: CTE) -> Any:
    keys = (latest.c.type, latest.c.phase, latest.c.trust, latest.c.is_moderated)
    *words, is_moderated = keys
    columns = (literal(PLACES, Integer), *words, _no_text(), is_moderated, func.count())
    return select(*columns).group_by(*keys)


def _answers(latest: CTE) -> Any:
    """Counted in the index alone: those without a grade are all of them, for whatever reason."""
    keys = (SnapshotAnswer.question_key, SnapshotAnswer.grade_key)
    return (
        select(literal(ANSWERS, Integer), *keys, _no_text(), _no_text(), literal(0), func.count())
        .select_from(latest)
        .join(SnapshotAnswer, SnapshotAnswer.snapshot_id == latest.c.id)
        .group_by(*keys)
    )


def _not_applicable(latest: CTE) -> Any:
    """Of those without a grade, the ones that say why."""
    key = SnapshotAnswer.question_key
    return (
        select(
            literal(NOT_APPLICABLE, Integer),
            key,
            *(_no_text() for _ in range(3)),
            literal(1),
            func.count(),
        )
        .select_from(latest)
        .join(SnapshotAnswer, SnapshotAnswer.snapshot_id == latest.c.id)
        .where(
            SnapshotAnswer.grade_key.is_(None), SnapshotAnswer.not_applicable_reason.is_not(None)
        )
        .group_by(key)
    )


def _moderated(latest: CTE) -> Any:
    apart = case(
        (SnapshotAnswer.grade_key.is_not(None), 0),
        (SnapshotAnswer.not_applicable_reason.is_not(None), 1),
        else_=0,
    )
    words = (SnapshotAnswer.question_key, SnapshotAnswer.grade_key, SettledGrade.grade_key)
    keys = (*words, apart)
    return (
        select(literal(MODERATED, Integer), *words, _no_text(), apart, func.count())
        .select_from(latest)
        .join(SnapshotAnswer, SnapshotAnswer.snapshot_id == latest.c.id)
        .join(SettledGrade, SettledGrade.snapshot_answer_id == SnapshotAnswer.id)
        .where(latest.c.is_moderated == 1)
        .group_by(*keys)
    )


def _by_place(latest: CTE) -> Any:
    """Of the whole round, whatever is asked for: who is left out of one slice is in another."""
    graded = case((SnapshotAnswer.grade_key.is_not(None), GRADED), else_=0)
    settled = case((SettledGrade.snapshot_answer_id.is_not(None), SETTLED), else_=0)
    words = (SnapshotAnswer.question_key, latest.c.type, latest.c.phase, latest.c.trust)
    keys = (*words, graded + settled)
    return (
        select(literal(BY_PLACE, Integer), *keys, func.count())
        .select_from(latest)
        .join(SnapshotAnswer, SnapshotAnswer.snapshot_id == latest.c.id)
        .outerjoin(
            SettledGrade,
            and_(SettledGrade.snapshot_answer_id == SnapshotAnswer.id, latest.c.is_moderated == 1),
        )
        .group_by(*keys)
    )


def _no_text() -> ColumnElement[str | None]:
    return cast(null(), String)
