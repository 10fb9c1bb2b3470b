"""The parts of a document as blocks of a PDF."""

from dataclasses import replace

from auditapp.documents.figures import Figure
from auditapp.documents.marks import Grade
from auditapp.documents.pdf_flow import Block, Break, TextBlock
from auditapp.documents.pdf_kpis import KPI_ROW, KPIBlock
from auditapp.documents.pdf_tables import table_blocks
from auditapp.documents.pdf_text import Atom, Line, atoms_of, grade_atoms, wrapped
from auditapp.documents.tags import Node
from auditapp.documents.tokens import (
    BODY,
    HEADINGS,
    LEAD,
    SMALL,
    SOURCE,
    TABLE,
    WIDTH,
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
from auditapp.documents.words import Prose, plain

STYLES = {Style.LEAD: LEAD, Style.BODY: BODY, Style.SMALL: SMALL, Style.SOURCE: SOURCE}
BULLET = 12.0  # from the margin to the words
NUMBER = 18.0
NAMES = 0.3 * WIDTH  # for the names in a list of details
SHORT_LIST = 5  # items
NOTHING = Line((), 0.0, True)
BETWEEN_GRADES = 10.0  # in a legend


def blocks_of(part: Part, root: Node) -> list[Block]:
    """The blocks that draw `part`, their elements added to `root` in reading order."""
    match part:
        case Heading(text=text, level=level):
            return [heading_block(text, level, root)]
        case Paragraph(text=text) if not plain(text).strip():
            return []
        case Paragraph(text=text, style=style):
            return [TextBlock.of(text, STYLES[style], root.add("P"))]
        case Bullets():
            return _bullets(part, root)
        case KeyValues():
            return _details(part, root)
        case KPIs(items=items):
            listed = root.add("L", numbering="None")
            rows = [items[start : start + KPI_ROW] for start in range(0, len(items), KPI_ROW)]
            return [KPIBlock.of(row, listed) for row in rows]
        case PageBreak():
            return [Break()]
        case Table():
            return _titled_table(part, root)


def heading_block(text: str, level: int, root: Node) -> TextBlock:
    block = TextBlock.balanced(text, HEADINGS[min(level, 4)], root.add(f"H{min(level, 6)}"))
    return replace(block, stays_with_next=True, bookmark=(text, level - 1))


def _bullets(part: Bullets, root: Node) -> list[Block]:
    listed = root.add("L", numbering="Decimal" if part.numbered else "Disc")
    left = NUMBER if part.numbered else BULLET
    how = BODY._replace(after=3)
    blocks: list[TextBlock] = []
    for number, item in enumerate(part.items, start=1):
        holder = listed.add("LI")
        sign = atoms_of(f"{number}." if part.numbered else "\u2022", how.size)
        label = (_label_lines(sign, left, how.size), how, holder.add("Lbl"))
        block = TextBlock.of(item, how, holder.add("LBody"), left=left)
        blocks.append(replace(block, label=label))
    return _kept_together(blocks)


def _details(part: KeyValues, root: Node) -> list[Block]:
    listed = root.add("L", numbering="None")
    how = BODY._replace(size=9.5, leading=13, after=2)
    quiet = SMALL._replace(size=9.5, leading=13)
    blocks: list[TextBlock] = []
    for name, value in part.items:
        holder = listed.add("LI")
        names = _label_lines(atoms_of(name, quiet.size), NAMES - BULLET, quiet.size)
        label = (names, quiet, holder.add("Lbl"))
        block = TextBlock.set(_value_atoms(value, how.size), how, holder.add("LBody"), left=NAMES)
        missing = len(names) - len(block.lines)
        block = replace(block, lines=[*block.lines, *[NOTHING] * missing])
        blocks.append(replace(block, label=label))
    return _kept_together(blocks)


def _kept_together(blocks: list[TextBlock]) -> list[Block]:
    """A short list is not parted; of a long one the first and the last two items are not."""
    last = len(blocks) - 1
    whole = len(blocks) <= SHORT_LIST
    ends = {0, last - 1}
    return [
        replace(block, stays_with_next=index < last and (whole or index in ends))
        for index, block in enumerate(blocks)
    ]


def _label_lines(atoms: list[list[Atom]], width: float, size: float) -> list[Line]:
    """A space follows a label: it is not one word with what it stands before."""
    *lines, last = wrapped(atoms, width, size)
    return [*lines, last._replace(ends=False)]


def _value_atoms(value: Prose | Figure | Grade, size: float) -> list[list[Atom]]:
    if isinstance(value, Grade):
        return [grade_atoms(value, size)]
    return atoms_of(value if isinstance(value, str | tuple) else value.text, size)


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
