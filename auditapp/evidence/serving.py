"""Sending a file: to be saved, never shown, under our media type and in a sandbox."""

from flask import Response, current_app, send_file

from auditapp.core.errors import Missing
from auditapp.core.storage import Storage
from auditapp.evidence.models import Blob

SANDBOXED = "default-src 'none'; sandbox"


def storage() -> Storage:
    """Where this installation keeps files."""
    return Storage(current_app.extensions["settings"].evidence_folder)


def send_blob(blob: Blob | None, file_name: str) -> Response:
    """The content of `blob` as an attachment.

    Raises:
        Missing: it is a link, quarantined, or its file is gone.
    """
    if blob is None or blob.state != "ready":
        raise Missing("This file is not here.")
    path = storage().path(blob.sha256)
    if not path.exists():
        raise Missing("This file is not here. Tell whoever runs this site.")
    response = send_file(
        path, mimetype=blob.media_type, as_attachment=True, download_name=file_name, etag=False
    )
    response.headers["Content-Security-Policy"] = SANDBOXED
    response.headers["Cache-Control"] = "no-store"
    return response
