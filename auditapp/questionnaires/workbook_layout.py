"""The sheets of a questionnaire as a workbook, in the order of a form's making."""

from typing import get_args

from auditapp.questionnaires.matrix import Rule
from auditapp.questionnaires.scales import FILLS
from auditapp.questionnaires.workbook_columns import (
    APPLIES,
    BOXES,
    GRADED,
    KEY,
    KINDS,
    LABEL,
    MORE,
    NUMBER,
    Column,
    Sheet,
    box,
    needs,
    numbers,
    text,
    word,
    words,
    yes_no,
)

# No grade's key has a space: descriptors stand in columns of their own.
_QUESTION = ("question key", "The question that it belongs to.")
ABOUT = Sheet(
    "About",
    "The questionnaire itself: write beside each word.",
    (
        KEY,
        word("version", "A whole number; raise it to publish a change."),
        text("title", "What pages call it."),
        text("summary", "Two or three sentences: what it is and for whom."),
        word(
            "section word",
            "What pages call a section.",
            "section_word",
            choices=("section", "domain", "area", "standard"),
        ),
        MORE,
    ),
)
SCALES = Sheet(
    "Scales",
    "One row for each scale that standards are graded on.",
    (
        KEY,
        text("title", "What pages call it.", width=30),
        text("edition", "Change it when a grade's meaning does.", width=12),
        word("best", "Which grade stands first on the next sheet.", choices=("first", "last")),
        word(
            "descriptors",
            "standard: each standard says what a grade means for it. scale: the scale does.",
            choices=("standard", "scale"),
        ),
        word("steps from", "Instead of grades, numbers in steps: the lowest.", "steps", "low"),
        word("steps to", "The highest.", "steps", "high"),
        word("steps by", "How far apart.", "steps", "by"),
        text("steps unit", "Printed behind the number.", "steps", "unit", width=12),
        word("steps best", "Which end is best.", "steps", "best", choices=("high", "low")),
        word("steps strength", "This and better is a strength.", "steps", "strength"),
        word("steps gap", "This and worse is a gap.", "steps", "gap"),
        needs("steps need", "What a gap asks for.", "steps", "needs"),
        MORE,
    ),
)
GRADES = Sheet(
    "Grades",
    "One row for each grade, in the order of the form.",
    (
        KEY,
        text("label", "What pages print.", width=22),
        word("letter", "One to three signs for its tile."),
        text("meaning", "What it means."),
        word("points", "A whole number, if your form has them."),
        word("colour", "By its place if left blank.", choices=tuple(FILLS)),
        yes_no("strength", "Do reports count it as a strength?"),
        yes_no("gap", "Do reports count it as a gap?"),
        needs("needs", "What it asks for."),
        MORE,
    ),
    (("scale", "The scale's key."),),
)
SECTIONS = Sheet(
    "Sections",
    "One row for each section, in order.",
    (
        KEY,
        NUMBER,
        text("title", "What pages call it."),
        text("intro", "Said at its beginning."),
        APPLIES,
        MORE,
    ),
)
QUESTIONS = Sheet(
    "Questions",
    "One row for each question, in order within its section.",
    (
        KEY,
        NUMBER,
        text("title", "At most 60 characters.", width=30),
        text("text", "The standard, or what is asked.", width=60),
        text("why", "Why the standard matters; a standard needs it."),
        word(
            "answer",
            f"{GRADED}, or blank, for a standard that is graded; else the kind of answer.",
            *("answer", "kind"),
            choices=(GRADED, *KINDS),
        ),
        word("scale", "Only where there are several scales."),
        yes_no("required", "yes if left blank."),
        yes_no("private", "yes: it is never submitted."),
        yes_no("may not apply", "May it be not applicable?", "may_not_apply"),
        Column(
            "evidence", ("evidence",), "What is normally enough, one to a line.", "lines", (), 40
        ),
        text("impact", "The prompt for its impact on children."),
        APPLIES,
        *box("answer"),
        yes_no("substitute", "Of a person: is a substitute asked for?", "answer", "substitute"),
        text("year label", "Of a matrix: what a year is called.", "answer", "year_label", width=12),
        yes_no("override", "Of a matrix: may another figure be given?", "answer", "override"),
        word("change from", "Of a matrix: the column to compare with.", "answer", "change_from"),
        word("worked out as", "Of derived: sum, mean, difference, share.", "answer", "op"),
        words("worked out of", "Of derived: keys of earlier numbers, with commas.", "answer", "of"),
        words("share of", "Of a derived share: keys, with commas.", "answer", "base"),
        MORE,
    ),
    (("section", "The section's key."),),
)
DESCRIPTORS = Sheet(
    "Descriptors",
    "What each grade means for a standard: a column for each grade, headed by its key.",
    (),
    (_QUESTION, ("of variant", "Where it is of a variant only: the variant's key.")),
)
VARIANTS = Sheet(
    "Variants",
    "One row for each kind of organisation that has numbers or words of its own.",
    (KEY, text("title", "Whom it is for.", width=30), APPLIES, MORE),
)
_VARIANT = word("variant", "The variant's key.")
SECTION_WORDINGS = Sheet(
    "Section wording",
    "What a section is called in a variant. Blank: as for everyone.",
    (_VARIANT, NUMBER, text("title", "Its title there."), text("intro", "Its introduction."), MORE),
    (("section", "The section's key."),),
)
QUESTION_WORDINGS = Sheet(
    "Question wording",
    "How a question reads in a variant. Blank: as for everyone.",
    (
        _VARIANT,
        NUMBER,
        text("title", "At most 60 characters.", width=30),
        text("text", "The standard, or what is asked.", width=60),
        text("why", "Why it matters there."),
        Column("evidence", ("evidence",), "What is enough there, one to a line.", "lines", (), 40),
        text("impact", "The prompt for its impact on children."),
        MORE,
    ),
    (_QUESTION,),
)
OPTIONS = Sheet(
    "Options",
    "What can be chosen, where the answer is a choice.",
    (KEY, LABEL, needs("needs", "What choosing it asks for."), MORE),
    (_QUESTION, ("part", "The part's key, where the choice is one of several boxes.")),
)
PARTS = Sheet(
    "Parts",
    "The boxes of an answer in parts, and the columns of one in rows.",
    (
        KEY,
        LABEL,
        word("answer", "The kind of answer.", "answer", "kind", choices=BOXES),
        yes_no("required", "yes if left blank."),
        *box("answer"),
        MORE,
    ),
    (_QUESTION,),
)
MATRIX_ROWS = Sheet(
    "Matrix rows",
    "The rows of a matrix.",
    (
        KEY,
        LABEL,
        word("year", "How its figure for the year is made; blank: none.", choices=get_args(Rule)),
        *numbers("number"),
        text("hint", "Said beside the box.", "number", "hint", width=30),
        MORE,
    ),
    (_QUESTION,),
)
MATRIX_COLUMNS = Sheet(
    "Matrix columns",
    "The columns of a matrix.",
    (KEY, LABEL, yes_no("of year", "yes if left blank; no: last year, a target.", "of_year"), MORE),
    (_QUESTION,),
)
REFERENCES = Sheet(
    "References",
    "What law and guidance a question cites.",
    (
        word("source", "The source's key."),
        text("part", "As the source names it: Part three; section 11(2)."),
        MORE,
    ),
    (_QUESTION,),
)
SOURCES = Sheet(
    "Sources",
    "Law and guidance. Of one that ships, key and edition are enough.",
    (
        KEY,
        text("edition", "As it is called.", width=18),
        text("title", "Leave blank for one that ships."),
        text("short", "What people call it.", width=18),
        text("publisher", "Who publishes it.", width=24),
        text("binds", "Who must follow it.", width=24),
        word("in force from", "A date like 2026-09-01.", "in_force_from"),
        word("in force until", "A date like 2026-09-01.", "in_force_until"),
        text("address", "Where it is on the web.", width=24),
        word("checked", "The day its facts were checked: 2026-09-01."),
        text("note", "What is unsure."),
        yes_no("lists all parts", "yes: it has no others than the next sheet.", "lists_all_parts"),
        MORE,
    ),
)
SOURCE_PARTS = Sheet(
    "Source parts",
    "The parts of a source, in its order.",
    (
        text("part", "As the source names it.", width=24),
        text("title", "In your own words."),
        MORE,
    ),
    (("source", "The source's key."),),
)
SHEETS = (
    ABOUT,
    SECTIONS,
    QUESTIONS,
    DESCRIPTORS,
    OPTIONS,
    PARTS,
    MATRIX_ROWS,
    MATRIX_COLUMNS,
    VARIANTS,
    SECTION_WORDINGS,
    QUESTION_WORDINGS,
    SCALES,
    GRADES,
    SOURCES,
    SOURCE_PARTS,
    REFERENCES,
)

# Where the keys stand that a column of this name may have.
KEYS_OF = {
    "section": SECTIONS,
    "question key": QUESTIONS,
    "scale": SCALES,
    "source": SOURCES,
    "variant": VARIANTS,
    "of variant": VARIANTS,
}
