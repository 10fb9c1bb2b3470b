"""Reading a questionnaire from YAML, with the line of every mistake."""

from typing import Any

from pydantic import ValidationError

from auditapp.questionnaires.checking import Flaw, flaws_of
from auditapp.questionnaires.composing import composed
from auditapp.questionnaires.places import Placed, Unreadable
from auditapp.questionnaires.schema import Questionnaire
from auditapp.questionnaires.shape import shape_faults
from auditapp.questionnaires.shipped_sources import named_sources, register
from auditapp.questionnaires.variant_checking import variant_flaws_of

EXPECTED = "a questionnaire: key, version, title ..."


def read(text: str, name: str = "questionnaire.yaml") -> Questionnaire:
    """The questionnaire in `text`; a source that it only names is filled in from those shipped.

    Raises:
        Unreadable: too big, too deep, not YAML, a duplicate or unknown key, a missing descriptor,
            a grade or scale, or a source, its edition or part, that is not there. One fault per
            mistake.
    """
    document, places = composed(text, name, EXPECTED)
    questionnaire, flaws = questionnaire_in(document, places)
    if flaws:
        raise Unreadable([places.fault(*flaw) for flaw in flaws])
    return questionnaire


def questionnaire_in(document: dict[str, Any], places: Placed) -> tuple[Questionnaire, list[Flaw]]:
    """The questionnaire that a document is, with the shipped sources that it only names filled in,
    and what it lacks to be published.

    Raises:
        Unreadable: it has not the shape of one; its faults are placed by `places`.
    """
    named = named_sources(document)
    flaws = register().fill_in(named) if named else []
    try:
        questionnaire = Questionnaire.model_validate(document)
    except ValidationError as error:
        found = [places.fault(*flaw) for flaw in flaws]
        raise Unreadable(found + shape_faults(places, error)) from None
    return questionnaire, [*flaws, *flaws_of(questionnaire), *variant_flaws_of(questionnaire)]
