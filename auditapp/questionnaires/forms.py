"""The shape of what is sent to publish a questionnaire."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired


class PublishForm(FlaskForm):
    file = FileField(
        "Which file?",
        description="The Excel template filled in, or YAML, like those you can download here.",
        validators=[FileRequired("Choose a file.")],
    )


class ReviewForm(FlaskForm):
    """One button: publish what the page above it shows."""
