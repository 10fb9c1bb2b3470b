"""The component page: every macro in its states, for those who build pages."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from flask import render_template
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    HiddenField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than stubs
from wtforms.validators import InputRequired

from auditapp.questionnaires.scales import Grade, Scale, Steps

TODAY = date(2026, 11, 24)
DAYS = SimpleNamespace(
    later=TODAY + timedelta(17), soon=TODAY + timedelta(3), past=TODAY - timedelta(2)
)
QUESTION = SimpleNamespace(descriptors={"met": "Reviewed within 12 months; alerts are logged."})


def show() -> str:
    form = SampleForm()
    form.validate_on_submit()  # sent empty, it shows every error
    samples = {"scales": SCALES, "question": QUESTION, "today": TODAY, "days": DAYS}
    return render_template("dev/components.html", form=form, **samples)


def _choices(*words: str) -> list[Any]:
    return [SelectChoice(word, word) for word in words]


class SampleForm(FlaskForm):
    based_on = HiddenField(default="3")
    words = TextAreaField("What you do now", description="One example, with no names.")
    title = StringField("What will you do?", validators=[InputRequired("Say what you will do.")])
    by_when = StringField("By when?", validators=[InputRequired("Enter a date, like 31 1 2027.")])
    password = PasswordField("Your password")
    kind = SelectField("Kind", choices=_choices("Policy", "Minute"))
    choice = RadioField(
        "Is it checked?",
        choices=_choices("Yes", "No"),
        validators=[InputRequired("Say whether it is checked.")],
    )
    several = SelectMultipleField(
        "Who sees it?",
        choices=_choices("Head", "Governor"),
        validators=[InputRequired("Choose who sees it.")],
    )
    agreed = BooleanField("I have read it", validators=[InputRequired("Say that you read it.")])
    file = FileField("The file", validators=[InputRequired("Choose a file.")])


def _scale(*steps: tuple[str, str, str]) -> Scale:
    """Of (key, label, letter), worst first."""
    worse = len(steps) // 2
    grades = tuple(
        Grade(
            key=key,
            label=label,
            letter=letter,
            meaning=f"What {label.lower()} means.",
            gap=place < worse,
            needs=frozenset({"action", "commentary"}) if place < worse else frozenset(),
        )
        for place, (key, label, letter) in enumerate(steps)
    )
    return Scale(key="sample", title="A sample", edition="2026", grades=grades)


SCALES = {
    "four": _scale(
        ("not-met", "Not met", "N"),
        ("partly-met", "Partially met", "P"),
        ("met", "Met", "M"),
        ("exceeded", "Exceeded", "E"),
    ),
    "rag": _scale(("red", "Red", "R"), ("amber", "Amber", "A"), ("green", "Green", "G")),
    "points": _scale(
        ("absent", "Absent", "0"),
        ("in-part", "In part", "1"),
        ("in-place", "In place", "2"),
        ("embedded", "Embedded", "3"),
    ),
    "five": _scale(
        ("none", "None", "1"),
        ("some", "Some", "2"),
        ("half", "Half", "3"),
        ("most", "Most", "4"),
        ("all", "All", "5"),
    ),
    "steps": Scale(
        key="sample", title="A percentage", edition="2026", steps=Steps(strength=80, gap=55)
    ),
}
