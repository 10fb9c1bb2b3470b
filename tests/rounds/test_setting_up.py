"""Planning a round and choosing who is invited, through the pages."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from auditapp.core import clock
from auditapp.core.events import Event
from auditapp.policy.roles import Role
from auditapp.rounds.models import Invitee, Round, RoundState
from tests.rounds.conftest import one, typed
from tests.statements import statements


def plan(version, **changed):
    today = clock.today()
    return {
        "title": "Sections 157 and 175, 2026",
        "period": "2026",
        "version_ref": version.ref,
        "statutory": "statutory",
        "sign_off": "before-submission",
        "owner_ref": "",
        "opens_on": typed(today + timedelta(days=7)),
        "due_on": typed(today + timedelta(days=60)),
        "final_on": typed(today + timedelta(days=80)),
    } | changed


def test_an_administrator_plans_a_round_and_the_trail_says_so(
    client_for, session, make, administrator
):
    version = make.version()
    council = make.organisation(kind="agency", type="local-authority", duty="s11", phase="none")

    response = client_for(administrator).post(
        "/rounds/new", data=plan(version, owner_ref=council.ref, statutory="voluntary")
    )

    made = one(session, Round)
    assert response.location == f"/rounds/{made.ref}/organisations"
    assert (made.state, made.statutory) == (RoundState.DRAFT, False)
    assert made.owner_organisation_id == council.id
    assert made.partnership_ids == {administrator.partnership_id}
    event = session.scalars(select(Event).where(Event.kind == "round-planned")).one()
    assert event.actor_id == administrator.person_id
    assert "Sections" not in str(event.facts)


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("due_on", "soon", "Enter a date like 31 1 2027."),
        ("due_on", "1 1 2001", "This must be the day it opens or later"),
        ("version_ref", "nothing", "Not a valid choice"),
        ("title", "", "Enter what the round is called."),
        ("final_on", "1 1 2001", "This must be the day it is due or later"),
    ],
)
def test_a_fault_comes_back_beside_its_field_with_what_was_typed(
    client_for, session, make, administrator, field, value, says
):
    response = client_for(administrator).post(
        "/rounds/new", data=plan(make.version(), **{field: value})
    )

    assert response.status_code == 422
    assert "<title>Error: Plan a round" in response.text
    assert says in response.text
    assert f'href="#{field}"' in response.text
    session.rollback()
    assert session.scalars(select(Round)).all() == []


def test_every_wrong_date_is_named_beside_its_field(client_for, make, administrator):
    past = {"opens_on": "1 1 2001", "due_on": "1 2 2001", "final_on": "1 3 2001"}

    answer = client_for(administrator).post("/rounds/new", data=plan(make.version(), **past))

    assert answer.status_code == 422
    assert answer.text.count('href="#due_on">On which day is it due? This is past.') == 1
    assert 'href="#final_on">What is the last day for late returns? This is past.' in answer.text


def test_no_two_links_of_the_error_summary_are_named_alike(client_for, make, administrator):
    make.version()

    answer = client_for(administrator).post("/rounds/new", data={})

    links = re.findall(r'<li><a href="(#[^"]+)">([^<]+)</a>', answer.text)
    names = [name for _, name in links]
    assert answer.status_code == 422
    assert len(set(names)) == len(names) >= 6
    assert ("#opens_on", "On which day does it open? Enter a date like 31 1 2027.") in links
    assert ("#period", "Enter the year or period.") in links  # said once: it needs no more


def test_a_title_is_taken_once_in_a_partnership_and_again_in_another(
    client_for, session, make, administrator, draft
):
    client, version = client_for(administrator), make.version()
    make.round_row(partnership=make.partnership(), title="Elsewhere, 2026")

    again = client.post("/rounds/new", data=plan(version, title=f" {draft.title.upper()}"))
    assert again.status_code == 422
    assert 'href="#title">There is a round with this title already.' in again.text

    assert client.post("/rounds/new", data=plan(version, title="Elsewhere, 2026")).location
    kept = client.post(f"/rounds/{draft.ref}/plan", data=plan(version, title=draft.title))
    assert kept.status_code == 302
    taken = client.post(f"/rounds/{draft.ref}/plan", data=plan(version, title="Elsewhere, 2026"))
    assert taken.status_code == 422


def test_another_partnerships_questionnaire_and_agency_cannot_be_chosen(
    client_for, session, make, administrator
):
    version, elsewhere = make.version(), make.partnership()
    foreign = make.organisation(partnership=elsewhere, kind="agency", phase="none")

    response = client_for(administrator).post(
        "/rounds/new", data=plan(version, owner_ref=foreign.ref)
    )

    assert response.status_code == 422


def test_a_plan_is_changed_while_nobody_knows_of_it_and_not_afterwards(
    client_for, session, make, administrator, draft
):
    client, version = client_for(administrator), make.version()
    page = f"/rounds/{draft.ref}/plan"
    assert f'value="{typed(draft.due_on)}"' in client.get(page).text

    assert client.post(page, data=plan(version, title="Section 11, 2026")).status_code == 302
    assert one(session, Round).title == "Section 11, 2026"

    draft.state = RoundState.OPEN
    session.commit()
    assert client.post(page, data=plan(version, title="Another")).status_code == 409
    assert one(session, Round).title == "Section 11, 2026"


@pytest.mark.parametrize("state", [RoundState.OPEN, RoundState.CLOSED])
def test_the_plan_of_a_round_that_is_settled_is_not_shown_to_be_changed(
    client_for, session, make, administrator, draft, state
):
    draft.state, draft.closed_at = state, clock.now()
    session.commit()

    page = client_for(administrator).get(f"/rounds/{draft.ref}/plan", follow_redirects=True)

    assert page.request.path == f"/rounds/{draft.ref}/"
    assert f"This round is {state}: its plan can no longer change." in page.text
    assert "Nothing was saved" not in page.text


def chosen(session, round_):
    session.rollback()
    return set(
        session.scalars(select(Invitee.organisation_id).where(Invitee.round_id == round_.id))
    )


def test_saving_the_choice_touches_only_those_shown(
    client_for, session, make, administrator, draft, choose
):
    primary, secondary = make.organisation(), make.organisation(phase="secondary")
    other = make.organisation(phase="secondary")
    choose(draft, primary, other)

    client_for(administrator).post(
        f"/rounds/{draft.ref}/organisations?phase=secondary",
        data={"act": "save", "organisation": [secondary.ref]},
    )

    assert chosen(session, draft) == {primary.id, secondary.id}


def test_all_shown_or_none_of_them_can_be_chosen_at_once(
    client_for, session, make, administrator, draft
):
    primary, secondary = make.organisation(), make.organisation(phase="secondary")
    page, client = f"/rounds/{draft.ref}/organisations", client_for(administrator)

    client.post(page, data={"act": "all"})
    assert chosen(session, draft) == {primary.id, secondary.id}

    client.post(f"{page}?phase=primary", data={"act": "none"})
    assert chosen(session, draft) == {secondary.id}


def test_a_pasted_list_adds_those_it_names_and_says_which_are_unknown(
    client_for, session, make, administrator, draft, choose
):
    kept, named = make.organisation(), make.organisation(code="123456")
    choose(draft, kept)

    response = client_for(administrator).post(
        f"/rounds/{draft.ref}/organisations",
        data={"act": "codes", "codes": "123456,\n999999"},
        follow_redirects=True,
    )

    assert chosen(session, draft) == {kept.id, named.id}
    assert "has these numbers: 999999." in response.text


def test_nobody_of_another_partnership_is_shown_or_chosen(
    client_for, session, make, administrator, draft
):
    foreign = make.organisation(
        partnership=make.partnership(), name="Elsewhere School", code="777777"
    )
    client, page = client_for(administrator), f"/rounds/{draft.ref}/organisations"

    assert "Elsewhere School" not in client.get(page).text
    client.post(page, data={"act": "save", "organisation": [foreign.ref]})
    client.post(page, data={"act": "codes", "codes": "777777"})

    assert chosen(session, draft) == set()


def test_schools_are_chosen_by_their_trust(client_for, session, make, administrator, draft):
    client, page = client_for(administrator), f"/rounds/{draft.ref}/organisations"
    federation = make.responsible_body(kind="federation", name="The Merrow Federation")
    make.organisation(name="Alone School", responsible_body=federation)
    assert "Trust</label>" not in client.get(page).text

    trust = make.responsible_body(name="The Wren Trust")
    school = make.organisation(name="Trust School", responsible_body=trust)
    every = client.get(page).text
    assert '<option value="The Wren Trust">' in every and "Merrow Federation" not in every
    shown = client.get(f"{page}?trust=The+Wren+Trust&only_chosen=").text  # as the form sends it
    assert "Trust School" in shown and "Alone School" not in shown
    client.post(f"{page}?trust=The+Wren+Trust", data={"act": "all"})

    assert chosen(session, draft) == {school.id}


def test_a_closed_school_is_not_offered(client_for, make, administrator, draft):
    make.organisation(name="Shut School", status="closed")

    assert (
        "Shut School"
        not in client_for(administrator).get(f"/rounds/{draft.ref}/organisations").text
    )


def test_from_an_open_round_nobody_is_unchosen(client_for, session, make, administrator):
    assessment = make.assessment()
    round_ = make.round

    response = client_for(administrator).post(
        f"/rounds/{round_.ref}/organisations", data={"act": "none"}
    )

    assert response.status_code == 422
    assert chosen(session, round_) == {assessment.organisation_id}


@pytest.mark.parametrize("role", [Role.LEAD, Role.PANEL_CHAIR, Role.SCRUTINEER])
def test_others_do_not_set_rounds_up(client_for, make, draft, role):
    fields = {"round_id": draft.id} if role is Role.PANEL_CHAIR else {}
    client = client_for(make.membership(role, **fields))

    assert client.get(f"/rounds/{draft.ref}/plan").status_code in (403, 404)
    assert client.get("/rounds/").status_code in (403, 404)
    assert client.post("/rounds/new", data={}).status_code in (403, 404)


def test_another_partnerships_round_is_not_there(client_for, make, administrator):
    theirs = make.round_row(partnership=make.partnership(), state=RoundState.DRAFT)
    client = client_for(administrator)

    for page in ("", "plan", "organisations", "open", "extend", "close"):
        assert client.get(f"/rounds/{theirs.ref}/{page}").status_code == 404


@pytest.mark.parametrize("page", ["organisations", "", "open"])
def test_the_statements_of_a_page_do_not_grow_with_the_organisations(
    app, client_for, make, administrator, draft, choose, page
):
    client, address, counted = client_for(administrator), f"/rounds/{draft.ref}/{page}", []
    client.get(address)
    for more in (3, 20):
        choose(draft, *[make.organisation() for _ in range(more)])
        with statements(app.extensions["engine"]) as sent:
            assert client.get(address).status_code == 200
        counted.append(len(sent))

    assert counted[0] == counted[1] <= 12


def test_the_rounds_page_filters_by_trust_where_there_are_trusts(client_for, make, administrator):
    make.assessment(organisation=make.organisation(name="Alone School"))
    client, page = client_for(administrator), f"/rounds/{make.round.ref}/"
    assert "Trust</label>" not in client.get(page).text

    trust = make.responsible_body(name="The Wren Trust")
    make.assessment(organisation=make.organisation(name="Quay School", responsible_body=trust))

    assert '<option value="The Wren Trust">' in client.get(page).text
    shown = client.get(f"{page}?trust=The+Wren+Trust").text
    assert "Quay School" in shown and "Alone School" not in shown
