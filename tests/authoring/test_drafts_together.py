"""Drafts under many hands: two writers, double sends, what is gone or cannot be, and who may."""

from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError

from auditapp.authoring.models import DraftRevision
from auditapp.policy.roles import Role
from tests.authoring.pages import AT, ONE, boxes, saving, text_now, upload
from tests.authoring.test_editing import SMALL
from tests.clients import text_of


def test_two_people_in_one_part_are_shown_each_others_words(draft, client, session):
    path = f"{AT}/{draft.ref}/part/{ONE}"
    mine, theirs = (boxes(client, path) | {"title": name} for name in ("Mine", "Theirs"))
    theirs["save_id"] = str(uuid4())
    client.post(path, data=theirs)
    page = client.post(path, data=mine)
    assert page.status_code == 422
    assert "What they saved" in page.text and "Theirs" in page.text and 'value="Mine"' in page.text
    assert "title: Theirs" in text_now(session, draft)
    again = mine | {"based_on": "2"}
    assert client.post(path, data=again).status_code == 302
    assert "title: Mine" in text_now(session, draft)


def test_two_people_in_two_parts_are_not_in_each_others_way(draft, client, session):
    one, two = (f"{AT}/{draft.ref}/part/{it}" for it in (ONE, "sections.second"))
    mine = boxes(client, one) | {"title": "Mine"}
    client.post(two, data=boxes(client, two) | {"title": "Theirs"})
    assert client.post(one, data=mine).status_code == 302
    assert "title: Mine" in text_now(session, draft) and "Theirs" in text_now(session, draft)


def test_who_removes_or_changes_what_another_has_changed_is_told_first(draft, client, session):
    at = f"{AT}/{draft.ref}"
    client.post(f"{at}/part/{ONE}", data=boxes(client, f"{at}/part/{ONE}") | {"title": "Theirs"})
    for path in (f"{at}/remove/{ONE}", f"{at}/answer/{ONE}?answer=date"):
        told = client.post(path, data=saving(1))
        assert told.status_code == 422 and "Someone changed this" in told.text
        assert 'name="based_on" value="2"' in told.text
    client.post(f"{at}/move/{ONE}", data=saving(1, to="down"))
    assert "title: Theirs" in text_now(session, draft)
    assert text_now(session, draft).index("key: one") < text_now(session, draft).index("key: how")
    assert client.post(f"{at}/remove/{ONE}", data=saving(2)).status_code == 302


def test_words_for_a_part_that_is_gone_or_takes_something_else_are_given_back(draft, client):
    at = f"{AT}/{draft.ref}"
    typed = boxes(client, f"{at}/part/{ONE}") | {"why": "What I had typed"}
    client.post(f"{at}/answer/{ONE}?answer=date", data=saving(1))
    page = client.post(f"{at}/part/{ONE}", data=typed)
    assert page.status_code == 409 and "What I had typed" in page.text
    client.post(f"{at}/remove/{ONE}", data=saving(2))
    page = client.post(f"{at}/part/{ONE}", data=typed)
    assert page.status_code == 409 and "What I had typed" in page.text
    assert client.get(f"{at}/part/{ONE}").status_code == 404


def test_nothing_is_left_to_do_that_no_page_can_do(draft, client, session):
    at = f"{AT}/{draft.ref}"
    grade = {"label": "Half", "letter": "H", "meaning": "Half.", "strength": "no", "gap": "no"}
    client.post(f"{at}/add/scales.two/grades", data=saving(1, **grade))
    client.post(f"{at}/describe/two", data=saving(2))
    client.post(f"{at}/remove/scales.two.grades.half", data=saving(3))
    assert "Nothing is missing" in client.get(at).text
    marks = saving(4, title="Marks", edition="1", grades="Low\r\nHigh", best="last")
    client.post(f"{at}/add/questionnaire/scales?answer=grades", data=marks)
    client.post(f"{at}/part/{ONE}", data=boxes(client, f"{at}/part/{ONE}") | {"scale": "marks"})
    client.post(f"{at}/describe/marks", data=saving(6))
    assert "Nothing is missing" in client.get(at).text
    client.post(f"{at}/remove/scales.marks", data=saving(7))
    assert "a descriptor is missing for no, met" in text_of(client.get(at))
    client.post(f"{at}/describe/two", data=saving(8))
    assert "Nothing is missing" in client.get(at).text


def test_a_draft_that_lacks_what_it_cites_or_has_a_key_twice_is_shown(draft, client, session):
    at = f"{AT}/{draft.ref}"
    cites = SMALL.replace(
        "why: Children.", "why: C.\n        references: [{source: nope, part: One}]"
    )
    client.post(f"{at}/replace", data=upload(cites))
    assert "nope, One" in text_of(client.get(f"{at}/preview"))
    client.post(f"{at}/replace", data=upload(SMALL.replace("key: how", "key: one"), based_on=2))
    page = client.get(at)
    assert page.status_code == 200 and "is used twice" in page.text
    assert client.get(f"{at}/preview").status_code == 200


def test_numbers_beyond_reason_are_refused(draft, client, session):
    at = f"{AT}/{draft.ref}"
    about = f"{at}/part/questionnaire"
    page = client.post(about, data=boxes(client, about) | {"version": "9" * 20})
    assert page.status_code == 422
    assert client.post(f"{at}/restore", data=saving(1, number="9" * 30)).status_code == 302
    assert client.get(at).status_code == 200


def test_a_save_that_is_sent_twice_is_made_once(draft, client, session):
    path = f"{AT}/{draft.ref}/add/questionnaire/sections"
    said = saving(title="Third", questions="We know.")
    first, second = (client.post(path, data=said).location for _ in range(2))
    assert first == second
    assert text_now(session, draft).count("title: Third") == 1


def test_who_may_read_questionnaires_reads_drafts_and_changes_none(
    draft, client_for, make, session
):
    scrutineer = client_for(make.membership(Role.SCRUTINEER))
    page = scrutineer.get(f"{AT}/{draft.ref}").text
    assert "Small" in page and "Remove" not in page and "Add a" not in page
    assert scrutineer.get(f"{AT}/{draft.ref}/part/{ONE}").status_code == 403
    assert client_for(make.membership(Role.LEAD)).get(f"{AT}/{draft.ref}").status_code in (403, 404)
    elsewhere = make.membership(Role.ADMINISTRATOR, partnership_id=make.partnership().id)
    assert client_for(elsewhere).get(f"{AT}/{draft.ref}").status_code == 404


def test_a_saved_state_is_never_changed(draft, session):
    session.rollback()
    row = session.scalars(select(DraftRevision)).one()
    row.yaml_text = "another"
    with pytest.raises(DatabaseError, match="append-only"):
        session.commit()
    session.rollback()
