"""Checking before sending: what stops it, the grades now and last time, who signs."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from auditapp.assessments.earlier import Earlier, each_once, earlier_answers
from auditapp.assessments.notices import people_with
from auditapp.assessments.rules import Need
from auditapp.assessments.setting import Setting, setting_of
from auditapp.assessments.sheet import Line, Sheet, sheet_of
from auditapp.core import clock
from auditapp.policy.permissions import Permission, may, require
from auditapp.policy.roles import Role, Viewer
from auditapp.policy.states import Status
from auditapp.questionnaires.scales import Scale


@dataclass(frozen=True)
class Change:
    """A standard graded otherwise than in the round before."""

    line: Line
    scale: Scale
    before: Earlier

    @property
    def direction(self) -> str:
        """ "raised", "lowered", or "changed" where one of the two is no grade, or they are of no
        one series."""
        keys, now, then = self.scale.keys, self.line.content.grade, self.before.content.grade
        if now not in keys or then not in keys or not self.before.is_comparable:
            return "changed"
        rank = self.scale.rank
        return "raised" if rank(str(now)) > rank(str(then)) else "lowered"


@dataclass(frozen=True)
class CheckPage:
    setting: Setting
    sheet: Sheet
    viewer: Viewer
    earlier: dict[str, Earlier]
    signatories: list[str]

    @property
    def today(self) -> date:
        return clock.today()

    @property
    def may_finish(self) -> bool:
        """Whether the viewer is the one to finish it and send it on."""
        allowed = may(self.viewer, Permission.SEND_FOR_SIGN_OFF, self.setting.assessment)
        open_ = self.setting.status is Status.IN_PROGRESS and not self.setting.has_closed
        return allowed and open_

    @property
    def may_send(self) -> bool:
        """Whether the viewer may send it now, once nothing is missing."""
        return self.may_finish and not self.setting.is_past_last_day

    @property
    def missing(self) -> list[tuple[Line, Need]]:
        return self.sheet.missing

    @property
    def period_before(self) -> str:
        """The period of the round before; empty where there is none to show."""
        return next((before.period for before in self.earlier.values()), "")

    @property
    def answers_before(self) -> list[Earlier]:
        return each_once(self.earlier)

    def counts_before(self, scale: Scale) -> dict[str, int]:
        """Grade key -> number in the round before, where a grade meant the same."""
        same = [one for one in self.answers_before if not one.change.scale]
        graded = Counter(one.content.grade for one in same if one.scale.key == scale.key)
        return {key: graded[key] for key in scale.keys}

    @property
    def changes(self) -> list[Change]:
        """Standards whose grade differs from the one submitted in the round before."""
        return [
            Change(line, line.scale, self.earlier[line.key])
            for line in self.sheet.lines
            if line.scale is not None
            and line.key in self.earlier
            and _grades_differ(line, self.earlier[line.key])
        ]

    @property
    def weakest(self) -> list[Line]:
        """What the scale calls a gap, worst first."""
        gaps = [
            (line.scale.rank(str(line.content.grade)), line)
            for line in self.sheet.lines
            if line.scale is not None and line.content.grade in line.scale.gaps
        ]
        return [line for _, line in sorted(gaps, key=lambda ranked: ranked[0])]


def check_page(session: Session, viewer: Viewer, ref: str) -> CheckPage:
    """Seven statements.

    Raises:
        Missing, NotAllowed: the viewer may not see the assessment, or not read its answers.
    """
    setting = setting_of(session, viewer, ref)
    require(viewer, Permission.READ_ANSWERS, setting.assessment)
    signatories = people_with(session, setting.assessment.organisation_id, Role.SIGNATORY)
    return CheckPage(
        setting=setting,
        sheet=sheet_of(session, setting, setting.sections_for(viewer)),
        viewer=viewer,
        earlier=earlier_answers(session, viewer, setting, setting.asked.graded.keys),
        signatories=[person.name for person in signatories],
    )


def _grades_differ(line: Line, before: Earlier) -> bool:
    now, then = line.content, before.content
    return (now.grade, now.is_not_applicable) != (then.grade, then.is_not_applicable)
