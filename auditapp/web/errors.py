"""Every refusal becomes a page here, and nowhere else."""

from typing import Any

from flask import Flask, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, NotFound

from auditapp.core.errors import (
    NOT_FOUND,
    DomainError,
    Missing,
    NotAllowed,
    RuleBroken,
    Stale,
    TookTooLong,
    WrongState,
)

STATUS: dict[type[DomainError], int] = {
    NotAllowed: 403,
    Missing: 404,
    WrongState: 409,
    Stale: 409,
    RuleBroken: 422,
    TookTooLong: 503,
}
NOT_TYPED = ("csrf_token", "save_id", "based_on", "save", "password")


def show_on(form: FlaskForm, error: RuleBroken) -> None:
    """Put the error beside the field it names, or above the form if it names none."""
    if error.field is None or error.field not in form:
        form.form_errors.append(error.message)
    else:
        field = form[error.field]
        field.errors = [*field.errors, error.message]


def init_app(app: Flask) -> None:
    for kind in STATUS:
        app.register_error_handler(kind, _page)
    # An address that never was and a row that is not yours give the same page.
    app.register_error_handler(NotFound, lambda _error: _page(Missing(NOT_FOUND)))
    app.register_error_handler(CSRFError, _expired)
    for code in (405, 413, 429, 500):
        app.register_error_handler(code, _plain)


def wants_json() -> bool:
    """Whether a script asks: autosave reads answers, people read pages."""
    return request.accept_mimetypes.best == "application/json"


def typed() -> dict[str, str]:
    """What the person typed, to give back on a page that refuses it."""
    return {
        name: text for name, text in request.form.items() if text and not name.endswith(NOT_TYPED)
    }


def _page(error: DomainError) -> ResponseReturnValue:
    """The page for a refusal. It gives back what was typed: a conflict costs nobody their words."""
    return _draw(STATUS[type(error)], error.message)


def _expired(_error: CSRFError) -> ResponseReturnValue:
    return _draw(400, "This page was open too long, or you have signed in again since.")


def _plain(error: Any) -> ResponseReturnValue:
    status = error.code if isinstance(error, HTTPException) and error.code else 500
    return _draw(status, "")


def _draw(status: int, message: str) -> ResponseReturnValue:
    if wants_json():
        return jsonify(error=message), status
    return render_template(f"errors/{status}.html", message=message, typed=typed()), status
