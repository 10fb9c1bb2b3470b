"""Evidence as pages show it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from auditapp.core import clock
from auditapp.core.days import in_words
from auditapp.evidence.models import EvidenceItem
from auditapp.evidence.rules import KINDS, review_warning
from auditapp.policy.roles import Viewer
from auditapp.policy.scope import visible


def item_at(ref: str) -> Select[EvidenceItem]:
    """The item of that reference, if it is still in its library."""
    return select(EvidenceItem).where(EvidenceItem.ref == ref, EvidenceItem.removed_at.is_(None))


def library(session: Session, viewer: Viewer) -> list[EvidenceItem]:
    """What the viewer's organisation holds, by title; of one title the newest first."""
    query = select(EvidenceItem).where(EvidenceItem.removed_at.is_(None))
    by_title = query.order_by(EvidenceItem.title, EvidenceItem.id.desc())
    return list(session.scalars(visible(by_title, viewer)))


def labels(items: Sequence[EvidenceItem]) -> list[tuple[str, str]]:
    """Each item's reference and the words to choose it by: title, kind, review date or else the
    year it was added; where that is the same for several, also the file's name or the link."""
    words = [", ".join([item.title, kind_of(item), _dated(item)]) for item in items]
    seen = Counter(words)
    return [
        (item.ref, f"{label}: {item.url or item.file_name}" if seen[label] > 1 else label)
        for item, label in zip(items, words, strict=True)
    ]


def kind_of(item: EvidenceItem) -> str:
    """The short mark of a file's kind, or of a link."""
    return KINDS.get(item.blob.media_type, "FILE") if item.blob else "LINK"


def _dated(item: EvidenceItem) -> str:
    if item.review_on:
        return f"review by {in_words(item.review_on)}"
    return f"added in {item.added_at:%Y}"


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
            kind=kind_of(item),
            url=item.url,
            owner=item.owner,
            review_on=item.review_on,
            warning=review_warning(item.review_on, clock.today()),
        )
