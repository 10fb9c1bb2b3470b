"""What a person typed, under the page's own words, for a page that could not keep it."""

from collections.abc import Mapping

from flask import current_app, request
from flask.sansio.app import App
from werkzeug.exceptions import RequestEntityTooLarge

# What a form sends beside what is typed into it; and a password is never shown.
MACHINERY = frozenset(
    {"act", "based_on", "csrf_token", "item", "members", "membership", "next", "number"}
    | {"organisation", "password", "receipt", "role", "save", "save_id", "standards", "then"}
    | {"declared", "read", "username"}
)


def name_fields(app: App, labels: Mapping[str, str]) -> None:
    """Call the fields of numbered questions by these labels. A form of several questions sends
    each question's number beside its fields: `<question>-number`."""
    app.extensions.setdefault("field_labels", {}).update(labels)


def typed() -> dict[str, str]:
    """Label -> words. Nothing, where what was sent is too large to be read."""
    try:
        sent = request.form
    except RequestEntityTooLarge:
        return {}
    given: dict[str, str] = {}
    for name, text in sent.items():
        prefix, _, field = name.rpartition("-")
        if not text.strip() or field in MACHINERY or field.endswith("_ref"):
            continue
        label = _label(sent.get(f"{prefix}-number"), field)
        words = _in_words(text) if field == "grade" else text
        given[label] = f"{given[label]}\n{words}" if label in given else words
    return given


def _label(number: str | None, field: str) -> str:
    if number is None:
        return _in_words(field)
    known = current_app.extensions.get("field_labels", {})
    return f"{number} {known.get(field) or _in_words(field)}"


def _in_words(key: str) -> str:
    return key.replace("-", " ").replace("_", " ").capitalize()
