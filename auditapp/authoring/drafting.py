"""The life of a draft: saved part by part, taken back, published or discarded."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar, NamedTuple

from sqlalchemy.orm import Session

from auditapp.accounts.queries import refreshed
from auditapp.authoring.models import DraftRevision, QuestionnaireDraft
from auditapp.authoring.parts import WHOLE, Document
from auditapp.authoring.queries import draft_by_ref, revision_of, saved_as
from auditapp.core import clock
from auditapp.core.errors import Stale, WrongState
from auditapp.core.events import Audience, Happening, record
from auditapp.policy.permissions import Permission, require
from auditapp.policy.roles import Viewer
from auditapp.policy.scope import get_visible_or_404
from auditapp.questionnaires.composing import root_of, value_of
from auditapp.questionnaires.models import QuestionnaireVersion
from auditapp.questionnaires.publishing import publish_own
from auditapp.questionnaires.reading import EXPECTED

CLOSED = "This draft is published or discarded. Start another one."
CHANGED = "Someone else changed this draft meanwhile. Open the page again to go on."


class Action(StrEnum):
    BEGUN = "begun"
    CHANGED = "changed"
    ADDED = "added"
    MOVED = "moved"
    REMOVED = "removed"
    DESCRIBED = "described"
    REPLACED = "replaced"
    RESTORED = "restored"


@dataclass(frozen=True, kw_only=True)
class DraftSaved(Happening):
    kind: ClassVar[str] = "questionnaire-draft-saved"
    audience: ClassVar[Audience] = Audience.PARTNERSHIP

    draft_id: int
    number: int
    action: Action


@dataclass(frozen=True, kw_only=True)
class DraftDiscarded(Happening):
    kind: ClassVar[str] = "questionnaire-draft-discarded"
    audience: ClassVar[Audience] = Audience.PARTNERSHIP

    draft_id: int
    number: int


@dataclass(frozen=True)
class Save:
    """A draft's next text, and the document that it says. `based_on` is the revision that it was
    made from, `save_id` the client's own name for it: sent again it is saved once."""

    text: str
    document: Document
    action: Action
    address: str
    based_on: int
    save_id: str


class Restored(NamedTuple):
    """That a draft says again what it said at save `number`."""

    number: int
    based_on: int
    save_id: str


def document_of(text: str) -> Document:
    """What a text says, with the sources as it names them."""
    document: Document = value_of(root_of(text, "questionnaire.yaml", EXPECTED))
    return document


def save(session: Session, viewer: Viewer, ref: str, saved: Save) -> QuestionnaireDraft:
    """Keep a draft's next text. The caller locks the draft.

    Raises:
        Missing, NotAllowed: the viewer may not change it.
        WrongState: it is published or discarded.
        Stale: it was saved since.
    """
    viewer, draft = _open(session, viewer, ref)
    if saved_as(session, draft, saved.save_id) is not None:
        return draft
    if draft.revision != saved.based_on:
        raise Stale(CHANGED)
    keep(session, viewer, draft, saved)
    return draft


def restore(session: Session, viewer: Viewer, ref: str, said: Restored) -> QuestionnaireDraft:
    """Go back to a revision, as a new one. The caller locks the draft.

    Raises:
        Missing: there is no such revision, and as `save`.
    """
    _, draft = _open(session, viewer, ref)
    text = revision_of(session, draft, said.number).yaml_text
    document = document_of(text)
    saved = Save(text, document, Action.RESTORED, WHOLE, said.based_on, said.save_id)
    return save(session, viewer, ref, saved)


def publish_draft(
    session: Session, viewer: Viewer, ref: str, based_on: int
) -> QuestionnaireVersion:
    """Publish what a draft says, which is what was read at `based_on`; it is closed then. The
    caller locks the draft.

    Raises:
        Missing, NotAllowed, WrongState, Stale: as `save`.
        Unreadable: it lacks something; its faults say what.
        RuleBroken: that version is published with another text.
    """
    viewer, draft = _open(session, viewer, ref)
    if draft.revision != based_on:
        raise Stale(CHANGED)
    text = revision_of(session, draft, draft.revision).yaml_text
    name = f"{draft.key}.v{draft.version}.yaml"
    version = publish_own(session, viewer, text, name)
    draft.published_as = version.id
    return version


def discard(session: Session, viewer: Viewer, ref: str) -> None:
    """Put a draft away; its revisions are kept. The caller locks the draft.

    Raises:
        Missing, NotAllowed, WrongState: as `save`.
    """
    viewer, draft = _open(session, viewer, ref)
    draft.discarded_at = clock.now()
    happened = DraftDiscarded(
        partnership_id=draft.partnership_id, draft_id=draft.id, number=draft.revision
    )
    record(session, happened, actor_id=viewer.person_id)


def _open(session: Session, viewer: Viewer, ref: str) -> tuple[Viewer, QuestionnaireDraft]:
    viewer = refreshed(session, viewer)
    draft = get_visible_or_404(session, draft_by_ref(ref), viewer)
    require(viewer, Permission.PUBLISH_QUESTIONNAIRES, draft)
    if not draft.is_open:
        raise WrongState(CLOSED)
    return viewer, draft


def keep(session: Session, viewer: Viewer, draft: QuestionnaireDraft, saved: Save) -> None:
    """Write the revision, and its event."""
    draft.revision += 1
    draft.changed_at = clock.now()
    for name, value in named(saved.document).items():
        setattr(draft, name, value)
    revision = DraftRevision(
        draft_id=draft.id,
        number=draft.revision,
        yaml_text=saved.text,
        action=saved.action,
        address=saved.address,
        save_id=saved.save_id,
        person_id=viewer.person_id,
    )
    session.add(revision)
    happened = DraftSaved(
        partnership_id=draft.partnership_id,
        draft_id=draft.id,
        number=draft.revision,
        action=saved.action,
    )
    record(session, happened, actor_id=viewer.person_id)


def named(document: Document) -> dict[str, Any]:
    """What lists show of a draft that says this."""
    return {name: document[name] for name in ("key", "version", "title")}
