"""What a save of an answer brings, and what comes of it."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from auditapp.actions.rules import Planned
from auditapp.assessments.rules import (
    NOT_APPLICABLE,
    Basis,
    Content,
    State,
    as_typed,
    asked_by,
)
from auditapp.core.errors import Stale
from auditapp.questionnaires.scales import Scale
from auditapp.questionnaires.values import Typed, read_value


@dataclass(frozen=True, kw_only=True)
class Saving:
    """One save of one answer. `grade` is a grade's key, `NOT_APPLICABLE`, or None.

    `based_on` is the revision it was written over (0: none yet; None: not said); `save_id` is the
    client's own, so that a save sent twice is kept once. The action counts only while the grade
    asks for one. `typed` is what stands in the boxes of a question that takes no grade, by their names.
    """

    grade: str | None = None
    typed: Typed = field(default_factory=dict)
    not_applicable_reason: str = ""
    commentary: str = ""
    impact: str = ""
    action_what: str = ""
    action_owner: str = ""
    action_due: date | None = None
    based_on: int | None
    save_id: str

    def content_on(self, basis: Basis) -> Content:
        """Raises `EntriesBroken` with every box that cannot be read."""
        reason = as_typed(self.not_applicable_reason)
        value = None if isinstance(basis, Scale) else read_value(basis.answer, self.typed)
        answered = self.grade or value is not None
        not_applicable = self.grade == NOT_APPLICABLE or (not answered and reason)
        grade = None if not_applicable else self.grade or None
        planned = Planned(
            what=as_typed(self.action_what),
            owner=as_typed(self.action_owner),
            due=self.action_due,
        )
        content = Content(
            grade=grade,
            value=None if not_applicable else value,
            reason=reason if not_applicable else None,
            commentary=as_typed(self.commentary),
            impact=as_typed(self.impact),
        )
        plans = "action" in asked_by(basis, content)
        return replace(content, planned=planned) if plans else content


@dataclass(frozen=True, kw_only=True)
class Saved:
    """What came of a save. `kept` is False where nothing had changed. `revision` is what the
    sender may base the next save on; `needs` is empty, or like "Needs an action". `asked` are the
    keys of all that is asked now, where this answer decides about others; None elsewhere."""

    revision: int
    saved_at: datetime
    state: State
    needs: str
    late: bool
    kept: bool
    asked: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Conflict:
    """What is saved now, for someone whose save was based on an older revision."""

    section_key: str
    revision: int
    content: Content
    who: str
    saved_at: datetime | None
    is_own: bool = False  # the same person saved it, in another window

    @property
    def whose(self) -> str:
        return "the other window’s" if self.is_own else f"{self.who}’s"


class AnswerStale(Stale):
    """Someone saved this answer since; `conflict` carries what they saved."""

    def __init__(self, message: str, conflict: Conflict) -> None:
        super().__init__(message)
        self.conflict = conflict
