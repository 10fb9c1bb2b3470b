"""What could not be tested here is said loudly, with the command that would change it."""

import os
from collections import Counter
from typing import NoReturn

import pytest

REQUIRED = "TESTS_REQUIRE"

REMEDIES = {
    "postgres": "PostgreSQL is not installed: make test, or sudo apt install postgresql",
    "browser": "Chromium is not installed: sudo apt install chromium libatomic1",
    "lists": "The real school lists are not here: they stand in ../shared/data beside the checkout",
    "poppler": "pdftoppm and pdftotext are not installed: sudo apt install poppler-utils",
}


def need(kind: str) -> NoReturn:
    """Skip this test for want of `kind`; fail it where TESTS_REQUIRE says it must be there."""
    if kind in os.environ.get(REQUIRED, "").split(","):
        pytest.fail(f"{REMEDIES[kind]} ({REQUIRED} says it must be here)", pytrace=False)
    pytest.skip(REMEDIES[kind])


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reasons = Counter(
        str(report.longrepr[2]).removeprefix("Skipped: ")
        for report in terminalreporter.stats.get("skipped", [])
        if isinstance(report.longrepr, tuple)
    )
    if not reasons:
        return
    terminalreporter.section("NOT TESTED", red=True, bold=True)
    for reason, tests in sorted(reasons.items()):
        terminalreporter.line(f"{tests} skipped. {reason}", red=True)
