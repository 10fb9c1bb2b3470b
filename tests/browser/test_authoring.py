"""The guide to writing a questionnaire, followed step by step in a browser, scripts or not."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from auditapp.core import clock
from auditapp.policy.roles import Role
from auditapp.questionnaires.library import publish
from auditapp.questionnaires.publishing import SHIPPED
from tests.browser.business_unit import choose_organisations, open_round, plan_round
from tests.browser.conftest import ComeAs
from tests.browser.looking import look
from tests.browser.visitor import Visitor
from tests.factories import Make

GUIDE = Path(__file__).parents[2] / "docs" / "guides" / "writing-a-questionnaire.md"
AGENCIES = SHIPPED / "section-11.v1.yaml"
ACT = re.compile(
    r"\b(?P<act>follow|press|choose|you see) (?:\*\*|“)(?P<words>.+?)(?:\*\*|”)"
    r"|“(?P<typed>[^”]+)” in \*\*(?P<field>.+?)\*\*",
    re.IGNORECASE,
)


def steps() -> Iterator[str]:
    text = GUIDE.read_text(encoding="utf-8")
    example = text[text.index("## An example") : text.index("What happens next")]
    yield from (line for line in example.splitlines() if re.match(r"\d+\. ", line))


def do(manager: Visitor, act: re.Match[str]) -> None:
    match (act["act"] or "").lower():
        case "follow":
            manager.follow(act["words"].rstrip("."))
        case "press":
            manager.press(act["words"])
        case "choose":
            manager.choose(act["words"])
        case "you see":
            manager.reads(act["words"])
        case _:
            field = manager.page.get_by_label(act["field"], exact=True)
            if field.evaluate("it => it.tagName") == "SELECT":
                field.select_option(label=act["typed"])
            else:
                field.fill(act["typed"])


def test_the_guide_makes_twelve_sections_of_eleven_and_a_round_asks_them(
    make: Make, come_as: ComeAs, javascript: bool
) -> None:
    make.keep(publish(make.session, AGENCIES.read_text(encoding="utf-8")))
    home = make.partnership_row
    agencies = {"Exampleshire Council": "local-authority", "Exampleshire Police": "police"}
    for name, kind in agencies.items():
        make.organisation(name=name, type=kind)
    manager = come_as(Role.ADMINISTRATOR, "Manager", partnership_id=home.id)
    done = 0
    for step in steps():
        for act in ACT.finditer(step):
            do(manager, act)
            done += 1
        manager.page.wait_for_load_state("networkidle")  # the step's last act may still lead away
        look(manager.page, manager.twin)
    assert done > 50

    opens = clock.today()
    due, feedback = opens + timedelta(days=30), opens + timedelta(days=90)
    manager.follow("Rounds")
    title = "Safeguarding self-assessment for agencies"
    plan_round(manager, "Section 11, twelve", f"{title}, version 2, your own", opens, due, feedback)
    choose_organisations(manager, list(agencies))
    open_round(manager, "Section 11, twelve", len(agencies))
