"""Saying, once, what became of a question, and following it over several versions."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError

from auditapp.core.errors import RuleBroken
from auditapp.core.events import Event
from auditapp.policy.roles import Role, Viewer
from auditapp.policy.scope import visible
from auditapp.questionnaires.library import publish
from auditapp.questionnaires.mapping import confirmed, older_versions
from auditapp.questionnaires.models import QuestionMapping, RetiredVersion
from auditapp.questionnaires.tracing import At, Step, fates_of, pairs_between
from tests.factories import small_questionnaire
from tests.questionnaires.edits import small

OLD = small_questionnaire()
RENAMED = OLD.replace("key: c1", "key: first", 1)
FIRST, SECOND, THIRD = At(1, 10), At(2, 20), At(3, 30)


def step(before, after, *pairs):
    return Step(before, after, frozenset(pairs))


def numbered(text, version):
    return text.replace("version: 1", f"version: {version}", 1)


def test_keys_are_followed_over_the_versions_between():
    steps = [step(SECOND, THIRD, ("b", "c")), step(FIRST, SECOND, ("a", "b"))]

    assert ("a", "c") in pairs_between(steps, FIRST, THIRD)
    assert pairs_between(steps, FIRST, SECOND) == {("a", "b")}
    assert pairs_between(steps, SECOND, THIRD) == {("b", "c")}
    assert ("c", "a") in pairs_between(steps, THIRD, FIRST)


def test_a_version_that_nothing_was_said_of_is_passed_by_its_keys():
    assert pairs_between([step(SECOND, THIRD, ("b", "c"))], FIRST, THIRD) == {("b", "c")}


def test_a_mapping_of_the_two_stands_above_those_over_a_third():
    steps = [
        step(FIRST, SECOND, ("a", "wrong")),
        step(SECOND, THIRD),
        step(FIRST, THIRD, ("a", "right")),
    ]

    assert pairs_between(steps, FIRST, THIRD) == {("a", "right")}


def test_another_line_of_versions_is_not_followed():
    own = At(2, 25)

    assert pairs_between([step(FIRST, SECOND, ("a", "b"))], FIRST, own) == frozenset()
    assert pairs_between([step(FIRST, own, ("a", "b"))], FIRST, own) == {("a", "b")}


def renamed():
    return small().model_validate(
        small().model_dump(by_alias=True)
        | {
            "sections": [
                section.model_dump(by_alias=True)
                | {
                    "questions": [
                        it.model_dump(by_alias=True) | ({"key": "first"} if it.key == "c1" else {})
                        for it in section.questions
                    ]
                }
                for section in small().sections
            ]
        }
    )


def test_every_key_that_only_one_version_has_is_accounted_for():
    assert fates_of(small(), renamed(), frozenset({("c1", "first")})) == [("c1", "first")]
    assert fates_of(small(), renamed(), frozenset()) == [("c1", None), (None, "first")]
    assert ("c2", "first") in fates_of(small(), renamed(), frozenset({("c2", "first")}))


@pytest.mark.parametrize("pair", [("c2", "c2"), ("nobody", "first"), ("c1", "nowhere")])
def test_a_pair_names_a_question_of_each_version_that_changed_its_key(pair):
    with pytest.raises(RuleBroken):
        fates_of(small(), renamed(), frozenset({pair}))


def test_where_every_key_stayed_there_is_nothing_to_confirm():
    with pytest.raises(RuleBroken):
        fates_of(small(), small(), frozenset())


@pytest.fixture
def administrator(make):
    return make.membership(Role.ADMINISTRATOR)


@pytest.fixture
def own(session, administrator):
    """Publishes a version of the administrator's partnership."""

    def own(text):
        version = publish(session, text, owner_id=administrator.partnership_id)
        session.commit()
        return version

    return own


def page_of(after, before):
    return f"/questionnaires/{after.ref}/compared-with/{before.ref}"


def rows(session):
    session.rollback()
    return [(it.old_key, it.new_key) for it in session.scalars(select(QuestionMapping))]


def test_an_administrator_confirms_once_what_became_of_a_question(
    client_for, session, make, own, administrator
):
    old, new = make.version(OLD), own(numbered(RENAMED, 2))
    client, page = client_for(administrator), page_of(new, old)

    assert "100% alike" in client.get(page).text
    done = client.post(page, data={"became-c1": "first", "part-first": ""}, follow_redirects=True)

    assert "What became of each question was confirmed on" in done.text
    assert "Confirm what became of them" not in done.text
    assert rows(session) == [("c1", "first")]
    event = session.scalars(select(Event).order_by(Event.id.desc())).first()
    assert event.kind == "question-mapping-confirmed"
    assert event.facts["pairs"] == [["c1", "first"]]
    assert client.post(page, data={"became-c1": "", "part-first": ""}).status_code == 409
    assert rows(session) == [("c1", "first")]


def test_that_nothing_became_of_it_is_confirmed_too(client_for, session, make, own, administrator):
    old, new = make.version(OLD), own(numbered(RENAMED, 2))

    client_for(administrator).post(page_of(new, old), data={"became-c1": "", "part-first": ""})

    assert sorted(rows(session), key=str) == [("c1", None), (None, "first")]
    said = confirmed(session, administrator.partnership_id, old.id, new.id)
    assert said is not None and said.pairs == frozenset()


def test_a_question_that_was_a_part_of_another_is_confirmed_as_a_split(
    client_for, session, make, own, administrator
):
    old, new = make.version(OLD), own(numbered(RENAMED, 2))

    sent = {"became-c1": "first", "part-first": "c2"}
    page = client_for(administrator).post(page_of(new, old), data=sent, follow_redirects=True)

    assert rows(session) == [("c1", "first"), ("c2", "first")]
    assert "Merged" in page.text and "breaks here" in page.text


def test_a_choice_that_is_none_is_refused_and_nothing_is_kept(
    client_for, session, make, own, administrator
):
    old, new = make.version(OLD), own(numbered(RENAMED, 2))

    sent = {"became-c1": "nowhere", "part-first": ""}
    response = client_for(administrator).post(page_of(new, old), data=sent)

    assert response.status_code == 422
    assert '<a href="#became-c1">' in response.text
    assert rows(session) == []


def test_a_partnership_speaks_for_itself_alone(client_for, session, make, administrator):
    old, new = make.version(OLD), make.version(numbered(RENAMED, 2))
    neighbour = make.membership(Role.ADMINISTRATOR, partnership_id=make.partnership().id)
    client_for(administrator).post(page_of(new, old), data={"became-c1": "first", "part-first": ""})
    session.rollback()  # ends the old picture
    theirs = client_for(neighbour).get(page_of(new, old)).text

    assert "Confirm what became of them" in theirs
    viewer = Viewer(
        person_id=1,
        membership_id=1,
        role=Role.ADMINISTRATOR,
        partnership_ids=frozenset({neighbour.partnership_id}),
    )
    assert session.scalars(visible(select(QuestionMapping), viewer)).all() == []


def test_a_scrutineer_reads_what_changed_and_confirms_nothing(client_for, session, make):
    old, new = make.version(OLD), make.version(numbered(RENAMED, 2))
    client = client_for(make.membership(Role.SCRUTINEER))

    assert "Confirm what became of them" not in client.get(page_of(new, old)).text
    sent = client.post(page_of(new, old), data={"became-c1": "first", "part-first": ""})
    assert sent.status_code == 403
    assert rows(session) == []


def test_only_an_older_version_of_the_same_questionnaire_is_compared(
    client_for, make, own, administrator
):
    old, new = make.version(OLD), own(numbered(OLD, 2))
    other = make.version(small_questionnaire("other"))
    client = client_for(administrator)

    assert client.get(page_of(new, old)).status_code == 200
    for after, before in ((old, new), (old, old), (new, other)):
        assert client.get(page_of(after, before)).status_code == 404


def test_the_page_says_what_changed_and_where_a_series_breaks(client_for, make, own, administrator):
    text = OLD.replace("text: Culture standard 2 is", "text: Culture is").replace(
        "edition: 2026-09", "edition: 2027-09"
    )
    old, new = make.version(OLD), own(numbered(text, 2))

    page = client_for(administrator).get(page_of(new, old)).text

    assert "Reworded: statement" in page and "Culture is in place." in page
    assert "Scale: edition" in page and "breaks here" in page
    assert "5 questions are in the same words, on a scale that means something else" in page


def test_a_questionnaire_leads_to_what_changed_since_its_older_versions(
    client_for, session, make, own, administrator
):
    old, new = make.version(OLD), own(numbered(OLD, 2))
    viewer = Viewer(
        person_id=administrator.person_id,
        membership_id=administrator.id,
        role=Role.ADMINISTRATOR,
        partnership_ids=frozenset({administrator.partnership_id}),
    )

    assert [it.id for it in older_versions(session, viewer, new)] == [old.id]
    assert older_versions(session, viewer, old) == []
    page = client_for(administrator).get(f"/questionnaires/{new.ref}").text
    assert page_of(new, old) in page and "as it ships" in page


def test_what_was_confirmed_never_changes(session, make, own, administrator, client_for):
    old, new = make.version(OLD), own(numbered(RENAMED, 2))
    client_for(administrator).post(page_of(new, old), data={"became-c1": "first", "part-first": ""})
    session.rollback()  # ends the old picture
    row = session.scalars(select(QuestionMapping)).one()
    row.new_key = "other"

    with pytest.raises(DatabaseError):
        session.commit()


def test_a_partnership_retires_its_own_version_once(client_for, session, make, own, administrator):
    version, client = own(OLD), client_for(administrator)
    path = f"/questionnaires/{version.ref}/retire"
    assert path in client.get(f"/questionnaires/{version.ref}").text

    page = client.post(path, follow_redirects=True).text

    assert ", retired" in page and path not in page
    assert client.get(path).status_code == 302
    assert client.post(path).status_code == 409
    session.rollback()
    assert [it.version_id for it in session.scalars(select(RetiredVersion))] == [version.id]
    event = session.scalars(select(Event).order_by(Event.id.desc())).first()
    assert (event.kind, event.facts) == (
        "questionnaire-version-retired",
        {"version_id": version.id},
    )


def test_what_ships_is_not_a_partnerships_to_retire(client_for, session, make, administrator):
    version, client = make.version(OLD), client_for(administrator)
    path = f"/questionnaires/{version.ref}/retire"

    assert path not in client.get(f"/questionnaires/{version.ref}").text
    assert client.get(path).status_code == client.post(path).status_code == 403
    assert session.scalars(select(RetiredVersion)).all() == []
