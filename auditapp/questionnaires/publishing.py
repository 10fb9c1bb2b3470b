"""Publishing a file: a partnership's own, or what ships with the product."""

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from auditapp.accounts.queries import refreshed
from auditapp.core.errors import RuleBroken
from auditapp.organisations.models import Partnership
from auditapp.policy.permissions import Permission, require
from auditapp.policy.roles import Viewer
from auditapp.policy.scope import get_visible_or_404
from auditapp.questionnaires.composing import MAX_BYTES
from auditapp.questionnaires.library import publish
from auditapp.questionnaires.models import QuestionnaireVersion
from auditapp.questionnaires.places import Fault, Unreadable

SHIPPED = Path(__file__).resolve().parents[2] / "questionnaires"


def text_of(content: bytes, name: str) -> str:
    """The text of an uploaded or read file.

    Raises:
        Unreadable: it is too big, or it is not text in UTF-8.
    """
    if len(content) > MAX_BYTES:
        raise Unreadable([Fault(name, 1, 1, f"the file is over {MAX_BYTES:,} bytes")])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        said = "this is not text in UTF-8; save the file as plain text"
        raise Unreadable([Fault(name, line, 1, said)]) from None


def publish_own(session: Session, viewer: Viewer, text: str, name: str) -> QuestionnaireVersion:
    """Publish a file for the viewer's partnership; the same text again is the same version.

    Raises:
        NotAllowed: the viewer may not.
        Unreadable: it is no questionnaire; its faults have lines.
        RuleBroken: that version is published with another text.
    """
    viewer = refreshed(session, viewer)
    partnership = get_visible_or_404(session, select(Partnership), viewer)
    require(viewer, Permission.PUBLISH_QUESTIONNAIRES, partnership)
    person_id = viewer.person_id
    return publish(session, text, name=name, owner_id=partnership.id, actor_id=person_id)


def install_shipped(session: Session, folder: Path = SHIPPED) -> Iterator[str]:
    """Publish what ships, in the library; one sentence for each file that could not be."""
    for path in sorted(folder.glob("*.yaml")):
        try:
            publish(session, text_of(path.read_bytes(), path.name), name=path.name)
        except RuleBroken as error:
            yield error.message
