"""Changing an organisation and a partnership: only one's own, and each change is recorded."""

import pytest
from sqlalchemy import select

from auditapp.accounts.queries import viewer_of
from auditapp.core.errors import Missing, NotAllowed, RuleBroken
from auditapp.core.events import Event
from auditapp.organisations.models import Contact
from auditapp.organisations.service import (
    Look,
    Place,
    add_contact,
    change_settings,
    edit_organisation,
    remove_contact,
)
from auditapp.policy.roles import Role


@pytest.fixture
def viewer(session, make):
    """Reads a membership as a service is given it."""
    return lambda held: viewer_of(session, held.person_id, held.id)


@pytest.fixture
def administrator(make, viewer):
    return viewer(make.membership(Role.ADMINISTRATOR))


def place(name="Alderquay", locality="The Quays", commissions=False):
    return Place(name=name, locality=locality, commissions=commissions)


def look(**fields):
    wanted = {"name": "Exampleshire", "email": "", "hue": "#1d4b63"}
    return Look(**(wanted | {"names_organisations_to_viewers": False} | fields))


def test_a_name_given_here_is_kept_until_it_is_the_registers_again(session, make, administrator):
    school = make.organisation(name="Alderquay Primary School")

    edit_organisation(session, administrator, school.ref, place())
    session.commit()
    assert (school.name, school.named_here, school.locality) == ("Alderquay", True, "The Quays")

    edit_organisation(session, administrator, school.ref, place("Alderquay Primary School"))
    assert not school.named_here


def test_a_change_names_its_fields_and_no_words(session, make, administrator):
    school = make.organisation()

    edit_organisation(session, administrator, school.ref, place(commissions=True))
    session.commit()

    [event] = session.scalars(select(Event))
    assert event.facts == {"fields": ["shown name", "locality", "commissions"], "duty": "s175"}
    assert (event.organisation_id, event.actor_id) == (school.id, administrator.person_id)


def test_a_change_that_changes_nothing_is_not_recorded(session, make, administrator):
    school = make.organisation(name="Alderquay")

    edit_organisation(session, administrator, school.ref, place(locality=""))
    session.commit()

    assert session.scalars(select(Event)).all() == []


def test_a_contact_is_added_renamed_and_removed(session, make, administrator):
    school = make.organisation()

    for name in ("First name", "Second name"):
        add_contact(
            session, administrator, school.ref, role="LEAD", name=name, email="DSL@example.org"
        )
        session.commit()
    assert [(row.name, row.email) for row in session.scalars(select(Contact))] == [
        ("Second name", "dsl@example.org")
    ]

    for _ in range(2):  # the second time there is nobody left
        remove_contact(session, administrator, school.ref, role="LEAD", email="dsl@example.org")
        session.commit()
    assert session.scalars(select(Contact)).all() == []
    assert len(session.scalars(select(Event)).all()) == 3


@pytest.mark.parametrize(("role", "email"), [("PA", "a@example.org"), ("LEAD", "nobody")])
def test_a_contact_has_a_role_of_organisations_and_an_address(
    session, make, administrator, role, email
):
    with pytest.raises(RuleBroken):
        add_contact(
            session, administrator, make.organisation().ref, role=role, name="DSL", email=email
        )


def test_an_organisation_of_another_partnership_is_not_found(session, make, administrator):
    foreign = make.organisation(partnership=make.partnership())

    for change in (
        lambda: edit_organisation(session, administrator, foreign.ref, place()),
        lambda: add_contact(
            session, administrator, foreign.ref, role="LEAD", name="x", email="x@example.org"
        ),
        lambda: remove_contact(session, administrator, foreign.ref, role="LEAD", email="x"),
    ):
        with pytest.raises(Missing):
            change()


def test_a_lead_sees_their_organisation_and_cannot_change_it(session, make, viewer):
    school = make.organisation()
    lead = viewer(make.membership(Role.LEAD, organisation_id=school.id))

    with pytest.raises(NotAllowed):
        edit_organisation(session, lead, school.ref, place())


def test_settings_are_changed_and_the_fields_recorded(session, make, administrator):
    partnership = change_settings(
        session, administrator, look(logo=("a" * 64, "image/png"), email="UNIT@example.org")
    )
    session.commit()

    assert (partnership.email, partnership.logo_type) == ("unit@example.org", "image/png")
    [event] = session.scalars(select(Event))
    assert event.facts == {"fields": ["name", "email", "logo_sha256", "logo_type"]}


def test_a_logo_stays_until_it_is_removed(session, administrator):
    change_settings(session, administrator, look(logo=("a" * 64, "image/png")))
    kept = change_settings(session, administrator, look())
    assert kept.logo_sha256 == "a" * 64

    change_settings(session, administrator, look(removes_logo=True))
    assert kept.logo_sha256 is kept.logo_type is None


@pytest.mark.parametrize("role", [Role.SCRUTINEER, Role.PARTNERSHIP_VIEWER])
def test_others_of_the_partnership_cannot_change_its_settings(session, make, viewer, role):
    with pytest.raises(NotAllowed):
        change_settings(session, viewer(make.membership(role)), look())
