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


def _scale(*steps: tuple[str, str, str, str]) -> SimpleNamespace:
    """As a questionnaire's scale looks to a macro. Of (key, label, letter, tone), worst first."""
    tones = {key: tone for key, _, _, tone in steps}
    grades = {key: _grade(key, label, letter) for key, label, letter, _ in steps}
    for grade in list(grades.values())[: len(steps) // 2]:
        grade.needs = frozenset({"action", "commentary"})
    return SimpleNamespace(
        grades=tuple(grades.values()), grade=grades.__getitem__, tone=tones.__getitem__
    )


def _grade(key: str, label: str, letter: str) -> SimpleNamespace:
    meaning = f"What {label.lower()} means."
    return SimpleNamespace(key=key, label=label, letter=letter, meaning=meaning, needs=frozenset())


SCALES = {
    "four": _scale(
        ("not-met", "Not met", "N", "4"),
        ("partly-met", "Partially met", "P", "3"),
        ("met", "Met", "M", "2"),
        ("exceeded", "Exceeded", "E", "1"),
    ),
    "rag": _scale(
        ("red", "Red", "R", "4"), ("amber", "Amber", "A", "3"), ("green", "Green", "G", "g")
    ),
    "points": _scale(
        ("absent", "Absent", "0", "4"),
        ("in-part", "In part", "1", "3"),
        ("in-place", "In place", "2", "2"),
        ("embedded", "Embedded", "3", "1"),
    ),
    "five": _scale(
        ("none", "None", "1", "4"),
        ("some", "Some", "2", "3"),
        ("half", "Half", "3", "2"),
        ("most", "Most", "4", "5"),
        ("all", "All", "5", "1"),
    ),
}
