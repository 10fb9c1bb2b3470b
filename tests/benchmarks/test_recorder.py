"""A bar that is missed must be seen to be missed."""

import pytest

from tests.benchmarks.recorder import Measured, Recorder, percentile_95


@pytest.mark.parametrize(
    ("figure", "bars", "met"),
    [
        (10, {"at_most": 10}, True),
        (10.1, {"at_most": 10}, False),
        (10, {"at_least": 10}, True),
        (9.9, {"at_least": 10}, False),
        (0, {"at_most": 0}, True),
        (1, {"at_most": 0}, False),
        (5, {}, True),
    ],
)
def test_a_bar_is_met_at_its_own_value_and_missed_beyond(figure, bars, met):
    assert Measured("saves", figure, "a second", **bars).is_met is met


def test_a_recorder_keeps_what_was_missed(capsys):
    recorder = Recorder()
    recorder.figure("lost saves", 0, "saves", at_most=0)
    recorder.figure("slow page", 900, "ms", at_most=500)

    assert [taken.what for taken in recorder.missed] == ["slow page"]
    assert "MISSED slow page: 900 ms (at most 500 ms)" in capsys.readouterr().out


def test_the_95th_percentile_leaves_five_in_a_hundred_above():
    assert percentile_95([float(n) for n in range(101)]) == 95


def test_too_few_rounds_are_refused():
    with pytest.raises(ValueError, match="20 rounds"):
        Recorder().time("a page", lambda: None, rounds=3)
