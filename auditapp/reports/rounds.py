"""Rounds as reports need them: one statement, with the partnerships that run them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from auditapp.core.errors import NOT_FOUND, Missing
from auditapp.organisations.models import Partnership
from auditapp.policy.roles import Role, Viewer
from auditapp.policy.scope import visible
from auditapp.questionnaires.models import QuestionnaireVersion
from auditapp.rounds.models import Round, RoundPartnership, RoundState

EARLIER_ROUNDS = 2  # that stand beside the round itself

_runs = aliased(Partnership)
# A row for each partnership of each round, the latest round first.
_ROUNDS: Select[Any] = (
    select(
        Round.id,
        Round.ref,
        Round.title,
        Round.period,
        Round.state,
        Round.opens_on,
        Round.due_on,
        Round.questionnaire_version_id,
        Round.asked_keys,
        Partnership.name,
        Partnership.hue,
        QuestionnaireVersion.key,
        QuestionnaireVersion.version,
        _runs.id.label("running"),
        _runs.names_organisations_to_viewers.label("names"),
    )  # type: ignore[assignment]  # what a select of so many columns is called is no help
    .join(Partnership, Partnership.id == Round.partnership_id)
    .join(QuestionnaireVersion, QuestionnaireVersion.id == Round.questionnaire_version_id)
    .join(RoundPartnership, RoundPartnership.round_id == Round.id)
    .join(_runs, _runs.id == RoundPartnership.partnership_id)
    .order_by(Round.opens_on.desc(), Round.id.desc())
)


@dataclass(frozen=True, kw_only=True)
class ReportedRound:
    """A round, and what the permission table asks about it.

    `names_organisations_to_viewers` holds where every partnership that the viewer acts for has
    set it.
    """

    id: int
    ref: str
    title: str
    period: str
    is_open: bool
    due_on: date
    opens_on: date
    partnership_name: str
    hue: str
    version_id: int
    version: int
    questionnaire_key: str
    asked_keys: tuple[str, ...] | None
    partnership_ids: frozenset[int]
    names_organisations_to_viewers: bool


def reported_round(session: Session, viewer: Viewer, ref: str) -> ReportedRound:
    """The round `ref`.

    Raises:
        Missing: there is none, or not for this viewer.
    """
    found = _found(session, viewer, _ROUNDS.where(Round.ref == ref))
    if not found:
        raise Missing(NOT_FOUND)
    return found[0]


def opened_rounds(session: Session, viewer: Viewer) -> tuple[ReportedRound, ...]:
    """Every round that has opened, the latest first."""
    return _found(session, viewer, _ROUNDS.where(Round.state != RoundState.DRAFT))


def earlier_rounds(
    session: Session, viewer: Viewer, round_: ReportedRound
) -> tuple[ReportedRound, ...]:
    """Those before it on the same questionnaire in the same partnership, the latest first."""
    same = _ROUNDS.where(
        QuestionnaireVersion.key == round_.questionnaire_key,
        Round.partnerships.any(RoundPartnership.partnership_id.in_(round_.partnership_ids)),
        Round.state != RoundState.DRAFT,
        Round.opens_on < round_.opens_on,
    )
    return _found(session, viewer, same)[:EARLIER_ROUNDS]


def operator_of(session: Session, ref: str) -> Viewer:
    """Whom a command draws a report for: an administrator of all that run the round `ref`."""
    running = (
        select(RoundPartnership.partnership_id)
        .join(Round, Round.id == RoundPartnership.round_id)
        .where(Round.ref == ref)
    )
    return Viewer(
        person_id=0,
        membership_id=0,
        role=Role.ADMINISTRATOR,
        partnership_ids=frozenset(session.scalars(running)),
    )


def _found(session: Session, viewer: Viewer, query: Select[Any]) -> tuple[ReportedRound, ...]:
    rows: dict[int, list[Any]] = {}
    for row in session.execute(visible(query, viewer)):
        rows.setdefault(row.id, []).append(row)
    return tuple(_reported(viewer, held) for held in rows.values())


def _reported(viewer: Viewer, rows: Sequence[Any]) -> ReportedRound:
    row = rows[0]
    names = {it.running: it.names for it in rows}
    own = viewer.partnership_ids & names.keys()
    return ReportedRound(
        id=row.id,
        ref=row.ref,
        title=row.title,
        period=row.period,
        is_open=row.state == RoundState.OPEN,
        due_on=row.due_on,
        opens_on=row.opens_on,
        partnership_name=row.name,
        hue=row.hue,
        version_id=row.questionnaire_version_id,
        version=row.version,
        questionnaire_key=row.key,
        asked_keys=None if row.asked_keys is None else tuple(row.asked_keys),
        partnership_ids=frozenset(names),
        names_organisations_to_viewers=bool(own) and all(names[running] for running in own),
    )
