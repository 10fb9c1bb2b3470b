"""A scale, a question, a form and a bare application that draws the component page."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from types import SimpleNamespace
from typing import ClassVar

from flask import Flask, flash, render_template
from flask_wtf import CSRFProtect, FlaskForm
from flask_wtf.file import FileField
from werkzeug.serving import make_server
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
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from auditapp.web import assets, filters, headers
from auditapp.web.navigation import Acting, bar_for

TODAY = date(2026, 11, 24)
DAYS = SimpleNamespace(
    later=TODAY + timedelta(17), soon=TODAY + timedelta(3), past=TODAY - timedelta(2)
)


@dataclass(frozen=True)
class Grade:
    key: str
    label: str
    letter: str
    meaning: str
    needs: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Scale:
    """Grades worst first, as in a questionnaire's version."""

    TONES: ClassVar[dict[int, str]] = {2: "41", 3: "43g", 4: "4321", 5: "43251"}
    grades: tuple[Grade, ...]

    def grade(self, key: str) -> Grade:
        return {grade.key: grade for grade in self.grades}[key]

    def tone(self, key: str) -> str:
        keys = [grade.key for grade in self.grades]
        return self.TONES[len(keys)][keys.index(key)]


def scale(*grades: tuple[str, str]) -> Scale:
    """Of (label, letter) pairs, worst first; the lower half needs an action."""
    made = []
    for place, (label, letter) in enumerate(grades):
        needs = frozenset({"action", "commentary"}) if place < len(grades) // 2 else frozenset()
        key = label.lower().replace(" ", "-").replace("partially", "partly")
        made.append(Grade(key, label, letter, f"What {label.lower()} means.", needs))
    return Scale(tuple(made))


SCALES = {
    "four": scale(("Not met", "N"), ("Partially met", "P"), ("Met", "M"), ("Exceeded", "E")),
    "rag": scale(("Red", "R"), ("Amber", "A"), ("Green", "G")),
    "points": scale(("Absent", "0"), ("In part", "1"), ("In place", "2"), ("Embedded", "3")),
    "five": scale(("None", "1"), ("Some", "2"), ("Half", "3"), ("Most", "4"), ("All", "5")),
}
QUESTION = SimpleNamespace(descriptors={"met": "Reviewed within 12 months."})


class SampleForm(FlaskForm):
    based_on = HiddenField(default="3")
    words = TextAreaField("What you do", description="One example, with no names.")
    title = StringField("What will you do?", validators=[InputRequired("Say what you will do.")])
    by_when = StringField("By when?", validators=[InputRequired("Enter a date, like 31 1 2027.")])
    password = PasswordField("Your password")
    kind = SelectField("Kind", choices=[SelectChoice("a", "Policy"), SelectChoice("b", "Minute")])
    choice = RadioField(
        "Is it checked?",
        choices=[SelectChoice("yes", "Yes"), SelectChoice("no", "No")],
        validators=[InputRequired("Say whether it is checked.")],
    )
    several = SelectMultipleField(
        "Who sees it?",
        choices=[SelectChoice("head", "Head"), SelectChoice("governor", "Governor")],
        validators=[InputRequired("Choose who sees it.")],
    )
    agreed = BooleanField("I have read it", validators=[InputRequired("Say that you read it.")])
    file = FileField("The file", validators=[InputRequired("Choose a file.")])


def sample_app(base_url: str = "https://audit.exampleshire.example") -> Flask:
    """The component page at /, each error page at /errors/<code>, and what the layout needs."""
    app = Flask("auditapp")
    app.config["SECRET_KEY"] = "for tests only"
    CSRFProtect(app)
    for part in (filters, assets):
        part.init_app(app)
    headers.init_app(app, base_url=base_url)
    for endpoint, method in {
        "home.home": "GET",
        "accounts.choose_role": "GET",
        "accounts.sign_out": "POST",
        "accounts.sign_in": "GET",
        "actions.list_actions": "GET",
        "site.help": "GET",
    }.items():
        app.add_url_rule(f"/{endpoint}", endpoint, lambda: "", methods=[method])
    app.context_processor(_layout)
    app.add_url_rule("/", "dev.components", components, methods=["GET", "POST"])
    app.add_url_rule("/errors/<int:code>", "error", error)
    return app


@contextmanager
def served_sample() -> Iterator[str]:
    """The address of the sample application, for a browser."""
    server = make_server("127.0.0.1", 0, sample_app("http://localhost"), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def components() -> str:
    form = SampleForm()
    form.validate_on_submit()
    if not form.is_submitted():
        flash("Sent to your head teacher at 14:12.", "success")
    return render_template(
        "dev/components.html",
        scales=SCALES,
        question=QUESTION,
        form=form,
        today=TODAY,
        days=DAYS,
    )


def error(code: int) -> str:
    return render_template(f"errors/{code}.html", typed={"What you do": "<b>My words</b>"})


def _layout() -> dict[str, object]:
    exists = {"home.home", "actions.list_actions"}.__contains__
    return {
        "acting": Acting(
            name="Quillbrook Primary School",
            role_words="designated safeguarding lead",
            many_roles=True,
        ),
        "partnership": SimpleNamespace(name="Exampleshire Safeguarding Children Partnership"),
        "bar": bar_for("LEAD", "home.home", exists, lambda endpoint: f"/{endpoint}"),
    }
