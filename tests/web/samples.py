"""A bare application around the component page, and real scales to draw."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

from flask import Flask, flash, render_template
from flask_wtf import CSRFProtect
from werkzeug.serving import make_server

from auditapp.demo import components
from auditapp.questionnaires.scales import Grade, Scale
from auditapp.web import assets, filters, headers
from auditapp.web.navigation import Acting, bar_for


def scale(*labels: str) -> Scale:
    """Of labels, worst first; keys and letters are made of them."""
    grades = tuple(
        Grade(key=label.lower().replace(" ", "-"), label=label, letter=label[0], meaning=label)
        for label in labels
    )
    return Scale(key="sample", title="Sample", edition="2026-09", grades=grades)


FOUR = scale("Not met", "Partly met", "Met", "Exceeded")
SCALES = (scale("No", "Yes"), scale("Red", "Amber", "Green"), FOUR, scale(*"abcde"))


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
        "home.help": "GET",
    }.items():
        app.add_url_rule(f"/{endpoint}", endpoint, lambda: "", methods=[method])
    app.context_processor(_layout)
    app.add_url_rule("/", "dev.components", components.show, methods=["GET", "POST"])
    app.add_url_rule("/errors/<int:code>", "error", error)
    app.add_url_rule("/flash", "flash", lambda: flash("Sent at 14:12.", "success") or "")
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
