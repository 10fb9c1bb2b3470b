"""The pages on which a member of the panel reads and marks."""

from datetime import timedelta

import pytest

from auditapp.core import clock
from auditapp.moderation.models import Moderation
from auditapp.policy.roles import Role
from tests.moderation.sending import section, sent, standard
from tests.statements import statements


def test_a_panel_member_marks_and_goes_on_to_the_next_standard(panel, client_for):
    client = client_for(panel.one)

    page = client.post(standard(panel), data=sent(), follow_redirects=True)

    assert page.request.args["standard"] == "c2"
    assert "1.1 saved: not met. Now 1.2" in page.text
    assert "You marked 1 of 3" in page.text
    assert "self met, yours not met" in page.text


def test_agreeing_is_one_button(panel, client_for):
    client = client_for(panel.one)

    page = client.post(standard(panel), data=sent("", "", act="agree"), follow_redirects=True)

    assert "1.1 saved: met. Now 1.2" in page.text


def test_a_grade_that_is_chosen_is_not_thrown_away_by_agreeing(panel, client_for):
    client = client_for(panel.one)

    refused = client.post(standard(panel), data=sent("not-met", "No minutes.", act="agree"))

    assert refused.status_code == 422
    words = "You chose Not met. Save your grade, or clear it and agree."
    assert f'<a href="#grade">{words}</a>' in refused.text
    assert "No minutes.</textarea>" in refused.text
    assert 'value="not-met"' in refused.text.split("checked")[0][-120:]
    assert "Clear what you chose and wrote here" in refused.text
    assert "You marked 0 of 3" in client.get(section(panel)).text


@pytest.mark.parametrize("grade", ["", "met"])
def test_a_reason_that_is_written_is_not_thrown_away_by_agreeing(panel, client_for, grade):
    refused = client_for(panel.one).post(standard(panel), data=sent(grade, "Why.", act="agree"))

    assert refused.status_code == 422
    words = "You wrote a reason. Save your grade, or clear it and agree."
    assert f'<a href="#rationale">{words}</a>' in refused.text
    assert "Why.</textarea>" in refused.text


def test_agreeing_with_what_was_marked_lower_before_leaves_its_reason_behind(panel, client_for):
    panel.mark(panel.one, "c1", "not-met", "No minutes.")
    client = client_for(panel.one)

    agreed = client.post(standard(panel), data=sent("not-met", "No minutes.", 1, act="agree"))

    assert agreed.status_code == 302
    page = client.get(f"{section(panel)}?standard=c1").text
    assert "No minutes." not in page
    assert "<b>agreed</b>" in page


@pytest.mark.parametrize(
    ("own", "grade", "said"),
    [
        ("met", "met", "<b>agreed</b>"),
        ("met", "not-met", "<b>lowered</b>"),
        ("met", "exceeded", "<b>raised</b>"),
        (None, "", "<b>agreed</b>"),
        (None, "met", "<b>changed</b>"),
    ],
)
def test_a_mark_is_told_from_the_self_grade(panel_on, client_for, own, grade, said):
    panel = panel_on(c1=own)
    panel.mark(panel.one, "c1", grade, "As the minutes show.")

    page = client_for(panel.one).get(f"{section(panel)}?standard=c1").text

    assert said in page.split('class="small outcome"')[1].split("</p>")[0]


def test_every_grades_meaning_stands_where_the_grade_is_chosen(panel, client_for):
    page = client_for(panel.one).get(section(panel)).text

    meanings = page.split("What each grade means for this standard")[1].split("</details>")[0]
    for grade in ("Exceeded", "Met", "Partially met", "Not met"):
        assert f"<b>{grade}</b> " in meanings


def test_the_button_that_enter_presses_is_not_the_one_that_agrees(panel, client_for):
    page = client_for(panel.one).get(section(panel)).text

    form = page.split('id="mark"')[1]
    first = form.split("<button")[1].split(">")[0]
    assert 'value="agree"' not in first
    assert "hidden" in first


def test_the_last_standard_of_a_section_leads_to_the_next_section(panel, client_for):
    client = client_for(panel.one)
    panel.agree(panel.one, "culture", ["c1", "c2"])

    page = client.post(standard(panel, "c3"), data=sent("", "", act="agree"), follow_redirects=True)

    assert page.request.path == section(panel, "online-safety")


def test_a_missing_rationale_is_shown_beside_the_field(panel, client_for):
    response = client_for(panel.one).post(standard(panel), data=sent(rationale=" "))

    assert response.status_code == 422
    assert '<a href="#rationale">Say why you changed the grade.</a>' in response.text
    assert "<title>Error: " in response.text
    assert 'value="not-met"' in response.text.split("checked")[0][-120:]


def test_no_grade_is_an_error_beside_the_grades(panel, client_for):
    response = client_for(panel.one).post(standard(panel), data=sent(grade=""))

    assert response.status_code == 422
    assert '<a href="#grade">Choose a grade, or agree.</a>' in response.text


def test_a_conflict_keeps_both_texts_and_can_be_settled(panel, client_for):
    client = client_for(panel.one)
    client.post(standard(panel), data=sent(rationale="Written first.", note="A note."))

    conflict = client.post(standard(panel), data=sent("partly-met", "Written in the other window."))

    assert conflict.status_code == 409
    assert "Written first." in conflict.text
    assert "A note." in conflict.text
    assert "Written in the other window." in conflict.text
    assert 'name="based_on" value="1"' in conflict.text
    assert "Save what you sent" in conflict.text
    again = client.post(standard(panel), data=sent("partly-met", "Both.", based_on=1))
    assert again.status_code == 302


def test_the_brief_names_claims_without_evidence_and_gaps_without_action(panel_on, client_for):
    panel = panel_on(c2="not-met", c3=None)

    page = client_for(panel.one).get(section(panel)).text

    assert "<b>Claims without evidence:</b> 1.1</li>" in page
    assert "<b>Gaps without an action:</b> 1.2</li>" in page


def test_the_brief_says_which_grades_changed_since_the_last_submission(panel, client_for, make):
    snapshot = make.snapshot(panel.assessment, c3="exceeded")
    make.keep(Moderation(snapshot_id=snapshot.id))

    page = client_for(panel.one).get(section(panel)).text

    assert "<b>Grade changed since their last submission:</b> 1.3</li>" in page


def test_what_people_wrote_is_escaped(panel, client_for):
    panel.mark(panel.one, "c1", "not-met", "<script>alert(1)</script>")

    page = client_for(panel.one).get(f"{section(panel)}?standard=c1").text

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


@pytest.mark.parametrize("address", [section, standard])
def test_only_members_given_the_assessment_come_to_the_marking_pages(panel, client_for, address):
    path = address(panel)

    def status(member):
        client = client_for(member)
        return (client.post(path) if address is standard else client.get(path)).status_code

    assert status(panel.lead()) == 403
    assert status(panel.chair) == 403
    assert status(panel.administrator) == 403
    assert status(panel.make.panel_member()) == 404
    assert status(panel.make.membership(Role.LEAD)) == 404
    assert status(panel.make.membership(Role.PARTNERSHIP_VIEWER)) == 404


@pytest.mark.parametrize("key", ["nothing", "c1"])
def test_a_section_that_is_not_there_is_not_found(panel, client_for, key):
    assert client_for(panel.one).get(section(panel, key)).status_code == 404


def test_the_queue_names_the_next_thing_to_mark(panel, panel_on, client_for, make):
    panel.mark(panel.one, "c1")
    other = panel_on()  # noise: given to others

    page = client_for(panel.one).get("/panel").text

    assert "Go on with School" in page
    assert "4 standards left to mark." in page
    assert other.ref not in page


def test_a_late_day_is_said(panel, client_for, make, session):
    make.round.moderation_ends_on = clock.today() - timedelta(days=2)
    session.commit()

    assert "2 days late" in client_for(panel.one).get(section(panel)).text


def test_reading_and_marking_ask_little_of_the_database(panel, panel_on, client_for, app):
    member, chair = client_for(panel.one), client_for(panel.chair)
    engine = app.extensions["engine"]

    def asked(client, path):
        client.get(path)  # whatever a first visit reads once
        with statements(engine) as sent:
            assert client.get(path).status_code == 200
        return len(sent)

    before = asked(member, "/panel"), asked(chair, "/panel")
    assert asked(member, section(panel)) <= 12
    assert asked(member, f"/assessments/{panel.ref}/panel") <= 12
    for _ in range(3):
        panel_on()

    assert (asked(member, "/panel"), asked(chair, "/panel")) == before


def test_a_grade_given_where_they_said_not_applicable_is_shown_as_that_grade(panel_on, client_for):
    panel = panel_on(c1="n/a")
    client = client_for(panel.one)
    client.post(standard(panel), data=sent("not-met", "It does apply."))
    page = client.get(f"/assessments/{panel.ref}/panel").text
    row = page.split("Culture standard 1")[1].split("</tr>")[0]
    assert row.count("Not applicable") == 1
    assert row.split("<td")[2].count("Not met") == 1

    conflict = client.post(standard(panel), data=sent("partly-met", "In the other window.")).text

    saved = conflict.split("Saved now:")[1].split("</p>")[0]
    assert "Not met" in saved and "Not applicable" not in saved


def test_an_agreed_not_applicable_is_shown_as_such(panel_on, client_for):
    panel = panel_on(c1="n/a")
    client = client_for(panel.one)
    client.post(standard(panel), data=sent("", "", act="agree"))

    page = client.get(f"/assessments/{panel.ref}/panel").text

    row = page.split("Culture standard 1")[1].split("</tr>")[0]
    assert row.count("Not applicable") == 2


def test_the_last_one_left_is_called_one(panel, client_for):
    panel.agree(panel.one, "culture", ["c1", "c3"])

    page = client_for(panel.one).get(section(panel)).text

    assert "Agree with the one left, 1.2" in page


def test_the_address_that_a_refused_mark_leaves_leads_back_to_the_standard(panel, client_for):
    client = client_for(panel.one)
    assert client.post(standard(panel, "c2"), data=sent(rationale=" ")).status_code == 422

    page = client.get(standard(panel, "c2"), follow_redirects=True)

    assert page.request.path == section(panel)
    assert page.request.args["standard"] == "c2"
