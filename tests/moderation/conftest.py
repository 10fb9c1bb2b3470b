"""Fixtures: one submission with its panel, and what the panel does to it."""

from uuid import uuid4

import pytest

from auditapp.accounts.queries import viewer_of
from auditapp.core.transactions import transaction
from auditapp.moderation import allocating, marking, releasing, settling
from auditapp.moderation.marking import Agreeing, Marking
from auditapp.moderation.models import Moderation
from auditapp.moderation.settling import Settling
from auditapp.policy.roles import Role
from auditapp.policy.states import SUBMITTED_STATES, Status

KEYS = ("c1", "c2", "c3", "o1", "o2")


class Panel:
    """A submission (all met but as `grades` say), two members, a chair, an administrator.

    Each act runs as a page would run it: locked, committed, with a viewer read just before.
    """

    def __init__(self, session, make, *, status=Status.IN_MODERATION, **grades):
        self.session, self.make = session, make
        self.assessment = make.assessment(status=Status.IN_PROGRESS)
        if status in SUBMITTED_STATES:
            make.snapshot(self.assessment, **grades)
            self.assessment.status = status
        self.one, self.two = make.panel_member(self.assessment), make.panel_member(self.assessment)
        self.chair = make.membership(Role.PANEL_CHAIR)
        self.administrator = make.membership(Role.ADMINISTRATOR)
        if status not in (Status.IN_PROGRESS, Status.SUBMITTED):
            snapshot = make.snapshot_answer(self.assessment).snapshot_id
            self.moderation = make.keep(Moderation(snapshot_id=snapshot))

    @property
    def ref(self):
        return self.assessment.ref

    def lead(self):
        return self.make.membership(Role.LEAD, organisation_id=self.assessment.organisation_id)

    def viewer(self, membership):
        return viewer_of(self.session, membership.person_id, membership.id)

    def do(self, membership, act, *args, **kwargs):
        viewer = self.viewer(membership)
        with transaction(self.session, locking=self.assessment):
            return act(self.session, viewer, self.ref, *args, **kwargs)

    def mark(self, member, key="c1", grade="met", rationale="", **fields):
        wanted = {"note": "", "based_on": 0, "save_id": str(uuid4())} | fields
        return self.do(
            member,
            marking.mark_answer,
            key,
            Marking(grade=grade, rationale=rationale, **wanted),
        )

    def mark_all(self, member, rationale="Seen in the minutes.", **grades):
        for key in KEYS:
            self.mark(member, key, grades.get(key, "met"), rationale)

    def agree(self, member, section_key="culture", keys=KEYS[:3], **fields):
        agreeing = Agreeing(question_keys=keys, **({"save_id": str(uuid4())} | fields))
        return self.do(member, marking.agree_with_rest, section_key, agreeing)

    def allocate(self, by, *members, based_on=None):
        given = [self.one.ref, self.two.ref] if based_on is None else based_on
        chosen = [member.ref for member in members]
        return self.do(by, allocating.allocate, chosen=chosen, based_on=given)

    def reveal(self):
        return self.do(self.chair, settling.reveal)

    def settle(self, key="c1", grade="met", rationale="", **fields):
        wanted = {"based_on": 0, "save_id": str(uuid4())} | fields
        return self.do(
            self.chair,
            settling.settle_answer,
            key,
            Settling(grade=grade, rationale=rationale, **wanted),
        )

    def complete(self, by=None):
        return self.do(by or self.chair, settling.complete, save_id=str(uuid4()))

    def release(self, by=None, save_id=None):
        return self.do(by or self.administrator, releasing.release, save_id=save_id or str(uuid4()))

    def revealed(self, **grades):
        """Both members have marked everything (the second as `grades` say), and it is revealed."""
        self.mark_all(self.one)
        self.mark_all(self.two, **grades)
        self.reveal()
        return self


@pytest.fixture
def panel(session, make):
    return Panel(session, make)


@pytest.fixture
def panel_on(session, make):
    """`panel_on(status=..., c1="not-met")`: a panel over another submission."""

    def panel_on(**fields):
        return Panel(session, make, **fields)

    return panel_on
