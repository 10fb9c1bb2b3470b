"""Every scale that was seen in use, from its form to the report, through the pages."""

import json
from datetime import timedelta

import pytest

from auditapp.core import clock
from auditapp.policy.roles import Role
from auditapp.policy.states import Status
from tests.assessments.pages import fields
from tests.questionnaires.wild import NAMES, SECTIONS, WILD, answers_of, questionnaire_text


def answered(section, grade):
    """The form of one section, filled in with all that its grade may ask for."""
    key = f"{section}-1"
    due = clock.today() + timedelta(days=90)
    plan = {"what": "Mend it", "owner": "The head", "due": f"{due.day} {due.month} {due.year}"}
    return fields(key, grade=grade, **plan)


def completed(client, ref, entry, grades):
    """An organisation fills in the form, section by section, and submits it."""
    for section in SECTIONS:
        page = f"/assessments/{ref}/sections/{section}"
        assert client.get(page).status_code == 200
        assert client.post(page, data=answered(section, grades[section])).status_code == 302
    if any("evidence" in grade.get("needs", ()) for grade in entry["scale"].get("grades", ())):
        for section in SECTIONS:
            link = {"title": "A page", "url": "https://example.org/page"}
            cited = client.post(f"/assessments/{ref}/answers/{section}-1/evidence", data=link)
            assert cited.status_code == 302
    assert client.post(f"/assessments/{ref}/send").status_code == 302
    assert client.get(f"/assessments/{ref}/receipt").status_code == 200


@pytest.mark.parametrize("entry", WILD, ids=NAMES)
def test_a_scale_is_completed_and_ranks_as_its_form_means_it(make, client_for, entry):
    version = make.version(questionnaire_text(entry, "form"))
    round_ = make.round_row(questionnaire_version_id=version.id, sign_off="none")
    round_ref, manager = round_.ref, client_for(make.membership(Role.ADMINISTRATOR))
    leads = []
    for _ in range(2):
        assessment = make.assessment(status=Status.NOT_STARTED, round_=round_)
        lead = make.membership(Role.LEAD, organisation_id=assessment.organisation_id)
        leads.append((client_for(lead), assessment.ref))
    make.session.rollback()

    for (client, ref), grades in zip(leads, answers_of(entry), strict=True):
        completed(client, ref, entry, grades)

    assert manager.get(f"/reports/{round_ref}/overview").status_code == 200
    report = json.loads(manager.get(f"/reports/{round_ref}/overview.json").text)
    [sections, *_] = [table for table in report["tables"] if table["name"] == "Sections"]
    assert [row["Section"] for row in sections["rows"]] == ["Strong", "Middling", "Weak"]
    assert [row["Grades"] for row in sections["rows"]] == [2, 2, 2]
