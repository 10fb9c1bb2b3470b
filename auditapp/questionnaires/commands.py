"""Commands on questionnaires: check a file, publish one."""

import json
import sys
from contextlib import suppress
from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy.exc import SQLAlchemyError

from auditapp.core.errors import RuleBroken
from auditapp.core.transactions import transaction
from auditapp.organisations.models import Partnership
from auditapp.organisations.queries import partnership_by_key
from auditapp.questionnaires.library import publish as publish_text
from auditapp.questionnaires.library import published_already
from auditapp.questionnaires.models import LIBRARY
from auditapp.questionnaires.publishing import WORKBOOK, take, text_of
from auditapp.questionnaires.reading import read
from auditapp.questionnaires.schema import Questionnaire, file_schema
from auditapp.questionnaires.shipped_sources import read_source
from auditapp.questionnaires.workbook_out import workbook_of
from auditapp.questionnaires.writing import written
from auditapp.web.filters import plural
from auditapp.web.session import current_session

questionnaires = AppGroup("questionnaires", help="Questionnaire files: check, publish.")
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@questionnaires.command()
@click.argument("file", type=FILE)
@click.option("--source", is_flag=True, help="FILE is a law or guidance with its editions.")
def check(file: Path, source: bool) -> None:
    """Say what is wrong with FILE, by line, or that it may be published. Nothing is changed."""
    try:
        text = text_of(file.read_bytes(), str(file))
        said = _source_checked(text, str(file)) if source else _checked(text, str(file))
    except RuleBroken as error:
        _stop(error)
    else:
        click.echo(said)


@questionnaires.command()
@click.argument("file", type=FILE)
@click.option("--partnership", "key", help="Key of the partnership it is for; else for everyone.")
def publish(file: Path, key: str | None) -> None:
    """Publish FILE. A published version never changes; a mistake in FILE changes nothing."""
    session = current_session()
    try:
        text = text_of(file.read_bytes(), str(file))
        with transaction(session):
            owner_id = LIBRARY if key is None else _partnership(key).id
            version = publish_text(session, text, name=str(file), owner_id=owner_id)
            ref, ships = version.ref, version.owner_id == LIBRARY
            published = read(text, str(file))
    except RuleBroken as error:
        _stop(error)
    else:
        place = "for everyone, in the library" if ships else f"for {key}"
        click.echo(f"{_named(published)}. Published {place}: {ref}.")


@questionnaires.command()
@click.argument("file", type=FILE)
@click.argument("made", type=click.Path(dir_okay=False, path_type=Path))
def convert(file: Path, made: Path) -> None:
    """Write FILE, YAML or an Excel workbook, as MADE: .yaml or .xlsx. Nothing is published."""
    if made.suffix not in (".yaml", WORKBOOK):
        raise click.UsageError("What is written ends in .yaml or .xlsx.")
    try:
        taken = take(file.read_bytes(), str(file))
        is_book = made.suffix == WORKBOOK
        content = (
            workbook_of(taken.questionnaire) if is_book else written(taken.questionnaire).encode()
        )
    except RuleBroken as error:
        _stop(error)
    else:
        made.write_bytes(content)
        for place in taken.unused:
            click.echo(f"{place}: not used", err=True)
        click.echo(f"{_named(taken.questionnaire)}. Written to {made}.")


@questionnaires.command()
def schema() -> None:
    """Print the JSON Schema of a questionnaire file, for editors."""
    click.echo(json.dumps(file_schema(), indent=2))


def _checked(text: str, name: str) -> str:
    found = read(text, name)
    with suppress(SQLAlchemyError):  # a file can be checked before there is a database
        published_already(current_session(), text, found, name=name)
    return f"{_named(found)}. It can be published."


def _source_checked(text: str, name: str) -> str:
    found = read_source(text, name)
    return f"{found.key}: {plural(len(found.editions), 'edition')}. Questionnaires can name it."


def _partnership(key: str) -> Partnership:
    found = current_session().scalars(partnership_by_key(key)).one_or_none()
    if found is None:
        raise click.ClickException(f"There is no partnership {key!r}.")
    return found


def _named(questionnaire: Questionnaire) -> str:
    sections = plural(len(questionnaire.sections), questionnaire.section_word)
    questions = plural(len(questionnaire.questions), questionnaire.question_word)
    return f"{questionnaire.key} version {questionnaire.version}: {sections}, {questions}"


def _stop(error: RuleBroken) -> None:
    click.echo(error.message, err=True)
    sys.exit(1)
