"""A kept letter as a document, which the page and the PDF draw."""

from auditapp.documents.figures import Count
from auditapp.documents.marks import Grade, Tone
from auditapp.documents.tree import (
    Bullets,
    Cell,
    Column,
    ColumnKind,
    Document,
    Heading,
    Letterhead,
    Paragraph,
    Part,
    Row,
    RowHead,
    Table,
)
from auditapp.documents.words import Prose, Strong
from auditapp.moderation import letters
from auditapp.moderation.letters import Letter

LEAD_MOST_CHARS = 80  # a longer text before a colon is a sentence, not a name


def document_of(letter: Letter) -> Document:
    """The letter's document tree."""
    parts: list[Part] = []
    for part in letter.parts:
        if part.heading:
            parts.append(Heading(part.heading))
        parts += _body(part)
    return Document(
        title=letter.title,
        author=letter.author,
        parts=tuple(parts),
        brand=letter.brand,
        letterhead=Letterhead(letter.sender, letter.contact, letter.to, letter.date),
    )


def _body(part: letters.Part) -> list[Part]:
    match part:
        case letters.Words():
            return [Paragraph(text) for text in part.paragraphs]
        case letters.Points():
            return [Bullets(tuple(_point(item) for item in part.items))]
        case letters.Changes():
            return [_changes(part)]
        case letters.Counts():
            return [_counts(part)]
        case letters.Gaps():
            return [_gaps(part)]


def _point(item: str) -> Prose:
    lead, colon, rest = item.partition(": ")
    if not colon or len(lead) > LEAD_MOST_CHARS:
        return item
    return (Strong(f"{lead}."), f" {rest[:1].upper()}{rest[1:]}")


def _changes(part: letters.Changes) -> Table:
    return Table(
        columns=(
            Column("Standard"),
            Column("You", ColumnKind.GRADE),
            Column("Panel", ColumnKind.GRADE),
            Column("Why"),
        ),
        rows=tuple(
            Row((_standard(row.standard), _grade(row.own), _grade(row.panel), row.why))
            for row in part.rows
        ),
        name="Grades changed by the panel",
    )


def _counts(part: letters.Counts) -> Table:
    moderated = any(row.after is not None for row in part.rows)
    columns: tuple[Column, ...] = (Column("Grade"), Column("You", ColumnKind.COUNT))
    if moderated:
        columns += (Column("After the panel", ColumnKind.COUNT, short="Panel"),)
    rows = [
        Row(_counted(RowHead(row.grade.word), row.own, row.after, moderated)) for row in part.rows
    ]
    own, after = sum(row.own for row in part.rows), sum(row.after or 0 for row in part.rows)
    rows.append(Row(_counted(RowHead("Graded"), own, after, moderated), total=True))
    return Table(
        columns=columns,
        rows=tuple(rows),
        name="Number of standards by grade",
        source=part.note,
    )


def _counted(head: RowHead, own: int, after: int | None, moderated: bool) -> tuple[Cell, ...]:
    return (head, Count(own), Count(after)) if moderated else (head, Count(own))


def _gaps(part: letters.Gaps) -> Table:
    return Table(
        columns=(
            Column("Standard"),
            Column("Your grade", ColumnKind.GRADE),
            Column("Your action"),
        ),
        rows=tuple(
            Row((_standard(row.standard), _grade(row.grade), row.action)) for row in part.rows
        ),
        name="Gaps and your actions",
    )


def _standard(label: str) -> RowHead:
    number, _, title = label.partition(" ")
    return RowHead((Strong(number), f" {title}"))


def _grade(words: letters.GradeWords) -> Grade:
    return Grade(word=words.word, letter=words.letter, tone=Tone(words.tone))
