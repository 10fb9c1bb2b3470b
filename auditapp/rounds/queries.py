"""Rounds, and the organisations that may be chosen for one."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session, load_only

from auditapp.organisations.models import Organisation, Partnership, Registration, ResponsibleBody
from auditapp.organisations.types import PHASE_LABELS, type_label
from auditapp.policy.roles import Viewer
from auditapp.policy.scope import get_visible_or_404, visible
from auditapp.questionnaires.library import questionnaire_of
from auditapp.questionnaires.models import QuestionnaireVersion
from auditapp.questionnaires.retiring import can_be_chosen
from auditapp.questionnaires.schema import Questionnaire
from auditapp.rounds.models import Invitee, Round

TRUST = "trust"


def round_by_ref(ref: str) -> Select[Round]:
    return select(Round).where(Round.ref == ref)


def questionnaire_of_round(session: Session, round_: Round) -> Questionnaire:
    """What the round asks; no statement once the process has read that version."""
    return questionnaire_of(session, round_.questionnaire_version_id)


def titles_of(session: Session, partnership_id: int, but: int | None = None) -> list[str]:
    """What the partnership's rounds are called, but for the round with that id."""
    query = select(Round.title).where(
        Round.partnership_id == partnership_id, Round.id != (but or 0)
    )
    return list(session.scalars(query))


@dataclass(frozen=True)
class RoundLine:
    round: Round
    questionnaire: str  # "Section 11 self-assessment, version 1"
    chosen: int


def rounds_shown(session: Session, viewer: Viewer) -> list[RoundLine]:
    """The rounds the viewer may see, the latest due first."""
    chosen = select(func.count(Invitee.id)).where(Invitee.round_id == Round.id).scalar_subquery()
    query = (
        select(Round, QuestionnaireVersion.title, QuestionnaireVersion.version, chosen)
        .join(QuestionnaireVersion, QuestionnaireVersion.id == Round.questionnaire_version_id)
        .order_by(Round.due_on.desc(), Round.id.desc())
    )
    return [
        RoundLine(round_, f"{title}, version {version}", count)
        for round_, title, version, count in session.execute(visible(query, viewer))
    ]


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """An organisation that may be invited, as it is registered now."""

    id: int
    ref: str
    name: str
    code: str
    type: str
    phase: str
    trust: str
    chosen: bool
    closed: bool


@dataclass(frozen=True, kw_only=True)
class Filters:
    """Which candidates a page shows; empty fields ask for nothing."""

    name: str = ""
    phase: str = ""
    type: str = ""
    trust: str = ""
    only_chosen: bool = False

    def lets(self, candidate: Candidate) -> bool:
        named = f"{candidate.name} {candidate.code}".casefold()
        return (
            self.name.strip().casefold() in named
            and self.phase in ("", candidate.phase)
            and self.type in ("", candidate.type)
            and self.trust in ("", candidate.trust)
            and (candidate.chosen or not self.only_chosen)
        )


def candidates(session: Session, viewer: Viewer, round_: Round) -> list[Candidate]:
    """Every organisation of the viewer's partnership, by name; closed ones only where chosen."""
    chosen = select(Invitee.id).where(
        Invitee.organisation_id == Organisation.id, Invitee.round_id == round_.id
    )
    query = (
        select(
            Organisation.id,
            Organisation.ref,
            Organisation.name,
            Registration.code,
            Registration.type,
            Registration.phase,
            func.coalesce(ResponsibleBody.name, "").label("trust"),
            chosen.exists().label("chosen"),
            (Registration.status == "closed").label("closed"),
        )
        .join(Registration, Registration.organisation_id == Organisation.id)
        .outerjoin(
            ResponsibleBody,
            and_(
                ResponsibleBody.id == Organisation.responsible_body_id,
                ResponsibleBody.kind == TRUST,
            ),
        )
        .where(Registration.current)
        .order_by(Organisation.name, Organisation.id)
    )
    rows = (Candidate(**row._mapping) for row in session.execute(visible(query, viewer)))
    return [row for row in rows if row.chosen or not row.closed]


def ids_of_codes(
    candidates: Iterable[Candidate], codes: Iterable[str]
) -> tuple[set[int], list[str]]:
    """Ids of the organisations with those register numbers, and the numbers that nobody has."""
    by_code = {candidate.code.casefold(): candidate.id for candidate in candidates}
    found = {by_code[code.casefold()] for code in codes if code.casefold() in by_code}
    return found, [code for code in codes if code.casefold() not in by_code]


def owners(session: Session, viewer: Viewer) -> list[Organisation]:
    """The agencies that may own a round that the partnership only shares."""
    query = (
        select(Organisation)
        .join(Registration, Registration.organisation_id == Organisation.id)
        .where(Registration.current, Registration.kind == "agency", Registration.status != "closed")
        .order_by(Organisation.name)
    )
    return list(session.scalars(visible(query, viewer)))


def versions(
    session: Session, viewer: Viewer, round_: Round | None = None
) -> list[QuestionnaireVersion]:
    """Published questionnaires that may be asked, the newest version of each first; without their
    text. Retired ones only where the round asks it already."""
    kept = round_.questionnaire_version_id if round_ else None
    columns = (
        QuestionnaireVersion.ref,
        QuestionnaireVersion.title,
        QuestionnaireVersion.version,
        QuestionnaireVersion.owner_id,
    )
    query = (
        select(QuestionnaireVersion)
        .options(load_only(*columns))
        .where(or_(can_be_chosen(), QuestionnaireVersion.id == kept))
        .order_by(QuestionnaireVersion.title, QuestionnaireVersion.version.desc())
    )
    return list(session.scalars(visible(query, viewer)))


def own_partnership(session: Session, viewer: Viewer) -> Partnership:
    """The partnership that the viewer acts for. Raises `Missing` for one who acts for none."""
    return get_visible_or_404(session, select(Partnership), viewer)


def trusts_of(session: Session, organisation_ids: Iterable[int]) -> dict[int, str]:
    """The trust that each of these organisations belongs to, by organisation id: one statement."""
    query = (
        select(Organisation.id, ResponsibleBody.name)
        .join(ResponsibleBody, ResponsibleBody.id == Organisation.responsible_body_id)
        .where(Organisation.id.in_(list(organisation_ids)), ResponsibleBody.kind == TRUST)
    )
    return {organisation_id: name for organisation_id, name in session.execute(query)}


class Registered(Protocol):
    """Whatever has a type and a phase."""

    @property
    def type(self) -> str: ...
    @property
    def phase(self) -> str: ...


def trust_options(rows: Iterable[Candidate]) -> list[tuple[str, str]]:
    """The trusts that occur, by name; none where no school is of one."""
    return [(name, name) for name in sorted({row.trust for row in rows} - {""})]


Options = list[tuple[str, str]]


def filter_options(rows: Iterable[Registered]) -> dict[str, Options]:
    """The phases and types that occur, as (key, words), in the order of the reports."""
    known = list(rows)
    phases, types = {row.phase for row in known}, {row.type for row in known}
    named = ((key, type_label(key)) for key in types)
    return {
        "phase": [(key, words) for key, words in PHASE_LABELS.items() if key in phases],
        "type": sorted(named, key=lambda option: option[1]),
    }
