"""Bars and dots in the cells of a PDF's tables. Each is a Figure with its finding in words."""

from auditapp.documents.fonts import REGULAR, units
from auditapp.documents.marks import Axis, Dots, StackedBar
from auditapp.documents.pdf_lines import draw_letter
from auditapp.documents.pen import Box, Pen
from auditapp.documents.tags import Node
from auditapp.documents.tokens import PALE_RULE, QUIET, RULE, TABLE_HEAD, WHITE, fill_of

BAR_HEIGHT = 11.5
DOT = 3.1


def draw_bar(pen: Pen, node: Node, bar: StackedBar, box: Box, brand: str) -> None:
    """A stacked bar in the middle of `box`, with letters where they fit."""
    left, bottom, width, height = box
    figure = node.add("Figure", alt=bar.text)
    base = bottom + (height - BAR_HEIGHT) / 2
    with pen.figure(figure, (left, base, width, BAR_HEIGHT)):
        if not bar.spans:
            pen.rect((left, base, width, BAR_HEIGHT), WHITE, RULE, dashed=True)
        for span in bar.spans:
            fill = fill_of(span.segment.tone, brand)
            start = left + width * span.start / 100
            wide = max(width * span.width / 100 - 0.8, 0.7)
            pen.filled((start, base, wide, BAR_HEIGHT), fill)
            if span.letter:
                middle = (start + wide / 2, base + BAR_HEIGHT / 2)
                draw_letter(pen, span.letter, middle, fill.letter)


def draw_dots(pen: Pen, node: Node, dots: Dots, box: Box, axis: Axis, brand: str) -> None:
    """Self open and moderated filled, joined; a ring around the dot where they are equal."""
    figure = node.add("Figure", alt=dots.text)
    left, bottom, width, height = box
    y = bottom + height / 2
    places = {share: left + width * axis.place_of(share) / 100 for share in dots.drawn}
    with pen.figure(figure, (left, y - 6, width, 12)):
        _draw_ticks(pen, box, axis)
        if dots.are_equal:
            pen.circle((places[dots.own], y), DOT + 2.4, WHITE, brand)
            pen.circle((places[dots.own], y), DOT - 0.2, brand, brand)
            return
        if len(places) == 2:
            pen.line((min(places.values()), y), (max(places.values()), y), (1.6, brand))
        for share, x in places.items():
            pen.circle((x, y), DOT, WHITE if share is dots.own else brand, brand)


def _draw_ticks(pen: Pen, box: Box, axis: Axis) -> None:
    left, bottom, width, height = box
    for tick in axis.ticks:
        x = left + width * axis.place(tick) / 100
        pen.line((x, bottom), (x, bottom + height), (0.6, PALE_RULE))


def draw_axis(
    pen: Pen, node: Node | None, axis: Axis, at: tuple[float, float], width: float
) -> None:
    """The axis' labels from `at`, the left end of their baseline."""
    left, baseline = at
    size = TABLE_HEAD.size - 0.5
    for tick in axis.ticks:
        label = f"{tick}%"
        wide = units(label, REGULAR) * size
        middle = left + width * axis.place(tick) / 100
        start = min(max(middle - wide / 2, left), left + width - wide)
        pen.text(node, label + " ", (start, baseline, size), (REGULAR, QUIET))
