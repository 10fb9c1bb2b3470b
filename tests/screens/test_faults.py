"""The check of the screens sees what it is there to see, and nothing where there is nothing."""

import pytest

from tests.browsers import PHONE
from tests.screens.camera import FAULTS

HIDDEN = "position: absolute; width: 1px; height: 1px; overflow: hidden; clip: rect(0 0 0 0)"


@pytest.mark.parametrize(
    ("fault", "body"),
    [
        ("px wider than the window", '<div style="width: 600px">Wide</div>'),
        (
            "text is cut off",
            '<p style="width: 40px; overflow: hidden; white-space: nowrap">Too long for its box</p>',
        ),
        ("text over text", '<p>Lower</p><p style="margin-top: -34px">Upper</p>'),
        (
            "text leaves its drawing",
            '<svg width="60" height="20"><text x="30" y="15">Far too long a label</text></svg>',
        ),
    ],
)
def test_a_fault_that_was_planted_is_seen(page, fault, body):
    page.set_viewport_size(PHONE)
    page.set_content(body)

    found = page.evaluate(FAULTS)

    assert len(found) == 1 and fault in found[0], found


def test_a_page_that_holds_together_has_no_fault(page):
    page.set_viewport_size(PHONE)
    page.set_content(
        f"<h1>Answers</h1><p>Two lines of words that have to be broken <b>somewhere</b> here.</p>"
        f'<span style="{HIDDEN}">Read aloud, never drawn, however long</span>'
        '<svg width="200" height="40"><text x="5" y="20">Met</text><text x="60" y="20">3</text></svg>'
    )

    assert page.evaluate(FAULTS) == []
