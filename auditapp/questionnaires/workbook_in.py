"""A questionnaire out of its workbook, with the cell of every mistake."""

from typing import NamedTuple

from auditapp.questionnaires.places import Fault, Unreadable
from auditapp.questionnaires.reading import questionnaire_in
from auditapp.questionnaires.schema import Questionnaire
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
    try:
        questionnaire, flaws = questionnaire_in(document, cells)
    except Unreadable as error:
        raise _refusal(faults + error.faults, notices) from None
    faults += [cells.fault(*flaw) for flaw in flaws]
    if faults:
        raise _refusal(faults, notices)
    return Brought(questionnaire, notices)


def _refusal(faults: list[Fault], notices: list[Fault]) -> Unreadable:
    """In the order of the workbook; what was not used may be why something is missing."""
    return Unreadable(sorted([*faults, *notices], key=lambda fault: fault.order))
