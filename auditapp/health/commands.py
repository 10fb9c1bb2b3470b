"""Commands on the database itself."""

import click
from flask.cli import AppGroup

from auditapp.web.session import current_engine

database = AppGroup("database", help="The tables and what version of them there is.")


@database.command()
def upgrade() -> None:
    """Make or update the tables, to what this version of the software needs."""
    from auditapp.core import migrating

    migrating.upgrade(current_engine())
    click.echo(f"The database is at revision {migrating.current(current_engine())}.")
