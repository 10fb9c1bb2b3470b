"""Imports, written: the same list twice changes nothing, nothing is lost, conversions go on."""

from datetime import date

import pytest
from sqlalchemy import func, select

from auditapp.accounts.queries import viewer_of
from auditapp.core.errors import NotAllowed
from auditapp.core.events import Event
from auditapp.core.transactions import transaction
from auditapp.organisations.gias import read_establishments
from auditapp.organisations.importing import apply_import
from auditapp.organisations.models import (
    Contact,
    Organisation,
    OrganisationPartnership,
    Registration,
    RegistrationLink,
    ResponsibleBody,
)
from auditapp.organisations.planning import plan_import
from auditapp.policy.roles import Role
from tests.organisations.lists import LA, content

FIGURES = ("new", "changed", "unchanged", "converted")


def counts(applied):
    return tuple(applied.plan.figures()[name] for name in FIGURES)


def registration(session, code):
    return session.scalars(select(Registration).where(Registration.code == code)).one()


def events(session, kind):
    return session.scalars(select(Event).where(Event.kind == kind)).all()


def test_a_dry_run_writes_nothing(session, area):
    plan = plan_import(session, area, read_establishments(content("july-135.csv"), LA))

    assert len(plan.new) == 10  # one number is another partnership's: it joins
    assert session.scalar(select(func.count(Organisation.id))) == 1


def test_the_first_import_adds_and_records_each_organisation(session, bring_in, area):
    applied = bring_in("january-139.csv")

    assert counts(applied) == (10, 1, 0, 0)
    assert applied.plan.by_duty == {"s157": 2, "s175": 8, "s175-post16": 1}
    added = events(session, "organisation-added")
    assert {event.chain_id for event in added} == {area.id}
    assert {event.facts["duty"] for event in added} == {"s157", "s175", "s175-post16"}
    [imported] = events(session, "list-imported")
    assert imported.facts["new"] == 10 and imported.organisation_id is None


def test_the_same_list_again_changes_nothing_and_records_nothing(session, bring_in):
    bring_in("january-139.csv", links="links.csv")
    before = session.scalar(select(func.count(Event.id)))

    assert counts(bring_in("january-139.csv", links="links.csv")) == (0, 0, 11, 0)
    assert session.scalar(select(func.count(Event.id))) == before


def test_nothing_is_deleted_or_closed_because_it_is_absent(session, bring_in, make, area):
    bring_in("january-139.csv")
    school = make.organisation(partnership=area, code="990500")

    bring_in("july-135.csv")

    assert registration(session, "990500").status == "open"
    assert session.get(Organisation, school.id) is not None


def test_a_conversion_keeps_the_place_and_changes_its_number_and_duty(session, bring_in):
    bring_in("january-139.csv", links="links.csv")
    place = registration(session, "990014").organisation

    applied = bring_in("july-135.csv", links="links.csv")

    old, new = registration(session, "990014"), registration(session, "990114")
    assert counts(applied)[3] == 1
    assert applied.converted == ((old.id, new.id),)
    assert old.organisation_id == new.organisation_id == place.id
    assert (old.current, old.status, old.closed_on) == (False, "closed", date(2025, 3, 31))
    assert (new.current, old.duty, new.duty) == (True, "s175", "s157")
    assert place.name == "Quillbrook Primary Academy"
    assert place.responsible_body.name == "The Wren of Alder's Trust"
    [event] = events(session, "organisation-converted")
    assert event.facts["duty_before"] == "s175" and event.facts["duty_after"] == "s157"


def test_a_link_alone_converts_nothing(session, bring_in):
    applied = bring_in("january-139.csv", links="links.csv")

    assert counts(applied)[3] == 0
    assert ("990001", "990201") in applied.plan.waiting
    assert registration(session, "990001").status == "open"


def test_a_link_that_was_read_earlier_is_followed_by_a_later_list(session, bring_in):
    bring_in("january-139.csv", links="links.csv")

    assert counts(bring_in("july-135.csv"))[3] == 1


def test_links_of_other_areas_are_not_kept(session, bring_in):
    bring_in("january-139.csv", links="links.csv")

    assert "970001" not in set(session.scalars(select(RegistrationLink.code)))


def test_a_late_link_joins_a_place_on_which_nothing_hangs(session, bring_in):
    bring_in("january-139.csv")
    bring_in("july-135.csv")
    organisations = session.scalar(select(func.count(Organisation.id)))

    applied = bring_in("july-135.csv", links="links.csv")

    assert counts(applied)[3] == 1
    assert session.scalar(select(func.count(Organisation.id))) == organisations - 1
    old, new = registration(session, "990014"), registration(session, "990114")
    assert old.organisation_id == new.organisation_id and new.current
    assert counts(bring_in("july-135.csv", links="links.csv")) == (0, 0, 11, 0)


@pytest.mark.parametrize("hangs", ["membership", "assessment", "contact"])
def test_two_places_that_both_have_people_or_work_are_put_to_a_person(
    session, bring_in, make, hangs
):
    bring_in("january-139.csv")
    bring_in("july-135.csv")
    place = registration(session, "990114").organisation
    if hangs == "membership":
        make.membership(Role.LEAD, organisation_id=place.id)
    elif hangs == "assessment":
        make.assessment(organisation=place)
    else:
        make.keep(Contact(organisation_id=place.id, role="LEAD", name="DSL", email="a@example.org"))

    applied = bring_in("july-135.csv", links="links.csv")

    assert counts(applied)[3] == 0
    assert [pair[:2] for pair in applied.plan.undecided] == [("990014", "990114")]
    assert registration(session, "990114").organisation_id == place.id


def test_an_older_list_does_not_undo_a_conversion(session, bring_in):
    bring_in("january-139.csv", links="links.csv")
    bring_in("july-135.csv", links="links.csv")

    applied = bring_in("january-139.csv", links="links.csv")

    assert registration(session, "990014").status == "closed"
    assert registration(session, "990114").current
    assert [kept.code for kept in applied.plan.kept] == ["990014"]


def test_a_school_that_the_register_has_closed_is_closed_here(session, bring_in, make, area):
    school = make.organisation(partnership=area, code="990010", name="Old Mill School")

    applied = bring_in("july-135.csv")

    assert registration(session, "990010").closed_on == date(2021, 8, 31)
    assert applied.plan.figures()["changed"] == 2
    [event] = events(session, "organisation-closed")
    assert event.organisation_id == school.id


def test_what_was_changed_here_stays_and_is_shown(session, bring_in):
    bring_in("january-139.csv")
    place = registration(session, "990001").organisation
    place.name, place.named_here, place.locality = "Alderquay Primary", True, "The Quays"
    session.commit()

    applied = bring_in("january-139.csv")

    assert (place.name, place.locality) == ("Alderquay Primary", "The Quays")
    assert {kept.field for kept in applied.plan.kept} == {"shown name", "locality"}
    assert counts(applied) == (0, 0, 11, 0)


def test_a_changed_school_is_changed_and_the_fields_are_named(session, bring_in):
    bring_in("january-139.csv")
    row = registration(session, "990001")
    row.name = row.organisation.name = "Alderquay Infant School"
    row.register = row.register | {"pupils": 99, "inspectorate": "ISI"}
    session.commit()

    applied = bring_in("january-139.csv")

    [change] = applied.plan.changed
    assert {difference.field for difference in change.differences} == {
        "name",
        "shown name",
        "pupils",
        "inspectorate",
    }
    assert row.organisation.name == "Alderquay Primary School"
    assert row.register["pupils"] == 231 and "inspectorate" not in row.register
    [event] = [e for e in events(session, "organisation-changed") if e.facts["fields"][0] == "name"]
    assert "Alderquay" not in str(event.facts)


def test_a_number_that_another_partnership_has_joins_and_is_not_made_twice(session, bring_in, area):
    before = registration(session, "990003").organisation_id

    bring_in("january-139.csv")

    assert registration(session, "990003").organisation_id == before
    members = select(func.count(OrganisationPartnership.id)).where(
        OrganisationPartnership.organisation_id == before
    )
    assert session.scalar(members) == 2


def test_a_trust_is_one_body_for_all_its_schools(session, bring_in):
    bring_in("july-135.csv")

    bodies = session.scalars(select(ResponsibleBody.name).order_by(ResponsibleBody.name)).all()
    assert bodies == ["The Merrow Federation", "The Wren of Alder's Trust"]


def test_who_does_not_administer_the_partnership_cannot_import(session, make, area):
    scrutineer = make.membership(Role.SCRUTINEER, partnership_id=area.id)
    stranger = make.membership(Role.ADMINISTRATOR, partnership_id=make.partnership().id)
    reading = read_establishments(content("july-135.csv"), LA)

    for held in (scrutineer, stranger):
        viewer = viewer_of(session, held.person_id, held.id)
        with pytest.raises(NotAllowed), transaction(session, locking=area):
            apply_import(session, viewer, area, reading)
    assert session.scalar(select(func.count(Organisation.id))) == 1
