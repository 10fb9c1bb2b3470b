"""Giving an assessment to members of the panel."""

import pytest
from sqlalchemy import select

from auditapp.accounts.models import Assignment
from auditapp.assessments.models import Move
from auditapp.core.errors import Missing, NotAllowed, RuleBroken, Stale, WrongState
from auditapp.core.events import Audience, Event
from auditapp.moderation.models import Moderation, PanelMark
from auditapp.policy.roles import Role
from auditapp.policy.states import Status


@pytest.fixture
def submitted(panel_on, session):
    """A submission that nobody was given yet."""
    panel = panel_on(status=Status.SUBMITTED)
    for row in session.scalars(select(Assignment)):
        session.delete(row)
    session.commit()
    return panel


@pytest.mark.parametrize("by", ["chair", "administrator"])
def test_giving_it_out_begins_moderation(submitted, session, by):
    submitted.allocate(getattr(submitted, by), submitted.one, submitted.two, based_on=[])

    assert submitted.assessment.status is Status.IN_MODERATION
    assert len(session.scalars(select(Moderation)).all()) == 1
    [step] = session.scalars(select(Move))
    assert step.action == "begin-moderation"
    given = session.scalars(select(Event).where(Event.kind == "assessment-allocated")).one()
    assert given.facts["given"] == [submitted.one.id, submitted.two.id]
    assert given.audience == Audience.PARTNERSHIP  # an organisation does not read who marks
    submitted.mark(submitted.one)


def test_members_left_out_lose_it_and_their_marks_stay(panel, session):
    panel.mark(panel.two)

    panel.allocate(panel.chair, panel.one)

    with pytest.raises(Missing):
        panel.mark(panel.two, "c2")
    assert len(session.scalars(select(PanelMark)).all()) == 1
    event = session.scalars(select(Event).where(Event.kind == "assessment-allocated")).one()
    assert event.facts["withdrawn"] == [panel.two.id]


def test_a_member_may_be_given_it_again(panel):
    panel.allocate(panel.chair, panel.one)

    panel.allocate(panel.chair, panel.one, panel.two, based_on=[panel.one.ref])

    assert panel.mark(panel.two).number == 1


def test_the_same_choice_sent_twice_changes_nothing(panel, session):
    panel.allocate(panel.chair, panel.one)
    panel.allocate(panel.chair, panel.one)

    allocated = select(Event).where(Event.kind == "assessment-allocated")
    assert len(session.scalars(allocated).all()) == 1


def test_someone_elses_choice_is_not_written_over(panel):
    panel.allocate(panel.chair, panel.one)

    with pytest.raises(Stale):
        panel.allocate(panel.administrator, panel.two)


def test_nobody_with_a_conflict_of_interest_is_given_it(submitted, session):
    submitted.make.membership(
        Role.LEAD,
        person_id=submitted.one.person_id,
        organisation_id=submitted.assessment.organisation_id,
    )

    with pytest.raises(RuleBroken) as caught:
        submitted.allocate(submitted.chair, submitted.one, submitted.two, based_on=[])

    assert caught.value.field == "members"
    assert session.scalars(select(Assignment)).all() == []
    assert submitted.assessment.status is Status.SUBMITTED


def test_an_administrator_with_a_conflict_may_give_it_out_but_no_chair_may(submitted):
    for member in (submitted.administrator, submitted.chair):
        submitted.make.membership(
            Role.LEAD,
            person_id=member.person_id,
            organisation_id=submitted.assessment.organisation_id,
        )

    with pytest.raises(Missing):
        submitted.allocate(submitted.chair, submitted.one, based_on=[])
    submitted.allocate(submitted.administrator, submitted.one, based_on=[])


def test_only_members_of_the_rounds_own_panel_are_chosen(submitted):
    elsewhere = submitted.make.round_row(partnership=submitted.make.partnership())
    stranger = submitted.make.membership(Role.PANEL_MEMBER, round_id=elsewhere.id)

    for chosen in ([stranger], [submitted.chair], []):
        with pytest.raises(RuleBroken):
            submitted.allocate(submitted.chair, *chosen, based_on=[])


def test_nobody_is_added_or_taken_off_after_the_reveal(panel):
    panel.revealed()

    with pytest.raises(WrongState):
        panel.allocate(panel.chair, panel.one)


def test_no_member_gives_work_out(panel):
    with pytest.raises(NotAllowed):
        panel.allocate(panel.one, panel.two)
