"""The command that writes a questionnaire file as a blank form."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from auditapp.core.errors import RuleBroken
from auditapp.documents.files import FileForm, draw
from auditapp.questionnaires.blank_form import PRINTED, blank_form
from auditapp.questionnaires.examples import BY_KEY
from auditapp.questionnaires.publishing import text_of
from auditapp.questionnaires.reading import read

AUTHOR = "Safeguarding self-assessment"  # a file says of no partnership


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--format", "form", type=click.Choice(PRINTED), default=FileForm.PDF.value)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True)
@click.option("--for", "kind", type=click.Choice(list(BY_KEY)), help="Only what it is asked.")
@with_appcontext
def form(file: Path, form: str, out: Path, kind: str | None) -> None:
    """Write FILE as a blank form, to print or to fill in as a Word file."""
    example = BY_KEY[kind] if kind else None
    try:
        found = read(text_of(file.read_bytes(), str(file)), str(file))
        document = blank_form(found, example, author=AUTHOR)
    except (RuleBroken, ValueError) as error:
        raise click.ClickException(str(error)) from None
    out.write_bytes(draw(document, FileForm(form)).content)
    click.echo(f"Written: {document.title}, {document.as_at}.")
