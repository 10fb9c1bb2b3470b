"""Retiring a version: no new round can ask it, and those that do go on."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from auditapp.accounts.queries import refreshed
from auditapp.core.errors import WrongState
from auditapp.core.events import Audience, Happening, record
from auditapp.policy.permissions import Permission, require
from auditapp.policy.roles import Viewer
from auditapp.policy.scope import get_visible_or_404
from auditapp.questionnaires.models import QuestionnaireVersion, RetiredVersion
from auditapp.questionnaires.queries import version_by_ref


@dataclass(frozen=True, kw_only=True)
class VersionRetired(Happening):
    kind: ClassVar[str] = "questionnaire-version-retired"
    audience: ClassVar[Audience] = Audience.PARTNERSHIP

    version_id: int


def retired_at(session: Session, version: QuestionnaireVersion) -> datetime | None:
    """When the version was retired; None while it can be chosen."""
    query = select(RetiredVersion.retired_at).where(RetiredVersion.version_id == version.id)
    return session.scalars(query).one_or_none()


def can_be_chosen() -> ColumnElement[bool]:
    """In SQL, of versions: that they are not retired."""
    return ~exists().where(RetiredVersion.version_id == QuestionnaireVersion.id)


def retire(session: Session, viewer: Viewer, ref: str) -> None:
    """Retire a version of the viewer's own partnership, for good. The caller locks the
    partnership.

    Raises:
        Missing, NotAllowed: the viewer may not see it, or it is not their own.
        WrongState: it is retired already.
    """
    viewer = refreshed(session, viewer)
    version = get_visible_or_404(session, version_by_ref(ref), viewer)
    require(viewer, Permission.PUBLISH_QUESTIONNAIRES, version)
    if retired_at(session, version) is not None:
        raise WrongState("This version is retired already.")
    session.add(RetiredVersion(version_id=version.id, retired_by=viewer.person_id))
    happened = VersionRetired(partnership_id=version.owner_id, version_id=version.id)
    record(session, happened, actor_id=viewer.person_id)
