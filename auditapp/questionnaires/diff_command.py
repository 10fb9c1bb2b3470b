"""The command that compares two versions, as diff does: 0 the same, 1 they differ, 2 trouble."""

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from auditapp.core.errors import RuleBroken
from auditapp.organisations.models import Partnership
from auditapp.questionnaires.comparing import Change, Kind, compare, other_changes
from auditapp.questionnaires.library import questionnaire_of
from auditapp.questionnaires.likeness import Likeness, Suggestion
from auditapp.questionnaires.models import LIBRARY, QuestionnaireVersion
from auditapp.questionnaires.publishing import text_of
from auditapp.questionnaires.reading import read
from auditapp.questionnaires.schema import Asked, Questionnaire
from auditapp.web.session import current_session

PUBLISHED = re.compile(r"([a-z][a-z0-9-]*)\.v([0-9]{1,9})")


@click.command()
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@click.option("--partnership", "owner", help="Key of the partnership whose own versions are meant.")
@click.option("--json", "as_json", is_flag=True, help="Every question, for a script.")
@with_appcontext
def diff(before: str, after: str, owner: str | None, as_json: bool) -> None:
    """Say what changed from A to B: files, or published versions like section-11.v1."""
    old, new = _read(before, owner), _read(after, owner)
    changes, other = compare(old, new), other_changes(old, new)
    suggestions = Likeness(old, new).suggestions
    if as_json:
        found = {
            "from": {"key": old.key, "version": old.version},
            "to": {"key": new.key, "version": new.version},
            "other": other,
            "changes": [asdict(change) for change in changes],
            "suggestions": [asdict(suggestion) for suggestion in suggestions],
        }
        click.echo(json.dumps(found, indent=2))
    else:
        for line in _lines(old, new, changes, other, suggestions):
            click.echo(line)
    sys.exit(1 if other or not all(change.is_none for change in changes) else 0)


def _read(name: str, owner: str | None) -> Questionnaire:
    path, published = Path(name), PUBLISHED.fullmatch(name)
    try:
        if path.is_file():
            return read(text_of(path.read_bytes(), name), name)
    except RuleBroken as error:
        raise click.UsageError(error.message) from None
    if published is None:
        raise click.UsageError(f"{name} is neither a file nor a version like section-11.v1.")
    key, number = published.groups()
    query = (
        select(QuestionnaireVersion.id)
        .outerjoin(Partnership, Partnership.id == QuestionnaireVersion.owner_id)
        .where(
            QuestionnaireVersion.key == key,
            QuestionnaireVersion.version == int(number),
            (QuestionnaireVersion.owner_id == LIBRARY) | (Partnership.key == owner),
        )
        .order_by(QuestionnaireVersion.owner_id.desc())  # its own before the library's
    )
    version_id = current_session().scalars(query).first()
    if version_id is None:
        raise click.UsageError(f"Version {number} of {key} is not published.")
    return questionnaire_of(current_session(), version_id)


def _lines(
    old: Questionnaire,
    new: Questionnaire,
    changes: tuple[Change, ...],
    other: tuple[str, ...],
    suggestions: tuple[Suggestion, ...],
) -> Iterator[str]:
    then, now = Asked(old, None), Asked(new, None)
    yield f"{old.key} version {old.version} to {new.key} version {new.version}"
    if other:
        yield f"The whole: {', '.join(other)}."
    for kind in Kind:
        of_kind = [change for change in changes if change.kind is kind]
        if of_kind:
            yield f"{kind.value}: {len(of_kind)}"
        for change in of_kind:
            if not change.is_none:
                yield f"  {_named(then, now, change)}{_told(change)}"
    if suggestions:
        yield "Suggested, for a person to confirm:"
    for it in suggestions:
        labels = f"{then.label_of(it.before)} to {now.label_of(it.after)}"
        yield f"  {labels}: {it.kind.value}, {it.likeness:.0%} alike"


def _named(then: Asked, now: Asked, change: Change) -> str:
    if change.after is None:
        return then.label_of(change.before[0])
    return now.label_of(change.after)


def _told(change: Change) -> str:
    parts = [", ".join(change.reworded)] if change.reworded else []
    parts += [f"scale: {', '.join(change.scale)}"] if change.scale else []
    return f" ({'; '.join(parts)})" if parts else ""
