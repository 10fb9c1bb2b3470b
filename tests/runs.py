"""One test run over several workers: a folder they share, things done once, the seed they use."""

import fcntl
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp

import pytest

FOLDER = "TESTS_RUN"
SEED = "TESTS_SEED"
PROOF = "TESTS_PROOF"
EVERYDAY_SEED = 175157  # a change is judged by itself; `make proof` draws another one each time


def run_folder() -> Path:
    return Path(os.environ[FOLDER])


def once_per_run(name: str, do: Callable[[], str]) -> str:
    """What `do` returns. The first worker to ask does it; the others wait and are told."""
    said = run_folder() / name
    with (run_folder() / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not said.exists():
            said.write_text(do())
    return said.read_text()


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Only the first process makes the folder and says the seed; its workers inherit both."""
    if not is_worker(config):
        os.environ[FOLDER] = mkdtemp(prefix="auditapp-test-run")
        drawn = random.randrange(10**6) if os.environ.get(PROOF) else EVERYDAY_SEED
        os.environ.setdefault(SEED, str(drawn))
        config.add_cleanup(lambda: shutil.rmtree(os.environ.pop(FOLDER)))
    config.option.hypothesis_seed = os.environ[SEED]


def is_worker(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")


def pytest_report_header() -> str:
    return f"seed: {os.environ[SEED]} (set {SEED} to repeat it)"


@pytest.fixture
def seed() -> int:
    """The run's seed for random choices; printed at its beginning, set by TESTS_SEED."""
    return int(os.environ[SEED])


@pytest.fixture
def rounds() -> Callable[[int, int], int]:
    """How often to try: `rounds(everyday, full)`; `make proof` takes the full number."""
    return lambda everyday, full: full if os.environ.get(PROOF) else everyday
