"""Nobody linked to an organisation reads, grades, settles or releases its assessment."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from auditapp.accounts.models import DeclaredLink
from auditapp.accounts.queries import links_of
from auditapp.core import clock
from auditapp.core.errors import DomainError
from auditapp.organisations.models import Commissioning, Organisation
from auditapp.policy.roles import Role
from auditapp.policy.states import Status

LONDON = ZoneInfo("Europe/London")
STATES = (Status.SUBMITTED, Status.IN_MODERATION, Status.MODERATION_COMPLETED)
VERBS = ("read", "grade", "settle", "release")


def holds_a_role_there(make, person_id, organisation):
    make.membership(Role.SIGNATORY, person_id=person_id, organisation_id=organisation.id)


def held_one_within_two_years(make, person_id, organisation):
    left = clock.months_before(clock.today(), 23)
    make.membership(
        Role.CONTRIBUTOR, person_id=person_id, organisation_id=organisation.id, ends_on=left
    )


def works_for_the_same_body(make, person_id, organisation):
    if organisation.responsible_body is None:
        organisation.responsible_body_id = make.responsible_body().id
        make.session.commit()
    own = make.organisation(responsible_body=organisation.responsible_body)
    make.membership(Role.LEAD, person_id=person_id, organisation_id=own.id)


def commissions_it(make, person_id, organisation):
    own = make.organisation()
    make.membership(Role.LEAD, person_id=person_id, organisation_id=own.id)
    make.keep(Commissioning(commissioner_id=own.id, commissioned_id=organisation.id))


def declared_a_personal_link(make, person_id, organisation):
    make.keep(DeclaredLink(person_id=person_id, organisation_id=organisation.id, kind="personal"))


def declared_another_link(make, person_id, organisation):
    make.keep(DeclaredLink(person_id=person_id, organisation_id=organisation.id, kind="other"))


KINDS = (
    holds_a_role_there,
    held_one_within_two_years,
    works_for_the_same_body,
    commissions_it,
    declared_a_personal_link,
    declared_another_link,
)


def attempt(panel, client_for, verb):
    """Try it as the person whose role would allow it. Returns whether it was allowed."""
    if verb == "read":
        page = client_for(panel.one).get(f"/assessments/{panel.ref}/panel")
        return page.status_code == 200
    act = {"grade": lambda: panel.mark(panel.one), "settle": panel.settle, "release": panel.release}
    try:
        act[verb]()
    except DomainError:
        panel.session.rollback()
        return False
    return True


def who_would(panel, verb):
    by_verb = {"settle": panel.chair, "release": panel.administrator}
    return by_verb.get(verb, panel.one).person_id


def prepared(panel_on, session, status):
    panel = panel_on(status=status)
    if status is not Status.SUBMITTED:
        panel.moderation.revealed_at = clock.now()
        session.commit()
    return panel


@pytest.mark.parametrize("status", STATES)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_of_72_cases_none_is_allowed(panel_on, client_for, make, session, kind, status):
    panel = prepared(panel_on, session, status)
    organisation = make.session.get_one(Organisation, panel.assessment.organisation_id)
    people = {verb: who_would(panel, verb) for verb in VERBS}
    for person_id in sorted(set(people.values())):
        kind(make, person_id, organisation)
        session.commit()

    allowed = [verb for verb in VERBS if attempt(panel, client_for, verb)]

    assert allowed == []


@pytest.mark.parametrize(
    ("status", "possible"),
    [
        (Status.SUBMITTED, ["read", "release"]),
        (Status.IN_MODERATION, ["read", "grade", "settle"]),
        (Status.MODERATION_COMPLETED, ["read", "release"]),
    ],
)
def test_without_a_link_each_is_allowed_where_its_state_allows_it(
    panel_on, client_for, session, status, possible
):
    panel = prepared(panel_on, session, status)

    assert [verb for verb in VERBS if attempt(panel, client_for, verb)] == possible


def at(day):
    return datetime(day.year, day.month, day.day, 12, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("left", "today", "linked"),
    [
        (date(2024, 11, 22), date(2026, 11, 22), True),  # 24 months ago to the day
        (date(2024, 11, 21), date(2026, 11, 22), False),
        (date(2024, 2, 29), date(2026, 2, 28), True),  # no such day: the month's last
        (date(2024, 2, 29), date(2026, 3, 1), False),
        (date(2026, 2, 28), date(2028, 2, 29), True),  # seen from a leap day
        (date(2026, 2, 27), date(2028, 2, 29), False),
        (date(2026, 3, 1), date(2028, 2, 29), True),
        (date(2026, 2, 28), date(2028, 2, 28), True),
    ],
)
def test_a_role_that_ended_links_for_24_months(make, session, left, today, linked):
    with time_machine.travel(at(date(2023, 9, 1)), tick=False):
        organisation, person = make.organisation(), make.person()
        make.membership(
            Role.LEAD, person_id=person.id, organisation_id=organisation.id, ends_on=left
        )

    with time_machine.travel(at(today), tick=False):
        found = links_of(session, [person.id], clock.today())

    assert (organisation.id in found[person.id]) is linked


def test_being_commissioned_by_it_links_as_well(make, session):
    organisation, own, person = make.organisation(), make.organisation(), make.person()
    make.membership(Role.LEAD, person_id=person.id, organisation_id=own.id)
    make.keep(Commissioning(commissioner_id=organisation.id, commissioned_id=own.id))

    assert organisation.id in links_of(session, [person.id], clock.today())[person.id]


def test_links_of_many_people_are_each_their_own(make, session):
    one, two, nobody = make.person(), make.person(), make.person()
    first, second = make.organisation(), make.organisation()
    make.membership(Role.LEAD, person_id=one.id, organisation_id=first.id)
    declared_another_link(make, two.id, second)

    assert links_of(session, [one.id, two.id, nobody.id], clock.today()) == {
        one.id: {first.id},
        two.id: {second.id},
        nobody.id: frozenset(),
    }


def test_a_link_that_appears_later_holds_in_the_same_request(panel, client_for, make, session):
    client = client_for(panel.one)
    page = f"/assessments/{panel.ref}/panel/sections/culture"
    assert client.get(page).status_code == 200

    declared_a_personal_link(
        make, panel.one.person_id, session.get_one(Organisation, panel.assessment.organisation_id)
    )

    assert client.get(page).status_code == 404
    assert client.get("/panel").status_code == 200
    assert panel.ref not in client.get("/panel").text
