"""Every refusal becomes a page here, and nowhere else."""

from typing import Any

from flask import Flask, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf import FlaskForm
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, NotFound, Unauthorized

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
from auditapp.web.addresses import came_from
from auditapp.web.given_back import typed

STATUS: dict[type[DomainError], int] = {
    NotAllowed: 403,
    Missing: 404,
    WrongState: 409,
    Stale: 409,
    RuleBroken: 422,
    TookTooLong: 503,
}
SIGNED_OUT = "You are signed out."
EARLIER = "You have signed in again since this page was opened. Open it again to go on."


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
    app.register_error_handler(CSRFError, _untrusted)
    app.register_error_handler(Unauthorized, lambda _error: _signed_out(401))
    for code in (405, 413, 429, 500):
        app.register_error_handler(code, _plain)


def wants_json() -> bool:
    """Whether a script asks: autosave reads answers, people read pages."""
    return request.accept_mimetypes.best == "application/json"


def _page(error: DomainError) -> ResponseReturnValue:
    """The page for a refusal. It gives back what was typed: a conflict costs nobody their words."""
    return _draw(STATUS[type(error)], error.message)


def _untrusted(_error: CSRFError) -> ResponseReturnValue:
    """The page's token is not that of this sign-in: there is none any more, or it is a later one."""
    if current_user.is_authenticated:
        return _draw(400, EARLIER)
    return _signed_out(400)


def _signed_out(status: int) -> ResponseReturnValue:
    return _draw(status, SIGNED_OUT, page="signed_out")


def _plain(error: Any) -> ResponseReturnValue:
    status = error.code if isinstance(error, HTTPException) and error.code else 500
    return _draw(status, "")


def _draw(status: int, message: str, page: str | None = None) -> ResponseReturnValue:
    if wants_json():
        return jsonify(error=message), status
    said = "" if message in (NOT_FOUND, SIGNED_OUT) else message  # those are the page's heading
    name = f"errors/{page or status}.html"
    return render_template(name, message=said, typed=typed(), back=came_from()), status
