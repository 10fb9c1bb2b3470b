"""docs/performance.md: what `make bench` measured, where, when, and what to make of it."""

import os
import platform
import re
from datetime import UTC, datetime
from pathlib import Path

from tests.benchmarks.databases import KINDS
from tests.benchmarks.recorder import Measured
from tests.proof import commit

PAGE = Path(__file__).parents[2] / "docs" / "performance.md"

INTRODUCTION = """\
# Performance

`make bench` measures this and writes this page; it fails where a figure is beyond its bound. It
takes about {minutes} minutes. `make bench ARGS="ratios memory"` measures only those parts, and writes
nothing.

The load is 130 organisations x 80 standards of the shipped section 175/157 questionnaire, with 300
characters and more to an answer: one round submitted by all and read by a panel, one under way.
SQLite and PostgreSQL both sync every commit to disk. Pages come over HTTP from gunicorn, as
`make run` starts it, with one worker unless it says otherwise.

"""
# Unit of the figures -> heading and what to know, in the order of the page.
SECTIONS = {
    "times": (
        "Ratios",
        (
            "How often the time of an empty page, unless it says otherwise; both taken in turn, in one "
            "sitting. An empty page is the layout for somebody signed in (cookie, session, person, "
            "role, band, navigation) with one heading. Ratios hold on other machines too."
        ),
    ),
    "statements": (
        "Statements",
        (
            "What one request asks of the database, signing in checked included. A save is one POST, "
            "as the page sends it while somebody types. The first of an assessment begins it too: its "
            "status, and the move that says who began it and when."
        ),
    ),
    "more": (
        "Growth",
        (
            "How many more statements a page asks for in an area of 300 organisations than in one of "
            "10."
        ),
    ),
    "MiB": (
        "Memory",
        (
            "Resident size of one gunicorn worker: the largest while it served every page three times, "
            "then every file. Signing in takes 64 MiB for a quarter of a second, on purpose, to make "
            "stolen passwords hard to guess; the highest ever counts that in."
        ),
    ),
    "requests a second": ("Requests a second", "Eight clients, each with one connection."),
    "pages a second": (
        "PDF pages a second",
        (
            "Ours are tagged, with embedded fonts, bars and running lines; plain is ReportLab's "
            "platypus with the same words in paragraphs and tables, untagged, in Helvetica."
        ),
    ),
    "imports": ("Not loaded until needed", "What starting the application imports."),
    "ms": (
        "Milliseconds",
        "What a quarter of the requests stay within, on this machine: other work only ever adds.",
    ),
}
OTHERS = """\
## Beside other products

The nearest open-source products were measured on the same load (130 organisations, 80 standards,
answers of 300 characters) on a machine of the same size, on another day: so statements can be
compared, times only roughly.

- One keeps a row for each answer, as this does, and sends 32 statements for a save and 184 to 193
  for the page of one assessment, because it asks again for every row. Its list of 130 assessments
  takes 269. Two of its workers and their master held 590 MiB at rest, and eight clients got 5 to 8
  assessments a second from them.
- Another keeps one document for each assessment. That reads fast (a whole assessment in about
  50 ms; eight clients got about 30 a second), but each save writes the whole document again and a
  copy of it into the history, without asking whether somebody else saved in between; and nothing
  in it can be counted by the database, so it has no overview of an area. Its two workers and their
  master held 246 MiB at rest.
- Both take four to seven seconds for a rich document of one assessment, within the request.
"""


def write(measured: list[Measured], seconds: float) -> None:
    PAGE.write_text(page(measured, seconds), encoding="utf-8")


def page(measured: list[Measured], seconds: float) -> str:
    """The page, in Markdown; figures beyond their bound say so."""
    facts = {
        "Commit": commit("docs/performance.md"),
        "Date": datetime.now(UTC).date().isoformat(),
        "Machine": f"{os.cpu_count()} cores ({_processor()}), {platform.system()}, "
        f"Python {platform.python_version()}",
        "Again": "`make bench`",
    }
    said = "".join(f"- {name}: {fact}\n" for name, fact in facts.items())
    missed = sum(not taken.is_met for taken in measured)
    held = sum(taken.has_bar for taken in measured)
    said += f"- Bounds: {held - missed} of {held} met\n\n"
    sections = [
        f"## {heading}\n\n{words}\n\n{_table([one for one in measured if one.unit == unit])}\n"
        for unit, (heading, words) in SECTIONS.items()
        if any(one.unit == unit for one in measured)
    ]
    introduction = INTRODUCTION.format(minutes=max(1, round(seconds / 60)))
    return introduction + said + "".join(sections) + OTHERS


def _table(measured: list[Measured]) -> str:
    """A row for each thing measured, a column for each database where it matters."""
    on = [kind for kind in KINDS if any(one.on == kind for one in measured)] or [""]
    rows = [["What", *(kind or "Figure" for kind in on), "Bound"], ["---"] * (len(on) + 2)]
    for what in dict.fromkeys(one.what for one in measured):
        found = {one.on: one for one in measured if one.what == what}
        bound = next(iter(found.values())).bar
        cells = [_cell(found.get(kind) or found.get("")) for kind in on]
        rows.append([what[0].upper() + what[1:] if what[0] != "`" else what, *cells, bound])
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _cell(taken: Measured | None) -> str:
    if taken is None:
        return ""
    whole = float(taken.figure).is_integer()
    figure = f"{taken.figure:.0f}" if whole or taken.figure >= 100 else f"{taken.figure:.3g}"
    return figure if taken.is_met else f"**{figure}, missed**"


def _processor() -> str:
    found = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
    return found[1].strip() if found else platform.machine()
