"""Commands for operators: `flask --app wsgi ...`; each feature brings its own group."""

from flask import Flask

from auditapp.health.commands import database


def init_app(app: Flask) -> None:
    for group in (database,):
        app.cli.add_command(group)
