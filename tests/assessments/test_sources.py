"""Which of an organisation's answers serve which part of a source, and who may read that."""

import io
import json

import pytest
from openpyxl import load_workbook

from auditapp.policy.roles import Role
from auditapp.policy.states import Status
from tests.assessments.pages import section
from tests.assessments.savings import save
from tests.factories import small_questionnaire
from tests.statements import statements

LAW = '{key: law, title: An Act, edition: "2002", checked: 2026-09-01}'
CITES = "[{source: law, part: section 175}]"
CITING = (
    small_questionnaire("citing")
    .replace(f"sources: [{LAW}]", f'sources: [{{key: kcsie, edition: "2025"}}, {LAW}]')
    .replace(CITES, "[{source: kcsie, part: Part three}]", 2)
)


@pytest.fixture
def round_(make):
    return make.round_row(questionnaire_version_id=make.version(CITING).id)


@pytest.fixture
def assessment(make, round_):
    return make.assessment(round_=round_)


@pytest.fixture
def submitted(make, round_):
    """Submitted, and living on with another grade than was submitted."""
    made = make.assessment(round_=round_, status=Status.SUBMITTED)
    make.answer(made, "c1", "exceeded")
    return made


def rows(client, path, name):
    tables = json.loads(client.get(f"{path}.json").text)["tables"]
    found = {table["name"]: table["rows"] for table in tables}
    return [tuple(row.values()) for row in found.get(name, [])]


def test_a_lead_reads_which_answers_serve_a_part_with_their_grades_as_they_stand(
    client_for, session, assessment, lead
):
    save(session, lead, assessment, key="c1", grade="not-met")
    client, path = client_for(lead), f"/assessments/{assessment.ref}/sources"

    serves = "Part three: Safer recruitment"
    assert rows(client, path, "KCSIE 2025") == [
        ("1.1 Culture standard 1", serves, "Not met"),
        ("1.2 Culture standard 2", serves, "Not graded"),
    ]
    page = client.get(path).text
    assert f'href="/assessments/{assessment.ref}/sections/culture#c1"' in page
    assert "As it stood on" in page


def test_a_lead_asks_which_answers_serve_one_part(client, assessment):
    path = f"/assessments/{assessment.ref}/sources?part=kcsie:Part+three"

    page = client.get(path).text
    assert "2 of 5 standards cite KCSIE 2025, Part three: Safer recruitment." in page
    assert "1.2 Culture standard 2" in page and "1.3 Culture standard 3" not in page
    assert client.get(f"/assessments/{assessment.ref}/sources?part=law:x").status_code == 404


def test_an_answer_that_is_no_grade_is_there_in_words(client_for, make):
    cites = "references: [{source: law, part: section 175}]"
    asked = "{key: %s, title: Told %s, text: Say it., answer: {kind: text}, " + cites + "}"
    both = "".join(f"      - {asked % (key, key)}\n" for key in ("t1", "t2"))
    version = make.version(
        CITING.replace("  - key: online-safety", f"{both}  - key: online-safety")
    )
    made = make.assessment(round_=make.round_row(questionnaire_version_id=version.id))
    client = client_for(make.membership(Role.LEAD, organisation_id=made.organisation_id))
    said = {"t1-value": "At every meeting.", "t1-based_on": "0", "t1-save_id": "id-t1"}
    assert client.post(section(made), data=said | {"then": "stay"}).status_code == 302

    found = rows(client, f"/assessments/{made.ref}/sources", "An Act, 2002")
    assert found[1:3] == [
        ("1.4 Told t1", "section 175", "At every meeting."),
        ("1.5 Told t2", "section 175", "Left blank"),
    ]


def test_what_was_submitted_is_read_as_it_was_submitted(client_for, make, submitted):
    client = client_for(make.membership(Role.LEAD, organisation_id=submitted.organisation_id))
    now, then = (f"/assessments/{submitted.ref}/{at}" for at in ("sources", "submission/sources"))

    assert rows(client, now, "KCSIE 2025")[0][2] == "Exceeded"
    assert rows(client, then, "KCSIE 2025")[0][2] == "Met"
    assert f'href="/assessments/{submitted.ref}/submission#q-c1"' in client.get(then).text
    assert 'id="q-c1"' in client.get(f"/assessments/{submitted.ref}/submission").text


def test_a_contributor_reads_the_sections_given_to_them(client_for, make, assessment, submitted):
    for made, path in ((assessment, "sources"), (submitted, "submission/sources")):
        client = client_for(make.contributor(made, "online-safety"))
        path = f"/assessments/{made.ref}/{path}"

        assert rows(client, path, "KCSIE 2025") == []
        assert [row[0][:3] for row in rows(client, path, "An Act, 2002")] == ["2.1", "2.2"]
        assert "Culture standard" not in client.get(path).text


def test_whoever_may_read_a_submission_reads_it_by_source_and_no_draft(
    client_for, make, round_, assessment, submitted
):
    readers = [
        make.membership(Role.ADMINISTRATOR, partnership_id=round_.partnership_id),
        make.panel_member(submitted, round_id=round_.id),
    ]
    for reader in readers:
        client = client_for(reader)
        assert client.get(f"/assessments/{submitted.ref}/submission/sources").status_code == 200
        assert client.get(f"/assessments/{submitted.ref}/sources").status_code == 403
        for path in ("sources", "submission/sources"):
            answer = client.get(f"/assessments/{assessment.ref}/{path}.csv").status_code
            assert answer in (403, 404)


def test_another_organisations_answers_are_not_there(client_for, make, assessment, submitted):
    client = client_for(make.membership(Role.LEAD))

    for made, path in ((assessment, "sources"), (submitted, "submission/sources")):
        for form in ("", ".csv"):
            assert client.get(f"/assessments/{made.ref}/{path}{form}").status_code == 404


def test_the_check_page_and_the_submission_lead_there(client_for, make, assessment, submitted):
    for made, page, path in (
        (assessment, "check", "sources"),
        (submitted, "submission", "submission/sources"),
    ):
        lead = make.membership(Role.LEAD, organisation_id=made.organisation_id)
        text = client_for(lead).get(f"/assessments/{made.ref}/{page}").text
        assert f'href="/assessments/{made.ref}/{path}"' in text


def test_the_same_comes_as_files(client, assessment):
    path = f"/assessments/{assessment.ref}/sources"
    files = {form: client.get(f"{path}.{form}") for form in ("pdf", "xlsx", "csv")}

    assert files["pdf"].data.startswith(b"%PDF-")
    sheet = load_workbook(io.BytesIO(files["xlsx"].data))["KCSIE 2025"]
    assert [cell.value for cell in sheet[1]] == ["Standard", "Serves", "Grade"]
    assert "Part three: Safer recruitment" in files["csv"].text
    named = files["csv"].headers["Content-Disposition"]
    assert named.startswith("attachment; filename=section-175-assessment-2026-school-")


def test_the_statements_of_the_page_do_not_grow(app, client_for, make, session, assessment, lead):
    client, path, counted = client_for(lead), f"/assessments/{assessment.ref}/sources", []
    for key in ("c1", "c2", "c3"):
        save(session, lead, assessment, key=key)
        with statements(app.extensions["engine"]) as sent:
            assert client.get(path).status_code == 200
        counted.append(len(sent))

    assert counted[2] <= counted[0] <= 10
