"""The columns of a questionnaire's workbook: what each holds, for writing and reading it."""

from dataclasses import dataclass
from typing import Literal

from auditapp.questionnaires.boxes import Box
from auditapp.questionnaires.entries import TAGGED
from auditapp.questionnaires.kinds import ENTRIES

# How a cell's text becomes a value: as it stands; a word of a list, a key or a number; yes or no;
# a list of words, or of needs, with commas; a list with one to a line; a condition; anything, as
# JSON.
Takes = Literal["text", "word", "yes", "words", "needs", "lines", "when", "json"]
GRADED = "grade"  # said of a question that is graded, where others say their kind
KINDS = tuple(tag.removeprefix(TAGGED) for tag in ENTRIES)
BOXES = tuple(
    kind.removeprefix(TAGGED) for kind, model in ENTRIES.items() if issubclass(model, Box)
)
FORMS = ("whole", "decimal", "percent", "money")
NEEDS = "Any of action, commentary, evidence, with commas."
WHEN = (
    "By what they are: boarding = yes; group in (health, justice); not (phase = nursery). By an "
    "earlier answer: policy = no. Join with 'and' or 'or', with brackets where both meet."
)


@dataclass(frozen=True)
class Column:
    """`path` is its place in the part that the row is; `choices` are for its drop-down."""

    name: str
    path: tuple[str, ...]
    note: str
    takes: Takes = "word"
    choices: tuple[str, ...] = ()
    width: int = 14


@dataclass(frozen=True)
class Sheet:
    """`owners`: the first columns, which name what the rows belong to, with their notes."""

    name: str
    about: str
    columns: tuple[Column, ...]
    owners: tuple[tuple[str, str], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return (*(name for name, _ in self.owners), *(it.name for it in self.columns))


def word(name: str, note: str, *path: str, choices: tuple[str, ...] = ()) -> Column:
    return Column(name, path or (name,), note, choices=choices)


def text(name: str, note: str, *path: str, width: int = 40) -> Column:
    return Column(name, path or (name,), note, "text", width=width)


def yes_no(name: str, note: str, *path: str) -> Column:
    return Column(name, path or (name,), note, "yes", ("yes", "no"))


def needs(name: str, note: str, *path: str) -> Column:
    return Column(name, path or (name,), f"{note} {NEEDS}", "needs", width=18)


def words(name: str, note: str, *path: str) -> Column:
    return Column(name, path, note, "words", width=24)


KEY = word("key", "Short and kept for ever: small letters, digits, hyphens.")
NUMBER = word("number", "Your own: 4.2, B, 3(a). By its place if left blank.")
LABEL = text("label", "What pages print.", width=30)
APPLIES = Column("applies", ("applies",), WHEN, "when", width=30)
MORE = Column("more", (), "Leave blank. What has no column of its own, as JSON.", "json", width=18)


def numbers(*at: str) -> tuple[Column, ...]:
    return (
        word("form", "Of a number: whole if left blank.", *at, "form", choices=FORMS),
        word("least", "The least number, or least rows.", *at, "least"),
        word("most", "The most: a number, characters of a text, rows.", *at, "most"),
        word("places", "Digits after the point.", *at, "places"),
        text("unit", "Printed behind the number.", *at, "unit", width=12),
    )


def box(at: str) -> tuple[Column, ...]:
    """What a question and a part may say of their answer."""
    return (
        text("hint", "Said beside the box.", at, "hint", width=30),
        *numbers(at),
        yes_no("long", "Of a text: more than a line.", at, "long"),
        word("within months", "Of a date: how long it holds.", at, "within_months"),
        yes_no("many", "Of a choice: several may be chosen.", at, "many"),
        yes_no("partly", "Of yes-no: is partly offered?", at, "partly"),
        needs("if yes", "What yes asks for.", at, "if_yes"),
        needs("if partly", "What partly asks for.", at, "if_partly"),
        needs("if no", "What no asks for.", at, "if_no"),
    )


def path_of(column: Column, kind: str) -> tuple[str, ...]:
    """Its place in a question whose answer is of that kind: what a matrix says of its numbers
    stands one deeper."""
    is_of_number = column.path in {it.path for it in numbers("answer")}
    if kind == "matrix" and is_of_number:
        return ("answer", "number", column.path[-1])
    return column.path
