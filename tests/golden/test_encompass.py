"""A published data return of many schools: sums and shares of what they gave."""

import json
from pathlib import Path

import pytest
import yaml

from auditapp.policy.roles import Role
from tests.assessments.pages import section
from tests.clients import text_of
from tests.documents.pdf_reading import words_of

FOUND = json.loads((Path(__file__).parent / "bolton_encompass_2025.json").read_text())
ACTIONS = FOUND["actions_2024_25"]
SHARES = {words: [words] for words in ACTIONS} | FOUND["groups"]  # name -> the actions in it
SCHOOLS = 5  # that the published sums are dealt out to


def key_of(words: str) -> str:
    return words.lower().replace(" ", "-")[:40]


def form() -> str:
    """The return: notifications, a number for each action, their sum and each one's share."""
    keys = [key_of(words) for words in ACTIONS]
    asked = [
        {
            "key": "notifications",
            "title": "Notifications",
            "text": "Notifications received.",
            "answer": {"kind": "number"},
        },
        *(
            {
                "key": key_of(words),
                "title": words,
                "text": f"{words}?",
                "answer": {"kind": "number"},
            }
            for words in ACTIONS
        ),
        {
            "key": "all",
            "title": "All actions",
            "text": "All.",
            "answer": {"kind": "derived", "op": "sum", "of": list(keys)},
        },
    ]
    for at, of in enumerate(SHARES.values(), 1):
        parts = [key_of(words) for words in of]
        derived = {"kind": "derived", "op": "share", "of": parts, "base": list(keys)}
        asked.append(
            {"key": f"share-{at}", "title": f"Share {at}", "text": "A share.", "answer": derived}
        )
    sections = [{"key": "term", "title": "The term", "questions": asked}]
    return yaml.safe_dump(
        {"key": "encompass", "version": 1, "title": "Return", "sections": sections}
    )


def dealt(total: int, at: int) -> int:
    """One school's part: uneven, and together the total."""
    part = total // SCHOOLS + (at - SCHOOLS // 2) * (total // 20)
    return part if at < SCHOOLS - 1 else total - sum(dealt(total, it) for it in range(SCHOOLS - 1))


@pytest.fixture
def returned(make, client_for):
    """Every school's return, typed and sent; a client of the business unit, and the round."""
    version = make.version(form())
    round_ = make.round_row(questionnaire_version_id=version.id, sign_off="none", statutory=False)
    ref, manager = round_.ref, client_for(make.membership(Role.ADMINISTRATOR))
    schools = []
    for _ in range(SCHOOLS):
        assessment = make.assessment(round_=round_)
        lead = make.membership(Role.LEAD, organisation_id=assessment.organisation_id)
        schools.append((client_for(lead), assessment.ref, section(assessment, "term")))
    make.assessment(round_=round_)  # has not returned anything
    make.session.rollback()
    totals = {"notifications": FOUND["notifications"]["2024-2025"]}
    totals |= {key_of(words): number for words, number in ACTIONS.items()}
    for at, (client, assessment_ref, page) in enumerate(schools):
        sent = {"then": "stay"}
        for key, total in totals.items():
            sent |= {
                f"{key}-value": str(dealt(total, at)),
                f"{key}-based_on": "0",
                f"{key}-save_id": key,
            }
        assert client.post(page, data=sent).status_code == 302
        assert client.post(f"/assessments/{assessment_ref}/send").status_code == 302
    return manager, ref


def test_the_report_has_the_published_sums_and_shares(returned):
    manager, ref = returned

    report = manager.get(f"/reports/{ref}/answers.json").json
    [numbers] = [table for table in report["tables"] if table["name"] == "Numbers"]
    rows = {row["Question"].split(" ", 1)[1]: row for row in numbers["rows"]}
    assert rows["Notifications"]["Total"] == 3177
    assert rows["Notifications"]["Answered"]["text"] == "5 of 5, 100.0%"
    for words, number in ACTIONS.items():
        assert rows[words]["Total"] == number
    assert rows["All actions"]["Total"] == FOUND["sum_of_actions"]

    page = text_of(manager.get(f"/reports/{ref}/answers"))
    pdf = words_of(manager.get(f"/reports/{ref}/answers.pdf").data)
    for at, (name, of) in enumerate(SHARES.items(), 1):
        share = rows[f"Share {at}"]["Total"]
        number, base = sum(ACTIONS[words] for words in of), FOUND["sum_of_actions"]
        assert (share["numerator"], share["denominator"]) == (number, base)
        printed = f"{number:,} of {base:,}, {share['percent']}%"
        assert printed in page and printed in pdf
        published = FOUND["published_shares"].get(name)
        if name in FOUND["published_differs"]:
            assert share["percent"] == 12.8  # 451 of 3,533, where 12% was published
        elif published:
            assert f"{round(share['percent'])}%" == published


def test_a_viewer_is_told_what_enough_schools_gave(returned, client_for, make):
    _, ref = returned
    viewer = client_for(make.membership(Role.PARTNERSHIP_VIEWER))

    shown = viewer.get(f"/reports/{ref}/answers.json").json
    assert any(table["name"] == "Numbers" for table in shown["tables"])  # five is enough
    for path in ("answers", "answers.json"):
        assert "hidden from your role" not in viewer.get(f"/reports/{ref}/{path}").text
