"""A questionnaire out of its workbook, with the cell of every mistake."""

from typing import NamedTuple

from pydantic import ValidationError

from auditapp.questionnaires.checking import flaws_of
from auditapp.questionnaires.places import Fault, Unreadable
from auditapp.questionnaires.schema import Questionnaire
from auditapp.questionnaires.shape import shape_faults
from auditapp.questionnaires.shipped_sources import named_sources, register
from auditapp.questionnaires.workbook_document import Composing
from auditapp.questionnaires.workbook_table import tables_of


class Brought(NamedTuple):
    """`notices` say what in the workbook was not used."""

    questionnaire: Questionnaire
    notices: list[Fault]


def read_workbook(content: bytes, name: str) -> Brought:
    """The questionnaire in the workbook; the same checks as `reading.read`.

    Raises:
        RuleBroken: it is no workbook, or far too big.
        Unreadable: its faults, each with its sheet, row and column, and what was not used.
    """
    tables, notices, faults = tables_of(content, name)
    made = Composing(name, tables, faults)
    document, cells = made.document(), made.cells
    named = named_sources(document)
    faults += [cells.fault(*flaw) for flaw in (register().fill_in(named) if named else [])]
    try:
        questionnaire = Questionnaire.model_validate(document)
    except ValidationError as error:
        raise _refusal(faults + shape_faults(cells, error), notices) from None
    faults += [cells.fault(*flaw) for flaw in flaws_of(questionnaire)]
    if faults:
        raise _refusal(faults, notices)
    return Brought(questionnaire, notices)


def _refusal(faults: list[Fault], notices: list[Fault]) -> Unreadable:
    """In the order of the workbook; what was not used may be why something is missing."""
    return Unreadable(sorted([*faults, *notices], key=lambda fault: fault.order))
