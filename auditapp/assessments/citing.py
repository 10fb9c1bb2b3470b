"""Evidence on answers: citing an item, taking a citation away, removing from the library."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from auditapp.accounts.queries import refreshed
from auditapp.assessments.answers import locked
from auditapp.assessments.lifecycle import Action
from auditapp.assessments.models import Address, Assessment, Citation, SnapshotCitation
from auditapp.assessments.moving import enter
from auditapp.assessments.rules import check_length, check_open_to_answers
from auditapp.assessments.setting import Setting
from auditapp.core import clock
from auditapp.core.errors import NOT_FOUND, Missing, RuleBroken
from auditapp.core.events import Audience, Happening, record
from auditapp.evidence.models import EvidenceItem
from auditapp.evidence.queries import item_at
from auditapp.evidence.rules import POINTER_MAX_CHARS, check_room
from auditapp.evidence.service import Adding, add_item
from auditapp.organisations.trail import chain_of
from auditapp.policy.permissions import Permission, require
from auditapp.policy.roles import Viewer
from auditapp.policy.scope import get_visible_or_404
from auditapp.policy.states import Status


@dataclass(frozen=True, kw_only=True)
class Citing:
    """What is cited: an item of the library by its reference, or a new one; and where to look."""

    item_ref: str = ""
    adding: Adding | None = None
    pointer: str = ""


@dataclass(frozen=True, kw_only=True)
class EvidenceCited(Happening):
    kind: ClassVar[str] = "evidence-cited"
    audience: ClassVar[Audience] = Audience.ORGANISATION

    assessment_id: int
    question_key: str
    citation_id: int
    evidence_item_id: int
    status_before: str
    status_after: str


@dataclass(frozen=True, kw_only=True)
class CitationRemoved(Happening):
    kind: ClassVar[str] = "citation-removed"
    audience: ClassVar[Audience] = Audience.ORGANISATION

    assessment_id: int
    question_key: str
    citation_id: int


@dataclass(frozen=True, kw_only=True)
class EvidenceRemoved(Happening):
    kind: ClassVar[str] = "evidence-removed"
    audience: ClassVar[Audience] = Audience.ORGANISATION

    evidence_item_id: int


def cite(session: Session, viewer: Viewer, at: Address, citing: Citing) -> Citation:
    """Cite an item for an answer; cited there already with the same pointer, it is the same.

    The first act in an assessment begins it. Call it inside a `transaction`: the assessment is
    locked here, first. A file's content is kept before it.

    Raises:
        Missing, NotAllowed: the viewer may not see answer or item, or not write the answer.
        WrongState: the assessment is not open to answers.
        RuleBroken: no item, too many, too large, or a long text.
    """
    setting, viewer = _open(session, viewer, at.assessment_ref, at.question_key)
    pointer = citing.pointer.strip()
    check_length(pointer, POINTER_MAX_CHARS, "pointer")
    item = _item(session, viewer, setting, citing)
    cited = _citations(session, setting)
    on_answer = [(c, i) for c, i in cited if c.question_key == at.question_key]
    for known, its_item in on_answer:
        if its_item.id == item.id and known.pointer == pointer:
            return known
    check_room(len(on_answer), _bytes([i for _, i in cited]), _added(item, cited))
    citation = Citation(
        assessment_id=setting.assessment.id,
        question_key=at.question_key,
        instance=at.instance,
        evidence_item_id=item.id,
        pointer=pointer,
        cited_by=viewer.person_id,
    )
    session.add(citation)
    status_before = setting.status
    if status_before is Status.NOT_STARTED:
        enter(session, setting.assessment, Action.START, person_id=viewer.person_id)
    session.flush()
    happened = EvidenceCited(
        partnership_id=setting.round.partnership_id,
        organisation_id=setting.assessment.organisation_id,
        round_id=setting.round.id,
        assessment_id=setting.assessment.id,
        question_key=at.question_key,
        citation_id=citation.id,
        evidence_item_id=item.id,
        status_before=status_before.value,
        status_after=setting.status.value,
    )
    record(session, happened, actor_id=viewer.person_id)
    return citation


def remove_citation(session: Session, viewer: Viewer, ref: str, citation_ref: str) -> str:
    """Take a citation off its answer; the item stays in the library. Returns the standard's key.

    Raises:
        Missing, NotAllowed, WrongState: as `cite`.
    """
    found = session.scalar(
        select(Citation.question_key)
        .join(Assessment, Assessment.id == Citation.assessment_id)
        .where(Citation.ref == citation_ref, Assessment.ref == ref)
    )
    if found is None:
        raise Missing(NOT_FOUND)
    setting, viewer = _open(session, viewer, ref, found)
    citation = session.scalars(
        select(Citation).where(
            Citation.ref == citation_ref, Citation.assessment_id == setting.assessment.id
        )
    ).one_or_none()
    if citation is None:
        raise Missing(NOT_FOUND)
    if citation.removed_at is None:
        citation.removed_at = clock.now()
        happened = CitationRemoved(
            partnership_id=setting.round.partnership_id,
            organisation_id=setting.assessment.organisation_id,
            round_id=setting.round.id,
            assessment_id=setting.assessment.id,
            question_key=citation.question_key,
            citation_id=citation.id,
        )
        record(session, happened, actor_id=viewer.person_id)
    return citation.question_key


def remove_item(session: Session, viewer: Viewer, ref: str) -> None:
    """Take an item out of the library and off the answers that are being written.

    What a submission cites stays, so the item does. Call it inside `transaction(locking=item)`.

    Raises:
        Missing, NotAllowed: the viewer may not see it, or not remove it.
        RuleBroken: a submission cites it.
    """
    viewer = refreshed(session, viewer)
    item = get_visible_or_404(session, item_at(ref), viewer)
    require(viewer, Permission.CHANGE_EVIDENCE, item)
    if item.id in submitted_items(session, [item.id]):
        raise RuleBroken("A submission cites this, so it stays. You can change its title.")
    now = clock.now()
    item.removed_at = now
    session.execute(
        update(Citation)
        .where(Citation.evidence_item_id == item.id, Citation.removed_at.is_(None))
        .values(removed_at=now)
    )
    removed = EvidenceRemoved(
        partnership_id=chain_of(session, item.organisation_id),
        organisation_id=item.organisation_id,
        evidence_item_id=item.id,
    )
    record(session, removed, actor_id=viewer.person_id)


def submitted_items(session: Session, item_ids: Sequence[int]) -> frozenset[int]:
    """Those of the items that some submission cites."""
    query = select(SnapshotCitation.evidence_item_id).where(
        SnapshotCitation.evidence_item_id.in_(item_ids)
    )
    return frozenset(session.scalars(query.distinct()))


def _open(session: Session, viewer: Viewer, ref: str, question_key: str) -> tuple[Setting, Viewer]:
    setting = locked(session, viewer, ref)
    viewer = refreshed(session, viewer)
    section_key = setting.section_key_of(question_key)
    require(viewer, Permission.EDIT_ANSWERS, setting.subject_of(section_key))
    check_open_to_answers(setting.status, setting.assessment.sent_at, setting.signatory)
    return setting, viewer


def _item(session: Session, viewer: Viewer, setting: Setting, citing: Citing) -> EvidenceItem:
    if citing.item_ref:
        return get_visible_or_404(session, item_at(citing.item_ref), viewer)
    require(viewer, Permission.ADD_EVIDENCE, setting.assessment)
    if citing.adding is None:
        raise RuleBroken("Choose something you hold, a file or a link.", field="item")
    organisation_id = setting.assessment.organisation_id
    return add_item(session, organisation_id, citing.adding, added_by=viewer.person_id)


def _citations(session: Session, setting: Setting) -> list[tuple[Citation, EvidenceItem]]:
    query = (
        select(Citation, EvidenceItem)
        .join(EvidenceItem, EvidenceItem.id == Citation.evidence_item_id)
        .where(Citation.assessment_id == setting.assessment.id, Citation.removed_at.is_(None))
    )
    return [(citation, item) for citation, item in session.execute(query)]


def _bytes(items: Sequence[EvidenceItem]) -> int:
    """What the files come to, each content once."""
    return sum({item.blob.id: item.blob.size for item in items if item.blob}.values())


def _added(item: EvidenceItem, cited: Sequence[tuple[Citation, EvidenceItem]]) -> int:
    held = {one.blob_id for _, one in cited}
    return item.blob.size if item.blob and item.blob.id not in held else 0
