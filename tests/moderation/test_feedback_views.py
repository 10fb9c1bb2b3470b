"""The pages of the letter: proof-reading, releasing, reading."""

import pytest

from auditapp.core import clock
from auditapp.policy.roles import Role
from auditapp.policy.states import Status
from tests.moderation.sending import once


@pytest.mark.parametrize(
    ("role", "path", "status"),
    [
        (Role.LEAD, "/panel", 403),
        (Role.SIGNATORY, "/panel", 403),
        (Role.CONTRIBUTOR, "/panel", 403),
        (Role.PARTNERSHIP_VIEWER, "/panel", 403),
        (Role.SYSTEM_ADMINISTRATOR, "/panel", 403),
        (Role.SCRUTINEER, "/panel", 200),
        (Role.CONTRIBUTOR, "/feedback", 403),
        (Role.PARTNERSHIP_VIEWER, "/feedback", 403),
        (Role.LEAD, "/feedback", 200),
        (Role.SIGNATORY, "/feedback", 200),
    ],
)
def test_the_lists_are_for_roles_that_have_something_in_them(
    panel, client_for, make, role, path, status
):
    assert client_for(make.membership(role)).get(path).status_code == status


def released(panel):
    panel.mark_all(panel.one, "As the minutes show.", c1="exceeded")
    panel.reveal()
    panel.complete()
    panel.release()
    return panel


def test_the_whole_letter_is_read_downloaded_and_confirmed(panel, client_for):
    released(panel)
    client = client_for(panel.lead())
    path = f"/assessments/{panel.ref}/feedback"
    assert "Read the feedback on your section 175 assessment 2026" in client.get("/feedback").text

    page = client.get(path).text
    assert page.count("<h1") == 1
    assert "As the minutes show. You graded yourselves lower than we did." in page
    file = client.get(f"{path}.pdf")
    assert file.mimetype == "application/pdf"
    assert file.data.startswith(b"%PDF-")
    confirmed = client.post(f"{path}/read", follow_redirects=True).text

    assert "You told the partnership that you have read this." in confirmed
    assert "You have read this" in client.get("/feedback").text


@pytest.mark.parametrize("page", ["", ".pdf"])
def test_feedback_is_there_for_readers_after_release_and_for_nobody_before(panel, client_for, page):
    path = f"/assessments/{panel.ref}/feedback{page}"
    readers = [panel.lead(), panel.one, panel.chair, panel.administrator]
    clients = [client_for(reader) for reader in readers]
    assert [client.get(path).status_code for client in clients] == [403] * 4

    released(panel)

    assert [client.get(path).status_code for client in clients] == [200] * 4
    strangers = [panel.make.membership(Role.LEAD), panel.make.panel_member()]
    assert [client_for(who).get(path).status_code for who in strangers] == [404] * 2


def test_the_list_says_when_feedback_is_expected(panel, client_for, make, session):
    make.round.feedback_by = clock.today().replace(month=3, day=26)
    session.commit()

    page = client_for(panel.lead()).get("/feedback").text

    assert "no feedback yet" in page
    assert "26 March" in page


def test_the_business_unit_releases_what_it_chooses(panel, panel_on, client_for, make, session):
    panel.mark_all(panel.one)
    panel.reveal()
    panel.complete()
    sheet, busy = panel_on(status=Status.SUBMITTED), panel_on()
    client = client_for(panel.administrator)
    path = f"/rounds/{make.round.ref}/release"
    page = client.get(path).text
    assert "Letters that are ready: 1" in page
    assert "Submitted, not with the panel: 1" in page
    assert "With the panel: 1" in page
    nothing = client.post(path, data=once())
    assert nothing.status_code == 422
    assert '<a href="#chosen">Choose the feedback to release.</a>' in nothing.text
    assert 'id="chosen"' in nothing.text

    chosen = [panel.ref, sheet.ref, busy.ref]
    asked = client.post(path, data=once() | {"chosen": chosen}).text
    assert "Release feedback to 2 organisations?" in asked
    assert "Releasing cannot be undone" in asked
    letters, sheets = asked.split("Automatic sheets, which no panel has read: 1")
    sheets, held = sheets.split("Not going out: 1")
    assert f"/assessments/{panel.ref}/" in letters.split("Letters that the panel wrote: 1")[1]
    assert f"/assessments/{sheet.ref}/" in sheets
    assert f'value="{busy.ref}"' not in held
    session.rollback()
    assert sheet.assessment.status is Status.SUBMITTED

    data = once() | {"chosen": chosen, "confirmed": "yes"}
    done = client.post(path, data=data, follow_redirects=True).text

    assert "Released: 2. The organisations are told by e-mail." in done
    assert "The panel has not completed this assessment yet." in done
    session.rollback()
    assert busy.assessment.status is Status.IN_MODERATION
    assert sheet.assessment.status is Status.FEEDBACK_RELEASED


def test_what_one_may_not_release_is_named_without_a_box(panel, panel_on, client_for, make):
    panel.mark_all(panel.one)
    panel.reveal()
    panel.complete()
    make.membership(
        Role.LEAD,
        person_id=panel.administrator.person_id,
        organisation_id=panel.assessment.organisation_id,
    )
    same = make.membership(Role.ADMINISTRATOR, person_id=panel.chair.person_id)
    path = f"/rounds/{make.round.ref}/release"

    linked, completed = client_for(panel.administrator).get(path), client_for(same).get(path)

    assert "Another administrator releases it." in linked.text
    assert "Another person releases it." in completed.text
    for page in (linked, completed):
        assert f'value="{panel.ref}"' not in page.text
    refused = client_for(same).post(path, data=once() | {"chosen": [panel.ref]})
    assert refused.status_code == 422
    assert "You cannot release any of these now." in refused.text
    forced = client_for(same).post(path, data=once() | {"chosen": [panel.ref], "confirmed": "y"})
    assert forced.status_code == 302
    assert "You completed this moderation." in client_for(same).get(path).text


def test_all_of_a_kind_is_one_button_without_what_one_may_not_release(
    panel, panel_on, client_for, make, session
):
    sheets = [panel_on(status=Status.SUBMITTED) for _ in range(3)]
    released(panel_on())
    linked = sheets[0].assessment.organisation_id
    person = panel.administrator.person_id
    make.membership(Role.LEAD, person_id=person, organisation_id=linked)
    client, path = client_for(panel.administrator), f"/rounds/{make.round.ref}/release"
    assert 'name="every" value="give-out">Release all 2 automatic sheets' in client.get(path).text

    asked = client.post(path, data=once() | {"every": "give-out"}).text

    assert "Release feedback to 2 organisations?" in asked
    for one in sheets:
        boxed = f'name="chosen" value="{one.ref}"' in asked
        assert boxed is (one is not sheets[0])
    nothing = client.post(path, data=once() | {"every": "to-release"})
    assert nothing.status_code == 422
    forced = client.post(path, data=once() | {"every": "released"})
    assert forced.status_code == 422


@pytest.mark.parametrize("confirmed", ["", "yes"])
def test_only_assessments_of_the_round_are_released_from_its_list(
    panel, client_for, make, confirmed
):
    elsewhere = make.round_row()
    path = f"/rounds/{elsewhere.ref}/release"

    data = once() | {"chosen": [panel.ref], "confirmed": confirmed}
    response = client_for(panel.administrator).post(path, data=data)

    assert response.status_code == 404


@pytest.mark.parametrize(
    ("role", "status"), [(Role.SCRUTINEER, 403), (Role.PANEL_CHAIR, 403), (Role.LEAD, 404)]
)
def test_only_the_business_unit_has_a_release_list(panel, client_for, make, role, status):
    client = client_for(make.membership(role))

    assert client.get(f"/rounds/{make.round.ref}/release").status_code == status


def test_the_letter_is_proof_read_before_release(panel, client_for):
    panel.mark_all(panel.one)
    panel.reveal()
    panel.complete()
    client = client_for(panel.administrator)
    path = f"/assessments/{panel.ref}/feedback/correct"
    assert client_for(panel.chair).get(path).status_code == 403
    words = once() | {"based_on": 1, "strengths": "Voice: heard.", "developments": "- Escalation"}

    preview = client.post(path, data=words, follow_redirects=True).text
    conflict = client.post(path, data=words | once() | {"strengths": "Mine."})

    assert "<b>Voice.</b> Heard." in preview
    assert conflict.status_code == 409
    assert "Voice: heard." in conflict.text
    assert "Mine." in conflict.text
    panel.release()
    assert client.get(path).status_code == 409


def test_the_chair_writes_the_letter_from_a_draft(panel, client_for):
    client = client_for(panel.chair)
    path = f"/assessments/{panel.ref}/feedback/edit"
    assert client.get(path).status_code == 409
    panel.mark_all(panel.one, c1="exceeded")
    panel.reveal()

    assert "we raised your grade from met to exceeded" in client.get(path).text
    words = once() | {"based_on": 0, "strengths": "Voice: heard.", "developments": ""}
    saved = client.post(path, data=words, follow_redirects=True)

    assert "The letter&#39;s words are saved." in saved.text or "words are saved" in saved.text
    assert "Voice: heard." in client.get(path).text


def test_a_letter_without_a_point_is_remarked_on_before_it_goes_out(panel, client_for):
    said = "Both lists of the letter are empty"
    panel.mark_all(panel.one)
    panel.reveal()
    chair, at = client_for(panel.chair), f"/assessments/{panel.ref}"
    pages = (f"{at}/panel/settle", f"{at}/feedback/preview")
    assert not any(said in chair.get(page).text for page in pages)

    words = once() | {"based_on": 0, "strengths": " - ", "developments": ""}
    assert said in chair.post(f"{at}/feedback/edit", data=words, follow_redirects=True).text

    assert all(said in chair.get(page).text for page in pages)
    panel.complete()
    administrator = client_for(panel.administrator)
    assert said in administrator.get(pages[1]).text
    words = once() | {"based_on": 1, "strengths": "", "developments": "Escalation"}
    administrator.post(f"{at}/feedback/correct", data=words)
    assert said not in administrator.get(pages[1]).text
