"""Every kind of answer that a question may take instead of a grade."""

from typing import Annotated, get_args

from pydantic import BaseModel, Discriminator, Tag

from auditapp.questionnaires.derived import DerivedEntry, StatementEntry
from auditapp.questionnaires.entries import PartsEntry, PersonEntry, RowsEntry, Single, tag_of
from auditapp.questionnaires.matrix import MatrixEntry

_Kinds = (
    Single
    | Annotated[PersonEntry, Tag("kind: person")]
    | Annotated[PartsEntry, Tag("kind: parts")]
    | Annotated[RowsEntry, Tag("kind: rows")]
    | Annotated[MatrixEntry, Tag("kind: matrix")]
    | Annotated[DerivedEntry, Tag("kind: derived")]
    | Annotated[StatementEntry, Tag("kind: statement")]
)
Entry = Annotated[_Kinds, Discriminator(tag_of)]
# Kind -> model, as places of mistakes name the kind.
ENTRIES: dict[str, type[BaseModel]] = {
    tag.tag: model for model, tag in map(get_args, get_args(_Kinds))
}
