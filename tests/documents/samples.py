"""Documents to draw: a report like the overview page (the panel's letter is in sample_letter)."""

from decimal import Decimal

from auditapp.documents.figures import Amount, Count, Form, Share
from auditapp.documents.marks import Dots, Grade, Segment, StackedBar, Tone
from auditapp.documents.tree import (
    KPI,
    Bullets,
    Column,
    ColumnKind,
    Document,
    Heading,
    KeyValues,
    KPIs,
    Paragraph,
    Row,
    RowHead,
    Style,
    Table,
)
from auditapp.documents.words import Link, Strong

PARTNERSHIP = "Exampleshire Safeguarding Children Partnership"
EXCEEDED = Grade("Exceeded", "E", Tone.BEST)
MET = Grade("Met", "M", Tone.GOOD)
PARTLY = Grade("Partially met", "P", Tone.SHORT)
NOT_MET = Grade("Not met", "N", Tone.WORST)
NOT_APPLICABLE = Grade("Not applicable", "n/a", Tone.NOT_APPLICABLE)
SCALE = (EXCEEDED, MET, PARTLY, NOT_MET)
SECTIONS = {
    "Voice of the child": (182, 519, 39, 7),
    "Designated safeguarding lead": (193, 649, 26, 5),
    "Safeguarding culture": (180, 660, 26, 7),
    "Safer recruitment": (174, 803, 22, 5),
    "Staff training": (112, 568, 53, 9),
    "Designated teacher": (87, 494, 28, 7),
    "Designated governor": (79, 499, 31, 11),
    "Attendance and missing education": (84, 592, 49, 21),
    "Early help and front door": (65, 506, 36, 14),
    "Managing concerns": (84, 734, 41, 13),
    "Online safety": (81, 797, 88, 37),
    "Escalation": (30, 506, 58, 25),
}
SCHOOLS = ("Merrowdale School", "Pebblewick Primary", "Fennimarsh Nursery", "Tanglemere Academy")
SAFETY = {
    "8.1": "A named lead, with time",
    "8.2": "Taught at every age",
    "8.3": "Filtering and monitoring",
    "8.4": "Nudes and semi-nudes",
    "8.5": "Generative AI tools",
    "8.6": "Parents and carers",
    "8.7": "Staff devices and accounts",
    "8.8": "Remote and home learning",
}


def ranked() -> Table:
    """Twelve sections as stacked bars beside their numbers."""
    return Table(
        name="Sections",
        title="Voice of the child leads; escalation and online safety trail",
        caption=(
            "Sections ranked by their share of ",
            Strong("exceeded"),
            ", highest first. Strengths read from the left edge, gaps from the right.",
        ),
        source=(
            "Lines part the three highest and the three lowest. Shares are rounded half up and "
            "may not add to 100. Basis \u201cexceeded\u201d is this round\u2019s setting."
        ),
        key=SCALE,
        columns=(
            Column("Section"),
            Column("", ColumnKind.BAR),
            Column("Exceeded", ColumnKind.SHARE, short="E", strong=True),
            Column("Met", ColumnKind.SHARE, short="M"),
            Column("Partially", ColumnKind.SHARE, short="P"),
            Column("Not met", ColumnKind.SHARE, short="N"),
            Column("Grades", ColumnKind.COUNT, short="n"),
        ),
        rows=tuple(
            _ranked_row(place, name, numbers)
            for place, (name, numbers) in enumerate(SECTIONS.items(), start=1)
        ),
    )


def _ranked_row(place: int, name: str, numbers: tuple[int, ...]) -> Row:
    whole = sum(numbers)
    shares = tuple(Share(number, whole) for number in numbers)
    segments = tuple(
        Segment(share, grade.word, grade.tone, grade.letter) for share, grade in zip(shares, SCALE)
    )
    head = RowHead((Link(name, "https://audit.example/sections"),))
    return Row((head, StackedBar(segments), *shares, Count(whole)), ends_group=place in (3, 9))


def moderated() -> Table:
    """Self and moderated shares as dots, with the change."""
    return Table(
        name="Moderation",
        title="The panel lowered online safety and escalation, and raised voice of the child",
        caption=(
            "Share met or exceeded, self-grade (open) and moderated (filled), on the moderated "
            "grades of 13 sampled schools. The scale starts at 70%."
        ),
        source="The sample was chosen by inspection, so it does not stand for all schools.",
        columns=(
            Column("Section"),
            Column("", ColumnKind.BAR),
            Column("Self", ColumnKind.SHARE),
            Column("Moderated", ColumnKind.SHARE),
            Column("Change", ColumnKind.COUNT, strong=True),
            Column("Lowered", ColumnKind.COUNT),
            Column("Grades", ColumnKind.COUNT),
        ),
        rows=tuple(
            Row(
                (
                    RowHead(name),
                    Dots(Share(own, whole), Share(panel, whole)),
                    Share(own, whole),
                    Share(panel, whole),
                    Amount(Decimal(panel - own), signed=True),
                    Count(lowered),
                    Count(whole),
                )
            )
            for name, own, panel, lowered, whole in (
                ("Escalation", 56, 51, 8, 65),
                ("Online safety", 91, 86, 9, 104),
                ("Staff training", 71, 69, 5, 78),
                ("Attendance and missing education", 71, 69, 6, 78),
                ("Safer recruitment", 101, 101, 3, 104),
                ("Designated safeguarding lead", 88, 90, 1, 91),
                ("Voice of the child", 73, 77, 2, 78),
            )
        ),
    )


def heat_map() -> Table:
    """Grades by school and standard, their letters alone."""
    pattern = (
        "MPENMMNM",
        "MMNNMEPM",
        "NMMPnMPM",
        "NMMEMPMP",
    )
    by_letter = {grade.letter: grade for grade in SCALE} | {"n": NOT_APPLICABLE}
    return Table(
        name="Online safety by school",
        title="In online safety the gaps gather in 8.7 and 8.4",
        caption="Self-grades by school and standard, most gaps first. Met is left pale.",
        source="Gap: partially met or not met.",
        key=SCALE,
        level=3,
        columns=(
            Column("School"),
            *(Column(number, ColumnKind.TILE) for number in SAFETY),
            Column("Gaps", ColumnKind.COUNT),
        ),
        rows=tuple(
            Row(
                (
                    RowHead(school),
                    *(by_letter[letter] for letter in letters),
                    Count(sum(letter in "PN" for letter in letters)),
                )
            )
            for school, letters in zip(SCHOOLS, pattern)
        ),
    )


def overview() -> Document:
    return Document(
        title="Strengths and gaps",
        subtitle="Sections 157 and 175, 2026",
        author=PARTNERSHIP,
        captions=(
            (
                "Self-grades of 126 submitted assessments, 9,336 grades. Not applicable and blank are "
                "left out."
            ),
        ),
        as_at="Figures of 12 January 2027, 09:00, questionnaire version 3",
        parts=(
            Paragraph(
                (
                    "Schools are surest of ",
                    Strong("voice of the child"),
                    " and least sure of ",
                    Strong("escalation"),
                    (
                        "; the panel was harder on online safety and escalation than schools were "
                        "on themselves."
                    ),
                ),
                Style.LEAD,
            ),
            KPIs(
                (
                    KPI(Count(126), "submitted, of 130 in the base", Share(126, 130)),
                    KPI(Share(8678, 9336, places=2), "met or exceeded"),
                    KPI(Count(13), "moderated by the panel", Share(13, 126)),
                    KPI(Amount(Decimal("1.5"), 1, " points", signed=True), "since 2024"),
                    KPI(Count(3), "left out: 2 excused, 1 closed"),
                )
            ),
            ranked(),
            moderated(),
            Heading("Where the gaps are"),
            heat_map(),
            Table(
                name="What each standard asks",
                columns=(
                    Column("Standard"),
                    Column("What it asks"),
                    Column("Gaps", ColumnKind.COUNT),
                ),
                rows=tuple(
                    Row((RowHead((Strong(number), "")), words, Count(gaps)))
                    for (number, words), gaps in zip(SAFETY.items(), (2, 1, 4, 6, 1, 2, 8, 1))
                ),
            ),
            Heading("What we recommend"),
            Bullets(
                (
                    "Ask every school to record what came back after it raised a concern.",
                    (Strong("Online safety."), " Offer the filtering review of 8.3 to all."),
                    ("Read ", Link("the guidance", "https://www.example.org/guidance"), " first."),
                ),
                numbered=True,
            ),
            Heading("About these figures"),
            KeyValues(
                (
                    ("Basis", "Self-grades at the close of the round"),
                    ("Met or exceeded", Share(8678, 9336, places=2, form=Form.OF)),
                    ("Schools without a grade", Share(0, 0)),
                    ("The usual grade", MET),
                )
            ),
        ),
    )
