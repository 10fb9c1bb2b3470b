"""A school that converts goes on under its new registration; what it submitted does not."""

from pathlib import Path

from sqlalchemy import func, select

from auditapp.assessments.converting import follow_conversions
from auditapp.assessments.models import Answer
from auditapp.core.events import Event
from auditapp.core.transactions import transaction
from auditapp.organisations.models import Organisation, Registration
from auditapp.policy.states import Status


def converted(session, assessment):
    old = session.get_one(Registration, assessment.registration_id)
    old.current = False
    session.flush()
    new = Registration(
        organisation_id=old.organisation_id,
        scheme="urn",
        code=f"1{old.code}",
        name=old.name,
        kind="school",
        type="academy-converter",
        group="academy",
        phase="primary",
        duty="s157",
    )
    session.add(new)
    session.commit()
    return {old.id: new.id}


def test_a_draft_is_answered_under_the_new_registration_and_it_is_recorded(session, make):
    draft, other = make.assessment(), make.assessment()
    untouched = other.registration_id
    successors = converted(session, draft)

    with transaction(session):
        assert follow_conversions(session, successors) == 1

    event = session.scalars(select(Event).where(Event.kind == "registration-followed")).one()
    assert draft.registration_id in successors.values()
    assert other.registration_id == untouched
    assert event.facts["registration_after"] == draft.registration_id


def test_what_is_submitted_stays_what_it_was(session, make):
    submitted = make.assessment(status=Status.SUBMITTED)
    successors = converted(session, submitted)

    with transaction(session):
        assert follow_conversions(session, successors) == 0
    assert submitted.registration_id in successors


def test_an_import_by_command_takes_the_audit_in_progress_to_the_new_number(app, session, make):
    """January then July with the links: answers stay, the duty changes from s175 to s157."""
    area = make.partnership(key="exampleshire", la_codes=["999"])
    run = app.test_cli_runner().invoke
    lists = Path(__file__).parents[1] / "organisations" / "files"
    words = ["organisations", "import-gias", "--partnership", area.key, "--apply"]
    assert run(args=[*words, str(lists / "january-139.csv")]).exit_code in {0, 3}
    session.rollback()
    before = session.scalars(select(Registration).where(Registration.code == "990014")).one()
    place = session.get_one(Organisation, before.organisation_id)
    draft = make.assessment(organisation=place, round_=make.round_row(partnership=area))
    make.answer(draft)
    kept = make.assessment(
        organisation=place,
        round_=make.round_row(partnership=area),
        status=Status.FEEDBACK_RELEASED,
    )

    links = ["--links", str(lists / "links.csv")]
    assert run(args=[*words, str(lists / "july-135.csv"), *links]).exit_code in {0, 3}

    session.rollback()
    session.expire_all()
    after = session.get_one(Registration, draft.registration_id)
    assert (after.code, after.duty, after.organisation_id) == ("990114", "s157", place.id)
    assert kept.registration_id == before.id
    assert session.scalar(select(func.count(Answer.id))) == 1
