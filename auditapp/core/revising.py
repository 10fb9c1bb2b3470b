"""Writing a revision: compare the models with the migrations so far, number it, name it.

Beside alembic's own operations a revision may say `op.make_append_only("table")`; it is written
for each new table that is marked so, and again by hand after a batch change of such a table,
because SQLite copies the table and leaves its triggers behind.
"""

import re
from pathlib import Path
from typing import Any, Literal

from alembic import command
from alembic.autogenerate.api import AutogenContext
from alembic.autogenerate.render import renderers
from alembic.operations import MigrateOperation, MigrationScript, Operations
from alembic.operations.ops import CreateTableOp, UpgradeOps
from sqlalchemy import Engine, Enum

from auditapp.core import migrating
from auditapp.core.db import UtcDateTime
from auditapp.core.history import append_only_tables, trigger_statements


@Operations.register_operation("make_append_only")
class MakeAppendOnly(MigrateOperation):
    """Refuse UPDATE and DELETE on a table. Dropping the table undoes it."""

    def __init__(self, table: str) -> None:
        self.table = table

    @classmethod
    def make_append_only(cls, operations: Operations, table: str) -> None:
        operations.invoke(cls(table))


@Operations.implementation_for(MakeAppendOnly)
def _make_append_only(operations: Operations, operation: MakeAppendOnly) -> None:
    for statement in trigger_statements(operation.table, operations.get_bind().dialect.name):
        operations.execute(statement)


@renderers.dispatch_for(MakeAppendOnly)
def _render_append_only(_context: AutogenContext, operation: MakeAppendOnly) -> str:
    return f"op.make_append_only({operation.table!r})"


def with_append_only(_context: Any, _revision: Any, directives: list[MigrationScript]) -> None:
    """Have each new append-only table followed by the operation that makes it so."""
    for script in directives:
        assert script.upgrade_ops is not None
        _follow_tables(script.upgrade_ops)


def _follow_tables(upgrade: UpgradeOps) -> None:
    kept = append_only_tables()
    for made in [step for step in upgrade.ops if isinstance(step, CreateTableOp)]:
        made.info = {}  # what the mark is for, is said by the operation
        if made.table_name in kept:
            upgrade.ops.append(MakeAppendOnly(made.table_name))


def render_item(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write our column types as what they are stored as: a revision outlives the code."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime()"
    if kind == "type" and isinstance(item, Enum) and not item.native_enum:
        return f"sa.String(length={item.length})"
    return False


def revise(engine: Engine, words: str) -> str:
    """Write the revision that takes `engine`, at head, to the models; returns its file's path.

    Raises:
        ValueError: `words` leave nothing for a name.
    """
    slug = "_".join(re.findall(r"[a-z0-9]+", words.lower()))
    if not slug:
        raise ValueError("say in a few words what the migration does")
    number = len(migrating.revisions()) + 1
    with migrating.alone(engine) as config:
        script = command.revision(
            config, slug.replace("_", " ").capitalize(), autogenerate=True, rev_id=f"{number:04}"
        )
    assert script is not None and not isinstance(script, list)
    written = Path(script.path)
    lines = written.read_text(encoding="utf-8").splitlines(keepends=True)
    written.write_text("".join(line for line in lines if "# ###" not in line), encoding="utf-8")
    return script.path
