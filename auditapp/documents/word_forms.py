"""What a form is filled in with, in a Word file: boxes that can be ticked there, and cells."""

from typing import TYPE_CHECKING, Any

from auditapp.documents.form_parts import Boxes, Ticks
from auditapp.documents.tokens import WIDTH, WRITTEN
from auditapp.documents.word_tables import add_row, new_table
from auditapp.documents.word_text import element, styled, write
from auditapp.documents.words import plain

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.text.paragraph import Paragraph

EMPTY, TICKED = "\u2610", "\u2612"
SIGNS = "MS Gothic"  # the face that Word draws its own check boxes in
NAME_MAX_CHARS = 60  # of what a check box is called; Word takes 64


def add_ticks(word: "Word", part: Ticks) -> None:
    """Check boxes that a click ticks, each called after its words."""
    from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
    from docx.shared import Pt

    if part.in_a_row:
        line = styled(word.add_paragraph(), "Choices")
        for item in part.items:
            _add_sign(line, plain(item.text))
            write(line, ("\u00a0", *_runs(item.text), "\u2003 "))
        return
    for item in part.items:
        line = styled(word.add_paragraph(), "Tick")
        _add_sign(line, plain(item.text))
        write(line, ("\t", *_runs(item.text)))
        line.paragraph_format.keep_with_next = item is not part.items[-1] or None
        if item.line:
            stops = line.paragraph_format.tab_stops
            stops.add_tab_stop(Pt(WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.LINES)
            write(line, " \t")


def add_boxes(word: "Word", part: Boxes) -> None:
    """Cells that grow with what is typed into them."""
    from docx.enum.table import WD_ROW_HEIGHT_RULE
    from docx.shared import Pt

    unit = WIDTH / sum(share for _, share in part.items)
    table = new_table(word, len(part.items), [unit * share for _, share in part.items])
    for cell, (label, _) in zip(add_row(table), part.items, strict=True):
        [line] = cell.paragraphs
        styled(line, "Cell")
        write(line, label)
        styled(cell.add_paragraph(), "Cell")
    table.rows[0].height = Pt((part.lines + 0.6) * WRITTEN)
    table.rows[0].height_rule = WD_ROW_HEIGHT_RULE.AT_LEAST
    styled(word.add_paragraph(), "Between")


def _runs(words: Any) -> Any:
    return (words,) if isinstance(words, str) else words


def _add_sign(line: "Paragraph", name: str) -> None:
    from docx.oxml.ns import qn

    held, about, box = element("w:sdt"), element("w:sdtPr"), element("w14:checkbox")
    box.append(element("w14:checked", w14_val="0"))
    for state, sign in (("checked", TICKED), ("unchecked", EMPTY)):
        code = f"{ord(sign):04X}"
        box.append(element(f"w14:{state}State", w14_val=code, w14_font=SIGNS))
    about.append(element("w:alias", w_val=name[:NAME_MAX_CHARS]))
    about.append(box)
    run = line.add_run(EMPTY)
    run.font.name = SIGNS
    fonts: Any = run._r.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), SIGNS)
    content = element("w:sdtContent")
    content.append(run._r)
    held.append(about)
    held.append(content)
    line._p.append(held)
