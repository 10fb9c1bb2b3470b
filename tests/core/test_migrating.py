"""A migration that is killed leaves all of it or nothing; two at once do it once."""

import random
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import inspect

from auditapp.core.db import make_engine
from auditapp.core.migrating import downgrade, is_at_head, upgrade
from auditapp.tables import metadata

EVERY_TABLE = {*metadata.tables, "alembic_version"}

CHILD = """
import sys
from auditapp.core import migrating
from auditapp.core.db import make_engine
from auditapp import tables
engine = make_engine(sys.argv[1])
migrating.current(engine)
print("ready", flush=True)
migrating.upgrade(engine)
"""


@pytest.fixture
def bare_engine(bare_database_url):
    engine = make_engine(bare_database_url)
    yield engine
    engine.dispose()


def killed_after(seconds: float, url: str) -> bool:
    """Migrate in another process and kill it; whether it was still at work."""
    child = subprocess.Popen([sys.executable, "-c", CHILD, url], stdout=subprocess.PIPE)
    with child:
        assert child.stdout is not None and child.stdout.readline() == b"ready\n"
        time.sleep(seconds)
        at_work = child.poll() is None
        child.kill()
    return at_work


@pytest.mark.proof
@pytest.mark.slow
def test_a_killed_migration_is_completed_or_undone(
    bare_engine, bare_database_url, rounds, seed, proof_figure
):
    chance, wanted = random.Random(seed), rounds(2, 20)
    kills = halfway = 0
    for _attempt in range(10 * wanted):
        kills += killed_after(chance.uniform(0, 0.15), bare_database_url)
        left = set(inspect(bare_engine).get_table_names())
        halfway += left not in (set(), {"alembic_version"}, EVERY_TABLE)
        if left == EVERY_TABLE:
            downgrade(bare_engine, "base")  # for the next to have something to do
        if kills == wanted:
            break

    proof_figure(f"migrations left halfway by {kills} kills, {bare_engine.name}", halfway)
    assert (kills, halfway) == (wanted, 0)
    upgrade(bare_engine)
    assert is_at_head(bare_engine)


def test_two_that_migrate_at_once_do_it_once(bare_database_url):
    engines = [make_engine(bare_database_url) for _ in range(2)]

    with ThreadPoolExecutor() as pool:
        list(pool.map(upgrade, engines))

    assert is_at_head(engines[0])
    for engine in engines:
        engine.dispose()
