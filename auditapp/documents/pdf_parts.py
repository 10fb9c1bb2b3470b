"""The parts of a document as blocks of a PDF."""

from dataclasses import replace

from auditapp.documents.form_parts import Boxes, Ticks
from auditapp.documents.marks import Grade
from auditapp.documents.pdf_flow import Block, Break, TextBlock
from auditapp.documents.pdf_forms import form_blocks
from auditapp.documents.pdf_lists import list_blocks
from auditapp.documents.pdf_tables import table_blocks
from auditapp.documents.pdf_text import Atom, grade_atoms
from auditapp.documents.tags import Node
from auditapp.documents.tokens import (
    BODY,
    HEADINGS,
    LEAD,
    SMALL,
    SOURCE,
    TABLE,
)
from auditapp.documents.tree import (
    Bullets,
    Heading,
    KeyValues,
    KPIs,
    PageBreak,
    Paragraph,
    Part,
    Style,
    Table,
)
from auditapp.documents.words import plain

STYLES = {Style.LEAD: LEAD, Style.BODY: BODY, Style.SMALL: SMALL, Style.SOURCE: SOURCE}
BETWEEN_GRADES = 10.0  # in a legend


def blocks_of(part: Part, root: Node) -> list[Block]:
    """The blocks that draw `part`, their elements added to `root` in reading order."""
    match part:
        case Heading(text=text, level=level):
            return [heading_block(text, level, root)]
        case Paragraph():
            return _paragraph(part, root)
        case Bullets() | KeyValues() | KPIs():
            return list_blocks(part, root) if part.items else []
        case Ticks() | Boxes():
            return form_blocks(part, root) if part.items else []
        case PageBreak():
            return [Break()]
        case Table():
            return _titled_table(part, root)


def heading_block(text: str, level: int, root: Node) -> TextBlock:
    block = TextBlock.balanced(text, HEADINGS[min(level, 4)], root.add(f"H{min(level, 6)}"))
    return replace(block, stays_with_next=True, bookmark=(text, level - 1))


def _paragraph(part: Paragraph, root: Node) -> list[Block]:
    if not plain(part.text).strip():
        return []
    how = STYLES[part.style]
    if part.leads:
        how = how._replace(after=how.after / 2)  # it belongs to what follows
    block = TextBlock.of(part.text, how, root.add("P"))
    return [replace(block, stays_with_next=part.leads)]


def _titled_table(table: Table, root: Node) -> list[Block]:
    blocks: list[Block] = []
    if table.title:
        blocks.append(heading_block(table.title, table.level, root))
    if plain(table.caption):
        caption = TextBlock.of(table.caption, SMALL, root.add("P"))
        blocks.append(replace(caption, stays_with_next=True))
    if table.key:
        blocks.append(_legend(table.key, root))
    below = SOURCE.before + 2 * SOURCE.leading if plain(table.source) else 0.0
    blocks += table_blocks(table, root, below)
    if plain(table.source):
        blocks.append(TextBlock.of(table.source, SOURCE, root.add("P")))
    return blocks


def _legend(key: tuple[Grade, ...], root: Node) -> TextBlock:
    """The grades in a line, their letters spoken with their words."""
    how = TABLE._replace(leading=16, after=2)
    atoms: list[Atom] = []
    for grade in key:
        tile, word = grade_atoms(grade, how.size)
        spoken = f"{grade.letter} {grade.word}"
        wide = word.space + BETWEEN_GRADES
        word = replace(word, text=spoken, space=wide, word=replace(word.word, spoken=spoken))
        atoms += [tile, word]
    return replace(TextBlock.set([atoms], how, root.add("P")), stays_with_next=True)
