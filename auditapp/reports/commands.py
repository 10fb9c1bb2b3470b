"""Reports for operators: `flask --app wsgi reports overview ROUND --format pdf --out FILE`."""

from collections.abc import Callable, Sequence
from typing import IO, Any

import click
from flask.cli import AppGroup

from auditapp.core.errors import Missing
from auditapp.documents.files import FileForm, draw
from auditapp.documents.tree import Document
from auditapp.reports.aggregate.grades import Basis
from auditapp.reports.aggregate.ranking import RankBy
from auditapp.reports.aggregate.slices import PlaceRow, Slice
from auditapp.reports.completion import completion_document
from auditapp.reports.overview import overview_document
from auditapp.reports.papers import Choice, completion_of, overview_of
from auditapp.reports.rounds import operator_of, reported_round
from auditapp.web.session import current_session

reports = AppGroup("reports", help="A round's reports as files; ROUND is the round's reference.")

Command = Callable[..., None]


def _to_file(command: Command) -> Command:
    """The options that every report has."""
    form = click.Choice([form.value for form in FileForm])
    for decorate in (
        click.option("--out", type=click.File("wb"), required=True, help="Where to write it."),
        click.option("--format", "form", type=form, default="pdf", show_default=True),
        click.argument("ref", metavar="ROUND"),
    ):
        command = decorate(command)
    return command


@reports.command()
@_to_file
@click.option("--basis", type=click.Choice([it.value for it in Basis]), default="self")
@click.option("--rank-by", type=click.Choice([it.value for it in RankBy]), default="strength")
@click.option("--phase", default="", help="Only this phase, by its key.")
@click.option("--type", "type_", default="", help="Only this type, by its key.")
@click.option("--trust", default="", help="Only this trust, by its name.")
def overview(
    ref: str,
    form: str,
    out: IO[bytes],
    basis: str,
    rank_by: str,
    phase: str,
    type_: str,
    trust: str,
) -> None:
    """Strengths and gaps."""
    session, (viewer, round_) = current_session(), _asked(ref)
    choice = Choice(basis=Basis(basis), rank_by=RankBy(rank_by), within=Slice(phase, type_, trust))
    found = overview_of(session, viewer, round_, choice)
    _check_slice(choice.within, found.places)
    _write(overview_document(found.paper), form, out)


@reports.command()
@_to_file
def completion(ref: str, form: str, out: IO[bytes]) -> None:
    """Who has submitted, and the list to chase."""
    viewer, round_ = _asked(ref)
    _write(completion_document(completion_of(current_session(), viewer, round_)), form, out)


def _check_slice(within: Slice, places: Sequence[PlaceRow]) -> None:
    """A filter that fits nothing would give a report of nothing."""
    for name, value in within._asdict().items():
        known = sorted({getattr(row, name) for row in places if getattr(row, name)})
        if value and value not in known:
            raise click.ClickException(
                f"Nothing submitted has the {name} {value!r}. There are: {', '.join(known)}."
            )


def _asked(ref: str) -> Any:
    session = current_session()
    viewer = operator_of(session, ref)
    try:
        return viewer, reported_round(session, viewer, ref)
    except Missing:
        raise click.ClickException(f"There is no round {ref!r}.") from None


def _write(document: Document, form: str, out: IO[bytes]) -> None:
    out.write(draw(document, FileForm(form)).content)
    click.echo(f"Written: {document.title}, {document.subtitle}.", err=True)
