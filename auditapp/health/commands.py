"""Commands on the installation itself: its database and its settings."""

import click
from flask import current_app
from flask.cli import AppGroup

from auditapp.config import Settings
from auditapp.core.transactions import transaction
from auditapp.questionnaires.publishing import install_shipped
from auditapp.web.session import current_engine, current_session

database = AppGroup("database", help="The tables and what version of them there is.")
settings = AppGroup("settings", help="The settings of this installation.")


@database.command()
def upgrade() -> None:
    """Make or update the tables, to what this version of the software needs."""
    from auditapp.core import migrating

    migrating.upgrade(current_engine())
    click.echo(f"The database is at revision {migrating.current(current_engine())}.")
    with transaction(current_session()) as session:
        for sentence in install_shipped(session):
            click.echo(sentence, err=True)


@settings.command()
def check() -> None:
    """Say that the settings are right and what they come to; the key and passwords are left out.

    Faulty settings stop every command before this one, with a sentence each and exit code 2.
    """
    found: Settings = current_app.extensions["settings"]
    click.echo("The settings are right.")
    click.echo(f"Database: {current_engine().url.render_as_string(hide_password=True)}")
    click.echo(f"Instance folder: {found.instance_path}")
    click.echo(f"Links begin with: {found.base_url}")
    if found.smtp_url:
        click.echo(f"Messages go out by SMTP, from {found.mail_from}.")
    elif found.demo:
        click.echo(f"Messages go to {found.messages_folder} (demo).")
    else:
        click.echo("Messages wait: AUDITAPP_SMTP_URL is not set.")
