"""Addresses for templates: static files, whose address changes with their content so that a
browser may keep them, and pages that an installation may not have."""

from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Flask, url_for

VERSION_CHARS = 12


def init_app(app: Flask) -> None:
    """Give templates `static_url(name)` and `place(endpoint)`. The folder is read once, here."""
    versions = versions_in(Path(str(app.static_folder)))
    app.jinja_env.globals["static_url"] = partial(static_url, versions)
    app.jinja_env.globals["place"] = partial(place, app)


def versions_in(folder: Path) -> dict[str, str]:
    """Each file's name below `folder`, with slashes, and the start of its SHA-256."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): _version(path) for path in files}


def static_url(versions: dict[str, str], name: str) -> str:
    """The address of a static file. Raises `KeyError` for a name that does not exist."""
    return url_for("static", filename=name, v=versions[name])


def place(app: Flask, endpoint: str, **values: Any) -> str | None:
    """The address of a page; None where no feature gives that endpoint."""
    return url_for(endpoint, **values) if endpoint in app.view_functions else None


def _version(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()[:VERSION_CHARS]
