"""A school that converts goes on under its new registration; what it submitted does not."""

from sqlalchemy import select

from auditapp.assessments.converting import follow_conversions
from auditapp.core.events import Event
from auditapp.core.transactions import transaction
from auditapp.organisations.models import Registration
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
