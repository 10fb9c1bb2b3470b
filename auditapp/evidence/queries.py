"""Evidence as pages show it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from auditapp.core import clock
from auditapp.evidence.models import EvidenceItem
from auditapp.evidence.rules import KINDS, review_warning
from auditapp.policy.roles import Viewer
from auditapp.policy.scope import visible


def item_at(ref: str) -> Select[EvidenceItem]:
    """The item of that reference, if it is still in its library."""
    return select(EvidenceItem).where(EvidenceItem.ref == ref, EvidenceItem.removed_at.is_(None))


def library(session: Session, viewer: Viewer) -> list[EvidenceItem]:
    """What the viewer's organisation holds, by title."""
    query = select(EvidenceItem).where(EvidenceItem.removed_at.is_(None))
    by_title = query.order_by(EvidenceItem.title, EvidenceItem.id)
    return list(session.scalars(visible(by_title, viewer)))


@dataclass(frozen=True)
class Card:
    """An item as its card shows it. `url` is a link's own address, None for a file."""

    ref: str
    title: str
    kind: str
    url: str | None
    owner: str
    review_on: date | None
    warning: str | None

    @classmethod
    def of(cls, item: EvidenceItem) -> "Card":
        return cls(
            ref=item.ref,
            title=item.title,
            kind=KINDS.get(item.blob.media_type, "FILE") if item.blob else "LINK",
            url=item.url,
            owner=item.owner,
            review_on=item.review_on,
            warning=review_warning(item.review_on, clock.today()),
        )
