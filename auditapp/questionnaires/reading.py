"""Reading a questionnaire from YAML, with the line of every mistake."""

from pydantic import ValidationError

from auditapp.questionnaires.checking import flaws_of
from auditapp.questionnaires.composing import composed
from auditapp.questionnaires.places import Unreadable
from auditapp.questionnaires.schema import Questionnaire
from auditapp.questionnaires.shape import shape_faults
from auditapp.questionnaires.shipped_sources import named_sources, register


def read(text: str, name: str = "questionnaire.yaml") -> Questionnaire:
    """The questionnaire in `text`; a source that it only names is filled in from those shipped.

    Raises:
        Unreadable: too big, too deep, not YAML, a duplicate or unknown key, a missing descriptor,
            a grade or scale, or a source, its edition or part, that is not there. One fault per
            mistake.
    """
    document, places = composed(text, name, "a questionnaire: key, version, title ...")
    named = named_sources(document)
    flaws = register().fill_in(named) if named else []
    found = [places.fault(*flaw) for flaw in flaws]
    try:
        questionnaire = Questionnaire.model_validate(document)
    except ValidationError as error:
        raise Unreadable(found + shape_faults(places, error)) from None
    if found := found + [places.fault(*flaw) for flaw in flaws_of(questionnaire)]:
        raise Unreadable(found)
    return questionnaire
