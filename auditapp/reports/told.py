"""The report of answers that are no grade: numbers, choices, dates, and how many gave words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from auditapp.documents.figures import Amount, Count, Figure, Form, Share
from auditapp.documents.tree import (
    Column,
    ColumnKind,
    Document,
    Paragraph,
    Part,
    Row,
    RowHead,
    Style,
    Table,
)
from auditapp.questionnaires.numbers import NumberEntry
from auditapp.reports.aggregate.told import HIDDEN_BELOW, Told
from auditapp.reports.rounds import ReportedRound
from auditapp.web.filters import day, plural, when

BASE = "Figures are of those who answered. Blank and not applicable are in none, and counted apart."
HIDDEN = "hidden"


@dataclass(frozen=True, kw_only=True)
class ToldPaper:
    round: ReportedRound
    at: datetime
    assessments: int
    told: Sequence[Told]


def told_document(paper: ToldPaper) -> Document:
    """The tree that page, PDF, Word, workbook, CSV and JSON are drawn from."""
    return Document(
        title="Answers and figures",
        subtitle=paper.round.title,
        author=paper.round.partnership_name,
        as_at=f"Figures of {when(paper.at, year=True)}. Due {day(paper.round.due_on)}.",
        brand=paper.round.hue,
        captions=tuple(_captions(paper)),
        parts=tuple(_parts(paper)),
    )


def _captions(paper: ToldPaper) -> Iterator[str]:
    yield f"Of {plural(paper.assessments, 'submitted assessment')}. {BASE}"
    if any(one.is_hidden for one in paper.told):
        yield (
            f"What fewer than {HIDDEN_BELOW} answered, and questions that only some answers ask, "
            "are hidden from your role."
        )


def _parts(paper: ToldPaper) -> Iterator[Part]:
    if not paper.told:
        yield Paragraph("Everything this round asks is graded.", Style.LEAD)
        return
    if not paper.assessments:
        yield Paragraph("Nothing is submitted yet.", Style.LEAD)
        return
    told = [one for one in paper.told if one.asked and not one.is_hidden]
    full = sum(one.answered == one.asked - one.not_applicable for one in told)
    asked = plural(len(told), "question")
    said = f"{full} of {asked} were answered by everyone whom they apply to."
    yield Paragraph(said if told else "No figure can be shown here.", Style.LEAD)
    if numbers := [one for one in paper.told if one.numbers or one.ratio]:
        yield _numbers(numbers)
    if choices := [one for one in paper.told if one.options]:
        yield _choices(choices)
    if dates := [one for one in paper.told if one.run_out is not None]:
        yield _dates(dates)
    yield _answered(paper.told)


def _numbers(told: Sequence[Told]) -> Table:
    return Table(
        name="Numbers",
        title="Numbers, over all who gave them",
        caption="A share is that of the sums, not the mean of shares.",
        source=BASE,
        columns=(
            Column("Question"),
            Column("Answered", ColumnKind.SHARE),
            Column("Total", ColumnKind.COUNT, strong=True),
            Column("Mean", ColumnKind.COUNT),
            Column("Least", ColumnKind.COUNT),
            Column("Most", ColumnKind.COUNT),
        ),
        rows=tuple(Row((RowHead(one.label), _share(one), *_figures(one))) for one in told),
    )


def _figures(one: Told) -> tuple[Figure, Figure, Figure, Figure]:
    """Total, mean, least and most. Percentages are not added up."""
    none = Amount(None)
    if one.ratio:
        part, whole = one.ratio
        if part == int(part) and whole == int(whole) and 0 <= part <= whole:
            return Share(int(part), int(whole), 1, form=Form.OF), none, none, none
        return Amount(part * 100 / whole, 1, "%"), none, none, none
    if one.numbers is None:
        return none, none, none, none
    entry = one.question.answer
    is_percent = isinstance(entry, NumberEntry) and entry.form == "percent"
    total, *rest = (_amount(number, is_percent) for number in one.numbers)
    mean, least, most = rest
    return none if is_percent else total, mean, least, most


def _amount(number: Decimal, is_percent: bool) -> Amount:
    """With as many decimals as it has, two at most."""
    exponent = number.normalize().as_tuple().exponent
    places = min(2, max(0, -exponent)) if isinstance(exponent, int) else 0
    return Amount(number, places, "%" if is_percent else "")


def _choices(told: Sequence[Told]) -> Table:
    return Table(
        name="Choices",
        title="What was chosen",
        caption="Where several could be chosen, the shares add up to more than 100%.",
        source=BASE,
        columns=(
            Column("Question"),
            Column("Answer"),
            Column("Chosen", ColumnKind.SHARE, strong=True),
        ),
        rows=tuple(
            Row(
                (RowHead(one.label), label, _of_answers(one, number)),
                ends_group=label == one.options[-1][0],
            )
            for one in told
            for label, number in one.options
        ),
    )


def _dates(told: Sequence[Told]) -> Table:
    return Table(
        name="Dates that ran out",
        title="Dates that ran out before the round was due",
        source=BASE,
        columns=(
            Column("Question"),
            Column("Answered", ColumnKind.SHARE),
            Column("Ran out", ColumnKind.SHARE, strong=True),
        ),
        rows=tuple(
            Row((RowHead(one.label), _share(one), _of_answers(one, one.run_out or 0)))
            for one in told
        ),
    )


def _answered(told: Sequence[Told]) -> Table:
    return Table(
        name="Answered",
        title="How many answered each question",
        source="Asked: who had the question in what they submitted.",
        columns=(
            Column("Question"),
            Column("Asked", ColumnKind.COUNT),
            Column("Answered", ColumnKind.SHARE, strong=True),
            Column("Not applicable", ColumnKind.COUNT),
            Column("Blank", ColumnKind.COUNT),
        ),
        rows=tuple(
            Row(
                (
                    RowHead(one.label),
                    _count(one, one.asked),
                    _share(one),
                    _count(one, one.not_applicable),
                    _count(one, one.blank),
                )
            )
            for one in told
        ),
    )


def _count(one: Told, number: int) -> Count:
    return Count(None if one.is_hidden else number, HIDDEN)


def _of_answers(one: Told, number: int) -> Share:
    return Share(number, one.answered, 1, "no answers", Form.OF)


def _share(one: Told) -> Share:
    if one.is_hidden:
        return Share(0, 0, 1, HIDDEN)
    return Share(one.answered, one.asked, 1, "not asked", Form.OF)
