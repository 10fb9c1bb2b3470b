"""The command that says which questions cite a source: what to read again at a new edition."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import click
from flask.cli import with_appcontext
from sqlalchemy import select
from sqlalchemy.orm import Session

from auditapp.core import clock
from auditapp.organisations.models import Partnership
from auditapp.questionnaires.crosswalk import AskedLine, CitedSource, everywhere, newer_words
from auditapp.questionnaires.library import questionnaire_of
from auditapp.questionnaires.models import QuestionnaireVersion
from auditapp.questionnaires.schema import Questionnaire
from auditapp.questionnaires.shipped_sources import Register, register
from auditapp.web.session import current_session


@dataclass(frozen=True)
class _Citation:
    """A question that cites a part of a source; `questionnaire` is what it is called here."""

    questionnaire: str
    line: AskedLine
    part: str
    cited: CitedSource[AskedLine]

    def words(self, on: date) -> str:
        said = newer_words(self.line, self.cited, on)
        said = said or f"{self.line.number} cites {self.cited.name}"
        return f"{self.questionnaire}: {said} ({self.part})"

    @property
    def as_json(self) -> dict[str, Any]:
        newer = self.cited.newer
        begins = newer.in_force_from if newer else None
        return {
            "questionnaire": self.questionnaire,
            "number": self.line.number,
            "key": self.line.question.key,
            "title": self.line.question.title,
            "source": self.cited.key,
            "edition": self.cited.source.edition,
            "part": self.part,
            "newer_edition": newer.edition if newer else None,
            "newer_in_force_from": begins.isoformat() if begins else None,
        }


@click.command()
@click.argument("source")
@click.argument("edition", required=False)
@click.option("--json", "as_json", is_flag=True, help="Every citation, for a script.")
@with_appcontext
def cites(source: str, edition: str | None, as_json: bool) -> None:
    """List the questions that cite SOURCE, in the newest version of every questionnaire.

    SOURCE is a key such as kcsie; EDITION, such as 2025, leaves the others out.
    """
    on, records = clock.today(), register()
    found = everywhere(_newest_versions(current_session()), records, on)
    known = sorted({*records.records, *found})
    if source not in known:
        raise click.ClickException(f"There is no source {source!r}: {', '.join(known)}.")
    citations = [*_citations(found.get(source, []), _names(records, source, edition))]
    if as_json:
        click.echo(json.dumps([it.as_json for it in citations], indent=2, ensure_ascii=False))
        return
    for it in citations:
        click.echo(it.words(on))
    if not citations:
        click.echo(f"No question cites {source}{f' {edition}' if edition else ''}.")


def _newest_versions(session: Session) -> dict[str, Questionnaire]:
    """By key and version; a partnership's own with its partnership's key."""
    version = QuestionnaireVersion
    query = (
        select(version.id, version.owner_id, version.key, version.version, Partnership.key)
        .outerjoin(Partnership, Partnership.id == version.owner_id)
        .order_by(version.owner_id, version.key, version.version)
    )
    newest = {
        (owner_id, key): (id_, f"{key} version {number}{f' of {owner}' if owner else ''}")
        for id_, owner_id, key, number, owner in session.execute(query)
    }
    return {name: questionnaire_of(session, id_) for id_, name in newest.values()}


def _names(records: Register, source: str, edition: str | None) -> set[str] | None:
    """What questionnaires may call the edition; None for any."""
    if edition is None:
        return None
    record = records.records.get(source)
    found = record.edition(edition) if record else None
    return set(found.names) if found else {edition}


def _citations(
    found: list[tuple[str, CitedSource[AskedLine]]], names: set[str] | None
) -> Iterator[_Citation]:
    for questionnaire, cited in found:
        if names is None or cited.source.edition in names:
            for part in cited.parts:
                for line in part.lines:
                    yield _Citation(questionnaire, line, part.part, cited)
