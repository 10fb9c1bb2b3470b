"""The whole job, end to end, as five people at five browsers."""

from datetime import timedelta
from pathlib import Path

import pytest

from auditapp.core import clock
from tests.browser import business_unit, organisation, panel
from tests.browser.conftest import Come, Site
from tests.browser.organisation import Rating
from tests.browser.reports import files_of
from tests.browser.signing_in import choose_password, link_in
from tests.browser.visitor import Visitor
from tests.factories import small_questionnaire
from tests.organisations.lists import FILES

SCHOOL, ACADEMY, SPECIAL = "Alderquay Primary School", "Wrenmoor High School", "Gorsemoor School"
ROUND, ASSESSMENT = "Sections 157 and 175", "Section 175 assessment"
QUESTIONNAIRE = "A small questionnaire, version 1, your own"
DSL, HEAD = "dsl@alderquay.example.org", "head@alderquay.example.org"
CONTACTS = f"""Name,URN,Contact name,Contact email,Sign-off name,Sign-off email
{SCHOOL},990001,DSL at Alderquay,{DSL},Head at Alderquay,{HEAD}
{ACADEMY},990003,DSL at Wrenmoor,dsl@wrenmoor.example.org,,
"""

BEST = Rating(
    "Exceeded", "The governors read every case.", impact="A child told us she felt heard."
)
GOOD = Rating("Met", "We look at this every term.")
SHORT = Rating(
    "Partially met", "Half of the staff.", what="Train the others.", owner="Head", due="31 3 2027"
)
GAP = Rating(
    "Not met", "No filter on tablets.", what="Buy one.", owner="IT manager", due="1 4 2027"
)
NONE = Rating(organisation.NOT_APPLICABLE, reason="We lend no devices.")
# What the reports say of all this.
SUBMITTED = {
    "PDF": "1 33.3% submitted, of 3 in the base",
    "Excel": "submitted, of 3 in the base 1 0.3333",
    "CSV": "submitted, of 3 in the base 1 33.3%",
}
GRADED = (
    "4 grades: exceeded 1 (25.0%), met 1 (25.0%), partially met 1 (25.0%), not met 1 (25.0%). "
    "Not applicable (1) and blank (0) are left out."
)
AGREED = "The panel agreed with 3 of 4 grades"
WHY = "The minutes show that cases are read, not what changed for a child."


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """What lies on people's desks."""
    folder = tmp_path / "desk"
    folder.mkdir()
    (folder / "contacts.csv").write_text(CONTACTS, encoding="utf-8")
    (folder / "small.yaml").write_text(small_questionnaire(), encoding="utf-8")
    (folder / "minutes.txt").write_text("Minutes of the governors.", encoding="utf-8")
    return folder


def test_the_whole_job_is_done_by_five_people(
    site: Site, come: Come, files: Path, javascript: bool
) -> None:
    manager = come("Business manager", "manager@example.org")
    begin(site, manager)
    set_up_a_round(manager, files)

    lead, head = come("DSL at Alderquay", DSL), come("Head at Alderquay", HEAD)
    choose_password(lead, business_unit.read_message(site, manager, lead))
    answer_every_standard(lead, files)
    send_what_is_complete(lead)
    choose_password(head, business_unit.read_message(site, manager, head))
    organisation.read_to_sign(head)
    organisation.sign(head)
    reads_what_was_submitted(head)
    keeps_actions_and_evidence(lead)

    member, chair = come("Panel member", "pm@example.org"), come("Panel chair", "pc@example.org")
    business_unit.invite_person(manager, member, "Panel member", round=ROUND)
    business_unit.invite_person(manager, chair, "Panel chair", round=ROUND)
    choose_password(chair, business_unit.read_message(site, manager, chair))
    panel.give_out(chair, SCHOOL, member)
    choose_password(member, business_unit.read_message(site, manager, member))
    read_as_the_panel(member)
    panel.reveal(chair, SCHOOL)
    panel.settle(chair, "1.1")
    panel.complete(chair, SCHOOL)

    sees_no_feedback(lead)
    business_unit.release_feedback(manager, ROUND, SCHOOL)
    reads_the_feedback(lead)

    completion_is_right(manager)
    overview_is_right(manager)
    viewer = come("Executive", "executive@example.org")
    business_unit.invite_person(manager, viewer, "Viewer")
    choose_password(viewer, business_unit.read_message(site, manager, viewer))
    sees_totals_without_names(viewer)


def begin(site: Site, manager: Visitor) -> None:
    """The operator makes the partnership and its first administrator."""
    name = "Exampleshire Safeguarding Children Partnership"
    site.command("partnerships", "create", "exampleshire", "--name", name, "--la-code", "999")
    said = site.command(
        "accounts",
        "invite",
        manager.email,
        "--name",
        manager.name,
        "--partnership",
        "exampleshire",
    )
    choose_password(manager, link_in(said))


def set_up_a_round(manager: Visitor, files: Path) -> None:
    manager.at("Today").reads("Plan a round")
    business_unit.import_schools(manager, FILES / "july-135-utf8.csv")
    business_unit.import_contacts(manager, files / "contacts.csv")
    business_unit.publish_questionnaire(manager, files / "small.yaml")
    manager.at("A small questionnaire")
    today = clock.today()
    due, feedback = today + timedelta(days=30), today + timedelta(days=60)
    business_unit.plan_round(manager, ROUND, QUESTIONNAIRE, today, due, feedback)
    business_unit.choose_organisations(manager, [SCHOOL, ACADEMY, SPECIAL])
    business_unit.open_round(manager, ROUND, 3)


def answer_every_standard(lead: Visitor, files: Path) -> None:
    """All but the last, which is forgotten."""
    lead.at(ASSESSMENT).reads(SCHOOL, "0 of 5 standards are complete")
    lead.follow("Start at 1.1")
    lead.at("Culture")
    organisation.rate(lead, "Culture standard 1", BEST)
    organisation.cite_file(lead, "1.1", "Minutes", files / "minutes.txt", "page 4")
    lead.at("Culture").reads("Added to 1.1.")
    policy = "https://alderquay.example.org/policy"
    organisation.cite_link(lead, "1.1", "Safeguarding policy", policy, "part 2")
    lead.at("Culture")
    organisation.rate(lead, "Culture standard 2", GOOD)
    organisation.rate(lead, "Culture standard 3", SHORT)
    if lead.runs_scripts:
        lead.page.reload()  # what was saved by itself is there
    else:
        lead.press("Save and go to section 2")
        lead.at("Online safety").follow(ASSESSMENT)
        lead.at(ASSESSMENT).follow("1. Culture")
    for statement, rating in zip("123", (BEST, GOOD, SHORT), strict=True):
        organisation.shows(lead, f"Culture standard {statement}", rating)
    lead.at("Culture").reads("3 of 3 complete", "page 4", "part 2")
    lead.press("Save and go to section 2")
    lead.at("Online safety")
    organisation.rate(lead, "Online standard 1", GAP)
    lead.press("Save and check your answers")


def send_what_is_complete(lead: Visitor) -> None:
    lead.at("Check your answers").reads("1 thing to finish before you can send")
    lead.does_not_read("Send to the head teacher to sign")
    lead.follow("2.2 Online standard 2: choose a grade")
    lead.at("Online safety")
    organisation.rate(lead, "Online standard 2", NONE)
    lead.press("Save and check your answers")
    lead.at("Check your answers").does_not_read("to finish before you can send")
    organisation.send_for_sign_off(lead)


def reads_what_was_submitted(head: Visitor) -> None:
    assert head.download("Download the receipt as PDF").startswith(b"%PDF")
    head.follow("Read what was submitted")
    head.at(ASSESSMENT).reads(BEST.commentary, SHORT.what, NONE.reason, "Minutes", "part 2")


def keeps_actions_and_evidence(lead: Visitor) -> None:
    lead.follow("Actions")
    lead.at("Actions").reads(SHORT.what, GAP.what)
    lead.follow("Evidence")
    lead.at("Evidence").reads("Minutes", "Safeguarding policy")


def read_as_the_panel(member: Visitor) -> None:
    """Change the first grade, with a reason once one is asked for; agree with all the others."""
    panel.begin_reading(member, SCHOOL)
    member.at("Culture").reads(BEST.commentary, "Minutes", "page 4", "Safeguarding policy")
    panel.mark(member, "Met", "", "Save and go to 1.2")
    member.at("Culture").reads_error("Why? The organisation will read this", "Say why you changed")
    panel.mark(member, "Met", WHY, "Save and go to 1.2")
    member.at("Culture").reads("1.1 saved")
    panel.agree_with_the_rest(member)
    member.at("Online safety").reads("You agreed with 2 standards. It is recorded as one act.")
    panel.agree_with_the_rest(member)
    member.at(SCHOOL).reads("You have marked all 5 standards.")


def sees_no_feedback(lead: Visitor) -> None:
    lead.open("/")
    lead.at(ASSESSMENT).does_not_read(WHY)
    lead.follow("Feedback")
    lead.at("Feedback").reads("no feedback yet")


def reads_the_feedback(lead: Visitor) -> None:
    lead.open("/")
    lead.at(ASSESSMENT).follow("Read your feedback")
    lead.at(business_unit.LETTER).reads("1.1 Culture standard 1", "lowered", WHY)
    lead.press("We have read this")
    lead.at(business_unit.LETTER).reads("You told the partnership that you have read this.")


def completion_is_right(manager: Visitor) -> None:
    manager.open("/")
    manager.at("Today").follow("Reports")
    manager.at("Reports").follow("Completion", manager.row(ROUND))
    manager.at("Completion").reads("33% of 3 have submitted", "2 to chase", ACADEMY, SPECIAL)
    for kind, said in files_of(manager).items():
        assert SUBMITTED[kind] in said, kind
        assert ACADEMY in said and SPECIAL in said, kind


def overview_is_right(manager: Visitor) -> None:
    manager.open("/reports/")
    manager.at("Reports").follow("Overview", manager.row(ROUND))
    manager.at("Strengths and gaps").reads(GRADED, AGREED)
    for kind, said in files_of(manager).items():
        assert GRADED in said, kind
        assert AGREED in said, kind


def sees_totals_without_names(viewer: Visitor) -> None:
    viewer.at("Reports").follow("Completion", viewer.row(ROUND))
    viewer.at("Completion").reads("33% of 3 have submitted")
    viewer.does_not_read(SCHOOL, ACADEMY, SPECIAL)
    for kind, said in files_of(viewer).items():
        assert SUBMITTED[kind] in said, kind
        assert not {name for name in (SCHOOL, ACADEMY, SPECIAL) if name in said}, kind
    viewer.follow("Reports")
    viewer.at("Reports").follow("Overview", viewer.row(ROUND))
    viewer.at("Strengths and gaps").reads("Grades of fewer than 5 assessments")
    viewer.does_not_read(GRADED, AGREED)
