"""Lists as blocks of a PDF: bullets, details, and the figures that come first."""

from dataclasses import replace

from auditapp.documents.figures import Figure
from auditapp.documents.marks import Grade
from auditapp.documents.pdf_flow import Block, TextBlock
from auditapp.documents.pdf_kpis import KPI_ROW, KPIBlock
from auditapp.documents.pdf_text import Atom, Line, atoms_of, grade_atoms, wrapped
from auditapp.documents.tags import Node
from auditapp.documents.tokens import BODY, SMALL, WIDTH
from auditapp.documents.tree import Bullets, KeyValues, KPIs
from auditapp.documents.words import Prose

BULLET = 12.0  # from the margin to the words
NUMBER = 18.0
NAMES = 0.3 * WIDTH  # for the names in a list of details
SHORT_LIST = 5  # items
NOTHING = Line((), 0.0, True)


def list_blocks(part: Bullets | KeyValues | KPIs, root: Node) -> list[Block]:
    """The blocks of a list that has items, their elements added to `root`."""
    match part:
        case Bullets():
            return _bullets(part, root)
        case KeyValues():
            return _details(part, root)
        case KPIs():
            return _kpis(part, root)


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


def _kpis(part: KPIs, root: Node) -> list[Block]:
    listed = root.add("L", numbering="None")
    starts = range(0, len(part.items), KPI_ROW)
    return [KPIBlock.of(part.items[start : start + KPI_ROW], listed) for start in starts]


def _label_lines(atoms: list[list[Atom]], width: float, size: float) -> list[Line]:
    """A space follows a label: it is not one word with what it stands before."""
    *lines, last = wrapped(atoms, width, size)
    return [*lines, last._replace(ends=False)]


def _value_atoms(value: Prose | Figure | Grade, size: float) -> list[list[Atom]]:
    if isinstance(value, Grade):
        return [grade_atoms(value, size)]
    return atoms_of(value if isinstance(value, str | tuple) else value.text, size)
