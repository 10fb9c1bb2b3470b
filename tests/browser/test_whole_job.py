"""The whole job, end to end, as five people at five browsers."""

from datetime import timedelta
from pathlib import Path

import pytest

from auditapp.core import clock
from tests.browser import business_unit
from tests.browser.conftest import Come, Site
from tests.browser.organisation import *
from tests.browser.signing_in import choose_password, link_in
from tests.factories import small_questionnaire
from tests.organisations.lists import FILES

SCHOOL, ACADEMY, SPECIAL = "Alderquay Primary School", "Wrenmoor High School", "Gorsemoor School"
ROUND, SMALL = "Sections 157 and 175", "A small questionnaire"
DSL, HEAD = "dsl@alderquay.example.org", "head@alderquay.example.org"
CONTACTS = f"""Name,URN,Contact name,Contact email,Sign-off name,Sign-off email
{SCHOOL},990001,DSL at Alderquay,{DSL},Head at Alderquay,{HEAD}
{ACADEMY},990003,DSL at Wrenmoor,dsl@wrenmoor.example.org,,
"""


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder as on the business manager's desk."""
    (tmp_path / "contacts.csv").write_text(CONTACTS, encoding="utf-8")
    (tmp_path / "small.yaml").write_text(small_questionnaire(), encoding="utf-8")
    (tmp_path / "minutes.txt").write_text("Minutes of the board.", encoding="utf-8")
    return tmp_path


def test_the_whole_job_is_done_by_five_people(
    site: Site, come: Come, files: Path, javascript: bool
) -> None:
    manager = come("Business manager", "manager@example.org")
    begin(site, manager)
    set_up(manager, files)
    lead = come("DSL at Alderquay", DSL)
    choose_password(lead, business_unit.read_message(site, manager, lead))
    answer(lead, files)


EVIDENCED = Rating("Exceeded", commentary="The board reads every case.", impact="A child told us she felt heard.")
KEPT = Rating("Met", commentary="We do this every term.")
SHORT = Rating("Partially met", commentary="Half of the staff.", what="Train the others.", owner="Deputy head", due="31 3 2027")
GAP = Rating("Not met", commentary="No filter on tablets yet.", what="Buy one.", owner="IT manager", due="1 4 2027")
NONE = Rating("Not applicable", reason="We lend no devices.")

def answer(lead, files):
    lead.at("Section 175 assessment")
    lead.page.screenshot(path="/tmp/home.png")
    lead.follow("Start at 1.1")
    lead.at("Culture")
    rate(lead, "Culture standard 1", EVIDENCED)
    cite_file(lead, "1.1", "Board minutes", files / "minutes.txt", "page 4")
    lead.at("Culture")
    cite_link(lead, "1.1", "Policy", "https://school.example.org/policy", "part 2")
    lead.at("Culture")
    rate(lead, "Culture standard 2", KEPT)
    rate(lead, "Culture standard 3", SHORT)
    if lead.runs_scripts:
        lead.page.reload()
    else:
        lead.press("Save and go to section 2")
        lead.at("Online safety")
        lead.page.go_back()
        lead.page.reload()
    lead.at("Culture")
    shows(lead, "Culture standard 1", EVIDENCED)
    shows(lead, "Culture standard 3", SHORT)
    lead.press("Save and go to section 2")
    lead.at("Online safety")
    rate(lead, "Online standard 1", GAP)
    lead.press("Save and go to")
    lead.open("/")
    lead.at("ho")


def begin(site: Site, manager) -> None:
    site.command("partnerships", "create", "exampleshire", "--name", "Exampleshire Partnership", "--la-code", "999")
    said = site.command("accounts", "invite", manager.email, "--name", manager.name, "--partnership", "exampleshire")
    choose_password(manager, link_in(said))
    manager.at("Today")

def set_up(manager, files):
    business_unit.import_schools(manager, FILES / "july-135-utf8.csv")
    business_unit.import_contacts(manager, files / "contacts.csv")
    business_unit.publish_questionnaire(manager, files / "small.yaml")
    today = clock.today()
    business_unit.plan_round(manager, ROUND, SMALL + ", version 1", today, today + timedelta(days=30), today + timedelta(days=60))
    business_unit.choose_organisations(manager, [SCHOOL, ACADEMY, SPECIAL])
    business_unit.open_round(manager, ROUND, 3)
