"""What SQL counts, among rows that it must not count."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import event, select

from auditapp.accounts.models import DeclaredLink
from auditapp.accounts.queries import viewer_of
from auditapp.assessments.models import AssessmentPartnership, SnapshotAnswer
from auditapp.core import clock
from auditapp.core.errors import Missing
from auditapp.core.jobs import Job
from auditapp.moderation.models import Moderation, SettledGrade
from auditapp.organisations.models import Contact, Organisation
from auditapp.policy.roles import Role
from auditapp.policy.states import SUBMITTED_STATES, Status
from auditapp.reports.aggregate.chasing import Reason, to_chase
from auditapp.reports.aggregate.completion import standing_of
from auditapp.reports.aggregate.grades import AnswerRow, ModeratedRow
from auditapp.reports.aggregate.slices import Slice
from auditapp.reports.queries import overview_rows, standing_rows
from auditapp.reports.rounds import earlier_rounds, opened_rounds, reported_round
from auditapp.reports.unsubmitted import unsubmitted
from auditapp.rounds.models import RoundPartnership, RoundState
from tests.factories import small_questionnaire
from tests.reports.crowd import crowded_round

EVERYWHERE = Slice()


@pytest.fixture
def viewer(session, make):
    """The viewer of a role: by default an administrator of the usual partnership."""

    def viewer(role=Role.ADMINISTRATOR, **fields):
        held = make.membership(role, **fields)
        return viewer_of(session, held.person_id, held.id)

    return viewer


@pytest.fixture
def counted(session, make, viewer):
    """The overview's rows of the usual round."""

    def counted(as_=None, within=EVERYWHERE, round_=None):
        as_ = as_ or viewer()
        found = reported_round(session, as_, (round_ or make.round).ref)
        return overview_rows(session, as_, found, within)

    return counted


def settle(make, assessment, **grades):
    """Complete the moderation of its latest submission; the rest of the grades are agreed."""
    answers = make.session.scalars(
        select(SnapshotAnswer).where(SnapshotAnswer.snapshot_id == latest(assessment).id)
    )
    make.keep(Moderation(snapshot_id=latest(assessment).id, completed_at=clock.now()))
    for answer in answers.all():
        grade = grades.get(answer.question_key, answer.grade_key)
        make.keep(SettledGrade(snapshot_answer_id=answer.id, grade_key=grade))


def latest(assessment):
    return assessment.snapshots[-1]


def answers_of(rows):
    return {(row.question_key, row.grade_key): row.number for row in rows.answers if row.number}


def test_only_the_latest_submission_of_each_assessment_of_the_round_is_counted(
    session, make, counted
):
    one = make.assessment(status=Status.SUBMITTED)
    make.snapshot(one, c1="exceeded", c2=None)
    elsewhere = make.round_row(questionnaire_version_id=make.round.questionnaire_version_id)
    make.assessment(status=Status.SUBMITTED, round_=elsewhere)
    for status in set(Status) - SUBMITTED_STATES:
        make.snapshot(make.assessment(status=status), c1="not-met")

    assert answers_of(counted()) == {
        ("c1", "exceeded"): 1,
        ("c2", None): 1,
        ("c3", "met"): 1,
        ("o1", "met"): 1,
        ("o2", "met"): 1,
    }


def test_not_applicable_and_blank_are_told_apart(session, make, counted):
    for reason in ("We have no sixth form.", None, None):
        assessment = make.assessment(status=Status.IN_PROGRESS)
        assessment.status = Status.SUBMITTED
        snapshot = make.snapshot(assessment)
        snapshot_answer = SnapshotAnswer(
            snapshot_id=snapshot.id,
            question_key="extra",
            value={},
            grade_key=None,
            not_applicable_reason=reason,
        )
        make.keep(snapshot_answer)

    rows = [row for row in counted().answers if row.question_key == "extra"]

    assert sorted(rows, key=lambda row: row.number) == [
        AnswerRow("extra", None, True, 1),
        AnswerRow("extra", None, False, 2),
    ]


def test_a_slice_counts_the_answers_of_its_places_and_names_every_place(make, counted):
    trust = make.responsible_body(name="A trust")
    place = make.organisation(phase="secondary", type="academy-converter", responsible_body=trust)
    make.assessment(status=Status.SUBMITTED, organisation=place)
    for _ in range(2):
        make.assessment(status=Status.SUBMITTED)

    for within in (Slice(phase="secondary"), Slice(type="academy-converter")):
        rows = counted(within=within)
        assert answers_of(rows)["c1", "met"] == 1
        assert sum(row.number for row in rows.places) == 3
    assert counted(within=Slice(phase="secondary", type="community-school")).answers == []


def test_settled_grades_are_counted_once_the_moderation_is_completed(make, counted):
    done = make.assessment(status=Status.MODERATION_COMPLETED)
    settle(make, done, c1="partly-met")
    begun = make.assessment(status=Status.IN_MODERATION)
    make.keep(SettledGrade(snapshot_answer_id=make.snapshot_answer(begun).id, grade_key="not-met"))

    rows = counted()

    assert ModeratedRow("c1", "met", False, "partly-met", 1) in rows.moderated
    assert sum(row.number for row in rows.moderated) == 5
    assert sorted((row.is_moderated, row.number) for row in rows.places) == [(False, 1), (True, 1)]


@pytest.mark.parametrize(
    ("role", "unreleased"),
    [
        (Role.ADMINISTRATOR, 1),
        (Role.SCRUTINEER, 1),
        (Role.PANEL_CHAIR, 1),
        (Role.PANEL_MEMBER, 0),
        (Role.PARTNERSHIP_VIEWER, 0),
    ],
)
def test_before_release_only_those_who_see_settled_grades_count_them(
    make, viewer, counted, role, unreleased
):
    settle(make, make.assessment(status=Status.MODERATION_COMPLETED))
    settle(make, make.assessment(status=Status.FEEDBACK_RELEASED), c1="exceeded")

    rows = counted(viewer(role))

    assert sum(row.number for row in rows.moderated if row.question_key == "c1") == 1 + unreleased


def test_a_link_keeps_unreleased_grades_out_of_the_count(make, viewer, counted):
    linked = make.assessment(status=Status.MODERATION_COMPLETED)
    settle(make, linked)
    person = make.person()
    make.keep(
        DeclaredLink(person_id=person.id, organisation_id=linked.organisation_id, kind="personal")
    )

    assert counted(viewer(person_id=person.id)).moderated == []


def test_in_a_joint_round_each_partnership_counts_its_own(session, make, viewer, counted):
    theirs = make.partnership()
    make.keep(RoundPartnership(round_id=make.round.id, partnership_id=theirs.id))
    ours = make.assessment(status=Status.SUBMITTED)
    shared = make.assessment(status=Status.SUBMITTED)
    make.keep(AssessmentPartnership(assessment_id=shared.id, partnership_id=theirs.id))
    other = make.assessment(status=Status.SUBMITTED)
    session.delete(other.shared_with[0])
    make.keep(AssessmentPartnership(assessment_id=other.id, partnership_id=theirs.id))

    our_viewer, their_viewer = viewer(), viewer(partnership_id=theirs.id)

    for as_, number in ((our_viewer, 2), (their_viewer, 2)):
        assert answers_of(counted(as_))["c1", "met"] == number
        standing = standing_of(standing_rows(session, as_, [make.round.id]))
        assert standing.submitted == number
    assert ours.id  # counted by us alone
    assert answers_of(counted(viewer(Role.PANEL_CHAIR)))["c1", "met"] == 3


def test_the_overview_is_counted_in_one_statement_and_in_the_index(session, engine, make):
    round_, administrator = crowded_round(make, schools=12, standards=24, moderated=3)
    as_ = viewer_of(session, administrator.person_id, administrator.id)
    found = reported_round(session, as_, round_.ref)
    sent = []
    event.listen(engine, "before_cursor_execute", lambda *args: sent.append((args[2], args[3])))

    rows = overview_rows(session, as_, found, EVERYWHERE)

    assert len(sent) == 1
    assert sum(row.number for row in rows.answers) == 12 * 24
    assert sum(row.number for row in rows.places if row.is_moderated) == 3
    if engine.dialect.name == "sqlite":
        [(statement, values)] = sent
        plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        steps = [row[3] for row in plan]
        used = [step for step in steps if "snapshot_answer " in step]
        assert all("ix_snapshot_answer_counting (snapshot_id=?)" in step for step in used)
        assert "COVERING" in used[0]


def test_standing_counts_every_state_of_its_rounds_by_kind_of_place(session, make, viewer):
    for status in Status:
        make.assessment(status=status)
    elsewhere = make.round_row(partnership=make.partnership())
    make.assessment(round_=elsewhere, organisation=make.organisation(phase="secondary"))

    rows = standing_rows(session, viewer(), [make.round.id, elsewhere.id])

    assert {row.round_id for row in rows} == {make.round.id}
    assert {row.phase for row in rows} == {"primary"}
    standing = standing_of(rows)
    assert (standing.submitted, standing.partial, standing.not_started) == (4, 2, 1)
    assert (standing.excused, standing.closed) == (1, 1)


def test_the_rounds_before_ask_the_same_questionnaire_in_the_same_partnership(
    session, make, viewer
):
    key = make.round.questionnaire_version_id
    opens = make.round.opens_on

    def before(years, **fields):
        wanted = {"questionnaire_version_id": key, "state": RoundState.CLOSED} | fields
        day = opens - timedelta(days=365 * years)
        return make.round_row(opens_on=day, period=str(day.year), **wanted)

    two, four, six = before(2), before(4), before(6)
    before(1, questionnaire_version_id=make.version(small_questionnaire("another")).id)
    before(3, partnership=make.partnership())
    before(5, state=RoundState.DRAFT)
    before(-1)  # after it

    as_ = viewer()
    found = earlier_rounds(session, as_, reported_round(session, as_, make.round.ref))

    assert [it.ref for it in found] == [two.ref, four.ref]
    assert six.ref in {it.ref for it in opened_rounds(session, as_)}


def test_a_round_of_another_partnership_is_not_there(session, make, viewer):
    elsewhere = make.round_row(partnership=make.partnership())

    with pytest.raises(Missing):
        reported_round(session, viewer(), elsewhere.ref)


def test_the_list_to_chase_says_what_is_known_of_each(session, make, viewer):
    last = make.round_row(
        opens_on=date(2020, 9, 1),
        due_on=date(2020, 12, 11),
        questionnaire_version_id=make.round.questionnaire_version_id,
    )
    late = datetime(2020, 12, 13, tzinfo=clock.LONDON)
    stalled = make.assessment(
        status=Status.IN_PROGRESS, started_at=clock.now() - timedelta(days=20)
    )
    make.membership(Role.LEAD, organisation_id=stalled.organisation_id)
    signing = make.assessment(status=Status.AWAITING_SIGN_OFF, sent_at=clock.now())
    silent = make.assessment(status=Status.NOT_STARTED)
    alone = make.assessment(status=Status.NOT_STARTED)
    bounced = make.assessment(status=Status.NOT_STARTED)
    for assessment, email in ((silent, "lead@silent.test"), (bounced, "Lead@Bounced.test")):
        make.keep(
            Contact(
                organisation_id=assessment.organisation_id, role="LEAD", name="Lead", email=email
            )
        )
    make.keep(
        Job(
            kind="mail",
            unique_key="gone",
            payload={"to": "lead@bounced.test"},
            failed_at=clock.now(),
        )
    )
    make.keep(Job(kind="mail", unique_key="sent", payload={"to": "lead@silent.test"}))
    before = make.assessment(
        status=Status.SUBMITTED, round_=last, organisation=place_of(make, alone), submitted_at=late
    )
    make.assessment(status=Status.SUBMITTED)  # noise
    make.assessment(status=Status.EXCUSED)  # noise
    make.answer(silent, grade_key=None)  # noise: words and no grade

    as_ = viewer()
    found = unsubmitted(
        session,
        as_,
        reported_round(session, as_, make.round.ref),
        reported_round(session, as_, last.ref),
    )

    why = {it.about.ref: it.reason for it in to_chase(found, clock.today())}
    assert why == {
        place_of(make, bounced).ref: Reason.MAIL_FAILED,
        place_of(make, alone).ref: Reason.NO_CONTACT,
        place_of(make, silent).ref: Reason.NEVER_SIGNED_IN,
        place_of(make, stalled).ref: Reason.STALLED,
        place_of(make, signing).ref: Reason.WITH_SIGNATORY,
    }
    by_ref = {it.ref: it for it in found}
    assert by_ref[place_of(make, alone).ref].last_time == "submitted late"
    assert by_ref[place_of(make, silent).ref].last_time == "not asked"
    assert {it.asked for it in found} == {5}
    assert {it.complete for it in found} == {0}
    assert before.submitted_at == late


def test_signing_in_and_saving_are_seen(session, make, viewer, client_for):
    assessment = make.assessment(status=Status.IN_PROGRESS)
    lead = make.membership(Role.LEAD, organisation_id=assessment.organisation_id)
    client_for(lead)
    make.answer(assessment, "c1")
    make.answer(assessment, "c2")

    as_ = viewer()
    [found] = unsubmitted(session, as_, reported_round(session, as_, make.round.ref), None)

    assert (found.complete, found.asked) == (2, 5)
    assert found.signed_in_on == found.changed_on == clock.today()
    assert found.has_contact
    assert found.last_time == ""


def place_of(make, assessment):
    return make.session.get_one(Organisation, assessment.organisation_id)
