"""One section of an assessment: what its page shows, and what saving the page keeps."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from auditapp.assessments.answers import save_answer
from auditapp.assessments.earlier import Earlier, earlier_answers
from auditapp.assessments.forms import AnswerForm
from auditapp.assessments.models import Address
from auditapp.assessments.queries import revisions_at
from auditapp.assessments.rules import Content, check_open_to_answers
from auditapp.assessments.saving import AnswerStale, Conflict
from auditapp.assessments.setting import Setting, setting_of
from auditapp.assessments.sheet import Line, Part, Sheet, sheet_of
from auditapp.core import clock
from auditapp.core.errors import NOT_FOUND, Missing, RuleBroken
from auditapp.core.transactions import transaction
from auditapp.policy.permissions import Permission, require
from auditapp.policy.roles import Viewer
from auditapp.questionnaires.values import EntriesBroken
from auditapp.web.fields import new_save_id


@dataclass(frozen=True)
class SectionPage:
    setting: Setting
    sheet: Sheet
    part: Part
    earlier: dict[str, Earlier]
    may_edit: bool
    viewer: Viewer
    settled: frozenset[str] = frozenset()  # keys of the standards whose conflict was just settled

    @property
    def today(self) -> date:
        return clock.today()

    def check_open(self) -> None:
        """Stop unless the viewer may write here now. Raises `NotAllowed`, `WrongState`."""
        setting = self.setting
        subject = setting.subject_of(self.part.section.key)
        require(self.viewer, Permission.EDIT_ANSWERS, subject)
        check_open_to_answers(setting.status, setting.assessment.sent_at, setting.signatory)

    def also_cited(self, line: Line, item_id: int) -> list[str]:
        """Numbers of the other standards that cite the item."""
        return [
            other.number
            for other in self.sheet.lines
            if other.key != line.key and item_id in {cited.item.id for cited in other.cited}
        ]

    @property
    def next_part(self) -> Part | None:
        """The next section with something unfinished, after this one and then round."""
        parts = self.sheet.parts
        at = parts.index(self.part)
        in_turn = parts[at + 1 :] + parts[:at]
        return next((part for part in in_turn if part.unfinished), None)

    @property
    def saved_at(self) -> datetime | None:
        """When a standard of this section was last saved; None before."""
        return max((line.answer.saved_at for line in self.part.lines if line.answer), default=None)


@dataclass
class Outcome:
    """What came of saving a page: how many standards were kept, and what was not."""

    kept: int = 0
    refused: bool = False
    conflicts: dict[str, Conflict] = field(default_factory=dict)


def section_page(session: Session, viewer: Viewer, ref: str, section_key: str) -> SectionPage:
    """The page of a section; eight statements.

    Raises:
        Missing: there is no such section, or not for this viewer.
        NotAllowed: the section is not theirs to read.
    """
    setting = setting_of(session, viewer, ref)
    if section_key not in {section.key for section in setting.asked.sections}:
        raise Missing(NOT_FOUND)
    require(viewer, Permission.READ_ANSWERS, setting.subject_of(section_key))
    sheet = sheet_of(session, setting, setting.sections_for(viewer))
    if section_key not in {part.section.key for part in sheet.parts}:  # nothing of it is asked now
        raise Missing(NOT_FOUND)
    part = sheet.part(section_key)
    keys = [line.key for line in part.lines if line.question.is_graded]
    return SectionPage(
        setting=setting,
        sheet=sheet,
        part=part,
        earlier=earlier_answers(session, viewer, setting, keys),
        may_edit=setting.may_edit(viewer, section_key),
        viewer=viewer,
    )


def forms_of(page: SectionPage, bring: str = "") -> dict[str, AnswerForm]:
    """Standard's key -> its form, as saved; `bring` adds last round's text to that one's draft."""
    forms = {}
    for line, _ in page.part.in_order:
        content = _with_plan(line)
        form = AnswerForm.showing(line.question, content, line.revision)
        if line.key == bring and line.key in page.earlier:
            before = [one.content.commentary for one in page.earlier[line.key].all]
            texts = [content.commentary, *before]
            form.commentary.data = "\n\n".join(text for text in texts if text)
        forms[line.key] = form
    return forms


def save_section(
    session: Session, viewer: Viewer, page: SectionPage, forms: Mapping[str, AnswerForm]
) -> Outcome:
    """Save each standard that was changed, each in a transaction of its own.

    What could not be kept is in its form, with the error beside the field; a conflict is in the
    outcome. Nothing that was kept depends on what was not.
    """
    outcome = Outcome()
    contents = {line.key: line.content for line, _ in page.part.in_order}
    bases = {line.key: line.basis for line, _ in page.part.in_order}
    before = _before(session, page, forms)
    ref = page.setting.assessment.ref
    for key, form in forms.items():
        if not form.validate():
            outcome.refused = True
            continue
        try:
            content = form.saving.content_on(bases[key])
        except EntriesBroken as broken:
            form.refuse(broken)
            outcome.refused = True
            continue
        if content in (contents[key], before.get(key)):
            continue
        _save_one(session, viewer, Address(ref, key), form, outcome)
    return outcome


def _save_one(
    session: Session, viewer: Viewer, at: Address, form: AnswerForm, outcome: Outcome
) -> None:
    try:
        with transaction(session):
            saved = save_answer(session, viewer, at, form.saving)
    except AnswerStale as stale:
        outcome.conflicts[at.question_key] = stale.conflict
    except RuleBroken as broken:
        form.refuse(broken)
        outcome.refused = True
    else:
        outcome.kept += saved.kept
        form.based_on.data = saved.revision
        form.save_id.data = new_save_id()  # the next save of it is another one


def _before(
    session: Session, page: SectionPage, forms: Mapping[str, AnswerForm]
) -> dict[str, Content]:
    """What each standard said when its form was drawn, where it has been saved since."""
    current = {line.key: line.revision for line, _ in page.part.in_order}
    older = [
        (key, form.based_on.data)
        for key, form in forms.items()
        if form.based_on.data is not None and form.based_on.data != current[key]
    ]
    found = revisions_at(session, page.setting.assessment.id, older) if older else {}
    return found | {key: Content() for key, number in older if number == 0}


def _with_plan(line: Line) -> Content:
    """The answer, with the action it planned under an earlier grade ready to be taken up again."""
    return replace(line.content, planned=line.planned)
