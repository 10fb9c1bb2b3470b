"""Commands on partnerships and on lists of organisations."""

import json
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup
from sqlalchemy.orm import Session

from auditapp.core.errors import RuleBroken
from auditapp.core.transactions import transaction
from auditapp.organisations import queries
from auditapp.organisations.agencies import read_agencies
from auditapp.organisations.gias import read_establishments
from auditapp.organisations.gias_files import WrongPlace
from auditapp.organisations.importing import apply_import
from auditapp.organisations.links import read_links
from auditapp.organisations.listing import Link, Reading
from auditapp.organisations.models import Partnership
from auditapp.organisations.pages import follow_conversions
from auditapp.organisations.planning import Plan, plan_import
from auditapp.organisations.service import create_partnership
from auditapp.organisations.words import sentences
from auditapp.web.session import current_session

# Which command or option a file of the register is for.
PLACES = {"schools": "Import it with import-gias.", "links": "Give it with --links."}
REFUSED, WITH_ERRORS = 1, 3  # exit codes; 2 is click's own, for a wrong command

partnerships = AppGroup("partnerships", help="The partnerships of this installation.")
organisations = AppGroup("organisations", help="The lists of schools and agencies.")

FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
PARTNERSHIP = click.option("--partnership", "key", required=True, help="The partnership's key.")
APPLY = click.option("--apply", "applies", is_flag=True, help="Write it; otherwise a dry run.")
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")


@partnerships.command()
@click.argument("key")
@click.option("--name", required=True, help="As its pages show it.")
@click.option("--la-code", "la_codes", required=True, multiple=True, help="Three digits.")
@click.option("--email", default="", help="The business unit's.")
def create(key: str, name: str, la_codes: tuple[str, ...], email: str) -> None:
    """Make the partnership KEY."""
    session = current_session()
    try:
        with transaction(session):
            create_partnership(session, key=key, name=name, la_codes=la_codes, email=email)
    except RuleBroken as error:
        raise click.ClickException(error.message) from None
    click.echo(f"Made the partnership {key}.")


@partnerships.command("list")
def list_partnerships() -> None:
    """Print key, local authority codes and name of each."""
    for row in current_session().scalars(queries.all_partnerships()):
        click.echo(f"{row.key}\t{', '.join(row.la_codes)}\t{row.name}")


@organisations.command("import-gias")
@FILE
@PARTNERSHIP
@click.option(
    "--links",
    "links_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The register's links file, which conversions follow.",
)
@APPLY
@AS_JSON
def import_gias(
    file: Path, key: str, links_file: Path | None, applies: bool, as_json: bool
) -> None:
    """Import the schools and colleges of FILE, the register's file of establishments.

    Exit codes: 0, all rows were read; 1, the file was refused; 3, some rows have errors and the
    others were taken.
    """
    session = current_session()
    partnership = _partnership(session, key)
    try:
        links, errors = read_links(links_file.read_bytes()) if links_file else ([], [])
        reading = read_establishments(file.read_bytes(), partnership.la_codes)
    except RuleBroken as error:
        _refuse(error, as_json)
    reading.errors += errors
    _run(session, partnership, reading, links, applies=applies, as_json=as_json)


@organisations.command("import-agencies")
@FILE
@PARTNERSHIP
@APPLY
@AS_JSON
def import_agencies(file: Path, key: str, applies: bool, as_json: bool) -> None:
    """Import the agencies and contacts of FILE, a CSV file or a workbook.

    Exit codes as for import-gias.
    """
    session = current_session()
    partnership = _partnership(session, key)
    try:
        reading = read_agencies(file.read_bytes(), partnership.key)
    except RuleBroken as error:
        _refuse(error, as_json)
    _run(session, partnership, reading, [], applies=applies, as_json=as_json)


def _partnership(session: Session, key: str) -> Partnership:
    found = session.scalars(queries.partnership_by_key(key)).one_or_none()
    if found is None:
        known = ", ".join(row.key for row in session.scalars(queries.all_partnerships()))
        raise click.ClickException(f"There is no partnership {key}. There are: {known or 'none'}.")
    return found


def _refuse(error: RuleBroken, as_json: bool) -> Any:
    if isinstance(error, WrongPlace):
        error = error.told(**PLACES)
    if as_json:
        refused = Plan(Reading(errors=[error.message]))
        click.echo(json.dumps(refused.figures(), ensure_ascii=False, indent=2))
    click.echo(error.message, err=True)
    raise click.exceptions.Exit(REFUSED)


def _run(
    session: Session,
    partnership: Partnership,
    reading: Reading,
    links: list[Link],
    *,
    applies: bool,
    as_json: bool,
) -> None:
    if applies:
        with transaction(session, locking=partnership):
            applied = apply_import(session, None, partnership, reading, links)
            follow_conversions(session, applied, None)
            plan = applied.plan
            lines = sentences(plan)
    else:
        plan = plan_import(session, partnership, reading, links)
        lines = sentences(plan)
    figures = plan.figures()
    if as_json:
        click.echo(json.dumps(figures, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(lines))
        click.echo("Written." if applies else "This was a dry run: nothing was written (--apply).")
    if figures["errors"]:
        raise click.exceptions.Exit(WITH_ERRORS)
