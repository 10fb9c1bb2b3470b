"""A document to draw: the panel's letter to one school."""

from auditapp.documents.figures import Count
from auditapp.documents.marks import GradePair
from auditapp.documents.tree import (
    Bullets,
    Column,
    ColumnKind,
    Document,
    Heading,
    Letterhead,
    Paragraph,
    Row,
    RowHead,
    Table,
)
from auditapp.documents.words import Strong
from tests.documents.samples import EXCEEDED, MET, PARTLY, PARTNERSHIP, SCALE


def letter() -> Document:
    changes = (
        ("1.3", "Cover for the DSL", GradePair(EXCEEDED, MET, "lowered"),
         "Cover is in place for term time. Nothing shows how holidays are covered."),
        ("5.2", "Children shape our policies", GradePair(MET, EXCEEDED, "raised"),
         "Three policies changed after children\u2019s comments, with the drafts to show it."),
        ("8.3", "Filtering and monitoring", GradePair(PARTLY, MET, "raised"),
         ("The review of 26 November and the minute of 2 December show the yearly check is done "
         "and acted on. You under-scored.")),
        ("8.4", "Nudes and semi-nudes", GradePair(MET, MET, "agreed"), ""),
        ("8.5", "Generative AI tools", GradePair(MET, None, "inconclusive"), "Too little to tell."),
    )  # fmt: skip
    return Document(
        title="Your section 175 assessment 2026: what we read and what we think",
        author=PARTNERSHIP,
        letterhead=Letterhead(
            sender=("Exampleshire Safeguarding", "Children Partnership"),
            contact=("Business unit", "partnership@exampleshire.example"),
            to=("Head teacher and chair of governors", "Quillbrook Primary School"),
            date="26 March 2027",
        ),
        parts=(
            Paragraph(
                "Thank you for your assessment, signed by your head teacher on 9 December 2026. "
                "Two panel members read all 75 standards and the evidence you cited. We agreed "
                "with 71 of your 74 grades. One standard did not apply."
            ),
            Heading("What you do well"),
            Bullets(
                (
                    (
                        Strong("Voice of the child."),
                        (" The pupil survey and the school council minutes show children changing "
                        "a policy, not only being asked."),
                    ),
                    (
                        Strong("Acting on alerts (8.3)."),
                        (" You showed what happened to one pupil, and what the whole year was "
                        "then taught."),
                    ),
                )
            ),
            Heading("Grades we changed"),
            Table(
                name="Grades changed by the panel",
                columns=(
                    Column("Standard"),
                    Column("You and the panel", ColumnKind.GRADE),
                    Column("Why"),
                ),
                rows=tuple(
                    Row((RowHead((Strong(number), f" {words}")), pair, why))
                    for number, words, pair, why in changes
                ),
            ),
            Heading("Your grades beside 22 similar schools"),
            Table(
                name="Grades beside similar schools",
                source="Similar: maintained primary schools with 150 to 300 pupils.",
                columns=(
                    Column("Grade"),
                    Column("You", ColumnKind.COUNT),
                    Column("After the panel", ColumnKind.COUNT),
                    Column("Middle half of similar schools", ColumnKind.COUNT),
                ),
                rows=(
                    *(
                        Row((RowHead(grade), Count(own), Count(after), middle))
                        for grade, own, after, middle in zip(
                            SCALE, (12, 53, 8, 1), (12, 54, 7, 1), ("6 to 13", "55 to 64", "3 to 7", "0 to 2")
                        )
                    ),
                    Row((RowHead("Graded"), Count(74), Count(74), ""), total=True),
                ),
            ),
            Heading("What happens now"),
            Paragraph(
                "Your nine actions are yours to keep up to date. If you think we have a grade "
                "wrong, reply by 23 April 2027 and the panel\u2019s chair will answer within 20 "
                "working days."
            ),
            Paragraph("Yours faithfully"),
            Paragraph(
                (
                    Strong("Chair of the section 157 and 175 panel"),
                    "\nfor the safeguarding partners of Exampleshire",
                )
            ),
        ),
    )  # fmt: skip
