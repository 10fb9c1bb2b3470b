"""Figures and the bars they are held against: printed as they are measured, kept for the end."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Measured:
    """One figure. A bar is met at its own value; None is no bar on that side."""

    what: str
    figure: float
    unit: str
    at_most: float | None = None
    at_least: float | None = None

    @property
    def has_bar(self) -> bool:
        return self.at_most is not None or self.at_least is not None

    @property
    def is_met(self) -> bool:
        low_enough = self.at_most is None or self.figure <= self.at_most
        high_enough = self.at_least is None or self.figure >= self.at_least
        return low_enough and high_enough

    def __str__(self) -> str:
        bars = [("at most", self.at_most), ("at least", self.at_least)]
        bar = ", ".join(f"{side} {limit:g}" for side, limit in bars if limit is not None)
        verdict = "ok    " if self.is_met else "MISSED"
        held_to = f" ({bar} {self.unit})" if bar else " (no bar)"
        return f"{verdict} {self.what}: {self.figure:.4g} {self.unit}{held_to}"


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
    ) -> None:
        """Keep a figure that the benchmark took itself."""
        taken = Measured(what, figure, unit, at_most, at_least)
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
    ) -> None:
        """Call `act` once to warm up, then `rounds` times; keep the median and the 95th percentile.

        `rounds` is at least 20, or there is no 95th percentile to speak of.
        """
        if rounds < 20:
            raise ValueError("a 95th percentile needs 20 rounds")
        act()
        taken = [_milliseconds(act) for _ in range(rounds)]
        self.figure(
            f"{what}, median of {rounds}", statistics.median(taken), "ms", at_most=median_ms
        )
        self.figure(f"{what}, 95th percentile", percentile_95(taken), "ms", at_most=p95_ms)

    @property
    def missed(self) -> list[Measured]:
        return [taken for taken in self.measured if not taken.is_met]


def percentile_95(taken: list[float]) -> float:
    """The value that 95 in 100 are at or below."""
    return statistics.quantiles(taken, n=100, method="inclusive")[94]


def _milliseconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000
