"""Commands for the demonstration: load it, serve it, say how to sign in."""

import logging
import socket
import sys

import click
from flask import Flask, current_app
from flask.cli import AppGroup
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from auditapp.config import Settings
from auditapp.core.db import make_engine
from auditapp.demo.loading import is_loaded, load, size
from auditapp.demo.people import PASSWORD, sign_ins
from auditapp.web.session import current_engine

demo = AppGroup("demo", help="The invented area: only where AUDITAPP_DEMO is 1.")


@demo.command("load")
def load_demo() -> None:
    """Load Exampleshire into an empty database; where it is, nothing is done."""
    settings = _demo_only()
    with Session(_hasty_engine(settings)) as session:
        if is_loaded(session):
            click.echo("Exampleshire is there already.")
            return
        bar = click.progressbar(length=size(), label="Loading Exampleshire", file=sys.stderr)
        with bar as shown:
            load(session, shown.update)


@demo.command()
@click.option("--port", default=5000, show_default=True)
def serve(port: int) -> None:
    """Serve it on this machine only, with its worker, and say how to sign in."""
    from werkzeug.serving import make_server

    from auditapp.messages.worker import start_worker

    settings = _demo_only()
    _check_free(port)
    logging.getLogger("werkzeug").setLevel(logging.WARNING)  # our own line says more
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    start_worker(app)
    with Session(current_engine()) as session:
        lines = sign_ins(session)
    click.echo(f"\nauditapp serves Exampleshire on http://127.0.0.1:{port}  (Ctrl+C stops it)")
    click.echo(f"Every password is: {PASSWORD}\n")
    for line in lines:
        click.echo(f"  {line.role:30} {line.email:48} {line.note}")
    click.echo(f"\nMessages go to {settings.messages_folder} and are shown on a page.\n")
    make_server("127.0.0.1", port, app, threaded=True).serve_forever()


def _check_free(port: int) -> None:
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            said = f"Something serves on port {port} already. Choose another"
            raise click.ClickException(f"{said}: make demo PORT={port + 1}")


def _hasty_engine(settings: Settings) -> Engine:
    """An engine that does not wait for the disk: nobody is promised what a loader writes."""
    engine = make_engine(settings.database_url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda link, _: link.execute("PRAGMA synchronous=OFF"))
    return engine


def _demo_only() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    if not settings.demo:
        raise click.ClickException("AUDITAPP_DEMO is not 1: no demonstration in a real database.")
    return settings
