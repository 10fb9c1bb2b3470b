"""The crosswalk as parts of a document: page, PDF, workbook, CSV and JSON are drawn from them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic

from auditapp.documents.figures import Count
from auditapp.documents.marks import Grade
from auditapp.documents.tree import (
    Bullets,
    Column,
    ColumnKind,
    Paragraph,
    Part,
    Row,
    RowHead,
    Style,
    Table,
)
from auditapp.documents.words import Link, Prose
from auditapp.questionnaires.crosswalk import (
    AskedLine,
    CitedSource,
    Line,
    choices_of,
    cited_by,
    edition_words,
    narrowed,
    newer_words,
)
from auditapp.questionnaires.sources import Source
from auditapp.web.filters import plural, short_day

NEWER = "Newer editions"
BY_STANDARD = "By standard"
ELSEWHERE = "Elsewhere"


@dataclass(frozen=True)
class Crosswalk(Generic[Line]):
    """What a document says of `lines` and the sources they cite, on the day `on`.

    `link_to` gives the address of a line; `grade_of` its grade (words where it takes none), where
    the document shows grades. `wanted` narrows it, as `narrowed` says.
    """

    lines: Sequence[Line]
    cited: Sequence[CitedSource[Line]]
    on: date
    link_to: Callable[[Line], str]
    grade_of: Callable[[Line], Grade | str] | None = None
    wanted: str = ""

    @property
    def choices(self) -> list[tuple[str, str]]:
        return choices_of(self.cited)

    @property
    def shown(self) -> Sequence[CitedSource[Line]]:
        """Raises `Missing` as `narrowed`."""
        return narrowed(self.cited, self.wanted) if self.wanted else self.cited

    @property
    def parts(self) -> tuple[Part, ...]:
        return tuple(self._parts())

    def _parts(self) -> Iterator[Part]:
        shown = self.shown
        yield Paragraph(self._finding(shown), Style.LEAD)
        older = [it for it in shown if it.newer]
        if older:
            yield Bullets(tuple(self._older(it) for it in older))
        for cited in shown:
            yield self._source(cited)
        if shown and not self.wanted:
            yield self._by_standard()
        if older:
            yield self._newer(older)

    def _finding(self, shown: Sequence[CitedSource[Line]]) -> str:
        citing = {line.number for it in shown for line in it.lines}
        of = plural(len(self.lines), "standard")
        if not citing:
            return f"None of {of} cites a source."
        parts = plural(sum(len(it.parts) for it in shown), "part")
        what = f"{parts} of {plural(len(shown), 'source')}"
        if self.wanted:
            what = dict(self.choices).get(self.wanted, shown[0].name)
        return f"{len(citing)} of {of} {'cites' if len(citing) == 1 else 'cite'} {what}."

    def _older(self, cited: CitedSource[Line]) -> str:
        assert cited.newer
        number = plural(len(cited.lines), "standard cites", "standards cite")
        return f"{number} {cited.name}; {edition_words(cited.newer, self.on)}."

    def _newer(self, older: Sequence[CitedSource[Line]]) -> Table:
        rows = [(line, cited) for cited in older for line in cited.lines]
        return Table(
            name=NEWER,
            title=f"To read again: {plural(len(rows), 'place')} where an older edition is cited",
            columns=(Column("Standard"), Column("What it cites, and what is newer")),
            rows=tuple(
                Row((self._head(line), newer_words(line, cited, self.on))) for line, cited in rows
            ),
        )

    def _source(self, cited: CitedSource[Line]) -> Table:
        graded = (Column("Grade", ColumnKind.GRADE),) if self.grade_of else ()
        return Table(
            name=cited.name,
            title=f"{cited.name}: {plural(len(cited.lines), 'standard')}",
            caption=about(cited.source),
            columns=(Column("Standard"), Column("Serves", short="Serves:"), *graded),
            rows=tuple(
                Row(
                    (self._head(line), part.label, *self._grade(line)),
                    ends_group=line is part.lines[-1],
                )
                for part in cited.parts
                for line in part.lines
            ),
        )

    def _by_standard(self) -> Table:
        return Table(
            name=BY_STANDARD,
            title="The other way: what each standard cites",
            columns=(Column("Standard"), Column("Cites", short="Cites:")),
            rows=tuple(
                Row((self._head(line), "\n".join(cited_by(line, self.cited)) or "nothing"))
                for line in self.lines
            ),
        )

    def _head(self, line: Line) -> RowHead:
        return RowHead((Link(f"{line.number} {line.question.title}", self.link_to(line)),))

    def _grade(self, line: Line) -> tuple[Grade | str, ...]:
        return (self.grade_of(line),) if self.grade_of else ()


def elsewhere(
    shown: Iterable[CitedSource[Line]], others: Mapping[Prose, Iterable[CitedSource[AskedLine]]]
) -> tuple[Table, ...]:
    """Which of the other questionnaires cite the same sources, each in the edition it names; no
    table where none does. `others` are called as they should be printed."""
    rows = [
        Row((RowHead(other.name), name, Count(len(other.lines))))
        for cited in shown
        for name, crosswalk in others.items()
        for other in crosswalk
        if other.key == cited.key
    ]
    table = Table(
        name=ELSEWHERE,
        title="Who else cites the same",
        caption="The newest version of every other questionnaire you can see.",
        columns=(
            Column("Source"),
            Column("Questionnaire"),
            Column("Standards", ColumnKind.COUNT),
        ),
        rows=tuple(rows),
    )
    return (table,) if rows else ()


def about(source: Source) -> str:
    """What it is, of when, whom it binds, and how sure we are."""
    said = [source.in_full]
    if source.in_force_from:
        until = f" until {short_day(source.in_force_until)}" if source.in_force_until else ""
        said.append(f"in force from {short_day(source.in_force_from)}{until}")
    if source.binds:
        said.append(f"binds: {source.binds}")
    checked = (
        f"checked {short_day(source.checked)}" if source.checked else "edition not checked yet"
    )
    said.append(f"{checked}. {source.note}" if source.note else checked)
    return "; ".join(said)
