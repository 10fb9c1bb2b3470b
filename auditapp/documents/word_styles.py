"""The page and the styles of a Word file."""

from typing import TYPE_CHECKING, Any

from auditapp.documents.tokens import (
    BODY,
    CAPTION,
    HEADINGS,
    LEAD,
    LEFT,
    LETTER_TITLE,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    QUIET,
    RUNNING,
    SMALL,
    SOURCE,
    TABLE,
    TICKED,
    TITLE,
    TOP,
    WIDTH,
    WRITTEN,
    Type,
)
from auditapp.documents.tree import Document, Style
from auditapp.documents.word_text import element, write, write_field

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.section import _Footer, _Header
    from docx.styles.style import ParagraphStyle

FACE = "Arial"  # the PDF's own is not on most machines
NAMES = 0.3 * WIDTH  # for the names in a list of details
SIGN = 18.0  # for a box to tick
STYLES = {Style.LEAD: "Lead", Style.BODY: "Normal", Style.SMALL: "Small", Style.SOURCE: "Source"}
OWN = {
    "Lead": LEAD,
    "Small": SMALL,
    "Source": SOURCE,
    "Details": BODY._replace(after=2),
    "Cell": TABLE,
    "Tick": TICKED,
    "Choices": TICKED._replace(size=10.5, leading=WRITTEN),
    "Between": Type(4, 4),
}
BUILT_IN = {
    "Normal": BODY,
    "Caption": CAPTION,
    "List Bullet": BODY._replace(after=3),
    "List Number": BODY._replace(after=3),
    "Header": RUNNING,
    "Footer": RUNNING,
}


def lay_out(word: "Word", document: Document) -> None:
    """A4 with the margins of the PDF; language, styles, and what runs along the edges."""
    from docx.shared import Pt

    [page] = word.sections
    page.page_width, page.page_height = Pt(PAGE_WIDTH), Pt(PAGE_HEIGHT)
    page.left_margin = page.right_margin = Pt(LEFT)
    page.top_margin = page.bottom_margin = Pt(PAGE_HEIGHT - TOP)
    page.header_distance = page.footer_distance = Pt((PAGE_HEIGHT - TOP) / 2)
    page.different_first_page_header_footer = True
    _set_styles(word, document)
    _set_edge(page.header, document.author, document.title)
    for footer in (page.footer, page.first_page_footer):
        _set_edge(footer, document.as_at, "Page ", numbered=True)


def _set_styles(word: "Word", document: Document) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Pt

    _set_everywhere(word, document.language)
    for name, how in BUILT_IN.items():
        _set(word.styles[name], how)
    for name, how in OWN.items():
        _set(word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH), how)
    _set(word.styles["Heading 1"], LETTER_TITLE if document.letterhead else TITLE)
    for level in range(2, 10):
        _set(word.styles[f"Heading {level}"], HEADINGS[min(level, 4)])
    for name, indent in (("Details", NAMES), ("Tick", SIGN)):
        hanging = word.styles[name].paragraph_format
        hanging.left_indent, hanging.first_line_indent = Pt(indent), Pt(-indent)
        hanging.tab_stops.add_tab_stop(Pt(indent))
    for name in ("Header", "Footer"):
        tabs = word.styles[name].paragraph_format.tab_stops
        tabs.clear_all()  # they are for another width of page
        tabs.add_tab_stop(Pt(WIDTH), WD_TAB_ALIGNMENT.RIGHT)


def _set_everywhere(word: "Word", language: str) -> None:
    """Face and language, of which the styles that Word begins with have their own."""
    from docx.oxml.ns import qn

    for fonts in word.styles.element.iter(qn("w:rFonts")):
        fonts.attrib.clear()  # a theme's face is stronger than one by name
        for name in ("w:ascii", "w:hAnsi", "w:cs"):
            fonts.set(qn(name), FACE)
    for spoken in word.styles.element.iter(qn("w:lang")):
        spoken.set(qn("w:val"), language)


def _set(style: "ParagraphStyle", how: Type) -> None:
    from docx.shared import Pt, RGBColor

    font, around = style.font, style.paragraph_format
    font.size, font.bold, font.italic = Pt(how.size), how.strong, False
    font.color.rgb = RGBColor.from_string(how.colour.removeprefix("#").upper())
    around.space_before, around.space_after = Pt(how.before), Pt(how.after)
    around.line_spacing = how.leading / how.size / 1.15  # of the face's own distance


def _set_edge(edge: "_Header | _Footer", left: str, right: str, *, numbered: bool = False) -> None:
    """Words at both ends; `numbered` ends them with the page and how many there are."""
    [line] = edge.paragraphs
    write(line, f"{left}\t{right}")
    if numbered:
        write_field(line, "PAGE")
        write(line, " of ")
        write_field(line, "NUMPAGES")
    line._p.get_or_add_pPr().append(_rule("w:top" if numbered else "w:bottom"))


def _rule(side: str) -> Any:
    borders = element("w:pBdr")
    colour = QUIET.removeprefix("#")
    borders.append(element(side, w_val="single", w_sz="4", w_space="4", w_color=colour))
    return borders
