"""Figures and the bars they are held against: printed as they are measured, kept for the end."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Measured:
    """One figure. A bar is met at its own value; None is no bar on that side.

    `on` is the database it was measured on; "" where that is all the same.
    """

    what: str
    figure: float
    unit: str
    at_most: float | None = None
    at_least: float | None = None
    on: str = ""

    @property
    def has_bar(self) -> bool:
        return self.at_most is not None or self.at_least is not None

    @property
    def bar(self) -> str:
        bars = [("at most", self.at_most), ("at least", self.at_least)]
        return ", ".join(f"{side} {limit:g}" for side, limit in bars if limit is not None)

    @property
    def is_met(self) -> bool:
        low_enough = self.at_most is None or self.figure <= self.at_most
        high_enough = self.at_least is None or self.figure >= self.at_least
        return low_enough and high_enough

    def __str__(self) -> str:
        verdict = "ok    " if self.is_met else "MISSED"
        where = f"{self.on}: " if self.on else ""
        held_to = f" ({self.bar} {self.unit})" if self.bar else " (no bar)"
        return f"{verdict} {where}{self.what}: {self.figure:.4g} {self.unit}{held_to}"


@dataclass
class Recorder:
    """What every benchmark is given: `def run(recorder: Recorder) -> None`."""

    measured: list[Measured] = field(default_factory=list)

    def figure(
        self,
        what: str,
        figure: float,
        unit: str,
        *,
        at_most: float | None = None,
        at_least: float | None = None,
        on: str = "",
    ) -> None:
        """Keep a figure that the benchmark took itself."""
        taken = Measured(what, figure, unit, at_most, at_least, on)
        self.measured.append(taken)
        print(taken, flush=True)

    def time(
        self,
        what: str,
        act: Callable[[], object],
        *,
        rounds: int,
        median_ms: float | None = None,
        p95_ms: float | None = None,
        on: str = "",
    ) -> None:
        """Call `act` once to warm up, then `rounds` times; keep the median and the 95th percentile.

        `rounds` is at least 20, or there is no 95th percentile to speak of.
        """
        if rounds < 20:
            raise ValueError("a 95th percentile needs 20 rounds")
        act()
        taken = [milliseconds(act) for _ in range(rounds)]
        median, percentile = statistics.median(taken), percentile_95(taken)
        self.figure(f"{what}, median of {rounds}", median, "ms", at_most=median_ms, on=on)
        self.figure(f"{what}, 95th percentile", percentile, "ms", at_most=p95_ms, on=on)

    @property
    def missed(self) -> list[Measured]:
        return [taken for taken in self.measured if not taken.is_met]


def percentile_95(taken: list[float]) -> float:
    """The value that 95 in 100 are at or below."""
    return statistics.quantiles(taken, n=100, method="inclusive")[94]


def milliseconds(act: Callable[[], object]) -> float:
    """How long one call of `act` takes."""
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def side_by_side(acts: dict[str, Callable[[], object]], *, rounds: int) -> dict[str, float]:
    """Milliseconds of each, in turn, so that a busy moment meets all of them alike.

    What else the machine does only ever adds: so it is the time that a quarter stay within.
    """
    for act in acts.values():
        act()
    taken: dict[str, list[float]] = {name: [] for name in acts}
    for _ in range(rounds):
        for name, act in acts.items():
            taken[name].append(milliseconds(act))
    return {name: statistics.quantiles(times, n=4)[0] for name, times in taken.items()}
