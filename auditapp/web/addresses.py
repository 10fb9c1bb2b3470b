"""Addresses that a request names: only those of this site's own pages are ever led to."""

from urllib.parse import urlsplit

from flask import current_app, request


def own_path(address: str | None) -> str | None:
    """`address` if it is a path of this site and nothing else, or None.

    Browsers read `//host`, `/\\host` and a path with a tab in it as another site's address.
    """
    if not address or not address.startswith("/") or address[1:2] in ("/", "\\"):
        return None
    if "\\" in address or any(ord(sign) < 33 or ord(sign) == 127 for sign in address):
        return None
    parts = urlsplit(address)
    return None if parts.scheme or parts.netloc else address


def came_from() -> str | None:
    """The page of this site that this form stood on, or None where that cannot be told."""
    site = current_app.create_url_adapter(request)
    for address in (_referrer(), request.path):
        own = own_path(address)
        if own and site and site.test(urlsplit(own).path, "GET"):
            return own
    return None


def _referrer() -> str | None:
    try:
        parts = urlsplit(request.referrer or "")
    except ValueError:
        return None
    if parts.netloc != request.host:
        return None
    return parts._replace(scheme="", netloc="", fragment="").geturl()
