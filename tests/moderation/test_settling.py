"""The chair reveals, settles and completes."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from auditapp.accounts.models import Membership
from auditapp.assessments.models import SnapshotAnswer
from auditapp.core import clock
from auditapp.core.errors import Missing, NotAllowed, RuleBroken, Stale, WrongState
from auditapp.core.events import Audience, Event
from auditapp.moderation.models import (
    Feedback,
    FeedbackRevision,
    SettledGrade,
    SettledGradeRevision,
)
from auditapp.policy.roles import Role
from auditapp.policy.states import Status


def settled(session):
    """Question key -> what is settled for it."""
    found = session.execute(
        select(SnapshotAnswer.question_key, SettledGrade.grade_key).join(
            SettledGrade, SettledGrade.snapshot_answer_id == SnapshotAnswer.id
        )
    )
    return {question_key: grade_key for question_key, grade_key in found}


def test_grades_are_revealed_once_a_member_has_marked_everything(panel, session):
    panel.mark(panel.one)
    with pytest.raises(RuleBroken):
        panel.reveal()

    panel.agree(panel.one, "culture", ["c2", "c3"])
    panel.agree(panel.one, "online-safety", ["o1", "o2"])
    moderation = panel.reveal()

    assert moderation.revealed_by == panel.chair.person_id
    [event] = session.scalars(select(Event).where(Event.kind == "grades-revealed"))
    assert event.facts["members_done"] == 1
    assert event.facts["members"] == 2


def test_revealing_twice_is_once(panel):
    first = panel.revealed().moderation.revealed_at

    assert panel.reveal().revealed_at == first


@pytest.mark.parametrize("who", ["one", "administrator"])
def test_only_the_chair_reveals(panel, who):
    panel.mark_all(panel.one)
    panel.chair = getattr(panel, who)

    with pytest.raises(NotAllowed):
        panel.reveal()


def test_a_member_with_a_link_does_not_count_as_one_who_marked_everything(panel):
    panel.mark_all(panel.one)
    panel.make.membership(
        Role.LEAD,
        person_id=panel.one.person_id,
        organisation_id=panel.assessment.organisation_id,
    )

    with pytest.raises(RuleBroken):
        panel.reveal()


def test_nothing_is_settled_or_completed_before_the_reveal(panel):
    panel.mark_all(panel.one)

    with pytest.raises(WrongState):
        panel.settle()
    with pytest.raises(WrongState):
        panel.complete()


def test_the_chair_settles_a_difference(panel, session):
    panel.revealed(c1="not-met")

    panel.settle("c1", "partly-met", "Begun, as the minutes show.")

    assert settled(session) == {"c1": "partly-met"}
    [event] = session.scalars(select(Event).where(Event.kind == "grade-settled"))
    assert event.audience == Audience.PANEL
    assert (event.facts["self_grade"], event.facts["grade"]) == ("met", "partly-met")


def test_a_changed_grade_needs_a_rationale(panel, session):
    panel.revealed(c1="not-met")

    with pytest.raises(RuleBroken) as caught:
        panel.settle("c1", "not-met", " ")

    assert caught.value.field == "rationale"
    assert settled(session) == {}


def test_a_changed_grade_needs_a_rationale_in_the_database_too(panel, session):
    panel.revealed()
    row = panel.settle("c1", "met")
    changed = {
        "settled_id": row.id,
        "number": 2,
        "save_id": "again",
        "self_grade_key": "met",
        "grade_key": "not-met",
        "rationale": "  ",
        "settled_by": panel.chair.person_id,
        "settled_at": clock.now(),
    }

    with pytest.raises(IntegrityError):
        session.execute(insert(SettledGradeRevision).values(**changed))


def test_two_windows_of_the_chair_do_not_write_over_each_other(panel):
    panel.revealed()
    panel.settle("c1", "not-met", "Nothing seen.")

    with pytest.raises(Stale):
        panel.settle("c1", "met")


def test_the_same_decision_sent_twice_is_kept_once(panel, session):
    panel.revealed()
    save_id = str(uuid4())

    panel.settle("c1", "met", save_id=save_id)
    panel.settle("c1", "not-met", "Other words.", save_id=save_id)

    assert session.scalars(select(SettledGradeRevision.grade_key)).all() == ["met"]


def test_what_members_differ_on_must_be_settled_first(panel):
    panel.revealed(c1="not-met", o2="exceeded")
    panel.settle("o2", "exceeded", "Shown.")

    with pytest.raises(RuleBroken, match="1.1 Culture standard 1") as caught:
        panel.complete()

    assert "2.2" not in caught.value.message


def test_completing_settles_what_the_members_agree_on_with_their_reasons(panel, session):
    panel.mark_all(panel.one, "One saw it.", c1="exceeded")
    panel.mark_all(panel.two, "Two saw it.", c1="exceeded")
    panel.reveal()

    moderation = panel.complete()

    assert panel.assessment.status is Status.MODERATION_COMPLETED
    assert moderation.completed_by == panel.chair.person_id
    assert settled(session) == dict.fromkeys(("c2", "c3", "o1", "o2"), "met") | {"c1": "exceeded"}
    raised = session.scalars(
        select(SettledGradeRevision).where(SettledGradeRevision.grade_key == "exceeded")
    ).one()
    assert raised.rationale == "One saw it.\n\nTwo saw it."
    assert raised.settled_by == panel.chair.person_id
    [event] = session.scalars(select(Event).where(Event.kind == "moderation-completed"))
    assert event.audience == Audience.PANEL
    counts = {key: event.facts[key] for key in ("standards", "kept", "raised", "lowered", "given")}
    assert counts == {"standards": 5, "kept": 4, "raised": 1, "lowered": 0, "given": 0}


def test_with_one_marker_their_marks_are_what_is_settled(panel, session):
    panel.allocate(panel.chair, panel.one)
    panel.mark_all(panel.one, c2="partly-met")
    panel.reveal()

    panel.complete()

    assert settled(session)["c2"] == "partly-met"


def test_not_applicable_and_blank_stay_so_unless_the_panel_graded_them(panel_on, session):
    panel = panel_on(c1=None, c2=None)
    panel.mark_all(panel.one, c1="", c2="partly-met")
    panel.mark_all(panel.two, c1="", c2="partly-met")
    panel.reveal()

    panel.complete()

    assert "c1" not in settled(session)
    assert settled(session)["c2"] == "partly-met"


def test_where_members_differ_the_chair_may_keep_a_standard_without_a_grade(panel_on, session):
    panel = panel_on(c1=None)
    panel.mark_all(panel.one, c1="")
    panel.mark_all(panel.two, c1="met")
    panel.reveal()
    with pytest.raises(RuleBroken):
        panel.complete()

    panel.settle("c1", "")
    panel.complete()

    assert settled(session)["c1"] is None


def test_completing_twice_is_once(panel, session):
    panel.revealed().complete()
    panel.complete()

    completed = select(Event).where(Event.kind == "moderation-completed")
    assert len(session.scalars(completed).all()) == 1


def test_nothing_is_settled_after_completion(panel):
    panel.revealed().complete()

    with pytest.raises(WrongState):
        panel.settle("c1", "not-met", "Late.")


def test_a_link_that_appears_later_sets_that_members_marks_aside(panel, session):
    panel.revealed(c1="not-met")
    panel.make.membership(
        Role.LEAD,
        person_id=panel.two.person_id,
        organisation_id=panel.assessment.organisation_id,
    )

    panel.complete()  # the one who is left agrees with themselves

    assert settled(session)["c1"] == "met"


def test_what_only_a_linked_member_marked_is_graded_again(panel):
    panel.allocate(panel.chair, panel.one)
    panel.mark_all(panel.one)
    panel.reveal()
    panel.make.membership(
        Role.LEAD,
        person_id=panel.one.person_id,
        organisation_id=panel.assessment.organisation_id,
    )

    with pytest.raises(RuleBroken, match="1.1 Culture standard 1"):
        panel.complete()


def test_a_member_whose_role_ended_no_longer_counts(panel, session):
    panel.revealed(c1="not-met")
    session.get_one(Membership, panel.two.id).ends_on = clock.today() - timedelta(days=1)
    session.commit()

    panel.complete()

    assert settled(session)["c1"] == "met"


def test_a_chair_with_a_link_settles_nothing(panel):
    panel.revealed()
    panel.make.membership(
        Role.SIGNATORY,
        person_id=panel.chair.person_id,
        organisation_id=panel.assessment.organisation_id,
    )

    for act in (panel.settle, panel.complete, panel.reveal):
        with pytest.raises(Missing):
            act()


def test_completion_leaves_a_draft_that_nobody_wrote(panel, session):
    panel.mark_all(panel.one, c1="exceeded", o1="not-met")
    panel.reveal()
    panel.complete()

    draft = session.scalars(select(FeedbackRevision)).one()
    assert draft.author_id is None
    assert draft.document is None
    assert "1.1 Culture standard 1: we raised your grade from met to exceeded." in draft.strengths
    assert (
        "Online safety: 1 of 2 standards is partially met or not met (2.1)." in draft.developments
    )
    assert session.scalars(select(Feedback.kind)).all() == ["panel"]
