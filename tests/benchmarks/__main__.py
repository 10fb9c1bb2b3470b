"""Run the benchmarks, all or those named: `python -m tests.benchmarks [saving reports]`.

A benchmark is a module `bench_<name>.py` of this folder with `run(recorder)`. It makes its own
database (`tests.benchmarks.databases`), measures, and says which bar each figure is held against.
All of them together write docs/performance.md.
"""

import os
import platform
import signal
import sys
import time
from importlib import import_module
from pathlib import Path

from tests.benchmarks import document
from tests.benchmarks.recorder import Recorder

PREFIX = "bench_"


def names() -> list[str]:
    found = Path(__file__).parent.glob(f"{PREFIX}*.py")
    return sorted(path.stem.removeprefix(PREFIX) for path in found)


def main(wanted: list[str]) -> int:
    """0: every bar met. 1: one missed. 2: nothing was measured."""
    if unknown := sorted(set(wanted) - set(names())):
        print(f"no such benchmark: {', '.join(unknown)}; there are: {', '.join(names())}")
        return 2
    recorder, began = Recorder(), time.monotonic()
    print(f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}")
    for name in wanted or names():
        print(f"-- {name}")
        import_module(f"tests.benchmarks.{PREFIX}{name}").run(recorder)
    seconds = time.monotonic() - began
    held = [taken for taken in recorder.measured if taken.has_bar]
    print(f"{len(held) - len(recorder.missed)} of {len(held)} bars met in {seconds:.0f} s")
    for taken in recorder.missed:
        print(taken)
    if not recorder.measured:
        return 2
    if not wanted:
        document.write(recorder.measured, seconds)
    return 1 if recorder.missed else 0


def _end(*_signal: object) -> None:
    """Told to end, as by a time limit: leave no server behind."""
    sys.exit(143)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _end)
    sys.exit(main(sys.argv[1:]))
