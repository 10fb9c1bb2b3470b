"""Drafts and their revisions as pages show them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from auditapp.accounts.models import Person
from auditapp.authoring.models import DraftRevision, QuestionnaireDraft
from auditapp.core.errors import NOT_FOUND, Missing
from auditapp.policy.roles import Viewer
from auditapp.policy.scope import visible


@dataclass(frozen=True)
class RevisionLine:
    number: int
    action: str
    address: str
    at: datetime
    person: str


def draft_by_ref(ref: str) -> Select[QuestionnaireDraft]:
    return select(QuestionnaireDraft).where(QuestionnaireDraft.ref == ref)


def open_drafts(session: Session, viewer: Viewer) -> list[QuestionnaireDraft]:
    """The partnership's drafts that are neither published nor discarded, last changed first."""
    query = (
        select(QuestionnaireDraft)
        .where(QuestionnaireDraft.published_as.is_(None), QuestionnaireDraft.discarded_at.is_(None))
        .order_by(QuestionnaireDraft.changed_at.desc())
    )
    return list(session.scalars(visible(query, viewer)))


def revision_of(session: Session, draft: QuestionnaireDraft, number: int) -> DraftRevision:
    """One revision of a draft.

    Raises:
        Missing: there is none of that number.
    """
    query = select(DraftRevision).where(
        DraftRevision.draft_id == draft.id, DraftRevision.number == number
    )
    revision = session.scalars(query).one_or_none()
    if revision is None:
        raise Missing(NOT_FOUND)
    return revision


def revisions_of(session: Session, draft: QuestionnaireDraft) -> list[RevisionLine]:
    """All, newest first, without their texts."""
    query = (
        select(
            DraftRevision.number,
            DraftRevision.action,
            DraftRevision.address,
            DraftRevision.at,
            Person.name,
        )
        .join(Person, Person.id == DraftRevision.person_id)
        .where(DraftRevision.draft_id == draft.id)
        .order_by(DraftRevision.number.desc())
    )
    return [RevisionLine(*row) for row in session.execute(query)]


def saved_as(session: Session, draft: QuestionnaireDraft, save_id: str) -> str | None:
    """The address of the part that a save of this name changed; None where there is no such save."""
    query = select(DraftRevision.address).where(
        DraftRevision.draft_id == draft.id, DraftRevision.save_id == save_id
    )
    return session.scalar(query)
