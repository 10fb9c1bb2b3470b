"""An assessment's answers by law and guidance, as a document."""

from collections.abc import Callable, Sequence
from typing import Protocol

from auditapp.assessments import counted
from auditapp.assessments.setting import Setting
from auditapp.assessments.submission_tree import NOT_APPLICABLE, grade_mark
from auditapp.core import clock
from auditapp.documents.marks import Grade
from auditapp.documents.tree import Document
from auditapp.organisations.models import Partnership
from auditapp.questionnaires.crosswalk import Numbered, crosswalk_of
from auditapp.questionnaires.crosswalk_tree import Crosswalk
from auditapp.questionnaires.shipped_sources import register
from auditapp.questionnaires.values import Shown

BLANK = "Left blank"


class Answered(counted.Answered, Numbered, Protocol):
    """A standard with its answer: as it stands, or as it was submitted."""

    @property
    def section_key(self) -> str: ...

    @property
    def shown(self) -> list[Shown]: ...


def answers_crosswalk(
    setting: Setting,
    lines: Sequence[Answered],
    link_to: Callable[[Answered], str],
    wanted: str = "",
) -> Crosswalk[Answered]:
    """Each of `lines` with its grade, or what was answered instead, under every part of a source that it serves."""
    on = clock.today()
    return Crosswalk(
        lines=lines,
        cited=crosswalk_of(setting.asked.questionnaire, lines, register(), on),
        on=on,
        link_to=link_to,
        grade_of=_grade,
        wanted=wanted,
    )


def answers_document(
    crosswalk: Crosswalk[Answered],
    partnership: Partnership,
    *,
    organisation_name: str,
    title: str,
    as_at: str,
) -> Document:
    return Document(
        title="Answers by law and guidance",
        subtitle=organisation_name,
        captions=(title,),
        author=partnership.name,
        as_at=as_at,
        brand=partnership.hue,
        parts=crosswalk.parts,
    )


def _grade(line: Answered) -> Grade | str:
    content = line.content
    if line.scale is not None:
        return grade_mark(line.scale, content.grade, not_applicable=content.is_not_applicable)
    if content.is_not_applicable:
        return NOT_APPLICABLE
    return "\n".join(it.in_full for it in line.shown) or BLANK
