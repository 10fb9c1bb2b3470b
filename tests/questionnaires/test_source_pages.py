"""What a questionnaire cites, on a page and as files."""

import io
import json

import pytest
from openpyxl import load_workbook

from auditapp.policy.roles import Role
from auditapp.questionnaires.library import publish
from auditapp.questionnaires.publishing import SHIPPED
from tests.factories import small_questionnaire
from tests.statements import statements

FULL = SHIPPED / "section-175-157.v1.yaml"
LAW = '{key: law, title: An Act, edition: "2002", checked: 2026-09-01}'
KCSIE = '{key: kcsie, edition: "2024"}'
CITES = "[{source: law, part: section 175}]"
CITING = (
    small_questionnaire()
    .replace(f"sources: [{LAW}]", f"sources: [{KCSIE}, {LAW}]")
    .replace(CITES, "[{source: kcsie, part: Part three}]", 1)
)


@pytest.fixture
def client(client_for, make):
    return client_for(make.membership(Role.ADMINISTRATOR))


@pytest.fixture
def version(make):
    return make.version(CITING)


def test_the_page_reads_both_ways_and_leads_to_each_standard(client, version):
    page = client.get(f"/questionnaires/{version.ref}/sources").text

    assert "6 of 6 standards cite 2 parts of 2 sources." in page
    assert "KCSIE 2024: 1 standard" in page and "An Act, 2002: 5 standards" in page
    assert "Part three: Safer recruitment" in page
    assert f'href="/questionnaires/{version.ref}#q-c1"' in page
    assert "KCSIE 2024, Part three" in page


def test_a_standard_that_cites_an_older_edition_is_listed_with_the_newer(client, version):
    page = client.get(f"/questionnaires/{version.ref}/sources").text

    assert "1.1 cites KCSIE 2024; the edition of 2025 is in force since 1 September 2025" in page


def test_the_page_and_its_files_are_narrowed_to_a_part(client, version):
    path, part = f"/questionnaires/{version.ref}/sources", "?part=kcsie:Part+three"

    page = client.get(path + part).text
    assert "1 of 6 standards cites KCSIE 2024, Part three: Safer recruitment." in page
    assert '<option value="kcsie:Part three" selected>' in page
    assert "An Act, 2002: 5 standards" not in page
    assert f'href="{path}.csv{part}"' in page
    assert "section 175" not in client.get(f"{path}.csv{part}").text
    assert client.get(f"{path}?part=kcsie:Part+nine").status_code == 404


def test_the_other_questionnaires_that_cite_the_same_are_named(client, make, version):
    other = make.version(CITING.replace("key: small", "key: other", 1).replace("2024", "2025", 1))
    foreign = CITING.replace("A small questionnaire", "Foreign", 1)
    foreign = foreign.replace("version: 1", "version: 2", 1)
    publish(make.session, foreign, owner_id=make.partnership().id)
    make.session.commit()

    path = f"/questionnaires/{version.ref}/sources"
    tables = json.loads(client.get(f"{path}.json").text)["tables"]
    name = "A small questionnaire, version 1"
    assert [tuple(row.values()) for row in tables[-1]["rows"]] == [
        ("KCSIE 2025", name, 1),
        ("An Act, 2002", name, 5),
    ]
    page = client.get(path).text
    assert f'href="/questionnaires/{other.ref}/sources"' in page and "Foreign" not in page


def test_a_questionnaire_that_cites_nothing_says_so(client, make):
    version = make.version(small_questionnaire().replace(CITES, "[]"))

    page = client.get(f"/questionnaires/{version.ref}/sources").text
    assert "None of 6 standards cites a source." in page


def test_the_questionnaires_page_leads_to_it(client, version):
    page = client.get(f"/questionnaires/{version.ref}").text

    assert f'href="/questionnaires/{version.ref}/sources"' in page


def test_the_same_comes_as_files(client, version):
    path = f"/questionnaires/{version.ref}/sources"
    files = {form: client.get(f"{path}.{form}") for form in ("pdf", "xlsx", "csv", "json")}

    assert files["pdf"].data.startswith(b"%PDF-")
    sheet = load_workbook(io.BytesIO(files["xlsx"].data))["KCSIE 2024"]
    assert [cell.value for cell in sheet[2]] == [
        "1.1 Culture standard 1",
        "Part three: Safer recruitment",
    ]
    assert "KCSIE 2024, Part three" in files["csv"].text
    tables = {table["name"]: table for table in json.loads(files["json"].text)["tables"]}
    assert list(tables) == ["KCSIE 2024", "An Act, 2002", "By standard", "Newer editions"]
    name = "filename=sources-small.v1.csv"
    assert name in files["csv"].headers["Content-Disposition"]


@pytest.mark.parametrize("path", ["sources", "sources.csv"])
def test_another_partnerships_questionnaire_is_not_there(client_for, make, path):
    own = publish(make.session, CITING, owner_id=make.partnership_row.id)
    make.session.commit()
    ours = make.membership(Role.SCRUTINEER)
    theirs = make.membership(Role.ADMINISTRATOR, partnership_id=make.partnership().id)
    lead = make.membership(Role.LEAD)

    answers = {
        who: client_for(who).get(f"/questionnaires/{own.ref}/{path}").status_code
        for who in (ours, theirs, lead)
    }
    assert answers == {ours: 200, theirs: 404, lead: 404}


def test_the_statements_of_the_page_do_not_grow(app, client, make):
    few = make.version(CITING)
    many = make.version(FULL.read_text(encoding="utf-8"))

    counted = []
    for version in (few, many):
        path = f"/questionnaires/{version.ref}/sources"
        client.get(path)  # what a process reads once
        with statements(app.extensions["engine"]) as sent:
            assert client.get(path).status_code == 200
        counted.append(len(sent))

    assert counted[1] <= counted[0] <= 6
