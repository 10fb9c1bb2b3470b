"""A document as a Word file: A4, real styles, the same bytes for the same document."""

import io
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING, assert_never

from auditapp.documents.form_parts import Boxes, Ticks
from auditapp.documents.tree import (
    Bullets,
    Document,
    Heading,
    KeyValues,
    KPIs,
    Letterhead,
    PageBreak,
    Paragraph,
    Part,
    Style,
    Table,
    text_of,
)
from auditapp.documents.word_forms import add_boxes, add_ticks
from auditapp.documents.word_styles import STYLES, lay_out
from auditapp.documents.word_tables import add_table
from auditapp.documents.word_text import restart_numbers, styled, write
from auditapp.documents.words import Strong

if TYPE_CHECKING:
    from docx.document import Document as Word

MADE_AT = datetime(2000, 1, 1)
ZIPPED_AT = (1980, 1, 1, 0, 0, 0)


def draw_word(document: Document) -> bytes:
    """A DOCX file. Bars and dots are left out: their numbers stand in the rows' other cells.

    Typed words are runs of text, never fields or markup.
    """
    from docx import Document as new_word

    word = new_word()
    lay_out(word, document)
    _describe(word, document)
    _begin(word, document)
    for part in document.parts:
        _add(word, part, document.brand)
    made = io.BytesIO()
    word.save(made)
    return _repacked(made)


def _describe(word: "Word", document: Document) -> None:
    about = word.core_properties
    about.title, about.author, about.language = document.title, document.author, document.language
    about.comments, about.last_modified_by = "", document.author
    about.created = about.modified = MADE_AT


def _begin(word: "Word", document: Document) -> None:
    """Who writes, the title, and what it is of."""
    if document.letterhead:
        _add_letterhead(word, document.letterhead)
    else:
        write(styled(word.add_paragraph(), "Caption"), document.author)
    if document.subtitle:
        write(styled(word.add_paragraph(), "Caption"), document.subtitle)
    write(styled(word.add_paragraph(), "Heading 1"), document.title)
    for words in (*document.captions, document.as_at):
        if words:
            write(styled(word.add_paragraph(), STYLES[Style.SMALL]), words)


def _add_letterhead(word: "Word", head: Letterhead) -> None:
    write(word.add_paragraph(), (Strong("\n".join(head.sender)),))
    for words in ("\n".join(head.contact), "\n".join(head.to), head.date):
        if words:
            write(word.add_paragraph(), words)


def _add(word: "Word", part: Part, brand: str) -> None:
    match part:
        case Heading(text=text, level=level):
            write(styled(word.add_paragraph(), f"Heading {level}"), text)
        case Paragraph(text=text, style=style, leads=leads):
            paragraph = write(styled(word.add_paragraph(), STYLES[style]), text)
            paragraph.paragraph_format.keep_with_next = leads or None
        case Bullets() | KPIs() | KeyValues():
            _add_list(word, part)
        case Ticks():
            add_ticks(word, part)
        case Boxes():
            add_boxes(word, part)
        case PageBreak():
            word.add_page_break()
        case Table():
            add_table(word, part, brand)
        case _:
            assert_never(part)


def _add_list(word: "Word", part: Bullets | KPIs | KeyValues) -> None:
    match part:
        case Bullets():
            _add_bullets(word, part)
        case KPIs(items=items):
            for item in items:
                beside = f" {text_of(item.beside)}" if item.beside else ""
                value = Strong(text_of(item.value))
                write(word.add_paragraph(), (value, f"{beside} {item.label}"))
        case KeyValues(items=pairs):
            for name, held in pairs:
                write(styled(word.add_paragraph(), "Details"), (Strong(name), f"\t{text_of(held)}"))


def _add_bullets(word: "Word", part: Bullets) -> None:
    style = "List Number" if part.numbered else "List Bullet"
    number = restart_numbers(word) if part.numbered else None
    for item in part.items:
        paragraph = write(styled(word.add_paragraph(), style), item)
        if number is not None:
            numbering = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            numbering.get_or_add_ilvl().val = 0
            numbering.get_or_add_numId().val = number


def _repacked(made: io.BytesIO) -> bytes:
    """The same parts, each dated alike: a zip file notes when its parts were written."""
    packed = io.BytesIO()
    with zipfile.ZipFile(made) as before, zipfile.ZipFile(packed, "w") as after:
        for name in before.namelist():
            part = zipfile.ZipInfo(name, ZIPPED_AT)
            part.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(part, before.read(name))
    return packed.getvalue()
