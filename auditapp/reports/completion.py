"""Completion as a document: who has submitted, who has not and why, and the rounds before."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from auditapp.documents.figures import Count, Form
from auditapp.documents.marks import Grade, Segment, StackedBar, Tone
from auditapp.documents.tree import (
    KPI,
    Column,
    ColumnKind,
    Document,
    KPIs,
    Paragraph,
    Part,
    Row,
    RowHead,
    Style,
    Table,
)
from auditapp.documents.words import Link, Prose
from auditapp.organisations.types import PHASE_LABELS, type_label
from auditapp.reports import findings
from auditapp.reports.aggregate.chasing import REASON_WORDS, ToChase, reasons
from auditapp.reports.aggregate.completion import Group, Standing
from auditapp.reports.rounds import ReportedRound
from auditapp.web.filters import day, plural, short_day, when

LAST_SEEN = "never"
NO_PHASE = "none"
PROGRESS = {
    Tone.DONE: "Submitted",
    Tone.NEARLY: "Awaiting sign-off",
    Tone.BEGUN: "In progress",
    Tone.NOT_BEGUN: "Not started",
}


@dataclass(frozen=True, kw_only=True)
class CompletionPaper:
    """The figures of a round and of those before it, the latest first.

    `chased` are those that have not submitted. They are named only if `names` holds; else they
    are counted. `link_to` gives the address of an organisation's page by its reference.
    """

    round: ReportedRound
    at: datetime
    standing: Standing
    before: Sequence[tuple[ReportedRound, Standing]]
    phases: Sequence[Group]
    types: Sequence[Group]
    trusts: Sequence[Group]
    chased: Sequence[ToChase]
    question_word: str
    names: bool
    link_to: Callable[[str], str] | None = None


def completion_document(paper: CompletionPaper) -> Document:
    """The tree that page, PDF, workbook, CSV and JSON are drawn from."""
    return Document(
        title="Completion",
        subtitle=paper.round.title,
        author=paper.round.partnership_name,
        as_at=f"Figures of {when(paper.at, year=True)}. Due {day(paper.round.due_on)}.",
        brand=paper.round.hue,
        parts=tuple(_parts(paper)),
    )


def _parts(paper: CompletionPaper) -> Iterator[Part]:
    standing = paper.standing
    rest = [(round_.period, it) for round_, it in paper.before]
    yield Paragraph(findings.completion_lead(standing, rest), Style.LEAD)
    if not standing.invited:
        return
    yield KPIs(tuple(_kpis(standing)))
    if paper.before:
        yield _rounds(paper)
    phases = [
        (PHASE_LABELS.get(it.key, it.key), it.standing) for it in paper.phases if it.key != NO_PHASE
    ]
    if phases:  # agencies have no phase to speak of
        rest = [("In no phase", it.standing) for it in paper.phases if it.key == NO_PHASE]
        yield _groups("phase", phases, rest)
    yield _groups("type", [(type_label(it.key), it.standing) for it in paper.types])
    trusts = [(it.key, it.standing) for it in paper.trusts if it.key]
    if trusts and paper.names:
        rest = [("In no trust", it.standing) for it in paper.trusts if not it.key]
        yield _groups("trust", trusts, rest)
    if paper.chased:
        yield _reasons(paper.chased)
    if paper.chased and paper.names:
        yield _chase(paper)


def _kpis(standing: Standing) -> Iterator[KPI]:
    for number, label in (
        (standing.submitted, f"submitted, of {standing.base:,} in the base"),
        (standing.awaiting, "awaiting sign-off"),
        (standing.in_progress, "in progress"),
        (standing.not_started, "not started"),
    ):
        yield KPI(Count(number), label, standing.share(number))
    out = f"left out: {standing.excused:,} excused, {standing.closed:,} closed"
    yield KPI(Count(standing.left_out), out)


def _rounds(paper: CompletionPaper) -> Table:
    every = [(paper.round, paper.standing), *paper.before]
    return Table(
        name="Rounds",
        title=_rounds_finding(every),
        caption="Rounds on the same questionnaire side by side. Partial: started, not submitted.",
        source="Whole per cents of the base. Excused and closed are outside the base.",
        columns=(
            Column("Round"),
            Column("In base", ColumnKind.COUNT),
            Column("Submitted", ColumnKind.SHARE, strong=True),
            Column("Partial", ColumnKind.SHARE),
            Column("Not started", ColumnKind.SHARE),
            Column("Excused", ColumnKind.COUNT),
            Column("Closed", ColumnKind.COUNT),
        ),
        rows=tuple(
            Row(
                (
                    RowHead(f"{round_.period}, so far" if round_.is_open else round_.period),
                    Count(it.base),
                    it.share(it.submitted, 0, Form.COUNTED),
                    it.share(it.partial, 0, Form.COUNTED),
                    it.share(it.not_started, 0, Form.COUNTED),
                    Count(it.excused),
                    Count(it.closed),
                )
            )
            for round_, it in every
        ),
    )


def _rounds_finding(every: Sequence[tuple[ReportedRound, Standing]]) -> str:
    (now, standing), (then, before) = every[0], every[1]
    if not standing.base:
        submitted = before.share(before.submitted, 0).text
        return f"Nobody is left to submit in {now.period}; {submitted} submitted in {then.period}"
    rates = f"{standing.share(standing.submitted, 0).text} in {now.period}"
    verb = "have submitted" if now.is_open else "submitted"
    return f"{rates} {verb}, {before.share(before.submitted, 0).text} in {then.period}"


def _groups(
    what: str, groups: Sequence[tuple[str, Standing]], rest: Sequence[tuple[str, Standing]] = ()
) -> Table:
    """`rest` stands below and is compared with none."""
    return Table(
        name=f"By {what}",
        title=findings.groups_finding(groups, what),
        caption=f"Where each {what} stands, the furthest behind first.",
        source="Shares are of the base. Excused and closed are outside the base.",
        key=tuple(Grade(word, "", tone) for tone, word in PROGRESS.items()),
        columns=(
            Column(what.capitalize()),
            Column("", ColumnKind.BAR),
            Column("Submitted", ColumnKind.SHARE, strong=True),
            Column("Awaiting sign-off", ColumnKind.COUNT, short="Sign-off"),
            Column("In progress", ColumnKind.COUNT),
            Column("Not started", ColumnKind.COUNT),
            Column("Left out", ColumnKind.COUNT),
        ),
        rows=tuple(_group_row(label, standing) for label, standing in (*groups, *rest)),
    )


def _group_row(label: str, standing: Standing) -> Row:
    return Row(
        (
            RowHead(label),
            _bar(standing),
            standing.share(standing.submitted, 1, Form.OF),
            Count(standing.awaiting),
            Count(standing.in_progress),
            Count(standing.not_started),
            Count(standing.left_out),
        )
    )


def _bar(standing: Standing) -> StackedBar:
    numbers = (
        standing.submitted,
        standing.awaiting,
        standing.in_progress,
        standing.not_started,
    )
    return StackedBar(
        tuple(
            Segment(standing.share(number), word.lower(), tone)
            for number, (tone, word) in zip(numbers, PROGRESS.items(), strict=True)
        )
    )


def _reasons(chased: Sequence[ToChase]) -> Table:
    found = reasons(chased)
    first, most = found[0]
    return Table(
        name="Why not submitted",
        title=f"{REASON_WORDS[first]}: {most:,} of the {len(chased):,} not submitted",
        columns=(Column("Why"), Column("Assessments", ColumnKind.COUNT)),
        rows=tuple(Row((RowHead(REASON_WORDS[reason]), Count(number))) for reason, number in found),
    )


def _chase(paper: CompletionPaper) -> Table:
    last = paper.before[0][0].period if paper.before else None
    return Table(
        name="To chase",
        title=f"{len(paper.chased):,} to chase, hardest first",
        caption="Everyone in the base that has not submitted, with the reason we can see.",
        columns=(
            Column("Organisation"),
            Column("Why it is here", short="Why:"),
            Column("Progress", short="Progress:"),
            Column("Last sign-in", short="Last sign-in:"),
            *([Column(f"In {last}", short=f"In {last}:")] if last else []),
        ),
        rows=tuple(_chase_row(one, paper, with_last=bool(last)) for one in paper.chased),
    )


def _chase_row(one: ToChase, paper: CompletionPaper, *, with_last: bool) -> Row:
    about = one.about
    name: Prose = about.name
    if paper.link_to:
        name = (Link(about.name, paper.link_to(about.ref)),)
    seen = short_day(about.signed_in_on) if about.signed_in_on else LAST_SEEN
    progress = f"{about.complete:,} of {plural(about.asked, paper.question_word)} complete"
    cells: tuple[Prose | RowHead, ...] = (RowHead(name), one.words, progress, seen)
    return Row((*cells, about.last_time) if with_last else cells)
