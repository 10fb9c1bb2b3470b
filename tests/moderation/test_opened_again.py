"""What stays readable, and what does not open, once an assessment is open to its organisation again."""

import pytest
from sqlalchemy import select

from auditapp.assessments import running
from auditapp.assessments.submitting import submit
from auditapp.core.errors import WrongState
from auditapp.core.events import Event
from auditapp.core.transactions import transaction
from auditapp.policy.roles import Role
from auditapp.policy.states import Status
from tests.moderation.sending import once


@pytest.fixture
def opened(panel, make, session):
    """`opened(released=True)`: the panel's submission, opened again with a draft on it."""

    def opened(released=True):
        panel.mark_all(panel.one, "As the minutes show.", c1="exceeded")
        panel.reveal()
        panel.complete()
        if released:
            panel.release()
        reopen(panel, make)
        make.answer(panel.assessment)  # "We do this."
        return panel

    return opened


def reopen(panel, make):
    viewer = panel.viewer(panel.administrator)
    with transaction(panel.session, locking=panel.assessment):
        running.reopen(panel.session, viewer, make.round.ref, panel.ref, reason="The wrong site.")


def submit_again(panel):
    head = panel.make.membership(Role.SIGNATORY, organisation_id=panel.assessment.organisation_id)
    panel.assessment.status = Status.AWAITING_SIGN_OFF
    panel.session.commit()
    with transaction(panel.session):
        submit(panel.session, panel.viewer(head), panel.ref)


def organisation(panel):
    place = panel.assessment.organisation_id
    return [panel.lead(), panel.make.membership(Role.SIGNATORY, organisation_id=place)]


def outside(panel):
    scrutineer = panel.make.membership(Role.SCRUTINEER)
    return [panel.one, panel.chair, panel.administrator, scrutineer]


def test_the_submission_the_receipt_and_the_letter_stay_with_those_who_could_read_them(
    opened, client_for, make
):
    panel = opened()
    at = f"/assessments/{panel.ref}"
    colleague = make.contributor(panel.assessment, "culture")

    for reader in (*organisation(panel), *outside(panel)):
        client = client_for(reader)
        for page in ("submission", "receipt", "submission.pdf", "feedback", "feedback.pdf"):
            assert client.get(f"{at}/{page}").status_code == 200, (reader.role, page)
        assert "What we say of c1." in client.get(f"{at}/submission").text
        assert at in client.get("/feedback").text
    assert client_for(colleague).get(f"{at}/submission").status_code == 200
    assert client_for(colleague).get(f"{at}/feedback").status_code == 403


def test_the_letter_says_that_it_is_on_an_earlier_submission(opened, client_for, make, session):
    panel = opened()
    client, path = client_for(panel.lead()), f"/assessments/{panel.ref}/feedback"
    said = "The assessment was opened again since."
    assert said in client.get(path).text

    make.snapshot(panel.assessment)
    panel.assessment.status = Status.SUBMITTED
    session.commit()

    assert said in client.get(path).text
    listed = client.get("/feedback").text
    assert path in listed
    assert "no feedback yet on what you submitted again" in listed
    panel.release()
    assert said not in client.get(path).text
    assert "no feedback yet" not in client.get("/feedback").text


def test_the_letter_can_be_confirmed_while_it_is_open_again(opened, client_for):
    panel = opened()
    client, path = client_for(panel.lead()), f"/assessments/{panel.ref}/feedback"

    page = client.post(f"{path}/read", follow_redirects=True).text

    assert "You told the partnership that you have read this." in page


def test_its_own_page_leads_to_what_was_submitted(opened, client_for):
    panel = opened()

    page = client_for(panel.lead()).get(f"/assessments/{panel.ref}").text

    for name in ("submission", "receipt", "feedback"):
        assert f'href="/assessments/{panel.ref}/{name}"' in page
    assert "The partnership sees what was submitted, and nothing of what is changed now" in page


def test_the_list_to_release_names_what_was_released_and_opened_again(opened, client_for, make):
    panel = opened()

    page = client_for(panel.administrator).get(f"/rounds/{make.round.ref}/release").text

    assert "Released, and opened again since: 1" in page
    assert f'href="/assessments/{panel.ref}/feedback"' in page


def test_a_letter_that_was_not_released_stays_hidden(opened, client_for):
    panel = opened(released=False)
    path = f"/assessments/{panel.ref}/feedback"

    for reader in (*organisation(panel), *outside(panel)):
        client = client_for(reader)
        for page in (path, f"{path}.pdf"):
            refused = client.get(page)
            assert refused.status_code == 403
            assert "No feedback on this assessment has been released yet." in refused.text
        assert "As the minutes show." not in client.get("/feedback", follow_redirects=True).text


def test_the_new_draft_is_read_by_nobody_outside(opened, client_for):
    panel = opened()
    at = f"/assessments/{panel.ref}"
    pages = ("", "/sections/culture", "/check", "/answers/c1/versions", "/sources")
    own = client_for(panel.lead())
    assert [own.get(f"{at}{page}").status_code for page in pages] == [200] * len(pages)

    for reader in outside(panel):
        client = client_for(reader)
        for page in pages:
            assert client.get(f"{at}{page}").status_code == 403, (reader.role, page)
        for page in ("submission", "receipt", "submission/sources", "feedback"):
            assert "We do this." not in client.get(f"{at}/{page}").text


def test_the_panel_does_nothing_with_it_and_is_told_why(opened, client_for):
    panel = opened()
    at = f"/assessments/{panel.ref}"
    said = "This assessment was opened again. What was submitted before can be read: the panel’s queue leads to it."

    for member, pages in (
        (panel.one, ["panel", "panel/sections/culture", "feedback/preview"]),
        (panel.chair, ["panel", "panel/allocate", "panel/settle", "feedback/edit"]),
        (panel.administrator, ["panel", "panel/allocate", "feedback/correct"]),
    ):
        client = client_for(member)
        for page in pages:
            refused = client.get(f"{at}/{page}")
            assert refused.status_code == 403, page
            assert said in refused.text
        queue = client.get("/panel").text
        assert queue.count(panel.ref) == 1
        assert f'href="{at}/submission">Read what was submitted' in queue
        assert "Opened again, and not submitted again yet: 1" in queue
        assert "Nothing is submitted yet" not in queue


def test_the_queue_of_one_with_a_conflict_of_interest_leads_to_nothing(opened, client_for, make):
    panel = opened()
    for member in (panel.one, panel.chair, panel.administrator):
        place = panel.assessment.organisation_id
        make.membership(Role.LEAD, person_id=member.person_id, organisation_id=place)

        assert panel.ref not in client_for(member).get("/panel").text


def test_what_is_submitted_again_is_given_out_anew(opened, client_for, make, session):
    panel = opened()
    colleague = make.contributor(panel.assessment, "culture")
    at = f"/assessments/{panel.ref}"
    assert client_for(panel.one).get(f"{at}/submission").status_code == 200

    submit_again(panel)

    for page in ("panel", "panel/sections/culture", "submission", "receipt", "feedback"):
        for member in (panel.one, panel.two):
            assert client_for(member).get(f"{at}/{page}").status_code == 404, page
    assert client_for(colleague).get(f"{at}/sections/culture").status_code == 200
    submitted = select(Event).where(Event.kind == "assessment-submitted")
    assert session.scalars(submitted).one().facts["withdrawn"] == [panel.one.id, panel.two.id]

    panel.allocate(panel.chair, panel.two, based_on=[])

    assert client_for(panel.one).get(f"{at}/panel/sections/culture").status_code == 404
    assert "We do this." in client_for(panel.two).get(f"{at}/panel/sections/culture").text


def test_a_conflict_of_interest_closes_it_as_before(opened, client_for, make):
    panel = opened()
    for member in (panel.one, panel.chair, panel.administrator):
        make.membership(
            Role.LEAD,
            person_id=member.person_id,
            organisation_id=panel.assessment.organisation_id,
        )
        for page in ("submission", "feedback"):
            status = client_for(member).get(f"/assessments/{panel.ref}/{page}").status_code
            assert status in (403, 404)


def test_another_organisations_people_find_nothing(opened, client_for, make):
    panel = opened()
    for stranger in (make.membership(Role.LEAD), make.panel_member()):
        for page in ("submission", "receipt", "feedback"):
            found = client_for(stranger).get(f"/assessments/{panel.ref}/{page}")
            assert found.status_code == 404


def test_a_release_goes_on_without_what_was_opened_again(
    panel, panel_on, client_for, make, session
):
    """Opened again after the confirmation was shown, or before: the rest of the choice stands."""
    sheets = [panel_on(status=Status.SUBMITTED) for _ in range(3)]
    client, path = client_for(panel.administrator), f"/rounds/{make.round.ref}/release"
    chosen = [sheet.ref for sheet in sheets]
    reopen(sheets[1], make)

    asked = client.post(path, data=once() | {"chosen": chosen}).text

    assert "Release feedback to 2 organisations?" in asked
    assert "It was opened again, so it is not submitted now." in asked
    assert f'value="{sheets[1].ref}"' not in asked
    data = once() | {"chosen": chosen, "confirmed": "yes"}
    done = client.post(path, data=data, follow_redirects=True).text
    assert "Released: 2." in done
    assert done.count("Not released: ") == 1
    assert "This assessment was opened again." in done
    session.rollback()
    assert [sheet.assessment.status for sheet in sheets] == [
        Status.FEEDBACK_RELEASED,
        Status.IN_PROGRESS,
        Status.FEEDBACK_RELEASED,
    ]


def test_what_is_of_another_round_is_still_not_there_to_release(panel, client_for, make):
    other = make.assessment(status=Status.SUBMITTED, round_=make.round_row())
    path = f"/rounds/{make.round.ref}/release"
    for confirmed in ({}, {"confirmed": "yes"}):
        data = once() | {"chosen": [other.ref]} | confirmed
        assert client_for(panel.administrator).post(path, data=data).status_code == 404


def test_opening_it_again_a_second_time_says_that_it_is_open(opened, make, client_for):
    panel = opened()
    client = client_for(panel.administrator)
    page = f"/rounds/{make.round.ref}/organisations/{panel.ref}/reopen"
    said = "This assessment is in progress, so that cannot be done now."

    again = client.post(page, data={"reason": "The other site."})

    assert again.status_code == 409
    assert said in again.text
    assert "The other site." in again.text
    shown = client.get(page, follow_redirects=True)
    assert shown.request.path == f"/rounds/{make.round.ref}/"
    assert said in shown.text
    with pytest.raises(WrongState):
        reopen(panel, make)
