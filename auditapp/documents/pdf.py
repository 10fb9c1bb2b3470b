"""A document as a tagged PDF: A4, every font embedded, the same bytes for the same document."""

import io
from typing import TYPE_CHECKING

from auditapp.documents.pdf_cover import cover_blocks, draw_cover, draw_running
from auditapp.documents.pdf_flow import Block, Flow, place_all
from auditapp.documents.pdf_parts import blocks_of
from auditapp.documents.pen import Pen
from auditapp.documents.tags import Node, write_tags
from auditapp.documents.tounicode import mend_unicode_maps
from auditapp.documents.tree import Document

if TYPE_CHECKING:
    from pikepdf import Pdf


def draw_pdf(document: Document) -> bytes:
    """The document's PDF, tagged as PDF/UA-1 asks; say which tool checked it, not more.

    Takes about 20 ms a page. Typed words are drawn sign by sign, never read as markup.
    """
    root = Node("Document")
    flow = _placed(document, root)
    pen = Pen(title=document.title, author=document.author, language=document.language)
    for index, page in enumerate(flow.pages):
        if index:
            pen.next_page()
        else:
            draw_cover(pen, document)
        for draw in page:
            draw(pen)
        draw_running(pen, document, index + 1, len(flow.pages))
    return _tagged(pen.finish(), document, root, pen)


def _placed(document: Document, root: Node) -> Flow:
    blocks: list[Block] = cover_blocks(document, root)
    for part in document.parts:
        blocks += blocks_of(part, root)
    flow = Flow(document.brand)
    place_all(blocks, flow)
    return flow


def _tagged(drawn: bytes, document: Document, root: Node, pen: Pen) -> bytes:
    import pikepdf

    with pikepdf.open(io.BytesIO(drawn)) as pdf:
        write_tags(pdf, root, pen.marker.pages)
        mend_unicode_maps(pdf)
        _describe(pdf, document)
        made = io.BytesIO()
        pdf.save(
            made,
            deterministic_id=True,
            min_version="1.7",
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return made.getvalue()


def _describe(pdf: "Pdf", document: Document) -> None:
    """Language, title and author, where readers and checkers look for them."""
    from pikepdf import Dictionary, String

    pdf.Root.Lang = String(document.language)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    with pdf.open_metadata(set_pikepdf_as_editor=False) as about:
        about["dc:title"] = document.title
        about["dc:creator"] = [document.author]
        about["dc:language"] = [document.language]
        about["pdfuaid:part"] = "1"
