"""Kinds of organisation to try a questionnaire on: what would each be asked?"""

from dataclasses import dataclass

from auditapp.organisations.types import TYPES, phase_of
from auditapp.questionnaires.boxes import TextEntry
from auditapp.questionnaires.conditions import Facts
from auditapp.questionnaires.questions import Question
from auditapp.questionnaires.schema import Asked, Questionnaire

# An estimate, to plan by: reading a standard, choosing a grade and writing two or three sentences.
MINUTES_A_STANDARD = 5
MINUTES_A_BOX = 1  # a number, a date, a choice


@dataclass(frozen=True)
class Example:
    """`words` go on "What would ... be asked?"."""

    key: str
    words: str
    facts: Facts


def _example(key: str, words: str, type_key: str, phase: str = "", *true: str) -> Example:
    of_type = TYPES[type_key]
    facts: dict[str, str | bool] = {
        "kind": of_type.kind,
        "type": of_type.key,
        "group": of_type.group,
        "phase": phase_of(of_type, phase),
        "duty": of_type.duty,
    }
    flags = ("early_years", "boarding", "sixth_form", "commissions")
    return Example(key, words, facts | {flag: flag in true for flag in flags})


EXAMPLES = (
    _example("primary", "a primary school", "community-school", "primary"),
    _example(
        "primary-nursery",
        "a primary school with nursery classes",
        "community-school",
        "primary",
        "early_years",
    ),
    _example("secondary", "a secondary academy", "academy-converter", "secondary"),
    _example(
        "sixth-form",
        "a secondary academy with a sixth form",
        "academy-converter",
        "secondary",
        "sixth_form",
    ),
    _example("special", "a special school", "community-special-school"),
    _example("alternative", "a pupil referral unit", "pupil-referral-unit"),
    _example(
        "boarding",
        "an independent school with boarders",
        "other-independent-school",
        "",
        "boarding",
        "sixth_form",
    ),
    _example("college", "a further education college", "further-education"),
    _example("council", "a council", "local-authority", "", "commissions"),
    _example("police", "a police force", "police"),
    _example("icb", "an integrated care board", "icb", "", "commissions"),
    _example("nhs", "an NHS trust", "nhs-trust"),
    _example("practice", "a general practice", "general-practice"),
    _example("nursery", "a nursery or pre-school", "early-years-provider"),
    _example("childminder", "a childminder", "childminder"),
    _example("voluntary", "a voluntary group", "voluntary-group"),
    _example("faith", "a faith group", "faith-group"),
    _example("supplementary", "a supplementary school", "supplementary-school"),
    _example("sports", "a sports club", "sports-club"),
)
BY_KEY = {example.key: example for example in EXAMPLES}


def minutes_of(question: Question) -> int:
    """As long as a standard where it is graded, or words are written."""
    entry = question.answer
    is_written = isinstance(entry, TextEntry) and entry.long
    return MINUTES_A_STANDARD if question.is_graded or is_written else MINUTES_A_BOX


def minutes_for(questionnaire: Questionnaire, example: Example) -> int:
    """About how long the kind would take, with every follow-up question."""
    asked = Asked(questionnaire, example.facts)
    return sum(minutes_of(question) for question in map(asked.question, asked.keys))


def counts(questionnaire: Questionnaire) -> list[tuple[Example, int]]:
    """How many standards each kind would be asked."""
    return [(one, len(Asked(questionnaire, one.facts).keys)) for one in EXAMPLES]
