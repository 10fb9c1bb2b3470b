"""What alembic asks of us: which tables there should be, and a connection to the ones there are.

`auditapp.core.migrating` opens the connection and the transaction; nothing here writes by itself.
"""

from alembic import context

from auditapp.core import revising
from auditapp.tables import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=True,  # SQLite changes a table by copying it
    compare_server_default=True,
    render_item=revising.render_item,
    process_revision_directives=revising.with_append_only,
)
with context.begin_transaction():
    context.run_migrations()
