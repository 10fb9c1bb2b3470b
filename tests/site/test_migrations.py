"""The migrations make exactly what the models describe, on both databases, and can be undone."""

import re

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import CheckConstraint, Engine, inspect, text
from sqlalchemy.exc import DatabaseError

from auditapp.core import clock
from auditapp.core.db import make_engine
from auditapp.core.history import append_only_tables
from auditapp.core.migrating import (
    MIGRATIONS,
    UnknownRevision,
    current,
    downgrade,
    is_at_head,
    revisions,
    upgrade,
)
from auditapp.moderation.models import Feedback
from auditapp.policy.states import Status
from auditapp.tables import metadata


@pytest.fixture
def bare_engine(bare_database_url):
    engine = make_engine(bare_database_url)
    yield engine
    engine.dispose()


def tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names()) - {"alembic_version"}


def differences(engine: Engine) -> list[object]:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        return compare_metadata(context, metadata)


def test_the_migrations_make_what_the_models_describe(engine):
    assert tables(engine) == set(metadata.tables)
    assert differences(engine) == []


def test_a_comparison_notices_a_column_that_is_missing(engine):
    table = min(metadata.tables)
    with engine.begin() as connection:
        connection.execute(text(f'ALTER TABLE "{table}" ADD COLUMN planted INTEGER'))

    assert len(differences(engine)) == 1


def test_the_migrations_go_down_to_nothing_and_up_again(bare_engine):
    assert current(bare_engine) is None and not is_at_head(bare_engine)

    upgrade(bare_engine)
    downgrade(bare_engine, "base")
    assert tables(bare_engine) == set()

    upgrade(bare_engine)
    assert is_at_head(bare_engine)
    assert differences(bare_engine) == []


def test_letters_released_before_stay_with_the_submission_they_are_on(engine, session, make):
    released, waits = (make.assessment(status=Status.SUBMITTED) for _ in range(2))
    make.snapshot(released)
    for one, at in ((released, clock.now()), (waits, None)):
        make.keep(Feedback(snapshot_id=one.snapshots[0].id, kind="panel", released_at=at))
    session.close()

    downgrade(engine, "0007")
    upgrade(engine)

    with engine.connect() as connection:
        numbers = connection.scalars(text("SELECT released_number FROM assessment ORDER BY id"))
        assert numbers.all() == [1, 0]


def test_agencies_that_a_list_left_without_a_phase_have_none(engine, session, make):
    agency = {"kind": "agency", "type": "police", "group": "justice", "duty": "s11", "phase": ""}
    made = [make.organisation(**agency), make.organisation()]
    for place in made:
        make.assessment(organisation=place, status=Status.SUBMITTED)
    session.close()

    downgrade(engine, "0009")
    upgrade(engine)

    with engine.connect() as connection:
        for table in ("registration", "snapshot"):
            phases = connection.scalars(text(f"SELECT phase FROM {table} ORDER BY id"))
            assert phases.all() == ["none", "primary"]


@pytest.mark.parametrize("statement", ["UPDATE snapshot SET phase = ''", "DELETE FROM snapshot"])
def test_submissions_are_frozen_again_after_their_phase_was_mended(engine, make, statement):
    make.assessment(status=Status.SUBMITTED)

    with engine.begin() as connection, pytest.raises(DatabaseError, match="append-only"):
        connection.execute(text(statement))


def test_the_checks_of_the_models_are_in_the_database(engine):
    """Asked for by name, because a comparison does not look at them."""
    found = inspect(engine)
    for table in metadata.tables.values():
        wanted = {rule.name for rule in table.constraints if isinstance(rule, CheckConstraint)}
        assert {rule["name"] for rule in found.get_check_constraints(table.name)} == wanted


def test_every_append_only_table_has_its_triggers(engine):
    listed = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }
    with engine.connect() as connection:
        found = set(connection.scalars(text(listed[engine.dialect.name])))

    verbs = ("update", "delete")
    wanted = {f"{table}_refuses_{verb}" for table in append_only_tables() for verb in verbs}
    assert {name.lower() for name in found} >= wanted > set()


def test_a_database_newer_than_the_software_is_left_alone(engine):
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(UnknownRevision, match="9999"):
        upgrade(engine)
    assert current(engine) == "9999"


def test_a_migration_that_fails_leaves_nothing_behind(bare_engine, monkeypatch):
    """The last statement of all is refused: not one of the tables before it stays."""
    from alembic.runtime.migration import HeadMaintainer

    def refuse(*_arguments):
        raise DatabaseError("refused", None, Exception())

    monkeypatch.setattr(HeadMaintainer, "update_to_step", refuse)
    with pytest.raises(DatabaseError):
        upgrade(bare_engine)

    assert tables(bare_engine) == set()


def test_revisions_are_numbered_without_a_gap_and_named_in_words():
    files = sorted(path.name for path in (MIGRATIONS / "versions").glob("*.py"))

    assert [name[:4] for name in files] == [f"{n:04}" for n in range(1, len(files) + 1)]
    assert list(revisions()) == [name[:4] for name in files]
    assert all(re.fullmatch(r"\d{4}(_[a-z0-9]+)+\.py", name) for name in files)
