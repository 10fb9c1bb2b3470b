"""The shape of what is sent to publish a questionnaire."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired


class PublishForm(FlaskForm):
    file = FileField(
        "Which file?",
        description="A questionnaire as YAML, like those you can download here; at most 1 MB.",
        validators=[FileRequired("Choose a file.")],
    )
