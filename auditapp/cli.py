"""Commands for operators: `flask --app wsgi ...`; each feature brings its own group."""

from flask import Flask

from auditapp.accounts.commands import accounts
from auditapp.demo.commands import demo
from auditapp.health.commands import database, settings
from auditapp.messages.commands import outbox
from auditapp.organisations.commands import organisations, partnerships
from auditapp.questionnaires.cites_command import cites
from auditapp.questionnaires.commands import questionnaires
from auditapp.questionnaires.diff_command import diff
from auditapp.questionnaires.form_command import form
from auditapp.reports.commands import reports


def init_app(app: Flask) -> None:
    questionnaires.add_command(cites)
    questionnaires.add_command(diff)
    questionnaires.add_command(form)
    for group in (
        accounts,
        database,
        demo,
        organisations,
        outbox,
        partnerships,
        questionnaires,
        reports,
        settings,
    ):
        app.cli.add_command(group)
