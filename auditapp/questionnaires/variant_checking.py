"""What variants, their wordings and numbers of one's own must satisfy beyond their shape."""

from collections.abc import Iterator

from auditapp.questionnaires.checking import Flaw, Path, listed
from auditapp.questionnaires.conditions import Compare, asked_in
from auditapp.questionnaires.examples import EXAMPLES
from auditapp.questionnaires.facts import never_is
from auditapp.questionnaires.questions import Question
from auditapp.questionnaires.schema import Asked, Questionnaire, Section
from auditapp.questionnaires.variants import QuestionWording

Placed = tuple[Path, Section | Question]


def variant_flaws_of(questionnaire: Questionnaire) -> Iterator[Flaw]:
    """Flaws of variants, then of wordings in the order of the document, then of numbers."""
    for at, variant in enumerate(questionnaire.variants):
        for asking in asked_in(variant.applies):
            if isinstance(asking, Compare):
                said = never_is(asking)
            else:
                said = f"asks about the answer {asking.answer!r}: a variant is known before any"
            if said:
                yield Flaw(("variants", at, "applies"), said)
    for path, part in _placed(questionnaire):
        yield from _in_wordings(questionnaire, part, path)
    yield from _same_numbers(questionnaire)


def _placed(questionnaire: Questionnaire) -> Iterator[Placed]:
    for at, section in enumerate(questionnaire.sections):
        yield ("sections", at), section
        for step, question in enumerate(section.questions):
            yield ("sections", at, "questions", step), question


def _in_wordings(
    questionnaire: Questionnaire, part: Section | Question, path: Path
) -> Iterator[Flaw]:
    known = [variant.key for variant in questionnaire.variants]
    first: dict[str, Path] = {}
    for at, wording in enumerate(part.wordings):
        place: Path = (*path, "wordings", at, "variant")
        if wording.variant not in known:
            said = f"there is no variant {wording.variant!r}; expected {listed(known)}"
            yield Flaw(place, said)
        elif wording.variant in first:
            said = f"the variant {wording.variant!r} is worded twice"
            yield Flaw(place, said, first[wording.variant])
        elif not wording.said:
            yield Flaw(place, "says nothing of its own: give a number, a title or a text")
        first.setdefault(wording.variant, place)
        if isinstance(part, Question) and isinstance(wording, QuestionWording):
            yield from _in_descriptors(questionnaire, part, wording, place[:-1])


def _in_descriptors(
    questionnaire: Questionnaire, question: Question, wording: QuestionWording, path: Path
) -> Iterator[Flaw]:
    if "descriptors" not in wording.said:
        return
    scale = questionnaire.scale_for(question)
    if not question.is_graded:
        yield Flaw((*path, "descriptors"), "only a standard that is graded has this")
    for key in wording.descriptors if scale else ():
        if scale and key not in scale.keys:
            said = f"there is no grade {key!r} on its scale; expected one of {listed(scale.keys)}"
            yield Flaw((*path, "descriptors", key), said)


def _same_numbers(questionnaire: Questionnaire) -> Iterator[Flaw]:
    """Two numbers alike for one organisation, of the kinds that there are examples of. Two that no
    one organisation is asked may share a number."""
    placed = list(_placed(questionnaire))
    if not any(part.number or any(it.number for it in part.wordings) for _, part in placed):
        return
    paths = {(type(part), part.key): path for path, part in placed}
    told: set[Path] = set()
    for example in EXAMPLES:
        asked = Asked(questionnaire, example.facts)
        numbers = [(section, asked.section_number(section.key)) for section in asked.sections]
        yield from _twice(numbers, paths, told, example.words)
        questions = [(asked.question(key), asked.number_of(key)) for key in asked.keys]
        yield from _twice(questions, paths, told, example.words)


def _twice(
    numbers: "list[tuple[Section, str]] | list[tuple[Question, str]]",
    paths: dict[tuple[type, str], Path],
    told: set[Path],
    whom: str,
) -> Iterator[Flaw]:
    first: dict[str, Path] = {}
    for part, number in numbers:
        path: Path = (*paths[type(part), part.key], "number")
        if number in first and path not in told:
            told.add(path)
            yield Flaw(path, f"the number {number!r} is used twice for {whom}", first[number])
        first.setdefault(number, path)
