"""Drawing on the pages of a PDF so that everything drawn is tagged or an artifact."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

from auditapp.documents.fonts import REGULAR, font
from auditapp.documents.tags import Area, Marker, Node
from auditapp.documents.tokens import PAGE_HEIGHT, PAGE_WIDTH, Fill

if TYPE_CHECKING:
    from reportlab.lib.colors import Color

Box = tuple[float, float, float, float]  # left, bottom, width, height
Stroke = tuple[float, str]  # weight and colour


class Pen:
    """Draws in points from the lower left corner. `node` None means an artifact."""

    def __init__(self, *, title: str, author: str, language: str) -> None:
        from reportlab.pdfgen.canvas import Canvas

        self._made = io.BytesIO()
        self._canvas: Canvas = Canvas(
            self._made,
            pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
            pageCompression=0,  # pikepdf compresses
            invariant=1,
            lang=language,
            initialFontName=font(REGULAR).fontName,
        )
        self._canvas.setTitle(title)
        self._canvas.setAuthor(author)
        self._canvas.setSubject("")
        self._canvas.setCreator("auditapp")
        self.marker = Marker()
        self._inside: Node | None = None
        self._artifact = ""
        self._colour = ""

    def text(
        self,
        node: Node | None,
        words: str,
        at: tuple[float, float, float],
        how: tuple[str, str],
        spoken: str = "",
    ) -> None:
        """Draw `words` at left, baseline and size; `how` is their face and colour.

        `spoken`, if given, is what a reader hears and copies in their place.
        """
        x, y, size = at
        face, colour = how
        self._mark(node)
        self._fill(colour)
        if spoken:
            self._write(f"/Span <</ActualText <{_hex(spoken)}>>> BDC")
        piece = self._canvas.beginText(x, y)
        piece.setFont(font(face).fontName, size)
        piece.textOut(words)
        self._canvas.drawText(piece)
        if spoken:
            self._write("EMC")

    def rect(self, box: Box, fill: str, edge: str = "", *, dashed: bool = False) -> None:
        self._mark(self._inside)
        self._fill(fill)
        if edge:
            self._canvas.setStrokeColor(_colour(edge))
            self._canvas.setLineWidth(0.6)
            self._canvas.setDash([1.6, 1.4] if dashed else [])
        self._canvas.rect(*box, stroke=int(bool(edge)), fill=1)

    def filled(self, box: Box, fill: Fill) -> None:
        """A rectangle with the fill and edge of a tone, its edge inside `box`."""
        left, bottom, width, height = box
        inner = (left + 0.3, bottom + 0.3, max(width - 0.6, 0.3), height - 0.6)
        self.rect(inner, fill.fill, fill.edge, dashed=fill.dashed)

    def line(self, start: tuple[float, float], end: tuple[float, float], how: Stroke) -> None:
        weight, colour = how
        self._mark(self._inside)
        self._canvas.setStrokeColor(_colour(colour))
        self._canvas.setLineWidth(weight)
        self._canvas.setDash([])
        self._canvas.line(*start, *end)

    def circle(self, centre: tuple[float, float], radius: float, fill: str, edge: str) -> None:
        self._mark(self._inside)
        self._fill(fill)
        self._canvas.setStrokeColor(_colour(edge))
        self._canvas.setLineWidth(1.2)
        self._canvas.setDash([])
        self._canvas.circle(*centre, radius, stroke=1, fill=1)

    @contextmanager
    def figure(self, node: Node, box: Box) -> Iterator[None]:
        """What is drawn within belongs to the Figure `node`, which covers `box`."""
        left, bottom, width, height = box
        node.box = (left, bottom, left + width, bottom + height)
        self._inside = node
        yield
        self._inside = None

    @contextmanager
    def running(self, kind: str) -> Iterator[None]:
        """What is drawn within repeats on every page: a Header or a Footer."""
        self._artifact = f"/Type /Pagination /Subtype /{kind}"
        yield
        self._artifact = ""

    @property
    def inside(self) -> Node | None:
        return self._inside

    def link(self, node: Node, box: Box) -> None:
        """Make `box` on this page lead to the address of the Link `node`."""
        left, bottom, width, height = box
        area = (left, bottom, left + width, bottom + height)
        node.kids.append(Area(len(self.marker.pages) - 1, area))

    def bookmark(self, title: str, level: int, top: float) -> None:
        """An entry of the outline, level 0 the outermost, that leads to here."""
        key = f"h{len(self.marker.pages)}-{top:.2f}-{level}"
        self._canvas.bookmarkHorizontalAbsolute(key, top, left=0)
        self._canvas.addOutlineEntry(title, key, level, closed=level > 0)

    def next_page(self) -> None:
        self._write(self.marker.close())
        self._canvas.showPage()
        self.marker.next_page()
        self._colour = ""

    def finish(self) -> bytes:
        self._write(self.marker.close())
        self._canvas.showPage()
        self._canvas.save()
        return self._made.getvalue()

    def _mark(self, node: Node | None) -> None:
        if node is None:
            self._write(self.marker.artifact(self._artifact))
        else:
            self._write(self.marker.content(node))

    def _fill(self, colour: str) -> None:
        if colour != self._colour:
            self._canvas.setFillColor(_colour(colour))
            self._colour = colour

    def _write(self, operators: str) -> None:
        if operators:
            self._canvas._code.append(operators.rstrip("\n"))  # ReportLab has no public way


@cache
def _colour(code: str) -> "Color":
    from reportlab.lib.colors import HexColor

    return HexColor(code)


def _hex(words: str) -> str:
    return ("\ufeff" + words).encode("utf-16-be").hex()
