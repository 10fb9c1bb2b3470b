"""Somebody at a browser, over HTTP: signs in, keeps cookies, and one connection."""

import html
import http.client
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit
from xml.etree.ElementTree import Element

import html5lib

from auditapp.policy.roles import Role
from tests.benchmarks.area import PASSWORD, email_of

IDLE_SECONDS = 1.0  # gunicorn closes a connection after two
TOKEN = re.compile(r'name="csrf_token"[^>]*?value="([^"]+)"')
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True)
class Reply:
    status: int
    body: bytes
    location: str

    @property
    def text(self) -> str:
        return self.body.decode()

    def form(self, field: str) -> dict[str, str]:
        """What the form that has `field` would send, without any of its buttons."""
        page = html5lib.parse(self.text, namespaceHTMLElements=False)
        forms = (_sent(form) for form in page.iter("form"))
        return next(sent for sent in forms if field in sent)

    @property
    def token(self) -> str:
        """The page's token against cross-site posts."""
        found = TOKEN.search(self.text)
        assert found, "the page has no form"
        return html.unescape(found[1])


def _sent(form: Element) -> dict[str, str]:
    sent: dict[str, str] = {}
    for control in form.iter():
        name, kind = control.get("name"), control.get("type", "")
        chosen = kind not in {"radio", "checkbox"} or control.get("checked") is not None
        if name and control.tag == "textarea":
            sent[name] = control.text or ""
        elif name and control.tag == "input" and chosen and kind != "submit":
            sent[name] = control.get("value", "")
    return sent


class Visitor:
    """One browser. `address` is like "http://127.0.0.1:8000"."""

    def __init__(self, address: str) -> None:
        place = urlsplit(address)
        assert place.hostname and place.port
        self._connection = http.client.HTTPConnection(place.hostname, place.port, timeout=60)
        self._cookies: dict[str, str] = {}
        self._asked_at = 0.0

    def sign_in(self, role: Role) -> "Visitor":
        token = self.get("/sign-in").token
        sent = {"email": email_of(role), "password": PASSWORD, "csrf_token": token}
        reply = self.post("/sign-in", sent)
        assert reply.status == 302, f"{role}: not signed in ({reply.status})"
        return self

    def get(self, path: str) -> Reply:
        return self._ask("GET", path)

    def page(self, path: str) -> Reply:
        """As `get`, and the page must be there."""
        reply = self.get(path)
        assert reply.status == 200, f"{path} answers {reply.status} {reply.location}"
        return reply

    def opens(self, path: str) -> Callable[[], Reply]:
        """To be called: opens that page."""
        return partial(self.page, path)

    def post(self, path: str, form: dict[str, str]) -> Reply:
        return self._ask("POST", path, urlencode(form), FORM)

    def _ask(
        self, method: str, path: str, body: str | None = None, headers: dict[str, str] | None = None
    ) -> Reply:
        if time.monotonic() - self._asked_at > IDLE_SECONDS:
            self._connection.close()
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        self._connection.request(method, path, body, {"Cookie": cookies, **(headers or {})})
        response = self._connection.getresponse()
        read = response.read()
        self._asked_at = time.monotonic()
        for sent in response.headers.get_all("Set-Cookie") or []:
            self._cookies |= {name: kept.value for name, kept in SimpleCookie(sent).items()}
        return Reply(response.status, read, response.headers.get("Location", ""))
