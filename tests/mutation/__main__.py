"""Drop each line of the permission table in turn, and each condition of each line: who notices?

The tests of the policy are collected once and must pass. Then every mutant is a fork of this
process that changes the table in its own memory and runs them until one fails. A mutant that no
test fails on has survived: a line nobody would miss, or a test nobody has written.
"""

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from _pytest.runner import runtestprotocol

from auditapp.policy.permissions import TABLE, Permission
from auditapp.policy.predicates import Predicate

TESTS = ["tests/policy", "-m", "not postgres and not browser and not slow"]
SURVIVED, KILLED = 0, 1

Rows = tuple[tuple[Predicate, ...], ...]


@dataclass(frozen=True)
class Mutant:
    """`rows` instead of what the table says for `permission`."""

    permission: Permission
    rows: Rows
    change: str


def mutants() -> Iterator[Mutant]:
    """The table without each row, and without each predicate of each row."""
    for permission, rows in TABLE.items():
        for at, row in enumerate(rows):
            before, after = rows[:at], rows[at + 1 :]
            yield Mutant(permission, before + after, f"without row {at + 1} ({words_of(row)})")
            for index, predicate in enumerate(row):
                weaker = row[:index] + row[index + 1 :]
                change = f"row {at + 1} ({words_of(row)}) without {words_of((predicate,))}"
                yield Mutant(permission, (*before, weaker, *after), change)


def words_of(row: tuple[Predicate, ...]) -> str:
    return " ".join(predicate.__qualname__.partition(".")[0] for predicate in row)


class EachMutant:
    """A plugin that runs the collected tests once as they are and once for each mutant."""

    def __init__(self) -> None:
        self.survivors: list[Mutant] = []
        self.total = 0

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        # The quick ones first: nearly every mutant is dead before a database is opened.
        items = sorted(
            session.items, key=lambda item: "database_url" in getattr(item, "fixturenames", ())
        )
        if not items or _first_failure(items) is not None:
            raise pytest.UsageError("the tests must exist and pass before a mutant means anything")
        if not _unchanged_survives(items):
            raise pytest.UsageError("the tests fail in a fork although nothing was changed")
        running: dict[int, Mutant] = {}
        for mutant in mutants():
            self.total += 1
            running[_fork(mutant, items)] = mutant
            if len(running) == (os.cpu_count() or 1):
                self._wait(running)
        while running:
            self._wait(running)
        return True

    def _wait(self, running: dict[int, Mutant]) -> None:
        child, status = os.wait()
        if os.waitstatus_to_exitcode(status) == SURVIVED:
            self.survivors.append(running[child])
        del running[child]


def _unchanged_survives(items: list[pytest.Item]) -> bool:
    """The control: a fork that changes nothing. Were it killed, so would be every mutant."""
    permission, rows = next(iter(TABLE.items()))
    _child, status = os.waitpid(_fork(Mutant(permission, rows, "unchanged"), items), 0)
    return os.waitstatus_to_exitcode(status) == SURVIVED


def _fork(mutant: Mutant, items: list[pytest.Item]) -> int:
    """The process id of a child that exits with KILLED or SURVIVED."""
    sys.stdout.flush()
    if child := os.fork():
        return child
    try:
        TABLE[mutant.permission] = mutant.rows
        os._exit(SURVIVED if _first_failure(items) is None else KILLED)
    finally:
        os._exit(KILLED)


def _first_failure(items: list[pytest.Item]) -> str | None:
    """The first test that fails, or None. Fixtures of the whole run are kept for the next time."""
    for item, following in zip(items, [*items[1:], items[0]], strict=True):
        reports = runtestprotocol(item, nextitem=following, log=False)
        if any(report.failed for report in reports):
            return item.nodeid
    return None


def main(arguments: list[str]) -> int:
    each = EachMutant()
    options = ["-q", "-n0", "-p", "no:cacheprovider", "--capture=sys", *(arguments or TESTS)]
    code = pytest.main(options, plugins=[each])
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED) or not each.total:
        return 2
    for mutant in each.survivors:
        print(f"SURVIVED {mutant.permission}: {mutant.change}")
    killed = each.total - len(each.survivors)
    print(f"killed/total = {killed}/{each.total} = {100 * killed // each.total}%")
    return 1 if each.survivors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
