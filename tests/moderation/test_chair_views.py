"""The pages on which the chair gives out, reveals, settles and completes."""

from sqlalchemy import select

from auditapp.moderation.models import SettledGradeRevision
from auditapp.policy.roles import Role
from auditapp.policy.states import Status
from tests.moderation.sending import once, sent, settle


def test_the_chair_gives_out_from_the_queue(panel_on, client_for, session):
    panel = panel_on(status=Status.SUBMITTED)
    client = client_for(panel.chair)
    assert "Give out" in client.get("/panel").text
    path = f"/assessments/{panel.ref}/panel/allocate"
    given = f"{panel.one.ref} {panel.two.ref}"
    assert "Has 1 assessment" in client.get(path).text

    nobody = client.post(path, data={"based_on": given})
    assert nobody.status_code == 422
    assert '<a href="#members">Choose at least one panel member.</a>' in nobody.text
    done = client.post(path, data={"members": [panel.one.ref], "based_on": given})

    assert done.status_code == 302
    session.rollback()
    assert panel.assessment.status is Status.IN_MODERATION


def test_someone_elses_choice_of_readers_is_shown_and_not_written_over(panel, client_for):
    panel.allocate(panel.chair, panel.one)
    shown = f"{panel.one.ref} {panel.two.ref}"
    path = f"/assessments/{panel.ref}/panel/allocate"

    page = client_for(panel.administrator).post(
        path, data={"members": [panel.two.ref], "based_on": shown}, follow_redirects=True
    )

    assert "Someone else gave this assessment out" in page.text
    assert page.text.count("checked") == 1


def test_members_with_a_conflict_are_named_and_not_offered(panel, client_for, make):
    make.membership(
        Role.LEAD,
        person_id=panel.two.person_id,
        organisation_id=panel.assessment.organisation_id,
    )

    page = client_for(panel.chair).get(f"/assessments/{panel.ref}/panel/allocate").text

    assert panel.two.ref not in page.split("<fieldset")[1]
    assert "have a conflict of interest" in page


def test_the_chair_sees_how_many_are_done_and_reveals(panel, client_for):
    client = client_for(panel.chair)
    panel.mark_all(panel.one)
    assert "Marked by 1 of 2" in client.get("/panel").text
    page = client.get(f"/assessments/{panel.ref}/panel").text
    assert "Marked by 1 of 2." in page

    revealed = client.post(f"/assessments/{panel.ref}/panel/reveal", follow_redirects=True)

    assert revealed.request.path == f"/assessments/{panel.ref}/panel/settle"


def test_the_chair_settles_what_differs_and_completes(panel, client_for, session):
    panel.revealed(c1="not-met", o1="partly-met")
    client = client_for(panel.chair)
    page = client.get(f"/assessments/{panel.ref}/panel/settle").text
    assert page.index("Culture standard 1") < page.index("Online standard 1")  # wider apart
    assert "To settle: 2. Changed or settled already: 0" in page
    refused = client.post(f"/assessments/{panel.ref}/panel/complete", data=once())
    assert refused.status_code == 422
    assert "Settle these first: 1.1 Culture standard 1; 2.1 Online standard 1." in refused.text

    assert client.post(settle(panel), data=sent("met", "")).status_code == 302
    assert client.post(settle(panel, "o1"), data=sent("", "", act="agree")).status_code == 302
    settled = client.get(f"/assessments/{panel.ref}/panel/settle").text
    assert "Nothing is left to settle. Changed or settled already: 2" in settled
    done = client.post(
        f"/assessments/{panel.ref}/panel/complete", data=once(), follow_redirects=True
    )

    assert "The moderation is completed." in done.text


def test_the_members_reasons_and_notes_stand_beside_the_decision(panel, client_for):
    panel.mark_all(panel.one)
    panel.mark(panel.two, "c1", "not-met", "Two saw nothing.", note="Visit them.")
    panel.reveal()

    page = client_for(panel.chair).get(settle(panel)).text

    assert "Two saw nothing." in page
    assert "For the panel only: Visit them." in page


def test_one_reason_is_proposed_as_the_panels(panel, client_for):
    panel.allocate(panel.chair, panel.one)
    panel.mark_all(panel.one, "As minute 7 shows.", c1="exceeded")
    panel.reveal()

    page = client_for(panel.chair).get(settle(panel)).text

    assert "As minute 7 shows.</textarea>" in page


def test_a_changed_grade_needs_a_rationale_of_the_chair_too(panel, client_for):
    panel.revealed(c1="not-met")

    response = client_for(panel.chair).post(settle(panel), data=sent("not-met", ""))

    assert response.status_code == 422
    assert '<a href="#rationale">Say why you changed the grade.</a>' in response.text


def test_what_the_chair_chose_is_not_thrown_away_by_keeping_their_grade(panel, client_for):
    panel.revealed(c1="not-met")

    refused = client_for(panel.chair).post(settle(panel), data=sent("not-met", "Why.", act="agree"))

    assert refused.status_code == 422
    assert "You chose Not met. Save your grade, or clear it and agree." in refused.text
    assert "Why.</textarea>" in refused.text
    assert "What each grade means for this standard" in refused.text


def test_the_chair_keeps_their_grade_against_what_a_member_proposes(panel, client_for, session):
    panel.allocate(panel.chair, panel.one)
    panel.mark_all(panel.one, "As minute 7 shows.", c1="exceeded")
    panel.reveal()

    kept = sent("exceeded", "As minute 7 shows.", act="agree")
    assert client_for(panel.chair).post(settle(panel), data=kept).status_code == 302

    session.rollback()
    [revision] = session.scalars(select(SettledGradeRevision))
    assert (revision.grade_key, revision.rationale) == ("met", "")


def test_one_reader_has_marked_or_not(panel, client_for):
    panel.allocate(panel.chair, panel.one)
    client = client_for(panel.chair)
    pages = ("/panel", f"/assessments/{panel.ref}/panel")
    for path in pages:
        assert "Not marked yet" in client.get(path).text

    panel.mark_all(panel.one)

    for path in pages:
        page = client.get(path).text
        assert "Marked" in page
        assert "Not marked yet" not in page
        assert "Marked by" not in page


def test_completing_what_is_released_is_a_conflict(panel, client_for):
    panel.revealed()
    client, path = client_for(panel.chair), f"/assessments/{panel.ref}/panel/complete"
    assert client.post(path, data=once()).status_code == 302
    assert client.post(path, data=once()).status_code == 302  # a second click
    panel.release()

    late = client.post(path, data=once())

    assert late.status_code == 409
    assert "The feedback on this assessment is released already." in late.text


def test_two_windows_of_the_chair_keep_both_texts(panel, client_for):
    panel.revealed(c1="not-met")
    client = client_for(panel.chair)
    client.post(settle(panel), data=sent(rationale="Written first."))

    conflict = client.post(settle(panel), data=sent("partly-met", "Written second."))

    assert conflict.status_code == 409
    assert "Written first." in conflict.text
    assert "Written second." in conflict.text


def test_settling_waits_for_the_reveal(panel, client_for):
    client = client_for(panel.chair)

    for path in (settle(panel), f"/assessments/{panel.ref}/panel/settle"):
        assert client.get(path).status_code == 409


def test_a_grade_given_where_they_said_not_applicable_is_settled_in_sight(panel_on, client_for):
    panel = panel_on(c1="n/a")
    panel.mark_all(panel.one, "It does apply.", c1="not-met")
    panel.mark_all(panel.two, "It does apply.", c1="not-met")
    panel.reveal()
    client, whole = client_for(panel.chair), f"/assessments/{panel.ref}/panel"

    def row(path):
        return client.get(path).text.split("Culture standard 1")[1].split("</tr>")[0]

    for path in (whole, f"{whole}/settle"):
        assert row(path).count("Not applicable") == 1
        assert row(path).count("Not met") == 3
    marks = client.get(settle(panel)).text.split('id="marks"')[1].split("</section>")[0]
    assert marks.count("Not met") == 2 and "Not applicable" not in marks
    client.post(settle(panel), data=sent("not-met", "It does apply."))
    conflict = client.post(settle(panel), data=sent("partly-met", "In the other window.")).text
    saved = conflict.split("Saved now:")[1].split("</p>")[0]
    assert "Not met" in saved and "Not applicable" not in saved

    panel.complete()

    assert row(whole).count("Not applicable") == 1
    assert row(whole).count("Not met") == 3


def test_after_completion_what_was_settled_is_read_and_not_changed(panel, client_for):
    panel.mark_all(panel.one, "Seen in the minutes.", c1="not-met")
    panel.reveal()
    client, listed = client_for(panel.chair), f"/assessments/{panel.ref}/panel/settle"
    assert "Look again" in client.get(listed).text
    panel.complete()

    for released in (False, True):
        if released:
            panel.release()
        page = client.get(listed).text
        assert "Look again" not in page
        assert f'href="{settle(panel)}">Read<' in page
        page = client.get(settle(panel)).text
        assert 'method="post" novalidate' not in page
        assert "The panel’s grade for 1.1" in page
        assert page.count("Seen in the minutes.") == 2  # the member's, and the panel's
        late = client.post(settle(panel), data=sent("", "Typed too late."))
        assert "Typed too late.</textarea>" in late.text


def test_a_page_that_is_not_for_now_says_so_and_does_not_speak_of_saving(panel, client_for):
    client, at = client_for(panel.chair), f"/assessments/{panel.ref}"
    panel.mark_all(panel.one)
    early = client.get(f"{at}/panel/settle")
    panel.reveal()
    panel.complete()
    late = client.get(f"{at}/feedback/edit")

    for page in (early, late):
        assert page.status_code == 409
        assert '<h1 class="govuk-heading-l">This cannot be done now</h1>' in page.text
        assert "saved" not in page.text.split("<main")[1]
    refused = client.post(settle(panel), data=sent(rationale="Typed too late."))
    assert refused.status_code == 409
    assert '<h1 class="govuk-heading-l">Nothing was saved</h1>' in refused.text
    assert "Typed too late." in refused.text
