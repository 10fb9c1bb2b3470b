"""A panel member marks: it holds, it is recorded, and it stays blind."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from auditapp.accounts.models import Assignment, Membership
from auditapp.core import clock
from auditapp.core.errors import Missing, NotAllowed, RuleBroken, Stale, WrongState
from auditapp.core.events import Audience, Event
from auditapp.moderation.models import PanelMark, PanelMarkRevision
from auditapp.policy.roles import Role
from auditapp.policy.states import Status


def events(session, kind):
    return session.scalars(select(Event).where(Event.kind == kind)).all()


def test_a_mark_keeps_the_self_grade_and_leaves_a_trail_without_words(panel, session):
    panel.mark(panel.one, "c1", "partly-met", " No minutes seen. ", note="Ask them.")

    answer = panel.make.snapshot_answer(panel.assessment, "c1")
    assert answer.grade_key == "met"
    [revision] = session.scalars(select(PanelMarkRevision))
    assert (revision.grade_key, revision.rationale, revision.note) == (
        "partly-met",
        "No minutes seen.",
        "Ask them.",
    )
    [event] = events(session, "answer-marked")
    assert (event.actor_id, event.audience) == (panel.one.person_id, Audience.PANEL)
    assert (event.organisation_id, event.round_id) == (
        panel.assessment.organisation_id,
        panel.assessment.round_id,
    )
    assert event.facts == {
        "assessment_id": panel.assessment.id,
        "snapshot_answer_id": answer.id,
        "revision": 1,
        "self_grade": "met",
        "grade_before": None,
        "grade": "partly-met",
    }


def test_a_changed_grade_needs_a_rationale(panel, session):
    with pytest.raises(RuleBroken) as caught:
        panel.mark(panel.one, "c1", "not-met", "  ")

    assert caught.value.field == "rationale"
    assert session.scalars(select(PanelMark)).all() == []


def test_a_changed_grade_needs_a_rationale_in_the_database_too(panel, session):
    mark = panel.mark(panel.one, "c1", "met")
    row = {"mark_id": mark.id, "self_grade_key": "met", "saved_at": clock.now(), "note": ""}

    for self_grade, grade, rationale in (("met", "not-met", " "), (None, "met", "")):
        changed = {"self_grade_key": self_grade, "grade_key": grade, "rationale": rationale}
        with pytest.raises(IntegrityError):
            session.execute(
                insert(PanelMarkRevision).values(**row | changed, number=2, save_id="again")
            )
        session.rollback()
        mark = session.get_one(PanelMark, 1)


def test_each_save_is_a_revision_and_the_earlier_ones_stay(panel, session):
    panel.mark(panel.one, "c1", "not-met", "Nothing seen.")
    panel.mark(panel.one, "c1", "met", based_on=1)

    assert session.scalars(
        select(PanelMarkRevision.grade_key).order_by(PanelMarkRevision.number)
    ).all() == ["not-met", "met"]
    assert [event.facts["grade_before"] for event in events(session, "answer-marked")] == [
        None,
        "not-met",
    ]


def test_the_same_save_sent_twice_is_kept_once(panel, session):
    save_id = str(uuid4())

    first = panel.mark(panel.one, "c1", "met", save_id=save_id)
    again = panel.mark(panel.one, "c1", "not-met", "Other words.", save_id=save_id)

    assert first is again
    assert session.scalars(select(PanelMarkRevision.grade_key)).all() == ["met"]


def test_an_old_revision_is_a_conflict(panel):
    panel.mark(panel.one, "c1", "met")

    for based_on in (0, None, 2):
        with pytest.raises(Stale):
            panel.mark(panel.one, "c1", "not-met", "Why.", based_on=based_on)


def test_a_standard_that_does_not_apply_is_agreed_to_without_a_grade(panel_on, session):
    panel = panel_on(c1=None)

    mark = panel.mark(panel.one, "c1", "")

    assert (mark.number, mark.grade_key) == (1, None)
    panel.mark(panel.one, "c1", "met", "It does apply.", based_on=1)
    assert session.get_one(PanelMark, mark.id).grade_key == "met"


def test_the_rest_of_a_section_is_agreed_to_in_one_act_with_one_event(panel, session):
    panel.mark(panel.one, "c2", "not-met", "Nothing seen.")

    marks = panel.agree(panel.one, "culture", ["c1", "c3"])

    assert [mark.grade_key for mark in marks] == ["met", "met"]
    assert len(session.scalars(select(PanelMarkRevision)).all()) == 3
    [event] = events(session, "answers-agreed")
    assert event.facts["count"] == 2
    assert event.facts["by_grade"] == {"met": 2}
    assert len(event.facts["snapshot_answer_ids"]) == 2


def test_agreeing_with_the_rest_twice_is_kept_once(panel, session):
    save_id = str(uuid4())

    panel.agree(panel.one, save_id=save_id)
    panel.agree(panel.one, save_id=save_id)

    assert len(session.scalars(select(PanelMarkRevision)).all()) == 3
    assert len(events(session, "answers-agreed")) == 1


def test_agreeing_with_the_rest_writes_over_no_mark_made_meanwhile(panel, session):
    panel.mark(panel.one, "c2", "not-met", "Nothing seen.")

    with pytest.raises(Stale):
        panel.agree(panel.one)

    assert session.scalars(select(PanelMark.grade_key)).all() == ["not-met"]


@pytest.mark.parametrize("keys", [["o1"], ["nothing-of-the-kind"]])
def test_only_standards_of_that_section_are_agreed_to(panel, keys):
    with pytest.raises(Missing):
        panel.agree(panel.one, "culture", keys)


def test_nothing_left_is_no_act(panel):
    with pytest.raises(RuleBroken):
        panel.agree(panel.one, "culture", [])


@pytest.mark.parametrize(
    "status", [Status.SUBMITTED, Status.MODERATION_COMPLETED, Status.FEEDBACK_RELEASED]
)
def test_no_mark_is_taken_outside_moderation(panel_on, status):
    panel = panel_on(status=status)

    with pytest.raises(WrongState):
        panel.mark(panel.one)
    with pytest.raises(WrongState):
        panel.agree(panel.one)


@pytest.mark.parametrize(
    ("role", "refused"),
    [
        (Role.PANEL_CHAIR, NotAllowed),
        (Role.ADMINISTRATOR, NotAllowed),
        (Role.SCRUTINEER, NotAllowed),
        (Role.PARTNERSHIP_VIEWER, Missing),
        (Role.PANEL_MEMBER, Missing),  # not given this one
    ],
)
def test_only_members_given_the_assessment_mark_it(panel, role, refused):
    other = panel.make.membership(role)

    with pytest.raises(refused):
        panel.mark(other)


def test_a_link_that_appears_while_the_form_is_open_stops_the_save(panel, session):
    viewer_was_fine = panel.viewer(panel.one)
    assert panel.assessment.organisation_id not in viewer_was_fine.linked_organisation_ids
    panel.make.membership(
        Role.SIGNATORY,
        person_id=panel.one.person_id,
        organisation_id=panel.assessment.organisation_id,
    )

    with pytest.raises(Missing):
        panel.mark(panel.one)


def test_a_withdrawn_assignment_stops_the_save(panel, session):
    given = session.scalars(
        select(Assignment).where(Assignment.membership_id == panel.one.id)
    ).one()
    given.withdrawn_at = clock.now()
    session.commit()

    with pytest.raises(Missing):
        panel.mark(panel.one)


def test_a_role_that_ended_stops_the_save(panel, session):
    session.get_one(Membership, panel.one.id).ends_on = clock.today() - timedelta(days=1)
    session.commit()

    with pytest.raises(NotAllowed):
        panel.mark(panel.one)


def test_a_mark_after_the_reveal_is_not_blind(panel):
    panel.mark_all(panel.one)
    before = panel.mark(panel.two, "c1")
    assert before.blind
    panel.reveal()

    assert not panel.mark(panel.two, "c2").blind
    assert not panel.mark(panel.two, "c1", "not-met", "I see now.", based_on=1).blind
