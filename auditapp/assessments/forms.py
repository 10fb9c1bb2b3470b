"""What is typed into an answer, and into what is said when it is sent on."""

from typing import Self
from uuid import uuid4

from flask import request
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    Form,
    HiddenField,
    IntegerField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional

from auditapp.assessments.answers import Saving
from auditapp.assessments.rules import NOT_APPLICABLE, Content
from auditapp.web.fields import DayField

SAVE_ID_MAX_CHARS = 64


class AnswerForm(Form):
    """One standard's answer. Its fields begin with the standard's key: many stand on one page,
    under the page's own token against cross-site posts."""

    grade = StringField("Your grade", validators=[Optional()])
    reason = TextAreaField("Why does this not apply to you?")
    what = StringField("What will you do?")
    owner = StringField("Who?")
    due = DayField("By when?", validators=[Optional()])
    commentary = TextAreaField("What you do")
    impact = TextAreaField("What difference has it made to a child?")
    based_on = IntegerField(validators=[Optional()])
    save_id = StringField(validators=[Optional(), Length(max=SAVE_ID_MAX_CHARS)])

    @classmethod
    def showing(cls, key: str, content: Content, revision: int) -> Self:
        """An answer as it stands, to be written over."""
        return cls(
            prefix=key,
            data={
                "grade": NOT_APPLICABLE if content.is_not_applicable else content.grade or "",
                "reason": content.reason or "",
                "what": content.planned.what,
                "owner": content.planned.owner,
                "due": content.planned.due,
                "commentary": content.commentary,
                "impact": content.impact,
                "based_on": revision,
                "save_id": str(uuid4()),
            },
        )

    @classmethod
    def sent(cls, key: str) -> Self:
        """What this request sent about the standard."""
        return cls(request.form, prefix=key)

    @classmethod
    def was_sent(cls, key: str) -> bool:
        return f"{key}-based_on" in request.form

    @property
    def saving(self) -> Saving:
        return Saving(
            grade=self.grade.data or None,
            not_applicable_reason=self.reason.data or "",
            commentary=self.commentary.data or "",
            impact=self.impact.data or "",
            action_what=self.what.data or "",
            action_owner=self.owner.data or "",
            action_due=self.due.data,
            based_on=self.based_on.data,
            save_id=self.save_id.data or str(uuid4()),
        )

    @property
    def messages(self) -> dict[str, str]:
        """Full field name -> its first error."""
        return {field.name: str(field.errors[0]) for field in self if field.errors}

    def refuse(self, field: str | None, message: str) -> None:
        """Put an error beside the field it names, or beside the grade."""
        shown = self[field] if field and field in self else self["grade"]
        shown.errors = [*shown.errors, message]


class ChoiceForm(Form):
    """Which of two versions an answer should have, part by part; nothing is chosen beforehand."""

    grade = StringField(validators=[Optional()])
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
