"""The overview's tables: sections and standards in their places, self-grades beside the panel's."""

from decimal import Decimal

from auditapp.documents.figures import Amount, Count, Form, Share
from auditapp.documents.marks import Axis, Dots, Grade, Segment, StackedBar, Tone
from auditapp.documents.tree import Column, ColumnKind, Row, RowHead, Table
from auditapp.documents.words import Strong
from auditapp.questionnaires.scales import Scale
from auditapp.reports import findings
from auditapp.reports.aggregate.overview import OnScale
from auditapp.reports.aggregate.panel import Comparison, good_keys
from auditapp.reports.aggregate.ranking import PLACES, RankBy, Ranked
from auditapp.web.filters import plural

ROUNDED = "Shares are rounded half up and may not add to 100."
HIDDEN = "hidden"
APART = "Not applicable (n/a) and blank answers are in no share."


def sections_table(one: OnScale, section_word: str, level: int) -> Table:
    ranking, scale, key = one.sections, one.scale, _key(one.scale)
    parting = ranking.parting
    word = section_word.capitalize()
    lines = "Lines part the three highest and the three lowest. " if parting else ""
    return Table(
        name=f"{word}s",
        title=findings.sections_finding(ranking),
        level=level,
        caption=(
            f"{word}s ranked by their share of ",
            Strong(findings.basis_words(scale, ranking.by)),
            f", {order_words(ranking.by)}. Strengths read from the left edge, gaps from the right.",
        ),
        source=f"{lines}Ties share a place. {ROUNDED} {APART}",
        key=key,
        columns=_columns(word, one, ranking.by),
        rows=tuple(
            _row(ranked, one, key, ends=parting is not None and number in parting)
            for number, ranked in enumerate(ranking.lines, start=1)
        ),
    )


def standards_table(one: OnScale, most: int | None, level: int) -> Table:
    """The `most` weakest standards, or all of them."""
    ranking, scale, key = one.standards, one.scale, _key(one.scale)
    shown = ranking.lines[:most]
    which = f"The {len(shown)} weakest of {len(ranking.lines)} standards"
    if len(shown) == len(ranking.lines):
        which = f"All {len(shown)} standards, the weakest first"
    return Table(
        name="Standards",
        title=findings.standards_finding(ranking),
        level=level,
        caption=(
            f"{which}, by their share of ",
            Strong(findings.basis_words(scale, ranking.by)),
            ".",
        ),
        source=f"Place 1 is the weakest. Ties share a place. {ROUNDED} {APART}",
        key=key,
        columns=_columns("Standard", one, ranking.by),
        rows=tuple(_row(ranked, one, key) for ranked in shown),
    )


def _columns(head: str, one: OnScale, by: RankBy) -> tuple[Column, ...]:
    basis = one.scale.strengths if by is RankBy.STRENGTH else one.scale.gaps
    return (
        Column(head),
        Column("Place", ColumnKind.COUNT, short="place"),
        Column("", ColumnKind.BAR),
        *(
            Column(band.label, ColumnKind.SHARE, short=band.letter, strong=bool(band.keys & basis))
            for band in one.scale.bands
        ),
        Column("Grades", ColumnKind.COUNT, short="grades"),
        *([Column("n/a", ColumnKind.COUNT, short="n/a")] if one.whole.not_applicable else []),
        *([Column("Blank", ColumnKind.COUNT, short="blank")] if one.whole.blank else []),
    )


def _row(ranked: Ranked, one: OnScale, key: tuple[Grade, ...], *, ends: bool = False) -> Row:
    """`key`: the scale's grades, best first."""
    tally, hidden = ranked.line.tally, ranked.line.is_hidden
    empty = HIDDEN if hidden else "no grades"
    shares = [
        Share(tally.number(band.keys), tally.graded, PLACES, empty, Form.COUNTED)
        for band in one.scale.bands
    ]
    segments = tuple(
        Segment(share, mark.word, mark.tone, mark.letter) for share, mark in zip(shares, key)
    )
    return Row(
        (
            RowHead(ranked.line.label),
            Count(ranked.place),
            StackedBar(segments),
            *shares,
            _count(tally.graded, hidden),
            *([_count(tally.not_applicable, hidden)] if one.whole.not_applicable else []),
            *([_count(tally.blank, hidden)] if one.whole.blank else []),
        ),
        ends_group=ends,
    )


def _count(number: int, hidden: bool) -> Count:
    return Count(None if hidden else number, HIDDEN)


def panel_table(one: OnScale, assessments: int, level: int) -> Table:
    """Self-grades against the panel's, most lowered first."""
    whole, scale = one.panel.whole, one.scale
    good = good_keys(scale)
    sections = one.panel.sections
    agreed = Share(whole.agreed, whole.rows, form=Form.OF).text
    rows = (
        *(_panel_row(section, good) for section in sections),
        _panel_row(whole, good, total=True),
    )
    low = Axis.around([share for it in sections for share in _shares(it, good)]).low
    cut = f" The scale starts at {low}%." if low else ""
    return Table(
        name="Self and moderated",
        title=findings.panel_finding(one),
        level=level,
        caption=(
            f"Share {findings.good_words(scale)}, self-grade (open) and moderated (filled), on the "
            f"{plural(whole.rows, 'moderated grade')} of {plural(assessments, 'assessment')}.{cut}"
        ),
        source=(
            f"The panel agreed with {agreed}. Change is in grades that are "
            f"{findings.good_words(scale)}: a grade may be raised without moving the dot."
        ),
        columns=(
            Column("Section"),
            Column("", ColumnKind.BAR),
            Column("Self", ColumnKind.SHARE),
            Column("Moderated", ColumnKind.SHARE),
            Column("Change", ColumnKind.COUNT, strong=True),
            Column("Raised", ColumnKind.COUNT),
            Column("Lowered", ColumnKind.COUNT),
            Column("Agreed", ColumnKind.COUNT),
            Column("Grades", ColumnKind.COUNT, short="grades"),
        ),
        rows=rows,
    )


def order_words(by: RankBy) -> str:
    return "highest first" if by is RankBy.STRENGTH else "lowest first"


def _panel_row(one: Comparison, good: frozenset[str], *, total: bool = False) -> Row:
    own, panel = _shares(one, good)
    return Row(
        (
            RowHead(one.label),
            Dots(own, panel),
            own,
            panel,
            Amount(Decimal(one.change(good)), signed=True),
            Count(one.raised),
            Count(one.lowered),
            Count(one.agreed),
            Count(one.rows),
        ),
        total=total,
    )


def _shares(one: Comparison, good: frozenset[str]) -> tuple[Share, Share]:
    return one.own.share(good), one.panel.share(good)


def _key(scale: Scale) -> tuple[Grade, ...]:
    return tuple(Grade(band.label, band.letter, Tone(band.tone)) for band in scale.bands)
