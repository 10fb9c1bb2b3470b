"""Shape of what the panel and the business unit send."""

from typing import Any, Self

from flask_wtf import FlaskForm
from wtforms import (
    HiddenField,
    IntegerField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than stubs
from wtforms.validators import UUID, InputRequired, Optional, StopValidation
from wtforms.widgets import HiddenInput

from auditapp.assessments.rules import as_typed
from auditapp.moderation.composing import Wording
from auditapp.moderation.feedback import Edit
from auditapp.moderation.marking import Agreeing, Marking
from auditapp.moderation.members import Member
from auditapp.moderation.models import FeedbackRevision
from auditapp.moderation.reading import Reading
from auditapp.moderation.rules import NO_GRADE
from auditapp.moderation.settlement import Standing
from auditapp.moderation.settling import Settling
from auditapp.questionnaires.scales import Scale
from auditapp.web.fields import new_save_id

AGREE = "agree"


class _Saving(FlaskForm):
    """A save over a revision: `based_on` is its number, `save_id` the client's own."""

    based_on = IntegerField(widget=HiddenInput(), validators=[Optional()])
    save_id = HiddenField(validators=[InputRequired(), UUID()])

    def fill(self, **saved: Any) -> None:
        """On a first visit, what stands; a field that was not sent never counts as its default."""
        if not self.is_submitted():
            self.process(data={"save_id": new_save_id(), **saved})


class OneActForm(FlaskForm):
    """A button that changes something once, however often it is pressed."""

    save_id = HiddenField(default=new_save_id, validators=[InputRequired(), UUID()])


class _GradeForm(_Saving):
    """A grade, or the button that keeps the organisation's own (`act`)."""

    act = StringField()  # the pressed button alone sends it
    grade = RadioField("Or choose another grade", validate_choice=False)
    rationale = TextAreaField("Why? The organisation will read this")

    self_grade: str = NO_GRADE
    shown_grade: str = NO_GRADE  # what the page was opened with
    shown_rationale: str = ""

    def offer(self, scale: Scale, self_grade: str | None, grade: str | None, why: str) -> None:
        """The scale's grades; `grade` and `why` are chosen and written when the page opens."""
        self.labels = {step.key: step.label for step in scale.best_first}
        self.grade.choices = [SelectChoice(key, label) for key, label in self.labels.items()]
        self.self_grade = self_grade or NO_GRADE
        self.shown_grade, self.shown_rationale = grade or NO_GRADE, why

    def validate_grade(self, field: RadioField) -> None:
        if not self.agrees and not field.data:
            raise StopValidation("Choose a grade, or agree.")
        kept = {NO_GRADE, self.self_grade, self.shown_grade}
        if self.agrees and (field.data or NO_GRADE) not in kept:
            chosen = self.labels.get(field.data, "another grade")
            raise StopValidation(f"You chose {chosen}. Save your grade, or clear it and agree.")

    def validate_rationale(self, field: TextAreaField) -> None:
        typed = as_typed(field.data or "")
        if self.agrees and typed and typed != as_typed(self.shown_rationale):
            raise StopValidation("You wrote a reason. Save your grade, or clear it and agree.")

    @property
    def agrees(self) -> bool:
        return bool(self.act.data == AGREE)

    @property
    def chosen(self) -> str:
        return self.self_grade if self.agrees else self.grade.data

    @property
    def why(self) -> str:
        """The reason that goes with `chosen`: one for another grade goes when that grade does."""
        if self.agrees and self.shown_grade != self.self_grade:
            return ""
        return self.rationale.data or ""


class MarkForm(_GradeForm):
    note = TextAreaField("Note for the panel only")

    @classmethod
    def of(cls, reading: Reading) -> Self:
        form = cls()
        mark = reading.mark
        grade, why = (mark.grade, mark.rationale) if mark else (None, "")
        form.offer(reading.scale, reading.answer.grade_key, grade, why)
        form.fill(
            based_on=reading.revision,
            grade=grade,
            rationale=why,
            note=mark.note if mark else "",
        )
        return form

    @property
    def marking(self) -> Marking:
        return Marking(
            grade=self.chosen,
            rationale=self.why,
            note=self.note.data or "",
            based_on=self.based_on.data,
            save_id=self.save_id.data or "",
        )


class RestForm(MarkForm):
    """Sent with the open standard's mark; `standards` are the keys that the page named as left."""

    standards = SelectMultipleField(validate_choice=False)

    @property
    def agrees(self) -> bool:
        """Also with the open standard, unless a grade is chosen for it."""
        return not self.grade.data

    def is_touched(self, reading: Reading) -> bool:
        """Whether a grade is chosen, or words typed, that `reading` does not hold already."""
        mark = reading.mark if self.based_on.data else None
        kept = (mark.grade, mark.rationale, mark.note) if mark else (None, "", "")
        words = as_typed(self.rationale.data or ""), as_typed(self.note.data or "")
        return (self.grade.data or None, *words) != kept

    def agreeing(self, but: str | None) -> Agreeing:
        """With those left, `but` the one that has a mark of its own."""
        keys = [key for key in self.standards.data or [] if key != but]
        return Agreeing(question_keys=keys, save_id=self.save_id.data or "")


class SettleForm(_GradeForm):
    @classmethod
    def of(cls, standing: Standing) -> Self:
        form = cls()
        form.offer(standing.scale, standing.self_grade, standing.grade, standing.rationale)
        form.fill(
            based_on=standing.settled.number if standing.settled else 0,
            grade=standing.grade,
            rationale=standing.rationale,
        )
        return form

    @property
    def settling(self) -> Settling:
        return Settling(
            grade=self.chosen,
            rationale=self.why,
            based_on=self.based_on.data,
            save_id=self.save_id.data or "",
        )


class FeedbackForm(_Saving):
    strengths = TextAreaField(
        "What they do well",
        description="One point a line. Words before a colon are printed bold.",
    )
    developments = TextAreaField(
        "What to develop next",
        description="One point a line. Say what would show it, and leave out names.",
    )

    @classmethod
    def of(cls, kept: FeedbackRevision | None, drafted: Wording) -> Self:
        form = cls()
        form.fill(
            based_on=kept.number if kept else 0,
            strengths=kept.strengths if kept else drafted.strengths,
            developments=kept.developments if kept else drafted.developments,
        )
        return form

    @property
    def edit(self) -> Edit:
        return Edit(
            wording=Wording(
                strengths=self.strengths.data or "", developments=self.developments.data or ""
            ),
            based_on=self.based_on.data,
            save_id=self.save_id.data or "",
        )


class AllocateForm(FlaskForm):
    """`based_on`: refs of those the page showed as given, apart by spaces."""

    members = SelectMultipleField("Who reads this assessment?", validate_choice=False)
    based_on = HiddenField()

    @classmethod
    def of(cls, members: list[Member]) -> Self:
        form = cls()
        form.members.choices = [
            SelectChoice(member.ref, member.name) for member in members if not member.linked
        ]
        if not form.is_submitted():
            given = [member.ref for member in members if member.given]
            form.process(data={"members": given, "based_on": " ".join(given)})
        return form

    @property
    def shown(self) -> list[str]:
        return (self.based_on.data or "").split()


class ReleaseForm(OneActForm):
    """`chosen` are refs of assessments; `every`, the pressed button, chooses all of one kind.

    `confirmed` comes from the page that lists what will go out.
    """

    chosen = SelectMultipleField("Which feedback is released?", validate_choice=False)
    every = StringField()
    confirmed = StringField()

    def validate_chosen(self, field: SelectMultipleField) -> None:
        if not field.data and not self.every.data:
            raise StopValidation("Choose the feedback to release.")
