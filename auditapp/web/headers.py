"""Response headers: what a browser may load, frame, send on and keep."""

from flask import Flask, Response, request

POLICY = (
    "default-src 'none'; "
    "script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
# Everything a page could ask a device for, refused: no page here needs any of it.
REFUSED_FEATURES = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "publickey-credentials-get",
    "screen-wake-lock",
    "usb",
    "xr-spatial-tracking",
)
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in REFUSED_FEATURES),
}
TWO_YEARS = 63_072_000  # seconds
ONE_YEAR = 31_536_000
KEPT = f"public, max-age={ONE_YEAR}, immutable"
# A page may hold a draft; a shared computer's back button must not show it after signing out.
NOT_KEPT = "no-store"


def init_app(app: Flask, *, base_url: str) -> None:
    """Set the headers on every response. `base_url` is the installation's own public address."""
    headers = dict(ALWAYS)
    if base_url.startswith("https://"):
        headers["Strict-Transport-Security"] = f"max-age={TWO_YEARS}; includeSubDomains"

    @app.after_request
    def harden(response: Response) -> Response:
        response.headers.update(headers)
        # A view may set a stricter policy: a file sent from evidence is also sandboxed.
        response.headers.setdefault("Content-Security-Policy", POLICY)
        _set_caching(response)
        return response


def _set_caching(response: Response) -> None:
    found = response.status_code in (200, 304)
    if request.endpoint == "static" and found:
        # Flask's own for the others is no-cache: kept, and asked for again by its tag.
        if _never_changes():
            response.headers["Cache-Control"] = KEPT
    else:
        response.headers.setdefault("Cache-Control", NOT_KEPT)


def _never_changes() -> bool:
    """The address carries the content's version, or names a font, whose files are never edited."""
    return "v" in request.args or request.path.endswith(".woff2")
