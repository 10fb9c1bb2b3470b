"""The overview as a document: strengths, gaps, and what the panel made of the grades."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from auditapp.documents.figures import Count, Form, Share
from auditapp.documents.tree import (
    KPI,
    Document,
    Heading,
    KeyValues,
    KPIs,
    Paragraph,
    Part,
    Style,
)
from auditapp.reports import findings
from auditapp.reports.aggregate.grades import Basis
from auditapp.reports.aggregate.hiding import HIDDEN_BELOW
from auditapp.reports.aggregate.overview import OnScale, OverviewFigures
from auditapp.reports.aggregate.panel import good_keys
from auditapp.reports.grade_tables import (
    order_words,
    panel_table,
    sections_table,
    standards_table,
)
from auditapp.reports.rounds import ReportedRound
from auditapp.web.filters import plural, when

BASIS_WORDS = {
    Basis.SELF: "Self-grades",
    Basis.EFFECTIVE: "Effective grades",
    Basis.MODERATED: "Moderated grades",
}
METHOD = {
    Basis.SELF: "the organisation\u2019s own, of each latest submission",
    Basis.EFFECTIVE: "the moderated grade where there is one, else the self-grade",
    Basis.MODERATED: "those that the panel settled, of assessments whose moderation is completed",
}


@dataclass(frozen=True, kw_only=True)
class OverviewPaper:
    """What the figures are of. `within` are the words of the filters, `most_standards` how many
    of the weakest are shown; None shows all.
    """

    round: ReportedRound
    section_word: str
    figures: OverviewFigures
    at: datetime
    within: Sequence[str] = ()
    most_standards: int | None = None


def overview_document(paper: OverviewPaper) -> Document:
    """The tree that page, PDF, workbook, CSV and JSON are drawn from."""
    return Document(
        title="Strengths and gaps",
        subtitle=paper.round.title,
        author=paper.round.partnership_name,
        captions=tuple(_captions(paper)),
        as_at=f"Figures of {when(paper.at, year=True)}, questionnaire version {paper.round.version}",
        brand=paper.round.hue,
        parts=tuple(_parts(paper)),
    )


def _captions(paper: OverviewPaper) -> Iterator[str]:
    figures = paper.figures
    of = plural(figures.assessments, "submitted assessment")
    if figures.basis is Basis.MODERATED:
        of = plural(figures.assessments, "moderated assessment")
        if figures.moderated_assessments is None:
            of = f"fewer than {HIDDEN_BELOW} moderated assessments"
    moderated = ""
    if figures.basis is Basis.EFFECTIVE:
        moderated = f", {_moderated_words(figures.moderated_assessments)}"
    yield f"{BASIS_WORDS[figures.basis]} of {of}{moderated}."
    if paper.within:
        yield f"Only {', '.join(paper.within)}."
    if figures.is_hidden:
        yield (
            f"Grades of fewer than {HIDDEN_BELOW} assessments, and figures that would tell them, "
            "are hidden from your role."
        )
        return
    yield from _hidden_words(figures)
    for one in figures.scales:
        yield _spread(one, named=len(figures.scales) > 1)


def _hidden_words(figures: OverviewFigures) -> Iterator[str]:
    """What of single standards is in no figure here, for those who may not read answers."""
    told = f"would tell the grades of fewer than {HIDDEN_BELOW} assessments"
    if number := figures.standards_hidden:
        verb = "is" if number == 1 else "are"
        yield (
            f"{plural(number, 'standard')} that {told} {verb} hidden from your role, and left out "
            "of every figure of its section and of all."
        )
    if number := figures.settled_hidden:
        become = "left out"
        if figures.basis is Basis.EFFECTIVE:
            become = "counted as self-graded"
        yield f"Moderated grades of {plural(number, 'standard')} that {told} are {become}."


def _moderated_words(number: int | None) -> str:
    if number is None:
        return f"fewer than {HIDDEN_BELOW} of them moderated, which are counted as self-graded"
    return f"{number:,} of them moderated"


def _spread(one: OnScale, *, named: bool) -> str:
    """9,336 grades: exceeded 1,351 (14.5%), ... Not applicable (83) and blank (12) left out."""
    whole = one.whole
    grades = ", ".join(
        f"{band.label.lower()} {whole.number(band.keys):,} ({whole.share(band.keys).text})"
        for band in one.scale.bands
    )
    scale = f"{one.scale.title}: " if named else ""
    listed = f": {grades}" if whole.graded else ""
    return (
        f"{scale}{plural(whole.graded, 'grade')}{listed}. Not applicable "
        f"({whole.not_applicable:,}) and blank ({whole.blank:,}) are left out."
    )


def _parts(paper: OverviewPaper) -> Iterator[Part]:
    figures = paper.figures
    if not figures.assessments:
        yield Paragraph(_nothing_yet(figures.basis), Style.LEAD)
        return
    if figures.is_hidden:
        yield Paragraph(_too_little(figures), Style.LEAD)
        return
    if not figures.scales:
        yield Paragraph(
            "Nothing in this round is graded, so there are no strengths and gaps to show.",
            Style.LEAD,
        )
        return
    for one in figures.scales:
        level = 2
        if len(figures.scales) > 1:
            yield Heading(one.scale.title)
            level = 3
        yield Paragraph(findings.lead(one, figures.basis), Style.LEAD)
        yield KPIs(tuple(_kpis(one)))
        yield sections_table(one, paper.section_word, level)
        if one.panel.whole.rows and figures.moderated_assessments:
            yield panel_table(one, figures.moderated_assessments, level)
        yield standards_table(one, paper.most_standards, level)
    yield Heading("How these figures are counted")
    yield KeyValues(tuple(_method(paper)))


def _nothing_yet(basis: Basis) -> str:
    if basis is Basis.MODERATED:
        return "No moderated grades to show. They come when the panel has completed an assessment."
    return "Nothing to count yet. Figures come with the first assessment that is submitted."


def _too_little(figures: OverviewFigures) -> str:
    if figures.is_whole_hidden:
        what = "moderated" if figures.basis is Basis.MODERATED else "submitted"
        return (
            f"There is too little to show yet. Grades come with {HIDDEN_BELOW} {what} assessments."
        )
    return "There is too little to show. Choose more organisations, by one filter at a time."


def _kpis(one: OnScale) -> Iterator[KPI]:
    whole, scale = one.whole, one.scale
    good = good_keys(scale)
    yield KPI(whole.share(good), f"{findings.good_words(scale)}", Count(whole.number(good)))
    for band in scale.bands:
        if band.gap:
            yield KPI(whole.share(band.keys), band.label.lower(), Count(whole.number(band.keys)))
    yield KPI(Count(whole.graded), "grades, the base of every share")
    left = f"left out: {whole.not_applicable:,} not applicable, {whole.blank:,} blank"
    yield KPI(Count(whole.not_applicable + whole.blank), left)


def _method(paper: OverviewPaper) -> Iterator[tuple[str, str | Share]]:
    figures = paper.figures
    yield "Grades counted", METHOD[figures.basis]
    for one in figures.scales:
        good = Share(one.whole.number(good_keys(one.scale)), one.whole.graded, form=Form.OF)
        yield findings.good_words(one.scale).capitalize(), good
        by = one.sections.by
        words = findings.basis_words
        yield "Sections are ranked by", f"share of {words(one.scale, by)}, {order_words(by)}"
        weak = one.standards.by
        yield "Standards, weakest first, by", f"share of {words(one.scale, weak)}"
        if one.panel.whole.apart:
            yield "Moderated without a grade on both sides", f"{one.panel.whole.apart:,}"
    moderated = figures.moderated_assessments
    few = f"fewer than {HIDDEN_BELOW}"
    yield "Assessments moderated", few if moderated is None else f"{moderated:,}"
    yield "Not applicable and blank", "in no share; counted apart"
