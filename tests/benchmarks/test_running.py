"""`make bench` must fail where a bar is missed, and its page must say which."""

import sys
from types import ModuleType

import pytest

from tests.benchmarks import __main__ as benchmarks
from tests.benchmarks import document
from tests.benchmarks.recorder import Measured, side_by_side


@pytest.fixture
def planted(monkeypatch, tmp_path):
    """`planted(figure)`: the one benchmark there is measures that, with a bar at 8."""
    monkeypatch.setattr(document, "PAGE", tmp_path / "performance.md")

    def plant(figure: float) -> None:
        module = ModuleType("tests.benchmarks.bench_planted")
        module.run = lambda recorder: recorder.figure("save", figure, "statements", at_most=8)
        monkeypatch.setitem(sys.modules, module.__name__, module)
        monkeypatch.setattr(benchmarks, "names", lambda: ["planted"])

    return plant


@pytest.mark.parametrize(("figure", "status"), [(8, 0), (9, 1)])
def test_a_bar_that_is_missed_fails_the_run_and_is_written_down(planted, figure, status):
    planted(figure)

    assert benchmarks.main([]) == status
    assert ("missed" in document.PAGE.read_text()) == bool(status)


def test_a_part_of_the_benchmarks_writes_nothing(planted):
    planted(9)

    assert benchmarks.main(["planted"]) == 1
    assert not document.PAGE.exists()


def test_a_benchmark_that_is_not_there_is_no_success(planted):
    planted(8)

    assert benchmarks.main(["else"]) == 2


def test_the_page_sets_the_databases_side_by_side():
    shown = document.page(
        [
            Measured("saving an answer", 2.04, "times", at_most=3, on="SQLite"),
            Measured("saving an answer", 3.1, "times", at_most=3, on="PostgreSQL"),
            Measured("pandas, imported by `create_app`", 0, "imports", at_most=0),
        ],
        seconds=130,
    )

    assert "| Saving an answer | 2.04 | **3.1, missed** | at most 3 |" in shown
    assert "| Pandas, imported by `create_app` | 0 | at most 0 |" in shown
    assert "about 2\nminutes" in shown or "about 2 minutes" in shown
    assert "- Bounds: 2 of 3 met" in shown


def test_what_is_compared_is_done_in_turn():
    done: list[str] = []
    side_by_side({"a": lambda: done.append("a"), "b": lambda: done.append("b")}, rounds=3)

    assert done == ["a", "b"] * 4
