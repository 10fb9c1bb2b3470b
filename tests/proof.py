"""Figures that tests measure: printed at the end of a run, and kept by `make proof`."""

import os
import platform
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.runs import PROOF, SEED

CHECKOUT = Path(__file__).resolve().parents[1]
PAGE = CHECKOUT / "docs" / "proof.md"
PROPERTY = "proof_figure"

INTRODUCTION = """\
# Proof

The figures of the tests marked `proof`, at their full counts. `make proof` writes this page;
`make test` runs the same tests with smaller counts.

"""


@dataclass(frozen=True)
class Figure:
    name: str
    figure: str
    test: str
    outcome: str


_figures: list[Figure] = []


@pytest.fixture
def proof_figure(record_property: Callable[[str, object], None]) -> Callable[[str, object], None]:
    """Keep a figure: `proof_figure("saves lost of 200 kills", "0")`. Call it before asserting."""
    return lambda name, figure: record_property(PROPERTY, f"{name}\n{figure}")


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Runs in the first process only, whichever worker ran the test."""
    if report.when != "call":
        return
    for name, kept in report.user_properties:
        if name == PROPERTY:
            what, figure = str(kept).split("\n")
            _figures.append(Figure(what, figure, report.nodeid, report.outcome))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not _figures:
        return
    terminalreporter.section("FIGURES")
    for kept in _figures:
        terminalreporter.line(f"{kept.name}: {kept.figure} ({kept.outcome})")
    if os.environ.get(PROOF):
        PAGE.write_text(page(_figures), encoding="utf-8")
        terminalreporter.line(f"written to {PAGE.relative_to(CHECKOUT)}")


def page(figures: list[Figure]) -> str:
    """The page, in Markdown: where and when, then a row for each figure, failed ones too."""
    facts = {
        "Commit": commit("docs/proof.md"),
        "Date": datetime.now(UTC).date().isoformat(),
        "Command": "`make proof`",
        "Machine": f"{os.cpu_count()} cores, {platform.system()}, Python "
        f"{platform.python_version()}, seed {os.environ[SEED]}",
    }
    rows = [
        [kept.name, kept.figure, kept.outcome, f"`{kept.test}`"]
        for kept in sorted(figures, key=lambda kept: (kept.test, kept.name))
    ]
    said = "".join(f"- {name}: {fact}\n" for name, fact in facts.items())
    return INTRODUCTION + said + "\n" + _table(["What", "Figure", "Outcome", "Test"], rows)


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(_cell(text) for text in line)} |\n" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def commit(but_for: str) -> str:
    """The commit that figures are of, and whether anything but their own page was changed since."""
    at = _git("rev-parse", "--short=12", "HEAD")
    changed = _git("status", "--porcelain", "--", ".", f":!{but_for}")
    return f"{at}, with changes that are not committed" if changed else at


def _git(*words: str) -> str:
    said = subprocess.run(
        ["git", *words], cwd=CHECKOUT, capture_output=True, check=False, text=True
    )
    return said.stdout.strip() if said.returncode == 0 else "unknown"
