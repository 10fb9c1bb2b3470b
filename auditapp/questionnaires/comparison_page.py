"""Two versions side by side, as their page shows them."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy.orm import Session

from auditapp.organisations.models import Partnership
from auditapp.policy.permissions import Permission, may
from auditapp.policy.roles import Viewer
from auditapp.questionnaires.comparing import Change, Kind, compare, other_changes
from auditapp.questionnaires.library import questionnaire_of
from auditapp.questionnaires.likeness import Likeness
from auditapp.questionnaires.mapping import (
    Confirmed,
    confirmed,
    older_versions,
    versions_to_compare,
)
from auditapp.questionnaires.models import QuestionnaireVersion
from auditapp.questionnaires.retiring import retired_at
from auditapp.questionnaires.schema import Asked, Questionnaire


@dataclass(frozen=True)
class Line:
    """A question that changed: how it is called before and now, and what reads otherwise.

    `texts` are the statement before and now, where they differ.
    """

    change: Change
    before: list[str]
    now: str
    texts: tuple[str, str] | None

    @property
    def told(self) -> str:
        """ "moved: statement, sources" """
        kind = self.change.kind.value
        return f"{kind}: {', '.join(self.change.reworded)}" if self.change.reworded else kind


@dataclass(frozen=True)
class ComparisonPage:
    before_version: QuestionnaireVersion
    version: QuestionnaireVersion
    before: Questionnaire
    after: Questionnaire
    confirmed: Confirmed | None
    may_publish: bool

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        return compare(self.before, self.after, self.confirmed.pairs if self.confirmed else ())

    @cached_property
    def likeness(self) -> Likeness:
        return Likeness(self.before, self.after)

    @property
    def unsaid(self) -> bool:
        """Whether a person has to say what became of some question."""
        return self.confirmed is None and bool(self.likeness.gone or self.likeness.fresh)

    @property
    def may_confirm(self) -> bool:
        return self.may_publish and self.unsaid

    @property
    def other(self) -> tuple[str, ...]:
        return other_changes(self.before, self.after)

    @property
    def counts(self) -> list[tuple[int, str, None]]:
        """How many there are of each kind, those that there are, as `figures` draws them."""
        number = Counter(change.kind for change in self.changes)
        return [(number[kind], kind.value.capitalize(), None) for kind in Kind if number[kind]]

    @property
    def rescaled(self) -> list[tuple[int, str]]:
        """How many questions are as they were but for what the scale means, and what that is."""
        number = Counter(it.scale for it in self.changes if it.kind is Kind.SAME and not it.is_none)
        return [(count, ", ".join(parts)) for parts, count in number.items()]

    @property
    def lines(self) -> list[Line]:
        """Every question that is not as it was, whatever the scale means now."""
        then, now = Asked(self.before, None), Asked(self.after, None)
        return [
            Line(
                change,
                [then.label_of(key) for key in change.before],
                now.label_of(change.after) if change.after else "",
                self._texts(change),
            )
            for change in self.changes
            if change.kind is not Kind.SAME
        ]

    def _texts(self, change: Change) -> tuple[str, str] | None:
        if change.after is None or len(change.before) != 1:
            return None
        old, new = self.before.question(change.before[0]), self.after.question(change.after)
        return None if old.text == new.text else (old.text, new.text)


def comparison_page(
    session: Session, viewer: Viewer, partnership: Partnership, before_ref: str, ref: str
) -> ComparisonPage:
    """The page of what changed up to the version `ref`.

    Raises:
        Missing: the two are not there for this viewer, or are no older and later version of one
            questionnaire.
    """
    before, after = versions_to_compare(session, viewer, before_ref, ref)
    return ComparisonPage(
        before_version=before,
        version=after,
        before=questionnaire_of(session, before.id),
        after=questionnaire_of(session, after.id),
        confirmed=confirmed(session, partnership.id, before.id, after.id),
        may_publish=may(viewer, Permission.PUBLISH_QUESTIONNAIRES, partnership),
    )


def version_facts(
    session: Session, viewer: Viewer, version: QuestionnaireVersion
) -> dict[str, object]:
    """What the page of a questionnaire says of this version of it among the others."""
    when = retired_at(session, version)
    return {
        "older": older_versions(session, viewer, version),
        "retired_at": when,
        "may_retire": when is None and may(viewer, Permission.PUBLISH_QUESTIONNAIRES, version),
    }
