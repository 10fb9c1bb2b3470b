"""Publishing a file: a partnership's own, or what ships with the product."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from auditapp.accounts.queries import refreshed
from auditapp.core.errors import RuleBroken
from auditapp.organisations.models import Partnership
from auditapp.policy.permissions import Permission, require
from auditapp.policy.roles import Viewer
from auditapp.policy.scope import get_visible_or_404
from auditapp.questionnaires.composing import MAX_BYTES
from auditapp.questionnaires.library import publish, published_already
from auditapp.questionnaires.models import QuestionnaireVersion
from auditapp.questionnaires.places import Fault, Unreadable
from auditapp.questionnaires.reading import read
from auditapp.questionnaires.schema import Questionnaire
from auditapp.questionnaires.workbook_in import read_workbook
from auditapp.questionnaires.writing import written

WORKBOOK, ZIP = ".xlsx", b"PK"  # a workbook's name ends so, its bytes begin so
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


def is_workbook(content: bytes, name: str) -> bool:
    return name.lower().endswith(WORKBOOK) or content.startswith(ZIP)


class Taken(NamedTuple):
    """What a file has to be published; `unused` says what in a workbook was not used."""

    text: str
    questionnaire: Questionnaire
    unused: list[str]


def take(content: bytes, name: str) -> Taken:
    """A questionnaire file, or a workbook made from the template, as the text to publish. Slow for a
    hostile file: call it before a transaction.

    Raises:
        Unreadable: it is no questionnaire; its faults have lines, or cells.
        RuleBroken: it is a workbook that cannot be read.
    """
    if not is_workbook(content, name):
        text = text_of(content, name)
        return Taken(text, read(text, name), [])
    brought = read_workbook(content, name)
    text = written(brought.questionnaire)
    return Taken(text, read(text, name), [notice.where for notice in brought.notices])


def check_own(session: Session, viewer: Viewer, taken: Taken, name: str) -> str | None:
    """The reference of the version that says the same, the partnership's or one that ships, if there
    is one already.

    Raises:
        RuleBroken: that version is published with another text, or ships with another.
    """
    owner_id = get_visible_or_404(session, select(Partnership), viewer).id
    known = published_already(
        session, taken.text, taken.questionnaire, name=name, owner_id=owner_id
    )
    return known.ref if known else None


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
