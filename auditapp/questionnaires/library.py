"""Versions in the database: publishing them, and reading them fast because they never change."""

import json
from dataclasses import dataclass
from typing import ClassVar
from weakref import WeakKeyDictionary

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from auditapp.core.db import sha256_of
from auditapp.core.errors import RuleBroken
from auditapp.core.events import INSTALLATION, Audience, Happening, record
from auditapp.questionnaires.models import LIBRARY, QuestionnaireVersion
from auditapp.questionnaires.reading import read
from auditapp.questionnaires.schema import Questionnaire, as_json


@dataclass(frozen=True, kw_only=True)
class QuestionnairePublished(Happening):
    kind: ClassVar[str] = "questionnaire-published"
    audience: ClassVar[Audience] = Audience.PARTNERSHIP

    key: str
    version: int
    hash: str


def publish(
    session: Session,
    text: str,
    *,
    name: str = "questionnaire.yaml",
    owner_id: int = LIBRARY,
    actor_id: int | None = None,
) -> QuestionnaireVersion:
    """Publish the questionnaire in `text`. The same text again is the same version; what ships
    stays what ships.

    Raises:
        Unreadable: the text is no questionnaire.
        RuleBroken: that key and version are published already, with another text.
    """
    questionnaire = read(text, name)
    known = published_already(session, text, questionnaire, name=name, owner_id=owner_id)
    if known is not None:
        return known
    version = QuestionnaireVersion(
        owner_id=owner_id,
        key=questionnaire.key,
        version=questionnaire.version,
        title=questionnaire.title,
        yaml_text=text,
        document=as_json(questionnaire),
        hash=_digest(questionnaire),
        published_by=actor_id,
    )
    session.add(version)
    session.flush()
    published = QuestionnairePublished(
        partnership_id=owner_id or INSTALLATION,
        key=version.key,
        version=version.version,
        hash=version.hash,
    )
    record(session, published, actor_id=actor_id)
    return version


def published_already(
    session: Session,
    text: str,
    questionnaire: Questionnaire,
    *,
    name: str,
    owner_id: int = LIBRARY,
) -> QuestionnaireVersion | None:
    """The version that says the same as `text` and the `questionnaire` in it, if it is published:
    the owner's own, or what ships, which nobody need publish again.

    Raises:
        RuleBroken: that key and version are published already, with another text: two texts of one
            number could not be told apart. It says which number is free.
    """
    same_key = (
        QuestionnaireVersion.owner_id.in_({owner_id, LIBRARY}),
        QuestionnaireVersion.key == questionnaire.key,
    )
    same_number = (
        select(QuestionnaireVersion)
        .where(*same_key, QuestionnaireVersion.version == questionnaire.version)
        .order_by(QuestionnaireVersion.owner_id.desc())  # the owner's own first
    )
    published = session.scalars(same_number).all()
    for known in published:
        # The same text again is the same version, though a source that it names was edited since.
        if known.yaml_text == text or known.hash == _digest(questionnaire):
            return known
    if not published:
        return None
    newest = session.scalar(select(func.max(QuestionnaireVersion.version)).where(*same_key)) or 0
    is_own = published[0].owner_id == owner_id
    why = "is published and cannot change" if is_own else "ships with another text"
    said = f"{name}: version {questionnaire.version} of {questionnaire.key} {why}"
    raise RuleBroken(f"{said}; make it version {newest + 1}.", field="file")


def _digest(questionnaire: Questionnaire) -> str:
    return sha256_of(json.dumps(as_json(questionnaire), sort_keys=True, separators=(",", ":")))


def questionnaire_of(session: Session, version_id: int) -> Questionnaire:
    """The questionnaire of a published version; one statement at its first use in a process.

    Raises:
        sqlalchemy.exc.NoResultFound: there is no such version.
    """
    loaded = _loaded.setdefault(session.get_bind(), {})
    if version_id in loaded:
        return loaded[version_id]
    document = session.execute(
        select(QuestionnaireVersion.document).where(QuestionnaireVersion.id == version_id)
    ).scalar_one()
    return loaded.setdefault(version_id, Questionnaire.model_validate(document))


# A version never changes, so what was read once from a database stays right.
_loaded: WeakKeyDictionary[object, dict[int, Questionnaire]] = WeakKeyDictionary()
