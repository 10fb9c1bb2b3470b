"""Every kind of answer that a question may take instead of a grade."""

from typing import Annotated

from pydantic import BaseModel, Discriminator, Tag

from auditapp.questionnaires.boxes import DateEntry, LinkEntry, TextEntry
from auditapp.questionnaires.choices import ChoiceEntry, YesNoEntry
from auditapp.questionnaires.derived import DerivedEntry, StatementEntry
from auditapp.questionnaires.entries import TAGGED, PartsEntry, PersonEntry, RowsEntry, tag_of
from auditapp.questionnaires.matrix import MatrixEntry
from auditapp.questionnaires.numbers import NumberEntry

Entry = Annotated[
    Annotated[TextEntry, Tag("kind: text")]
    | Annotated[NumberEntry, Tag("kind: number")]
    | Annotated[DateEntry, Tag("kind: date")]
    | Annotated[ChoiceEntry, Tag("kind: choice")]
    | Annotated[YesNoEntry, Tag("kind: yes-no")]
    | Annotated[LinkEntry, Tag("kind: link")]
    | Annotated[PersonEntry, Tag("kind: person")]
    | Annotated[PartsEntry, Tag("kind: parts")]
    | Annotated[RowsEntry, Tag("kind: rows")]
    | Annotated[MatrixEntry, Tag("kind: matrix")]
    | Annotated[DerivedEntry, Tag("kind: derived")]
    | Annotated[StatementEntry, Tag("kind: statement")],
    Discriminator(tag_of),
]
# Kind -> model, as places of mistakes name the kind.
ENTRIES: dict[str, type[BaseModel]] = {
    f"{TAGGED}text": TextEntry,
    f"{TAGGED}number": NumberEntry,
    f"{TAGGED}date": DateEntry,
    f"{TAGGED}choice": ChoiceEntry,
    f"{TAGGED}yes-no": YesNoEntry,
    f"{TAGGED}link": LinkEntry,
    f"{TAGGED}person": PersonEntry,
    f"{TAGGED}parts": PartsEntry,
    f"{TAGGED}rows": RowsEntry,
    f"{TAGGED}matrix": MatrixEntry,
    f"{TAGGED}derived": DerivedEntry,
    f"{TAGGED}statement": StatementEntry,
}
