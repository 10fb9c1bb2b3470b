"""When a question is asked, in words. Pure."""

from auditapp.questionnaires.choices import Choosing
from auditapp.questionnaires.conditions import AllOf, AnswerIs, AnyOf, Compare, Condition, Not
from auditapp.questionnaires.questions import Question
from auditapp.questionnaires.schema import Asked


def asked_only(condition: Condition | None, asked: Asked) -> str:
    """ "if 8.2 is no and 8.3 is 20 or more": what of a condition is about answers; empty for
    nothing. Facts of the organisation are left out: whom it is asked of is said elsewhere."""
    words = _condition_words(condition, asked)
    return f"if {words}" if words else ""


def _condition_words(condition: Condition | None, asked: Asked, *, inside: bool = False) -> str:
    match condition:
        case AnswerIs():
            return _answer_words(condition, asked)
        case Not(not_=part):
            words = _condition_words(part, asked, inside=True)
            return f"not ({words})" if words else ""
        case AllOf(all=parts) | AnyOf(any=parts):
            said = [it for part in parts if (it := _condition_words(part, asked, inside=True))]
            joined = (" and " if isinstance(condition, AllOf) else " or ").join(said)
            return f"({joined})" if inside and len(said) > 1 else joined
        case Compare() | None:
            return ""


def _answer_words(condition: AnswerIs, asked: Asked) -> str:
    question = _question(condition, asked)
    try:
        where = asked.number_of(condition.answer)
    except (
        KeyError
    ):  # it is not asked of this kind of organisation, or a draft has no such question
        where = f"“{question.title if question else condition.answer}”"
    labels = _labels(condition, asked, question)
    match condition.op:
        case "least":
            return f"{where} is {labels} or more"
        case "most":
            return f"{where} is {labels} or less"
        case "ne":
            return f"{where} is not {labels}"
        case _:
            return f"{where} is {labels}"


def _question(condition: AnswerIs, asked: Asked) -> Question | None:
    questions = asked.questionnaire.questions
    return next((it for it in questions if it.key == condition.answer), None)


def _labels(condition: AnswerIs, asked: Asked, question: Question | None) -> str:
    scale = asked.scale_for(question) if question else None
    entry = question.answer if question else None
    known = {}
    if scale is not None:
        known = {grade.key: grade.label.lower() for grade in scale.worst_first}
    elif isinstance(entry, Choosing):
        known = {option.key: option.label.lower() for option in entry.choices}
    return " or ".join(known.get(key, key) for key in condition.wanted)
