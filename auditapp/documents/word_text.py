"""Words in a Word file: runs, links, fields."""

from typing import TYPE_CHECKING, Any

from auditapp.documents.tokens import LINK
from auditapp.documents.words import Link, Prose, Strong

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.text.paragraph import Paragraph


def element(tag: str, **values: str) -> Any:
    """A new element; a name such as `w_val` is the attribute w:val."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(tag)
    for name, value in values.items():
        made.set(qn(name.replace("_", ":")), value)
    return made


def styled(paragraph: "Paragraph", style: str) -> "Paragraph":
    """The paragraph in that style, by its id: to look each up by name took most of a form's time."""
    paragraph._p.style = style.replace(" ", "")
    return paragraph


def write(paragraph: "Paragraph", prose: Prose, *, strong: bool = False) -> "Paragraph":
    """`prose` at the end of the paragraph. Only what leads outside the site is a link."""
    for run in (prose,) if isinstance(prose, str) else prose:
        if isinstance(run, Link) and run.outside:
            _write_link(paragraph, run)
            continue
        text = run if isinstance(run, str) else run.text
        if text:
            made = paragraph.add_run(text)
            made.bold = True if strong or isinstance(run, Strong) else None
    return paragraph


def _write_link(paragraph: "Paragraph", link: Link) -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    kind = RELATIONSHIP_TYPE.HYPERLINK
    leads = element("w:hyperlink")
    leads.set(qn("r:id"), paragraph.part.relate_to(link.outside, kind, is_external=True))
    run = paragraph.add_run(link.text)
    run.font.underline = True
    run.font.color.rgb = RGBColor.from_string(LINK.removeprefix("#").upper())
    leads.append(run._r)
    paragraph._p.append(leads)


def write_field(paragraph: "Paragraph", name: str) -> None:
    """A number that Word works out: PAGE, NUMPAGES."""
    field = element("w:fldSimple", w_instr=name)
    run = paragraph.add_run("1")
    field.append(run._r)
    paragraph._p.append(field)


def restart_numbers(word: "Word") -> int:
    """The id of a numbering that begins at 1: without one a list goes on from the last."""
    style = word.styles["List Number"].element
    numbering = word.part.numbering_part.element
    used = numbering.num_having_numId(style.pPr.numPr.numId.val)
    made = numbering.add_num(used.abstractNumId.val)
    made.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(made.numId)
