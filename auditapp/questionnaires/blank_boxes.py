"""The boxes of each kind of answer, on paper. Pure."""

from collections.abc import Iterator

from auditapp.documents.form_parts import Boxes, Tick, Ticks
from auditapp.documents.tree import Column, Paragraph, Part, Row, RowHead, Style, Table
from auditapp.questionnaires.boxes import TextEntry, inside
from auditapp.questionnaires.choices import Choosing
from auditapp.questionnaires.derived import DerivedEntry, StatementEntry
from auditapp.questionnaires.entries import Compound, Place, RowsEntry, SingleEntry
from auditapp.questionnaires.kinds import Entry
from auditapp.questionnaires.matrix import MatrixEntry
from auditapp.questionnaires.numbers import NumberEntry
from auditapp.questionnaires.schema import Asked

ROWS = 5  # of a list, unless it needs more
LONG_LINES = 4
ROW_MAX_CHARS = 80  # of options that stand side by side
SIGN_CHARS = 5  # what a box to tick takes of them
UNITS = {"percent": "%", "money": "£"}
NO_FIGURE = "\u2013"


def answer_parts(entry: Entry, asked: Asked) -> Iterator[Part]:
    """What an answer is written in; nothing for what is only read."""
    if isinstance(entry, Compound) and entry.hint:
        yield Paragraph(entry.hint, Style.SMALL, leads=True)
    match entry:
        case StatementEntry():
            return
        case DerivedEntry():
            numbers = asked.numbers_of(entry.asks)
            yield Paragraph(f"Worked out from {numbers}: nothing to write.", Style.SMALL)
        case MatrixEntry():
            yield _matrix(entry)
        case RowsEntry():
            yield _rows(entry)
        case Compound():
            yield from _several(entry.boxes())
        case _:
            yield from _single(entry, _takes(entry))


def ticks_of(items: list[Tick]) -> Ticks:
    """Side by side where they fit in one line."""
    chars = sum(len(str(it.text)) + SIGN_CHARS for it in items)
    return Ticks(tuple(items), in_a_row=chars <= ROW_MAX_CHARS)


def _single(entry: SingleEntry, label: str) -> Iterator[Part]:
    if entry.hint:
        yield Paragraph(entry.hint, Style.SMALL, leads=True)
    if isinstance(entry, Choosing):
        yield Paragraph(label, Style.SMALL, leads=True)
        yield ticks_of([Tick(option.label) for option in entry.choices])
    else:
        yield Boxes(((label, 1),), lines=_lines(entry))


def _takes(entry: SingleEntry) -> str:
    """Said of a question's only box: its options stand below."""
    match entry:
        case TextEntry():
            return "Your answer"
        case Choosing(takes_many=True):
            return "Tick all that apply"
        case Choosing():
            return "Tick one"
        case _:
            return entry.described


def _several(places: tuple[Place, ...]) -> Iterator[Part]:
    """Short boxes in pairs, all else below one another."""
    short: list[str] = []
    for _, label, entry, _ in places:
        if _is_short(entry):
            short.append(_named(label, entry))
            continue
        yield from _pairs(short)
        short = []
        # Options stand below it.
        yield from _single(entry, label if isinstance(entry, Choosing) else _named(label, entry))
    yield from _pairs(short)


def _pairs(labels: list[str]) -> Iterator[Boxes]:
    for at in range(0, len(labels), 2):
        yield Boxes(tuple((label, 1) for label in labels[at : at + 2]))


def _lines(entry: SingleEntry) -> int:
    return LONG_LINES if isinstance(entry, TextEntry) and entry.long else 1


def _named(label: str, entry: SingleEntry) -> str:
    """With what it takes, where that is not any words."""
    return label if isinstance(entry, TextEntry) else f"{label} ({inside(entry.described)})"


def _is_short(entry: SingleEntry) -> bool:
    return _lines(entry) == 1 and not entry.hint and not isinstance(entry, Choosing)


def _rows(entry: RowsEntry) -> Table:
    count = min(max(entry.least, ROWS), entry.most)
    columns = tuple(Column(_named(it.label, it.answer)) for it in entry.columns)
    return Table(columns, (Row(("",) * len(columns)),) * count, name="Rows", to_fill=True)


def _matrix(entry: MatrixEntry) -> Table:
    """A row's own year is written only where it may be given in place of the one worked out."""
    year = (f"{entry.year_label}, if it is another", "Why") if entry.override else ()
    labels = (*(it.label for it in entry.columns), *year)
    rows = []
    for row in entry.rows:
        unit = _unit(entry.cells_of(row))
        of_year = ("" if row.year else NO_FIGURE,) * len(year)
        blank = ("",) * len(entry.columns)
        rows.append(
            Row((RowHead(f"{row.label} ({unit})" if unit else row.label), *blank, *of_year))
        )
    columns = (Column("Figure"), *map(Column, labels))
    return Table(columns, tuple(rows), name="Figures", to_fill=True)


def _unit(number: NumberEntry) -> str:
    return UNITS.get(number.form, number.unit)
