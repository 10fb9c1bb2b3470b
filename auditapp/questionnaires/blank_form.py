"""A questionnaire as a blank form: to print and fill in by hand, or to fill in as a Word file. Pure."""

from collections.abc import Iterator

from auditapp.documents.files import FileForm
from auditapp.documents.form_parts import Boxes, Tick, Ticks
from auditapp.documents.tree import (
    BRAND,
    Bullets,
    Document,
    Heading,
    KeyValues,
    Paragraph,
    Part,
    Style,
)
from auditapp.documents.words import Strong
from auditapp.questionnaires.blank_boxes import answer_parts, ticks_of
from auditapp.questionnaires.describing import asked_only
from auditapp.questionnaires.examples import Example, minutes_of
from auditapp.questionnaires.questions import Question
from auditapp.questionnaires.scales import Need, Scale
from auditapp.questionnaires.schema import Asked, Questionnaire, Section
from auditapp.questionnaires.values import options_needing
from auditapp.web.filters import minutes, plural

PRINTED = (FileForm.PDF.value, FileForm.DOCX.value)
WHO = Boxes((("Organisation", 4), ("Completed by (name and role)", 4), ("Date", 2)))
DIFFERENCE = "What difference has it made to a child?"
PROMPT_MAX_CHARS = 200  # that stand in the box itself
NOT_APPLICABLE = Tick("Not applicable, because", line=True)


def blank_form(
    questionnaire: Questionnaire, example: Example | None, *, author: str, brand: str = BRAND
) -> Document:
    """Every question with the boxes that its answer takes, numbered as on pages; `example`: only
    what that kind of organisation is asked. `author` is whose form it is.

    Raises:
        ValueError: nothing in it is for that kind; the message says so.
    """
    asked = Asked(questionnaire, example.facts if example else None)
    whom = f"as asked of {example.words}" if example else "for every kind of organisation"
    if example and not asked.keys:
        raise ValueError(f"Nothing in it is for {example.words}.")
    parts: list[Part] = [*_about(asked), WHO, *_grades_of(questionnaire)]
    for section in asked.sections:
        parts += _section(section, asked)
    return Document(
        title=questionnaire.title,
        subtitle="Blank form",
        author=author,
        brand=brand,
        parts=(*parts, *_sources(asked)),
        as_at=f"Version {questionnaire.version}, {whom}",
    )


def _about(asked: Asked) -> Iterator[Part]:
    """What it is for, and how long it takes."""
    questionnaire = asked.questionnaire
    if questionnaire.summary:
        yield Paragraph(questionnaire.summary)
    answered = [it for it in map(asked.question, asked.keys) if it.is_answered]
    sections = plural(len(asked.sections), questionnaire.section_word)
    graded = "; finding evidence comes on top" if any(it.is_graded for it in answered) else ""
    yield Paragraph(
        f"{plural(len(answered), 'question')} in {sections}. It takes about "
        f"{minutes(sum(map(minutes_of, answered)))}{graded}. Write no child’s name on this form."
    )


def _grades_of(questionnaire: Questionnaire) -> Iterator[Part]:
    """What grades mean, where they mean the same for every standard."""
    for scale in questionnaire.scales:
        if not scale.needs_descriptors and not scale.steps:
            yield Heading(f"Grades: {scale.title}")
            yield KeyValues(tuple((grade.label, grade.meaning) for grade in scale.best_first))


def _section(section: Section, asked: Asked) -> Iterator[Part]:
    yield Heading(f"{asked.section_number(section.key)}. {section.title}")
    if only := asked_only(section.applies, asked):
        yield Paragraph((Strong(f"Only {only}."),), leads=True)
    if section.intro:
        yield Paragraph(section.intro, leads=True)
    for question in section.questions:
        yield from _question(question, asked)


def _question(question: Question, asked: Asked) -> Iterator[Part]:
    yield Heading(asked.label_of(question.key), 3)
    if only := asked_only(question.applies, asked):
        yield Paragraph((Strong(f"Only {only}."),), leads=True)
    yield Paragraph(question.text, leads=question.is_answered)
    if notes := " ".join(_notes(question)):
        yield Paragraph(notes, Style.SMALL, leads=question.is_answered)
    scale = asked.scale_for(question)
    if scale is not None:
        yield _grades(question, scale)
    elif question.answer is not None:
        yield from answer_parts(question.answer, asked)
        if question.may_not_apply:
            yield Ticks((NOT_APPLICABLE,))
    yield from _beside(question, scale)


def _notes(question: Question) -> Iterator[str]:
    if question.why:
        yield question.why
    if question.private:
        yield "The answer stays with your organisation."
    if not question.required:
        yield "You may leave this blank."


def _grades(question: Question, scale: Scale) -> Ticks:
    """With what each means for this standard; only their names where that is said before."""
    if not scale.needs_descriptors:
        short = ticks_of([Tick(grade.label) for grade in scale.best_first])
        return Ticks((*short.items, Tick("Not applicable")), in_a_row=True)
    means = {
        grade.label: question.descriptors.get(grade.key, grade.meaning)
        for grade in scale.best_first
    }
    ticks = [Tick((Strong(f"{label}."), f" {words}")) for label, words in means.items()]
    return Ticks((*ticks, NOT_APPLICABLE))


def _beside(question: Question, scale: Scale | None) -> Iterator[Part]:
    """Words, impact, evidence and an action, where the answer takes them."""
    explained = _needing(question, scale, "commentary")
    impact, prompt = DIFFERENCE, question.impact or "One example, with no names."
    if len(prompt) <= PROMPT_MAX_CHARS:
        impact = f"{impact} {prompt}"
    else:
        yield Paragraph(prompt, Style.SMALL, leads=True)
    if scale is not None:
        yield Boxes((("What you do", 1), (impact, 1)), lines=3)
    elif explained:
        yield Boxes(((f"If {explained}: explain", 1),), lines=2)
    if scale is None and question.impact:
        yield Boxes(((impact, 1),), lines=2)
    if question.evidence or _needing(question, scale, "evidence"):
        words = "Evidence that is normally enough: tick what you have, and say where to find it"
        if not question.evidence:
            words = "Evidence: say what it is and where to find it"
        yield Paragraph(words, Style.SMALL, leads=True)
        yield Ticks((*(Tick(it, line=True) for it in question.evidence), Tick("Other:", line=True)))
    if planned := _needing(question, scale, "action"):
        yield Boxes(((f"If {planned}: what will you do?", 5), ("Who?", 2), ("By when?", 2)))


def _needing(question: Question, scale: Scale | None, need: Need) -> str:
    """What asks for it, as inside a sentence: "no or partly"; empty for nothing."""
    words = scale.words_needing(need) if scale else options_needing(question.answer, need)
    return " or ".join(it for it in (", ".join(words[:-1]), *words[-1:]) if it)


def _sources(asked: Asked) -> Iterator[Part]:
    """Each source that is cited, with the numbers of what cites it."""
    citing: dict[str, list[str]] = {}
    for key in asked.keys:
        for cited in dict.fromkeys(it.source for it in asked.question(key).references):
            citing.setdefault(cited, []).append(asked.number_of(key))
    if not citing:
        return
    yield Heading("Law and guidance it cites")
    yield Bullets(
        tuple(
            f"{source.in_full}: {', '.join(citing[source.key])}"
            for source in asked.questionnaire.sources
            if source.key in citing
        )
    )
