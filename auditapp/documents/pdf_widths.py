"""How wide the columns of a table are: numbers as they need, words and bars share the rest."""

from collections.abc import Sequence

from auditapp.documents.pdf_cells import Content, Extent, label_of
from auditapp.documents.tokens import WIDTH
from auditapp.documents.tree import Column, ColumnKind, Table

GAP = 9.0  # between columns
TILE_COLUMN = 19.0
LOOSE = frozenset({ColumnKind.TEXT, ColumnKind.BAR})
BAR = (0.2 * WIDTH, 0.4 * WIDTH)  # least and most
WORDS_MOST = 0.42 * WIDTH  # counted of a column's longest line
LABEL_MOST = 62.0  # a longer label of numbers stands in two lines
WORD_MOST = 0.24 * WIDTH  # counted of its longest word: a longer one is broken


def column_extents(table: Table, rows: Sequence[Sequence[Content]], size: float) -> list[Extent]:
    """For each column how wide it must be and would be, the gap after it included."""
    extents = []
    for index, column in enumerate(table.columns):
        label = label_of(column, size).extent
        cells = [row[index].extent for row in rows]
        least = max((cell.least for cell in cells), default=0.0)
        natural = max((cell.natural for cell in cells), default=0.0)
        if table.to_fill and not natural:
            natural = WIDTH / len(table.columns) - GAP  # what is written needs room
        extent = _extent(column, label, Extent(least, natural, natural))
        after_tile = index and table.columns[index - 1].kind is ColumnKind.TILE
        if after_tile and column.kind is not ColumnKind.TILE:
            extent = _with_gap(*extent)
        extents.append(extent)
    return extents


def _extent(column: Column, label: Extent, cells: Extent) -> Extent:
    match column.kind:
        case ColumnKind.BAR:
            return _with_gap(BAR[0], BAR[1], BAR[1])
        case ColumnKind.TILE:
            width = max(TILE_COLUMN, label.least + 3)
            return Extent(width, width, width)
        case ColumnKind.COUNT | ColumnKind.SHARE | ColumnKind.GRADE:
            least = min(max(cells.least, label.least), WORDS_MOST)
            one_line = label.natural <= LABEL_MOST
            whole = max(cells.natural, label.natural if one_line else label.natural / 2 + GAP)
            natural = max(min(whole, WORDS_MOST), least)
            return _with_gap(least, natural, natural)
        case _:
            least = min(max(cells.least, label.least), WORD_MOST)
            whole = max(cells.natural, label.natural, least)
            return _with_gap(least, min(whole, WORDS_MOST), whole)


def _with_gap(least: float, natural: float, unwrapped: float) -> Extent:
    return Extent(least + GAP, natural + GAP, unwrapped + GAP)


def fits(extents: Sequence[Extent]) -> bool:
    return sum(extent.least for extent in extents) <= WIDTH + GAP


def column_widths(columns: Sequence[Column], extents: Sequence[Extent]) -> list[float]:
    """Widths that come to the width of the page, each with its gap.

    Every column gets its least. Of what is left numbers and grades take what they lack, then
    words and bars, then the words whose lines are wrapped. What is over widens the bars, or all columns where there are none; a heat
    map is not widened.
    """
    kinds = [column.kind for column in columns]
    room = WIDTH + (0 if kinds[-1] is ColumnKind.TILE else GAP)
    loose = [index for index, kind in enumerate(kinds) if kind in LOOSE]
    firm = [index for index in range(len(columns)) if index not in loose]
    widths = [extent.least for extent in extents]
    for group, goal in ((firm, "natural"), (loose, "natural"), (loose, "unwrapped")):
        lacks = [getattr(extents[index], goal) - widths[index] for index in group]
        _widen(widths, group, lacks, min(room - sum(widths), sum(lacks)))
    if ColumnKind.TILE not in kinds:
        bars = [index for index in loose if kinds[index] is ColumnKind.BAR]
        group = bars or [*loose, *firm]
        _widen(widths, group, [widths[index] for index in group], room - sum(widths))
    return widths


def _widen(widths: list[float], group: Sequence[int], weights: Sequence[float], by: float) -> None:
    """Share `by` among the columns of `group`, in proportion to `weights`."""
    whole = sum(weights)
    if whole <= 0 or by <= 0:
        return
    for index, weight in zip(group, weights):
        widths[index] += by * weight / whole


def column_groups(extents: Sequence[Extent]) -> list[list[int]]:
    """The columns in as many groups as the page needs; each begins with the first column."""
    groups: list[list[int]] = [[0]]
    room = WIDTH + GAP
    for index in range(1, len(extents)):
        taken = sum(extents[column].least for column in groups[-1])
        if taken + extents[index].least > room and len(groups[-1]) > 1:
            groups.append([0])
        groups[-1].append(index)
    return groups
