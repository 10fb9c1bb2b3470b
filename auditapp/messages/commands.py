"""Commands on the outbox."""

import threading

import click
from flask import current_app
from flask.cli import AppGroup

from auditapp.messages.delivery import can_deliver
from auditapp.messages.worker import run_all, run_until, waiting
from auditapp.web.session import current_session

outbox = AppGroup("outbox", help="Messages and other work that waits to be done.")


@outbox.command()
@click.option("--loop", is_flag=True, help="Go on until stopped, instead of once.")
def run(loop: bool) -> None:
    """Send what waits, and do the other work that was asked for."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    if loop:
        run_until(app, threading.Event())
    click.echo(f"{run_all(app)} done.")
    still, failed = waiting(current_session())
    if still and not can_deliver(app.extensions["settings"]):
        click.echo(f"{still} messages wait: AUDITAPP_SMTP_URL is not set.")
    elif still or failed:
        click.echo(f"{still} messages wait to be tried again, {failed} were given up.")
