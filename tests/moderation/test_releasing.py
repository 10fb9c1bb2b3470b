"""Writing the letter, releasing it, and saying that it is read."""

from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import select

from auditapp.core.errors import Missing, NotAllowed, RuleBroken, Stale, WrongState
from auditapp.core.events import Audience, Event
from auditapp.core.jobs import Job
from auditapp.moderation import feedback, releasing
from auditapp.moderation.composing import Wording
from auditapp.moderation.feedback import Edit
from auditapp.moderation.letters import Letter
from auditapp.moderation.models import Feedback, FeedbackRead, FeedbackRevision
from auditapp.policy.roles import Role
from auditapp.policy.states import Status

WORDS = Wording(strengths="Voice: they are heard.", developments="Escalation: write it down.")


def edit(**fields):
    return replace(Edit(wording=WORDS, based_on=0, save_id=str(uuid4())), **fields)


def letter_of(session):
    [document] = [
        document for document in session.scalars(select(FeedbackRevision.document)) if document
    ]
    return Letter.model_validate(document)


def words_of(letter):
    return letter.model_dump_json()


def completed(panel, **grades):
    panel.mark_all(panel.one, "As the minutes show.", **grades)
    panel.reveal()
    panel.complete()
    return panel


def test_a_release_freezes_the_letter_and_shows_it(panel, session):
    completed(panel, c1="exceeded")

    released = panel.release()

    assert panel.assessment.status is Status.FEEDBACK_RELEASED
    assert released.released_by == panel.administrator.person_id
    letter = letter_of(session)
    assert "As the minutes show. You graded yourselves lower than we did." in words_of(letter)
    assert letter.title == "Your section 175 assessment 2026: what we read and what we think"
    [event] = session.scalars(select(Event).where(Event.kind == "feedback-released"))
    assert event.audience == Audience.ORGANISATION
    assert set(event.facts) == {
        "assessment_id",
        "feedback_id",
        "revision",
        "feedback_kind",
        "two_people",
    }


def test_what_is_released_no_longer_follows_the_grades(panel, session):
    completed(panel).release()
    before = letter_of(session)

    panel.make.keep(panel.make.partnership_row).name = "Renamed Partnership"
    session.commit()

    assert letter_of(session) == before
    with pytest.raises(WrongState):
        panel.do(panel.administrator, feedback.edit_by_business_unit, edit(based_on=2))


def test_a_released_letter_is_released_once(panel, session):
    completed(panel)
    panel.release()
    panel.release()

    assert len([d for d in session.scalars(select(FeedbackRevision.document)) if d]) == 1
    with pytest.raises(WrongState):
        panel.release(panel.make.membership(Role.ADMINISTRATOR))


def test_who_completes_and_who_releases_are_two_people(panel):
    completed(panel)
    same = panel.make.membership(Role.ADMINISTRATOR, person_id=panel.chair.person_id)

    with pytest.raises(RuleBroken):
        panel.release(same)

    assert panel.assessment.status is Status.MODERATION_COMPLETED


def test_a_partnership_may_let_one_person_do_both_and_the_trail_says_so(panel, session):
    completed(panel)
    panel.make.partnership_row.settings = {releasing.TWO_PEOPLE: False}
    session.commit()

    panel.release(panel.make.membership(Role.ADMINISTRATOR, person_id=panel.chair.person_id))

    [event] = session.scalars(select(Event).where(Event.kind == "feedback-released"))
    assert event.facts["two_people"] is False


def test_nobody_with_a_link_releases(panel):
    completed(panel)
    panel.make.membership(
        Role.LEAD,
        person_id=panel.administrator.person_id,
        organisation_id=panel.assessment.organisation_id,
    )

    with pytest.raises(NotAllowed):
        panel.release()


@pytest.mark.parametrize("who", ["chair", "one"])
def test_the_panel_does_not_release(panel, who):
    completed(panel)

    with pytest.raises(NotAllowed):
        panel.release(getattr(panel, who))


def test_nothing_is_released_while_the_panel_reads(panel):
    with pytest.raises(WrongState):
        panel.release()


def test_those_who_may_read_it_are_told_without_a_word_of_it(panel, session):
    completed(panel, c1="not-met")
    lead, ended = panel.lead(), panel.lead()
    ended.ends_on = panel.make.round.opens_on
    signatory = panel.make.membership(
        Role.SIGNATORY, organisation_id=panel.assessment.organisation_id
    )
    panel.make.membership(Role.CONTRIBUTOR, organisation_id=panel.assessment.organisation_id)
    panel.make.membership(Role.LEAD)  # elsewhere
    session.commit()

    panel.release()

    mails = [job.payload for job in session.scalars(select(Job).where(Job.kind == "mail"))]
    addresses = {session.get_one(type(lead.person), m.person_id).email for m in (lead, signatory)}
    assert {mail["to"] for mail in mails} == addresses
    for mail in mails:
        assert "not met" not in mail["text"].lower()
        assert "minutes" not in mail["text"]


def test_a_submission_that_no_panel_read_gets_the_automatic_sheet(panel_on, session):
    panel = panel_on(status=Status.SUBMITTED, c1="not-met", o1="exceeded", o2=None)

    panel.release()

    assert panel.assessment.status is Status.FEEDBACK_RELEASED
    assert session.scalars(select(Feedback.kind)).all() == ["automatic"]
    letter = letter_of(session)
    assert letter.title == "Your section 175 assessment 2026: your grades in one place"
    assert {part.kind for part in letter.parts} == {"words", "points", "gaps", "counts"}
    [gaps] = [part for part in letter.parts if part.kind == "gaps"]
    assert [(row.standard, row.action) for row in gaps.rows] == [
        ("1.1 Culture standard 1", "No action was given.")
    ]


def test_the_chair_writes_until_completion_and_the_business_unit_until_release(panel, session):
    panel.mark_all(panel.one)
    with pytest.raises(WrongState):
        panel.do(panel.chair, feedback.edit_by_chair, edit())  # not revealed
    panel.reveal()
    with pytest.raises(WrongState):
        panel.do(panel.administrator, feedback.edit_by_business_unit, edit())

    panel.do(panel.chair, feedback.edit_by_chair, edit())
    panel.complete()

    with pytest.raises(WrongState):
        panel.do(panel.chair, feedback.edit_by_chair, edit(based_on=1))
    corrected = replace(WORDS, strengths="Voice: they are heard, and it shows.")
    panel.do(
        panel.administrator,
        feedback.edit_by_business_unit,
        edit(wording=corrected, based_on=1),
    )
    panel.release()

    assert "they are heard, and it shows." in words_of(letter_of(session))
    written = select(Event).where(Event.kind == "feedback-written")
    assert [event.audience for event in session.scalars(written)] == [Audience.PANEL] * 2


def test_the_chairs_words_are_kept_through_completion(panel, session):
    panel.mark_all(panel.one)
    panel.reveal()
    panel.do(panel.chair, feedback.edit_by_chair, edit())

    panel.complete()

    assert session.scalars(select(FeedbackRevision.strengths)).all() == [WORDS.strengths]


def test_two_people_do_not_write_over_each_others_letter(panel):
    completed(panel)
    panel.do(panel.administrator, feedback.edit_by_business_unit, edit(based_on=1))

    with pytest.raises(Stale):
        panel.do(panel.administrator, feedback.edit_by_business_unit, edit(based_on=1))


def test_the_same_words_sent_twice_are_kept_once(panel, session):
    completed(panel)
    same = edit(based_on=1)

    panel.do(panel.administrator, feedback.edit_by_business_unit, same)
    panel.do(panel.administrator, feedback.edit_by_business_unit, same)

    assert len(session.scalars(select(FeedbackRevision)).all()) == 2


@pytest.mark.parametrize(("role", "refused"), [(Role.SCRUTINEER, NotAllowed), (Role.LEAD, Missing)])
def test_nobody_else_writes_the_letter(panel, role, refused):
    completed(panel)

    for act in (feedback.edit_by_business_unit, feedback.edit_by_chair):
        with pytest.raises(refused):
            panel.do(panel.make.membership(role), act, edit(based_on=1))


def test_someone_at_the_organisation_says_once_that_they_have_read_it(panel, session):
    lead = panel.lead()
    with pytest.raises(NotAllowed):
        panel.do(lead, releasing.confirm_read)
    completed(panel).release()

    panel.do(lead, releasing.confirm_read)
    panel.do(lead, releasing.confirm_read)

    assert session.scalars(select(FeedbackRead.person_id)).all() == [lead.person_id]
    with pytest.raises(NotAllowed):
        panel.do(panel.administrator, releasing.confirm_read)
