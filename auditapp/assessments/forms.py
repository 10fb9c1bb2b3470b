"""What is typed into an answer, and into what is said when it is sent on."""

import re
from types import MappingProxyType
from typing import Self

from flask import request
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    Field,
    Form,
    HiddenField,
    IntegerField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than stubs
from wtforms.validators import InputRequired, Length, Optional

from auditapp.assessments.rules import NOT_APPLICABLE, Content
from auditapp.assessments.saving import Saving
from auditapp.core.errors import RuleBroken
from auditapp.questionnaires.choices import Choosing
from auditapp.questionnaires.entries import Place
from auditapp.questionnaires.questions import Question
from auditapp.questionnaires.values import (
    EntriesBroken,
    Typed,
    boxes_of,
    field_of,
    typed_of,
    typed_rows,
)
from auditapp.web.fields import DayField, new_save_id

SAVE_ID_MAX_CHARS = 64
SPARE_ROWS = 3
BOX = re.compile(r"value(-|$)")


class AnswerForm(Form):
    """One question's answer. Its fields begin with the question's key: many stand on one page,
    under the page's own token against cross-site posts. `typed` is what stands in the boxes of a
    question that takes no grade; `boxes` are their fields, where the page is drawn."""

    grade = StringField("Your grade", validators=[Optional()])
    reason = TextAreaField("Why does this not apply to you?")
    what = StringField("What will you do?")
    owner = StringField("Who?")
    due = DayField("By when?", validators=[Optional()])
    commentary = TextAreaField("What you do")
    impact = TextAreaField("What difference has it made to a child?")
    based_on = IntegerField(validators=[Optional()])
    save_id = StringField(validators=[Optional(), Length(max=SAVE_ID_MAX_CHARS)])

    typed: Typed = MappingProxyType({})
    boxes: tuple[Place, ...] = ()

    @classmethod
    def showing(cls, question: Question, content: Content, revision: int) -> Self:
        """An answer as it stands, to be written over."""
        typed = typed_of(question.answer, content.value)
        form = cls._with_boxes(question, typed_rows(typed) + SPARE_ROWS)
        many = {field_of(place.path) for place in form.boxes if place.entry.takes_many}
        return form(
            prefix=question.key,
            data={
                **{name: text if name in many else text[0] for name, text in typed.items()},
                "grade": NOT_APPLICABLE if content.is_not_applicable else content.grade or "",
                "reason": content.reason or "",
                "what": content.planned.what,
                "owner": content.planned.owner,
                "due": content.planned.due,
                "commentary": content.commentary,
                "impact": content.impact,
                "based_on": revision,
                "save_id": new_save_id(),
            },
        )

    @classmethod
    def sent(cls, key: str, question: Question | None = None) -> Self:
        """What this request sent about the question; without it, no page can be drawn of it."""
        own = f"{key}-"
        sent = {
            name.removeprefix(own): texts
            for name, texts in request.form.lists()
            if name.startswith(own)
        }
        typed = {name: texts for name, texts in sent.items() if BOX.match(name)}
        form = cls._with_boxes(question, typed_rows(typed)) if question else cls
        filled = form(request.form, prefix=key)
        filled.typed = typed
        return filled

    @classmethod
    def _with_boxes(cls, question: Question, rows: int) -> type[Self]:
        """The form with a field for each box of the question."""
        if question.answer is None:
            return cls
        places = boxes_of(question.answer, rows)
        fields = {field_of(place.path): _field(place) for place in places}
        return type(cls.__name__, (cls,), {**fields, "boxes": places})

    @classmethod
    def was_sent(cls, key: str) -> bool:
        return f"{key}-based_on" in request.form

    @property
    def saving(self) -> Saving:
        return Saving(
            grade=self.grade.data or None,
            typed=self.typed,
            not_applicable_reason=self.reason.data or "",
            commentary=self.commentary.data or "",
            impact=self.impact.data or "",
            action_what=self.what.data or "",
            action_owner=self.owner.data or "",
            action_due=self.due.data,
            based_on=self.based_on.data,
            save_id=self.save_id.data or new_save_id(),
        )

    @property
    def messages(self) -> dict[str, str]:
        """Full field name -> its first error."""
        return {field.name: str(field.errors[0]) for field in self if field.errors}

    def refuse(self, broken: RuleBroken) -> None:
        """Put each error beside the field it names; else beside the first box, or the grade."""
        otherwise = field_of(self.boxes[0].path) if self.boxes else "grade"
        for field, message in messages_of(broken).items():
            shown = self[field] if field in self else self[otherwise]
            shown.errors = [*shown.errors, message]


def messages_of(broken: RuleBroken) -> dict[str, str]:
    """Field -> what is wrong with it: of boxes that cannot be read, each of them."""
    if isinstance(broken, EntriesBroken):
        return {field_of(path): message for path, message in broken.faults.items()}
    return {broken.field or "": broken.message}


def _field(place: Place) -> Field:
    label = place.label or "Your answer"
    if isinstance(place.entry, Choosing) and place.entry.takes_many:
        choices = [SelectChoice(option.key, option.label) for option in place.entry.choices]
        return SelectMultipleField(label, choices=choices, validate_choice=False)
    return StringField(label)


class ChoiceForm(Form):
    """Which of two versions an answer should have, part by part; nothing is chosen beforehand."""

    grade = StringField(validators=[Optional()])
    value = StringField(validators=[Optional()])
    commentary = StringField(validators=[Optional()])
    impact = StringField(validators=[Optional()])
    action = StringField(validators=[Optional()])
    joined_commentary = TextAreaField("Joined text")
    joined_impact = TextAreaField("Joined text")

    @classmethod
    def for_standard(cls, key: str, *, sent: bool) -> Self:
        return cls(request.form if sent else None, prefix=f"{key}-keep")


class CommentForm(FlaskForm):
    comment = TextAreaField("What should they change?")


class SignForm(FlaskForm):
    read = HiddenField()  # which answers the page showed
    declared = BooleanField(
        "I have read these answers. They are true to the best of my knowledge.",
        validators=[InputRequired("Tick the box once you have read the answers.")],
    )
    comment = TextAreaField(
        "Is there anything you want to add?",
        description="The partnership reads it with the assessment. Leave blank if not.",
    )
