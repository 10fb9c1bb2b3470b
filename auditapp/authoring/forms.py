"""The shapes of what is sent about a draft as a whole."""

from flask_wtf.file import FileField, FileRequired
from wtforms import IntegerField, RadioField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than stubs
from wtforms.validators import InputRequired, NumberRange, ValidationError

from auditapp.authoring.fields import PartForm

NEXT, OWN = "next", "own"
MOST_SAVES = 999_999_999


class StartForm(PartForm):
    """Which questionnaire the draft is to be; `title` is asked for where it is one of its own."""

    which = RadioField(
        "What will it be?",
        choices=[
            SelectChoice(NEXT, "The next version of it: the years can be compared"),
            SelectChoice(OWN, "A questionnaire of its own, which begins as a copy"),
        ],
        default=NEXT,
    )
    title = StringField("Its title", description="Only for a questionnaire of its own.")

    def validate_title(self, field: StringField) -> None:
        if self.which.data == OWN and not (field.data or "").strip():
            raise ValidationError("Enter the title of the new questionnaire.")

    @property
    def own_title(self) -> str:
        return (self.title.data or "").strip() if self.which.data == OWN else ""


class FileForm(PartForm):
    file = FileField(
        "Which file?",
        description="YAML or Excel, as this product writes them.",
        validators=[FileRequired("Choose a file.")],
    )


class RestoreForm(PartForm):
    number = IntegerField(validators=[InputRequired(), NumberRange(1, MOST_SAVES)])
