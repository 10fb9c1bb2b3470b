"""What a questionnaire must satisfy beyond its shape; each fault has the path of its place."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from auditapp.questionnaires.boxes import DateEntry, LinkEntry, TextEntry
from auditapp.questionnaires.choices import Choosing
from auditapp.questionnaires.conditions import AnswerIs, Compare, asked_in
from auditapp.questionnaires.derived import DerivedEntry
from auditapp.questionnaires.facts import never_is
from auditapp.questionnaires.kinds import Entry
from auditapp.questionnaires.numbers import NumberEntry
from auditapp.questionnaires.questions import Question
from auditapp.questionnaires.scales import Part, Scale
from auditapp.questionnaires.schema import MAX_QUESTIONS, Questionnaire, Section

Path = tuple[str | int, ...]


class Flaw(NamedTuple):
    """What is wrong at `path`; `first` is the place that it repeats, if it does."""

    path: Path
    says: str
    first: Path | None = None


def flaws_of(questionnaire: Questionnaire) -> Iterator[Flaw]:
    """Flaws in the order of the document, but for what stands twice; none if it may be published."""
    yield from _repeated(questionnaire)
    if len(questionnaire.questions) > MAX_QUESTIONS:
        said = f"at most {MAX_QUESTIONS} standards, not {len(questionnaire.questions)}"
        yield Flaw(("sections",), said)
    before: dict[str, Question] = {}
    for at, section in enumerate(questionnaire.sections):
        yield from _in_condition(questionnaire, section, ("sections", at), before)
        for step, question in enumerate(section.questions):
            path: Path = ("sections", at, "questions", step)
            yield from _in_condition(questionnaire, question, path, before)
            before[question.key] = question
            yield from _in_references(questionnaire, question, path)
            if question.answer is not None:
                yield from _in_answer(question, question.answer, path, before)
            else:
                yield from _in_standard(questionnaire, question, path)


def _repeated(questionnaire: Questionnaire) -> Iterator[Flaw]:
    """Keys and titles that stand twice among parts of one kind."""
    questions = [
        (("sections", at, "questions", step), question)
        for at, section in enumerate(questionnaire.sections)
        for step, question in enumerate(section.questions)
    ]
    kinds: list[list[tuple[Path, Part]]] = [
        [(("scales", at), scale) for at, scale in enumerate(questionnaire.scales)],
        [(("variants", at), variant) for at, variant in enumerate(questionnaire.variants)],
        [(("sources", at), source) for at, source in enumerate(questionnaire.sources)],
        [(("sections", at), section) for at, section in enumerate(questionnaire.sections)],
        [*questions],
    ]
    for at, scale in enumerate(questionnaire.scales):
        kinds.append(
            [(("scales", at, "grades", step), grade) for step, grade in enumerate(scale.grades)]
        )
    for parts in kinds:
        yield from _twice("key", [((*path, "key"), part.key) for path, part in parts])
    yield from _twice("title", [((*path, "title"), it.title) for path, it in questions])


def _twice(word: str, named: Iterable[tuple[Path, str]]) -> Iterator[Flaw]:
    first: dict[str, Path] = {}
    for path, name in named:
        if name in first:
            yield Flaw(path, f"the {word} {name!r} is used twice", first[name])
        first.setdefault(name, path)


def _in_standard(questionnaire: Questionnaire, question: Question, path: Path) -> Iterator[Flaw]:
    """What a standard needs to be graded."""
    scales = {scale.key for scale in questionnaire.scales}
    if not question.why:
        yield Flaw(path, "'why' is missing: say why the standard matters")
    if not scales:
        yield Flaw(path, "there is no scale to grade it on; add one, or say its 'answer'")
    elif question.scale is None and len(scales) > 1:
        yield Flaw(path, f"say which scale; this questionnaire has {listed(scales)}")
    elif question.scale is not None and question.scale not in scales:
        said = f"there is no scale {question.scale!r}; expected {listed(scales)}"
        yield Flaw((*path, "scale"), said)
    else:
        scale = questionnaire.scale_for(question)
        yield from _in_descriptors(scale, question, path) if scale else ()


def _in_condition(
    questionnaire: Questionnaire,
    part: Section | Question,
    path: Path,
    before: Mapping[str, Question],
) -> Iterator[Flaw]:
    """A condition compares a fact with what it can be, and asks about answers that were given
    `before`, so that none goes in a circle."""
    every = {question.key for question in questionnaire.questions}
    for asking in asked_in(part.applies):
        if isinstance(asking, Compare):
            if said := never_is(asking):
                yield Flaw((*path, "applies"), said)
            continue
        asked = before.get(asking.answer)
        if asking.answer not in every:
            said = f"there is no question {asking.answer!r}"
        elif asked is None:
            said = f"asks about {asking.answer!r}, which is not before it"
        elif asked.private and not (isinstance(part, Question) and part.private):
            said = f"{asking.answer!r} is private: it can decide only about what is private too"
        else:
            said = _cannot_be(questionnaire, asked, asking)
        if said:
            yield Flaw((*path, "applies"), said)


def _cannot_be(questionnaire: Questionnaire, asked: Question, asking: AnswerIs) -> str:
    """Why the answer can never be what the condition compares it with; empty if it can."""
    entry = asked.answer
    if asking.op in ("least", "most"):
        return "" if isinstance(entry, NumberEntry) else f"{asked.key!r} does not take a number"
    scale = questionnaire.scale_for(asked)
    if scale is not None:
        known: tuple[str, ...] = scale.keys
    elif isinstance(entry, Choosing):
        known = tuple(option.key for option in entry.choices)
    elif isinstance(entry, NumberEntry):
        odd = [it for it in asking.wanted if not it.lstrip("-").replace(".", "", 1).isdecimal()]
        return f"{asked.key!r} is a number, and never {odd[0]!r}" if odd else ""
    elif isinstance(entry, DateEntry):
        odd = [it for it in asking.wanted if not _is_day(it)]
        return f"{asked.key!r} is a date like 2027-01-31, and never {odd[0]!r}" if odd else ""
    elif isinstance(entry, TextEntry | LinkEntry):
        return ""
    else:
        return f"{asked.key!r} has no one answer to compare with"
    unknown = [it for it in asking.wanted if it not in known]
    return f"{asked.key!r} is never {unknown[0]!r}; expected {listed(known)}" if unknown else ""


def _is_day(words: str) -> bool:
    try:
        date.fromisoformat(words)
    except ValueError:
        return False
    return True


def _in_answer(
    question: Question, entry: Entry, path: Path, before: Mapping[str, Question]
) -> Iterator[Flaw]:
    """What belongs to a grade only, and keys that stand twice within the answer."""
    for name in ("scale", "descriptors"):
        if name in question.model_fields_set:
            yield Flaw((*path, name), "only a standard that is graded has this")
    if isinstance(entry, DerivedEntry):
        for key in entry.asks:
            asked = before.get(key)
            if asked is None or not isinstance(asked.answer, NumberEntry):
                said = f"there is no number {key!r} before it"
                yield Flaw((*path, "answer", "of" if key in entry.of else "base"), said)
            elif asked.private and not question.private:
                yield Flaw((*path, "answer"), f"{key!r} is private, and this is not")
        yield from _in_measures(entry, path, before)
    lists: dict[str, tuple[Part, ...]] = {
        name: getattr(entry, name, ()) for name in ("options", "parts", "columns", "rows")
    }
    for name, parts in lists.items():
        where: Path = (*path, "answer", name)
        yield from _twice("key", [((*where, at, "key"), it.key) for at, it in enumerate(parts)])


def _in_measures(entry: DerivedEntry, path: Path, before: Mapping[str, Question]) -> Iterator[Flaw]:
    """Pounds and per cent have no sum."""
    asked = {key: before[key].answer for key in entry.asks if key in before}
    counted = {key: it.measure for key, it in asked.items() if isinstance(it, NumberEntry)}
    if len(set(counted.values())) > 1:
        said = ", ".join(f"{key!r} in {measure}" for key, measure in counted.items())
        yield Flaw((*path, "answer", "of"), f"these cannot be put together: {said}")


def _in_descriptors(scale: Scale, question: Question, path: Path) -> Iterator[Flaw]:
    keys = scale.keys
    unknown = [key for key in question.descriptors if key not in keys]
    for key in unknown:
        said = f"there is no grade {key!r} on its scale; expected one of {listed(keys)}"
        yield Flaw((*path, "descriptors", key), said)
    if unknown:  # what seems missing is probably misspelt
        return
    missing = [key for key in keys if key not in question.descriptors]
    if missing and scale.needs_descriptors:
        said = f"a descriptor is missing for {listed(missing)}; every grade needs one"
        yield Flaw((*path, "descriptors"), said)


def _in_references(questionnaire: Questionnaire, question: Question, path: Path) -> Iterator[Flaw]:
    sources = {source.key: source for source in questionnaire.sources}
    for at, reference in enumerate(question.references):
        source = sources.get(reference.source)
        if source is None:
            said = f"there is no source {reference.source!r}; expected {listed(set(sources))}"
            yield Flaw((*path, "references", at, "source"), said)
        elif not source.has_part(reference.part):
            known = listed([one.part for one in source.parts])
            said = f"{source.name} has no part {reference.part!r}; expected {known}"
            yield Flaw((*path, "references", at, "part"), said)


def listed(keys: "set[str] | tuple[str, ...] | list[str]") -> str:
    """ "met, not-met": those that there are, a set in order; "none" for none."""
    named = sorted(keys) if isinstance(keys, set) else list(keys)
    return ", ".join(named) or "none"
