"""A submission, and the receipt for it, as documents."""

from collections.abc import Iterator

from auditapp.assessments.snapshots import receipt_number
from auditapp.assessments.submissions import Submission, SubmittedLine
from auditapp.core import clock
from auditapp.core.days import in_words
from auditapp.documents.marks import Grade, Tone
from auditapp.documents.tree import Bullets, Document, Heading, KeyValues, Paragraph, Part, Style
from auditapp.organisations.models import Partnership
from auditapp.questionnaires.scales import Scale

NOT_APPLICABLE = Grade("Not applicable", "n/a", Tone.NOT_APPLICABLE)
NOT_GRADED = Grade("Not graded", "", Tone.NONE)


def submission_document(submission: Submission, partnership: Partnership) -> Document:
    """Everything that was submitted: how many of each grade, then section by section."""
    counted = "How many of each grade" if submission.scales else "How much was answered"
    parts: list[Part] = [_facts(submission), Heading(counted), _counts(submission)]
    if submission.snapshot.comment:
        parts += [Heading("From the signatory"), Paragraph(submission.snapshot.comment)]
    for number, section, lines in submission.sections:
        parts.append(Heading(f"{number}. {section.title}"))
        for line in lines:
            parts += _standard(line)
    return _document(submission, partnership, submission.title, parts)


def receipt_document(submission: Submission, partnership: Partnership) -> Document:
    """That it arrived: who, when, how many of each grade, and the seal by which it is known."""
    parts: list[Part] = [
        _facts(submission),
        Heading("What was submitted"),
        _counts(submission),
        Paragraph(
            "The seal is the SHA-256 of everything that was submitted. It changes if a single "
            "sign of the submission does.",
            Style.SMALL,
        ),
    ]
    return _document(submission, partnership, f"Receipt: {submission.title}", parts)


def grade_mark(scale: Scale, key: str | None, *, not_applicable: bool = False) -> Grade:
    """A grade as documents draw it."""
    if not_applicable:
        return NOT_APPLICABLE
    if key is None:
        return NOT_GRADED
    grade = scale.grade(key)
    return Grade(grade.label, grade.letter, Tone(scale.tone(key)))


def submitted_at(submission: Submission) -> str:
    """ "14:12 on 8 December 2026"."""
    at = submission.snapshot.submitted_at.astimezone(clock.LONDON)
    return f"{at:%H:%M} on {in_words(at)}"


def _document(
    submission: Submission, partnership: Partnership, title: str, parts: list[Part]
) -> Document:
    return Document(
        title=title,
        subtitle=submission.snapshot.organisation_name,
        author=partnership.name,
        parts=tuple(parts),
        as_at=f"Submitted at {submitted_at(submission)}",
        brand=partnership.hue,
    )


def _facts(submission: Submission) -> KeyValues:
    snapshot = submission.snapshot
    facts = [
        ("Organisation", f"{snapshot.organisation_name} ({snapshot.registration_code})"),
        (submission.duty.label, submission.duty.sentence),
        ("Round", submission.setting.round.title),
        ("Submitted", submitted_at(submission)),
    ]
    if submission.signed_by:
        facts.append(("Signed by", submission.signed_by))
    if snapshot.number > 1:
        facts.append(("Submission", f"number {snapshot.number}, after it was opened again"))
    sealed = [("Receipt number", receipt_number(snapshot.hash)), ("Seal", snapshot.hash)]
    return KeyValues((*facts, *sealed))


def _counts(submission: Submission) -> KeyValues:
    counts = [
        (band.label, str(band.count(submission.counts(scale))))
        for scale in submission.scales
        for band in scale.bands
    ]
    if submission.scales:
        counts += [
            ("Not applicable", str(submission.not_applicable)),
            ("Left blank", str(submission.not_graded)),
        ]
    told = [line for line in submission.lines if line.scale is None and line.question.is_answered]
    if told:
        said = sum(bool(line.shown) or line.content.is_not_applicable for line in told)
        counts.append(("Other questions answered", f"{said} of {len(told)}"))
    return KeyValues((*counts, ("Items of evidence cited", str(submission.cited))))


def _answer(line: SubmittedLine) -> Iterator[tuple[str, Grade | str]]:
    """The grade, or what was answered instead of one."""
    content = line.content
    if line.scale is not None:
        mark = grade_mark(line.scale, content.grade, not_applicable=content.is_not_applicable)
        yield "Grade", mark
    elif content.is_not_applicable:
        yield "Answer", NOT_APPLICABLE
    elif not line.shown:
        yield "Answer", "Left blank" if line.question.is_answered else "No data"
    for said in line.shown:
        yield said.label or "Answer", said.in_full


def _standard(line: SubmittedLine) -> list[Part]:
    content = line.content
    parts: list[Part] = [
        Heading(line.label, 3),
        Paragraph(line.question.text, leads=True),
        KeyValues(tuple(_answer(line))),
    ]
    texts = [content.reason, content.commentary]
    parts += [Paragraph(text) for text in texts if text]
    if content.impact:
        parts.append(Paragraph(f"For children: {content.impact}"))
    if content.planned:
        owner = f", {content.planned.owner}" if content.planned.owner else ""
        due = content.planned.due
        by = f", by {in_words(due)}" if due else ""
        parts.append(Paragraph(f"Action: {content.planned.what}{owner}{by}"))
    if line.citations:
        items = [
            f"{item.title}{f', {item.pointer}' if item.pointer else ''}"
            f"{f' ({item.url})' if item.url else ''}"
            for item in line.citations
        ]
        parts += [Paragraph("Evidence:", leads=True), Bullets(tuple(items))]
    return parts
