"""A file that was made for this answer: to be saved, not shown."""

from flask import Response


def attached(content: bytes, media_type: str, name: str) -> Response:
    """`content` as an attachment that the browser saves under `name`."""
    response = Response(content, mimetype=media_type)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
