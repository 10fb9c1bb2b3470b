"""Two versions of an answer on one page: what was typed, what is saved, and one from both."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import render_template

from auditapp.assessments.comparing import MINE, PARTS, TEXTS, THEIRS, Run, Versions, runs_of
from auditapp.assessments.forms import AnswerForm, ChoiceForm
from auditapp.assessments.rules import Content
from auditapp.assessments.saving import Conflict, Saving
from auditapp.assessments.section_page import SectionPage
from auditapp.assessments.sheet import Line
from auditapp.core.errors import RuleBroken
from auditapp.questionnaires.values import Shown, shown_of


@dataclass(frozen=True)
class Clash:
    """One standard that two people changed."""

    line: Line
    conflict: Conflict
    mine: AnswerForm
    choice: ChoiceForm
    versions: Versions
    due_on: date  # of the round

    def runs(self, part: str, whose: str) -> list[Run]:
        """One side's text of a part, with the words that only it has marked."""
        other = THEIRS if whose == MINE else MINE
        texts = [getattr(self.versions.side(it), part) for it in (whose, other)]
        return runs_of(*texts)

    def shown(self, whose: str) -> list[Shown]:
        """One side's answer in print, where it is no grade."""
        value = self.versions.side(whose).value
        return shown_of(self.line.question.answer, value, self.due_on)

    @property
    def texts(self) -> list[str]:
        return [part for part in TEXTS if part in self.versions.differing]

    @property
    def result(self) -> Content:
        """Raises `RuleBroken`: something is not chosen yet; its field is the whole name."""
        choices = {part: self.choice[part].data or "" for part in PARTS}
        texts = {part: self.choice[f"joined_{part}"].data or "" for part in TEXTS}
        try:
            return self.versions.chosen(choices, texts)
        except RuleBroken as broken:
            field = self.choice[broken.field or "grade"].name
            message = f"{self.line.number}: {broken.message[0].lower()}{broken.message[1:]}"
            raise RuleBroken(message, field=field) from None

    @property
    def saving(self) -> Saving:
        """What was typed, over what is saved now: to be kept among the versions."""
        return self.mine.saving


def clash_of(
    page: SectionPage, line: Line, conflict: Conflict, mine: AnswerForm, *, sent: bool
) -> Clash:
    """`sent`: the choices came with this request."""
    versions = Versions(mine.saving.content_on(line.basis), conflict.content)
    choice = ChoiceForm.for_standard(line.key, sent=sent)
    if not sent:
        mine.based_on.data = conflict.revision
        for part in TEXTS:
            choice[f"joined_{part}"].data = versions.offered(part)
    return Clash(line, conflict, mine, choice, versions, page.setting.round.due_on)


def clashes_of(
    page: SectionPage, conflicts: Mapping[str, Conflict], forms: Mapping[str, AnswerForm]
) -> list[Clash]:
    """Each standard that was refused, with what was typed: nothing is lost."""
    return [
        clash_of(page, page.sheet.line(key), conflict, forms[key], sent=False)
        for key, conflict in conflicts.items()
    ]


def draw_clashes(page: SectionPage, clashes: list[Clash], error: RuleBroken | None = None) -> str:
    return render_template("assessments/two_versions.html", page=page, clashes=clashes, error=error)
