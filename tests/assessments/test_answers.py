"""Saving answers: kept once, never over one another, open to whoever may write them."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from auditapp.accounts.models import Assignment
from auditapp.accounts.queries import viewer_of
from auditapp.actions.models import Action, ActionRevision
from auditapp.assessments.answers import save_answer
from auditapp.assessments.models import Address, Answer, AnswerRevision, Move
from auditapp.assessments.rules import NOT_APPLICABLE
from auditapp.assessments.saving import AnswerStale
from auditapp.core import clock
from auditapp.core.errors import Missing, NotAllowed, RuleBroken, WrongState
from auditapp.core.events import Event
from auditapp.core.transactions import transaction
from auditapp.policy.roles import Role
from auditapp.policy.states import OPEN_TO_ANSWERS, Status
from tests.assessments.savings import save, saving
from tests.statements import statements


def revisions(session, assessment):
    query = (
        select(AnswerRevision)
        .join(Answer, Answer.id == AnswerRevision.answer_id)
        .where(Answer.assessment_id == assessment.id)
        .order_by(AnswerRevision.id)
    )
    return session.scalars(query).all()


def test_a_save_is_a_revision_with_its_author_and_an_event_without_words(session, assessment, lead):
    saved = save(session, lead, assessment, commentary="  Our words.\r\nMore. ", impact="A child.")

    (revision,) = revisions(session, assessment)
    event = session.scalars(select(Event).where(Event.kind == "answer-saved")).one()
    assert (saved.revision, saved.kept, saved.state, saved.late) == (1, True, "complete", False)
    assert revision.value == {"commentary": "Our words.\nMore.", "impact": "A child."}
    assert revision.author_id == lead.person_id
    assert event.actor_id == lead.person_id
    assert event.facts == {
        "assessment_id": assessment.id,
        "question_key": "c1",
        "instance": "",
        "revision": 1,
        "grade_before": None,
        "grade_after": "met",
        "status_before": "in-progress",
        "status_after": "in-progress",
        "action_revision": None,
    }


def test_earlier_revisions_stay(session, assessment, lead):
    save(session, lead, assessment, grade="met")
    saved = save(session, lead, assessment, grade="exceeded", based_on=1)

    assert saved.revision == 2
    assert [row.grade_key for row in revisions(session, assessment)] == ["met", "exceeded"]
    assert (
        session.scalars(select(Answer).where(Answer.assessment_id == assessment.id)).one().grade_key
        == "exceeded"
    )


def test_the_first_save_begins_the_assessment_in_the_same_event(session, make):
    assessment = make.assessment(status=Status.NOT_STARTED)
    lead = make.membership(Role.LEAD, organisation_id=assessment.organisation_id)

    save(session, lead, assessment)

    event = session.scalars(select(Event).where(Event.kind == "answer-saved")).one()
    assert assessment.status == Status.IN_PROGRESS
    assert assessment.started_at is not None
    assert session.scalars(select(Move.action)).all() == ["start"]
    assert (event.facts["status_before"], event.facts["status_after"]) == (
        "not-started",
        "in-progress",
    )


def test_a_save_sent_twice_is_kept_once_and_answered_alike(session, assessment, lead):
    first = save(session, lead, assessment, save_id="once")
    save(session, lead, assessment, based_on=1, commentary="Later.")
    again = save(session, lead, assessment, save_id="once")

    assert again == first
    assert len(revisions(session, assessment)) == 2


def test_a_save_sent_twice_is_answered_even_when_the_assessment_is_with_its_signatory(
    session, assessment, lead
):
    first = save(session, lead, assessment, save_id="once")
    assessment.status = Status.AWAITING_SIGN_OFF
    session.commit()

    assert save(session, lead, assessment, save_id="once") == first


@pytest.mark.parametrize("based_on", [None, 0])
def test_a_save_over_someone_elses_is_refused_and_told_what_they_saved(
    session, make, assessment, lead, based_on
):
    other = make.membership(
        Role.LEAD,
        organisation_id=assessment.organisation_id,
        person_id=make.person(name="IT manager").id,
    )
    save(session, other, assessment, grade="partly-met", commentary="Theirs.")

    with pytest.raises(AnswerStale) as refused:
        save(session, lead, assessment, grade="met", commentary="Ours.", based_on=based_on)

    conflict = refused.value.conflict
    assert (conflict.revision, conflict.who) == (1, "IT manager")
    assert conflict.content.commentary == "Theirs."
    assert [row.value["commentary"] for row in revisions(session, assessment)] == ["Theirs."]


def test_a_save_that_changes_nothing_is_none(session, assessment, lead):
    save(session, lead, assessment, commentary="Words.")
    saved = save(session, lead, assessment, commentary="Words. \r\n", based_on=1)
    blank = save(session, lead, assessment, key="c2", grade=None, commentary="")

    assert (saved.kept, saved.revision) == (False, 1)
    assert (blank.kept, blank.revision, blank.state) == (False, 0, "empty")
    assert len(revisions(session, assessment)) == 1


def test_whoever_changed_nothing_goes_on_from_what_they_saw(session, assessment, lead):
    """Told the latest number, their next save would be put over words they never saw."""
    save(session, lead, assessment, commentary="First.")
    save(session, lead, assessment, commentary="Second.", based_on=1)

    untouched = save(session, lead, assessment, commentary="First.", based_on=1)

    assert (untouched.kept, untouched.revision) == (False, 1)
    with pytest.raises(AnswerStale):
        save(session, lead, assessment, commentary="First, and more.", based_on=1)


def test_not_applicable_may_wait_for_its_reason_but_is_not_complete_without(
    session, assessment, lead
):
    waiting = save(session, lead, assessment, grade=NOT_APPLICABLE, commentary="")
    done = save(
        session,
        lead,
        assessment,
        grade=NOT_APPLICABLE,
        commentary="",
        not_applicable_reason="No boarders.",
        based_on=1,
    )

    assert (waiting.state, waiting.needs) == ("half", "Needs a reason")
    assert done.state == "complete"
    kept = [(row.grade_key, row.not_applicable_reason) for row in revisions(session, assessment)]
    assert kept == [(None, ""), (None, "No boarders.")]


def test_an_answer_says_what_it_still_needs(session, assessment, lead):
    saved = save(session, lead, assessment, grade="not-met", commentary="")

    assert (saved.state, saved.needs) == ("half", "Needs an action and words")


def test_the_action_a_grade_asks_for_is_made_and_kept_up_to_date(session, assessment, lead):
    due = clock.today() + timedelta(days=30)
    plan = {"action_what": "Review it", "action_owner": "Head", "action_due": due}
    save(session, lead, assessment, grade="not-met", **plan)
    save(session, lead, assessment, grade="not-met", based_on=1, **(plan | {"action_owner": "Me"}))

    action = session.scalars(select(Action)).one()
    words = session.scalars(select(ActionRevision).order_by(ActionRevision.number)).all()
    assert (action.organisation_id, action.standard_key) == (assessment.organisation_id, "c1")
    assert (action.due_on, action.number, action.origin) == (due, 2, "answer")
    assert [row.owner for row in words] == ["Head", "Me"]
    assert revisions(session, assessment)[-1].value["action"] == {
        "what": "Review it",
        "owner": "Me",
        "due": due.isoformat(),
    }


def test_a_better_grade_leaves_the_action_as_it_is_and_asks_for_none(session, assessment, lead):
    due = clock.today() + timedelta(days=30)
    plan = {"action_what": "Review it", "action_owner": "Head", "action_due": due}
    save(session, lead, assessment, grade="not-met", **plan)
    better = save(session, lead, assessment, grade="met", based_on=1, **plan)

    assert better.state == "complete"
    assert "action" not in revisions(session, assessment)[-1].value
    assert session.scalars(select(ActionRevision.what)).all() == ["Review it"]


def test_no_action_is_made_of_nothing(session, assessment, lead):
    save(session, lead, assessment, grade="not-met")
    save(session, lead, assessment, key="c2", grade="met", action_what="Not asked for")

    assert session.scalars(select(Action)).all() == []


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"grade": "green"}, "grade"),
        ({"commentary": "x" * 10_001}, "commentary"),
        ({"impact": "x" * 4_001}, "impact"),
        ({"grade": "not-met", "action_what": "A", "action_due": date(2020, 1, 1)}, "due"),
        ({"grade": "not-met", "action_what": "x" * 1_001}, "what"),
    ],
)
def test_what_breaks_a_rule_is_refused_beside_its_field(session, assessment, lead, fields, field):
    with pytest.raises(RuleBroken) as refused:
        save(session, lead, assessment, **fields)

    assert refused.value.field == field
    assert revisions(session, assessment) == []


@pytest.mark.parametrize("status", sorted(Status))
def test_answers_are_saved_in_the_states_that_are_open_to_them(session, make, status):
    assessment = make.assessment(status=status)
    lead = make.membership(Role.LEAD, organisation_id=assessment.organisation_id)

    if status in OPEN_TO_ANSWERS:
        assert save(session, lead, assessment).kept
        return
    with pytest.raises(WrongState):
        save(session, lead, assessment)
    assert revisions(session, assessment) == []


def test_a_submission_is_not_touched_by_the_living_record(session, make):
    assessment = make.assessment(status=Status.SUBMITTED)
    lead = make.membership(Role.LEAD, organisation_id=assessment.organisation_id)

    save(session, lead, assessment, grade="not-met", commentary="It got worse.")

    assert assessment.status == Status.SUBMITTED
    assert make.snapshot_answer(assessment).grade_key == "met"


def test_a_contributor_saves_in_the_section_given_to_them_and_nowhere_else(
    session, make, assessment
):
    colleague = make.contributor(assessment, "culture")

    assert save(session, colleague, assessment, key="c1").kept
    with pytest.raises(NotAllowed):
        save(session, colleague, assessment, key="o1")


def test_a_withdrawn_section_is_closed_from_the_next_save_on(session, make, assessment):
    colleague = make.contributor(assessment, "culture")
    viewer = viewer_of(session, colleague.person_id, colleague.id)
    given = session.scalars(select(Assignment)).one()
    given.withdrawn_at = clock.now()
    session.commit()

    with pytest.raises((Missing, NotAllowed)), transaction(session):
        save_answer(session, viewer, Address(assessment.ref, "c1"), saving())


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.LEAD, Role.RESPONDENT, Role.ANONYMOUS}))
def test_nobody_else_saves_an_answer(session, make, assessment, role):
    fields = {}
    if role in {Role.SIGNATORY, Role.CONTRIBUTOR}:
        fields = {"organisation_id": assessment.organisation_id}
    member = make.membership(role, **fields)

    with pytest.raises((Missing, NotAllowed)):
        save(session, member, assessment)
    assert revisions(session, assessment) == []


def test_a_lead_of_another_organisation_finds_nothing(session, make, assessment):
    stranger = make.membership(Role.LEAD)

    with pytest.raises(Missing):
        save(session, stranger, assessment)


def test_a_standard_that_is_not_asked_of_this_organisation_is_not_there(session, assessment, lead):
    with pytest.raises(Missing):
        save(session, lead, assessment, key="o3")  # boarding schools only
    with pytest.raises(Missing):
        save(session, lead, assessment, key="nowhere")


def test_after_the_last_day_a_save_is_kept_and_said_to_be_late(session, make):
    yesterday = clock.today() - timedelta(days=1)
    round_ = make.round_row(due_on=yesterday, final_on=yesterday)
    late = make.assessment(round_=round_)
    extended = make.assessment(round_=round_, due_on=clock.today())

    for assessment, is_late in ((late, True), (extended, False)):
        lead = make.membership(Role.LEAD, organisation_id=assessment.organisation_id)
        saved = save(session, lead, assessment)
        assert (saved.kept, saved.late) == (True, is_late)


@pytest.mark.parametrize(("key", "based_on"), [("c1", 1), ("c2", 0)])
def test_saving_asks_the_database_at_most_seven_times(
    session, engine, assessment, lead, key, based_on
):
    """With the guard of the page that is eight: the bound of `make bench`."""
    save(session, lead, assessment)
    viewer = viewer_of(session, lead.person_id, lead.id)
    at, again = Address(assessment.ref, key), saving(commentary="More.", based_on=based_on)
    session.rollback()

    with statements(engine) as sent, transaction(session):
        assert save_answer(session, viewer, at, again).kept

    assert len(sent) <= 7, "\n".join(sent)
