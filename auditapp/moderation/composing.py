"""What a letter says of one submission: the panel's letter, or the automatic sheet."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from auditapp.actions.rules import Planned
from auditapp.assessments.models import SnapshotAnswer
from auditapp.moderation.drafting import CHANGED, Graded
from auditapp.moderation.letters import (
    Change,
    Changes,
    Counts,
    Gap,
    Gaps,
    GradeWords,
    Letter,
    Part,
    Points,
    Tally,
    Words,
    not_applicable,
    not_graded,
)
from auditapp.moderation.phrases import are, counted, day_of, members_in_words, points
from auditapp.moderation.queries import Submission
from auditapp.moderation.settlement import Standing
from auditapp.organisations.models import Partnership
from auditapp.questionnaires.scales import Scale

READERS = "Safeguarding lead and signatories"


@dataclass(frozen=True, kw_only=True)
class Wording:
    """The letter's two lists as people wrote them: one point a line."""

    strengths: str
    developments: str


def graded(submission: Submission, standings: Sequence[Standing]) -> list[Graded]:
    """The standards as drafts and letters speak of them; without standings, by self-grade."""
    by_answer = {one.answer_id: one for one in standings}
    return [
        Graded(
            section=submission.asked.section_of(answer.question_key).title,
            number=submission.asked.number_of(answer.question_key),
            label=submission.label(answer),
            scale=submission.scale(answer),
            self_grade=answer.grade_key,
            grade=_grade_of(answer, by_answer.get(answer.id)),
        )
        for answer in submission.answers
    ]


def panel_letter(
    submission: Submission,
    standings: Sequence[Standing],
    wording: Wording,
    *,
    partnership: Partnership,
    readers: int,
    on: date,
) -> Letter:
    """The panel's letter. `readers`: how many members read all of it."""
    changed = [one for one in standings if one.is_changed]
    parts: list[Part] = [
        Words(paragraphs=(_thanks(submission) + " " + _read(standings, readers),)),
        *_lists(wording),
    ]
    if changed:
        rows = tuple(_change(submission, one) for one in changed)
        parts.append(Changes(heading=CHANGED, rows=rows))
    parts += _counts(submission, graded(submission, standings), moderated=True)
    parts.append(
        Words(heading="What happens now", paragraphs=_what_follows(submission, partnership))
    )
    sign_off = f"Chair of the panel for {submission.round.title}\n{partnership.name}"
    parts.append(Words(paragraphs=("Yours faithfully", sign_off)))
    title = f"Your {submission.title_within}: what we read and what we think"
    return _letter(submission, partnership, title, on, parts)


def automatic_sheet(
    submission: Submission,
    wording: Wording,
    *,
    partnership: Partnership,
    has_panel: bool,
    on: date,
) -> Letter:
    """The sheet for a submission that no panel read: its own grades, strengths, gaps, actions.
    `has_panel`: whether the round has one, which read others."""
    not_read = (
        "The panel reads a sample in each round, and this time yours was not in it."
        if has_panel
        else "No panel reads what is submitted in this round."
    )
    so = "So this sheet only sets out the grades that you gave yourself."
    opening = f"{_thanks(submission)} {not_read} {so}"
    parts: list[Part] = [Words(paragraphs=(opening,)), *_lists(wording)]
    if gaps := tuple(_gap(submission, answer) for answer in _gap_answers(submission)):
        parts.append(Gaps(heading="Your gaps and your actions", rows=gaps))
    parts += _counts(submission, graded(submission, ()), moderated=False)
    parts.append(
        Words(heading="What happens now", paragraphs=_what_follows(submission, partnership))
    )
    title = f"Your {submission.title_within}: your grades in one place"
    return _letter(submission, partnership, title, on, parts)


def _letter(
    submission: Submission, partnership: Partnership, title: str, on: date, parts: Sequence[Part]
) -> Letter:
    return Letter(
        title=title,
        author=partnership.name,
        brand=partnership.hue,
        sender=(partnership.name,),
        contact=tuple(line for line in ("Business unit", partnership.email) if line),
        to=(READERS, submission.name),
        date=day_of(on),
        parts=tuple(parts),
    )


def _lists(wording: Wording) -> Iterator[Points]:
    if strengths := points(wording.strengths):
        yield Points(heading="What you do well", items=strengths)
    if developments := points(wording.developments):
        yield Points(heading="What to develop next", items=developments)


def _thanks(submission: Submission) -> str:
    done = "signed" if submission.snapshot.signed_by else "sent"
    on = day_of(submission.snapshot.submitted_at)
    return f"Thank you for your {submission.title_within}, {done} on {on}."


def _read(standings: Sequence[Standing], readers: int) -> str:
    self_graded = [one for one in standings if one.self_grade is not None]
    kept = sum(not one.is_changed for one in self_graded)
    none = [one for one in standings if one.grade is None]
    whole = "the one standard" if len(standings) == 1 else f"all {len(standings)} standards"
    said = [f"{members_in_words(readers)} read {whole} and the evidence you cited."]
    if self_graded:
        said.append(_agreed(kept, len(self_graded)))
    inapplicable = sum(one.not_applicable for one in none)
    if inapplicable:
        did = "did not apply"
        said.append(f"{counted(inapplicable)} {did}.")
    if blank := len(none) - inapplicable:
        said.append(f"{counted(blank)} {'was' if blank == 1 else 'were'} left without a grade.")
    return " ".join(said)


def _agreed(kept: int, grades: int) -> str:
    if grades == 1:
        return "We agreed with your one grade." if kept else "We changed your one grade."
    if kept == grades:
        return f"We agreed with all {grades} of your grades."
    return f"We agreed with {kept or 'none'} of your {grades} grades."


def _counts(
    submission: Submission, standards: Sequence[Graded], *, moderated: bool
) -> Iterator[Counts]:
    """A table for each scale in use."""
    scales = {one.scale.key: one.scale for one in standards}
    for scale in scales.values():
        here = [one for one in standards if one.scale.key == scale.key]
        own = Counter(one.self_grade for one in here if one.self_grade)
        after = Counter(one.grade for one in here if one.grade)
        heading = "Your grades" if len(scales) == 1 else f"Your grades: {scale.title}"
        yield Counts(
            heading=heading,
            rows=tuple(
                Tally(
                    grade=GradeWords(word=band.label, letter=band.letter, tone=band.tone),
                    own=band.count(own),
                    after=band.count(after) if moderated else None,
                )
                for band in scale.bands
            ),
            note=_left_out(submission, standards, scale),
        )


def _left_out(submission: Submission, standards: Sequence[Graded], scale: Scale) -> str:
    inapplicable = {answer.question_key for answer in submission.answers if _is_na(answer)}
    none = [
        answer
        for answer, one in zip(submission.answers, standards, strict=True)
        if one.scale.key == scale.key and one.grade is None
    ]
    if not none:
        return ""
    apart = sum(answer.question_key in inapplicable for answer in none)
    return f"Not counted: {apart} not applicable, {len(none) - apart} left blank."


def _change(submission: Submission, one: Standing) -> Change:
    own = not_applicable() if one.not_applicable else _words(one.scale, one.self_grade)
    way = " You graded yourselves lower than we did." if one.direction == "raised" else ""
    return Change(
        standard=one.label,
        own=own,
        panel=_words(one.scale, one.grade),
        why=f"{one.rationale}{way}",
    )


def _gap_answers(submission: Submission) -> list[SnapshotAnswer]:
    return [one for one in submission.answers if one.grade_key in submission.scale(one).gaps]


def _gap(submission: Submission, answer: SnapshotAnswer) -> Gap:
    planned = _planned(answer)
    by_when = f"by {day_of(planned.due)}" if planned.due else ""
    by_whom = ", ".join(words for words in (planned.owner, by_when) if words)
    what = planned.what or "No action was given."
    return Gap(
        standard=submission.label(answer),
        grade=_words(submission.scale(answer), answer.grade_key),
        action=f"{what} ({by_whom})" if by_whom else what,
    )


def _planned(answer: SnapshotAnswer) -> Planned:
    return Planned.from_json(answer.value.get("action"))


def _what_follows(submission: Submission, partnership: Partnership) -> tuple[str, ...]:
    actions = sum(bool(_planned(one).what) for one in submission.answers)
    said = []
    if actions:
        said.append(
            f"Your {counted(actions, 'action').lower()} {are(actions)} yours to keep up to date."
        )
    where = f" at {partnership.email}" if partnership.email else ""
    said.append(f"If you think that something here is wrong, write to the business unit{where}.")
    said.append("Until the next round your assessment stays open to you, as your living record.")
    return (" ".join(said),)


def _grade_of(answer: SnapshotAnswer, standing: Standing | None) -> str | None:
    return standing.grade if standing is not None else answer.grade_key


def _words(scale: Scale, key: str | None) -> GradeWords:
    if key is None:
        return not_graded()
    step = scale.grade(key)
    return GradeWords(word=step.label, letter=step.letter, tone=scale.tone(key))


def _is_na(answer: SnapshotAnswer) -> bool:
    return bool(answer.not_applicable_reason)
