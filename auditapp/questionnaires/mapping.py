"""Confirming, once, what became of the questions of a version; and what was confirmed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from auditapp.accounts.queries import refreshed
from auditapp.core import clock
from auditapp.core.errors import NOT_FOUND, Missing, WrongState
from auditapp.core.events import Audience, Happening, record
from auditapp.organisations.models import Partnership
from auditapp.policy.permissions import Permission, require
from auditapp.policy.roles import Viewer
from auditapp.policy.scope import get_visible_or_404, visible
from auditapp.questionnaires.comparing import Pair
from auditapp.questionnaires.library import questionnaire_of
from auditapp.questionnaires.models import QuestionMapping, QuestionnaireVersion
from auditapp.questionnaires.queries import version_by_ref
from auditapp.questionnaires.tracing import At, Fate, Step, fates_of

CONFIRMED = "What became of these questions is confirmed already."


@dataclass(frozen=True, kw_only=True)
class MappingConfirmed(Happening):
    """`pairs` are keys before and after; what else is gone or new stands in the rows."""

    kind: ClassVar[str] = "question-mapping-confirmed"
    audience: ClassVar[Audience] = Audience.PARTNERSHIP

    from_version_id: int
    to_version_id: int
    pairs: list[Pair]


@dataclass(frozen=True)
class Confirmed:
    """What a partnership has said became of the questions of a version."""

    at: datetime
    pairs: frozenset[Pair]


def versions_to_compare(
    session: Session, viewer: Viewer, before_ref: str, after_ref: str
) -> tuple[QuestionnaireVersion, QuestionnaireVersion]:
    """An older and a later version of one questionnaire.

    Raises:
        Missing: one is not there, or not for this viewer, or they are no such two.
    """
    before, after = (
        get_visible_or_404(session, version_by_ref(ref), viewer) for ref in (before_ref, after_ref)
    )
    if before.key != after.key or _place(before) >= _place(after):
        raise Missing(NOT_FOUND)
    return before, after


def older_versions(
    session: Session, viewer: Viewer, version: QuestionnaireVersion
) -> list[QuestionnaireVersion]:
    """Those that it can be compared with, the latest first: what ships comes before one's own."""
    query = select(QuestionnaireVersion).where(QuestionnaireVersion.key == version.key)
    known = session.scalars(visible(query, viewer))
    return sorted((it for it in known if _place(it) < _place(version)), key=_place, reverse=True)


def confirmed(
    session: Session, partnership_id: int, before_id: int, after_id: int
) -> Confirmed | None:
    """What the partnership confirmed of two versions; None where it has not."""
    rows = session.scalars(
        select(QuestionMapping).where(
            QuestionMapping.partnership_id == partnership_id,
            QuestionMapping.from_version_id == before_id,
            QuestionMapping.to_version_id == after_id,
        )
    ).all()
    if not rows:
        return None
    return Confirmed(rows[0].confirmed_at, _pairs((row.old_key, row.new_key) for row in rows))


def confirm_mapping(
    session: Session,
    viewer: Viewer,
    before_ref: str,
    after_ref: str,
    pairs: frozenset[Pair],
) -> None:
    """Keep what became of every question that has no key in both. The caller locks the
    partnership.

    Raises:
        Missing, NotAllowed: the viewer may not see the versions, or not publish.
        WrongState: it is confirmed already.
        RuleBroken: a pair names no question, or there is nothing to confirm.
    """
    viewer = refreshed(session, viewer)
    partnership = get_visible_or_404(session, select(Partnership), viewer)
    require(viewer, Permission.PUBLISH_QUESTIONNAIRES, partnership)
    before, after = versions_to_compare(session, viewer, before_ref, after_ref)
    if confirmed(session, partnership.id, before.id, after.id) is not None:
        raise WrongState(CONFIRMED)
    fates = fates_of(
        questionnaire_of(session, before.id), questionnaire_of(session, after.id), pairs
    )
    between = {"from_version_id": before.id, "to_version_id": after.id}
    said = {"confirmed_at": clock.now(), "confirmed_by": viewer.person_id}
    session.add_all(
        QuestionMapping(partnership_id=partnership.id, old_key=old, new_key=new, **between, **said)
        for old, new in fates
    )
    happened = MappingConfirmed(partnership_id=partnership.id, pairs=sorted(pairs), **between)
    record(session, happened, actor_id=viewer.person_id)


def steps_of(session: Session, partnership_id: int, key: str) -> list[Step]:
    """Every mapping between versions of the questionnaire `key` that the partnership confirmed:
    one statement."""
    before, after = aliased(QuestionnaireVersion), aliased(QuestionnaireVersion)
    query = (
        select(
            before.version,
            before.id,
            after.version,
            after.id,
            QuestionMapping.old_key,
            QuestionMapping.new_key,
        )
        .join(before, before.id == QuestionMapping.from_version_id)
        .join(after, after.id == QuestionMapping.to_version_id)
        .where(QuestionMapping.partnership_id == partnership_id, before.key == key)
    )
    found: dict[tuple[At, At], list[Fate]] = {}
    for then, then_id, now, now_id, old_key, new_key in session.execute(query):
        between = At(then, then_id), At(now, now_id)
        found.setdefault(between, []).append((old_key, new_key))
    return [Step(then, now, _pairs(fates)) for (then, now), fates in found.items()]


def _pairs(fates: Iterable[Fate]) -> frozenset[Pair]:
    return frozenset((old, new) for old, new in fates if old is not None and new is not None)


def _place(version: QuestionnaireVersion) -> tuple[int, int]:
    return version.version, version.owner_id
