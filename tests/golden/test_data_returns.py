"""Published data returns, typed into the form that a questionnaire makes of them."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from auditapp.policy.roles import Role
from tests.assessments.pages import section
from tests.clients import text_of
from tests.documents.pdf_reading import words_of

HERE = Path(__file__).parent
KPI = json.loads((HERE / "bury_kpi_2022.json").read_text())["indicators"]
TABLES = json.loads((HERE / "bolton_comparators_2016.json").read_text())["tables"]


def key_of(words: str) -> str:
    return "k" + "".join(sign if sign.isalnum() else "-" for sign in words.lower())[:30].strip("-")


def questionnaire(questions: list[dict]) -> str:
    document = {"key": "return", "version": 1, "title": "A data return"}
    sections = [{"key": "figures", "title": "Figures", "questions": questions}]
    return yaml.safe_dump(document | {"sections": sections}, sort_keys=False)


def scorecard() -> list[dict]:
    """The indicators as one matrix of quarters, with last year's figure beside them."""
    quarters = [{"key": f"q{n}", "label": f"Quarter {n}"} for n in (1, 2, 3, 4)]
    rows = [{"key": key_of(it["id"]), "label": it["name"], "year": it["year_rule"]} for it in KPI]
    answer = {
        "kind": "matrix",
        "override": True,
        "change_from": "last-year",
        "columns": [*quarters, {"key": "last-year", "label": "Last year", "of_year": False}],
        "rows": rows,
    }
    return [{"key": "kpi", "title": "Indicators", "text": "Give each quarter.", "answer": answer}]


def typed() -> dict[str, str]:
    sent = {"kpi-based_on": "0", "kpi-save_id": "kpi"}
    for it in KPI:
        name = f"kpi-value-{key_of(it['id'])}"
        for n, number in enumerate(it["quarters"], 1):
            sent[f"{name}-q{n}"] = "" if number is None else str(number)
        sent[f"{name}-last-year"] = "" if it["last_year"] is None else str(it["last_year"])
        if given := it.get("year_override"):
            sent |= {f"{name}-year": str(given["value"]), f"{name}-why": given["reason"]}
    return sent


@pytest.fixture
def answering(make, client_for, lead_of):
    def answering(text):
        version = make.version(text)
        round_ = make.round_row(questionnaire_version_id=version.id, sign_off="none")
        assessment = make.assessment(round_=round_)
        return client_for(lead_of(assessment)), assessment

    return answering


@pytest.fixture
def lead_of(make):
    return lambda it: make.membership(Role.LEAD, organisation_id=it.organisation_id)


def line_of(page: str, name: str) -> str:
    """What stands beside a row's name, up to the next row."""
    _, _, after = page.partition(f"<dt>{name}</dt>")
    return after.partition("</dd>")[0]


def test_the_scorecard_has_the_published_year_figures_and_changes(answering):
    client, assessment = answering(questionnaire(scorecard()))

    sent = client.post(section(assessment, "figures"), data=typed() | {"then": "stay"})

    assert sent.status_code == 302
    page = text_of(client.get(section(assessment, "figures"))).replace("&#39;", "'")
    assert client.post(f"/assessments/{assessment.ref}/send").status_code == 302
    read = text_of(client.get(f"/assessments/{assessment.ref}/submission")).replace("&#39;", "'")
    pdf = words_of(client.get(f"/assessments/{assessment.ref}/submission.pdf").data)
    for it in KPI:
        year = f"{Decimal(it['year']):,}" if it["year"] else "no data"
        change = f"{Decimal(it['change']):+,}" if it["change"] else "no data"
        for shown in (line_of(page, it["name"]), line_of(read, it["name"])):
            assert f"Year: {year}" in shown
            assert f"Change from last year: {change}" in shown
        assert f"Year: {year}" in pdf and f"Change from last year: {change}" in pdf
        if given := it.get("year_override"):
            assert f"(given: {given['reason']})" in line_of(read, it["name"])


def test_a_year_that_is_given_needs_its_reason(answering):
    client, assessment = answering(questionnaire(scorecard()))
    name = f"kpi-value-{key_of('8.1')}-why"

    client.post(section(assessment, "figures"), data=typed() | {name: "", "then": "stay"})

    check = text_of(client.get(f"/assessments/{assessment.ref}/check"))
    assert f'href="/assessments/{assessment.ref}/sections/figures#{name}"' in check


@pytest.mark.parametrize("table", TABLES, ids=lambda it: it["name"])
def test_an_indicator_stands_beside_its_comparators(answering, table):
    rows = [{"key": key_of(name), "label": name} for name in table["rows"]]
    columns = [{"key": f"y{it}", "label": it} for it in table["columns"]]
    answer = {"kind": "matrix", "rows": rows, "columns": columns}
    asked = {"key": "rate", "title": "Rate", "text": table["name"], "answer": answer}
    client, assessment = answering(questionnaire([asked]))
    sent = {"rate-based_on": "0", "rate-save_id": "rate", "then": "stay"}
    for name, numbers in table["rows"].items():
        for year, number in zip(table["columns"], numbers, strict=True):
            sent[f"rate-value-{key_of(name)}-y{year}"] = str(number)

    assert client.post(section(assessment, "figures"), data=sent).status_code == 302

    page = text_of(client.get(section(assessment, "figures")))
    for name, numbers in table["rows"].items():
        pairs = zip(table["columns"], numbers, strict=True)
        printed = "; ".join(f"{year}: {Decimal(str(it)).normalize():f}" for year, it in pairs)
        assert printed in line_of(page, name)
