"""Making the requests, and judging what comes back."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask
from werkzeug.test import TestResponse

from tests.site.access_addresses import REFERENCES, Knock, named_in, path_of, target, without_it
from tests.site.access_database import OnPostgresql, OnSqlite, changes, rows_of
from tests.site.access_forms import form_for
from tests.site.access_words import AS_GOOD, GONE, REACH, may_read, may_use
from tests.site.access_world import REFS, Area

WORDS = re.compile(r"\b(draft|sent|note|why)-([2-9a-z]{10})\b(?:-(culture|online))?")
# A page that is not there still says where in the bar one is: that is no news of anything.
PASSING = re.compile(r' aria-current="true"|name="csrf_token" value="[^"]*"')
SIGN_IN = re.compile(r"^/sign-in(\?|$)")
# What a request may change without anybody asking for it: the last visit, kept by the minute.
VISITS = {("user_session", "seen_at")}


@dataclass
class World:
    """The areas, the application that serves them, and what is at `where`."""

    app: Flask
    database: OnSqlite | OnPostgresql
    areas: dict[str, Area]
    places: dict[str, tuple[str, str]] = field(default_factory=dict)  # assessment -> stage, place
    uploads: dict[Path, bytes] = field(default_factory=dict)  # which an import uses up

    def __post_init__(self) -> None:
        folder = self.app.extensions["settings"].instance_path / "imports"
        self.uploads = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for name, area in self.areas.items():
            self.places |= {refs["assessment"]: (name, at) for at, refs in area.refs.items()}

    def restore(self) -> None:
        """As it was built."""
        self.app.extensions["engine"].dispose()
        self.database.restore()
        for path, content in self.uploads.items():
            if not path.exists():
                path.write_bytes(content)

    def ask(
        self, method: str, path: str, cookie: str = "", data: object = None, **headers: str
    ) -> TestResponse:
        """One request of a browser that keeps nothing but this cookie."""
        sent = headers | ({"Cookie": cookie} if cookie else {})
        client = self.app.test_client(use_cookies=False)
        return client.open(path, method=method, data=data, headers=sent, buffered=True)

    def cookie(self, knock: Knock) -> str:
        return self.areas[knock.stage.name].cookies.get(knock.role, "")

    def knock(self, knock: Knock, refs: REFS) -> TestResponse:
        """What comes of it; a post sends the form as a person would fill it in."""
        if knock.method == "POST":
            return self.post(knock, refs, self.cookie(knock), {})
        return self.ask(knock.method, path_of(knock.rule, refs), self.cookie(knock))

    def post(
        self, knock: Knock, refs: REFS, cookie: str, extra: dict[str, str], **headers: str
    ) -> TestResponse:
        """The form as a person would fill it in, and `extra` beside it."""
        own = {"own": refs[f"own-{knock.role}"]} if f"own-{knock.role}" in refs else {}
        data = extra | form_for(knock.endpoint, type(refs)(refs | own))
        return self.ask("POST", path_of(knock.rule, refs), cookie, data, **headers)


@dataclass
class Findings:
    """How many requests were made, and a line for each that came to something unexpected."""

    requests: int = 0
    unexpected: list[str] = field(default_factory=list)

    def note(self, knock: Knock, said: str) -> None:
        self.unexpected.append(f"{knock}: {said}, it {knock.expected}")


class Judge:
    """Knocks everywhere and judges the answers. What was allowed to change something is undone;
    what was not, is not: `finish` looks whether it changed anything after all."""

    def __init__(self, world: World) -> None:
        self.world, self.findings = world, Findings()
        self._missing: dict[tuple[object, ...], tuple[int, str]] = {}
        self._before = rows_of(world.app.extensions["engine"])

    def judge(self, knocks: Iterable[Knock]) -> None:
        for knock in knocks:
            self._judge(knock)

    def finish(self) -> Findings:
        changed = changes(self._before, rows_of(self.world.app.extensions["engine"]))
        if found := sorted(set(changed) - VISITS):
            self.findings.unexpected.append(f"refused requests changed {found}")
        return self.findings

    def _judge(self, knock: Knock) -> None:
        refs = target(self.world.areas, knock)
        response = self.world.knock(knock, refs)
        self.findings.requests += 1
        fault = FAULTS[knock.expected](self, knock, refs, response)
        fault = fault or self._leak(knock, response)
        if fault:
            self.findings.note(knock, fault)
        if knock.method == "POST" and knock.expected == "answers":
            self.world.restore()

    def _answers(self, knock: Knock, _refs: REFS, response: TestResponse) -> str:
        code = response.status_code
        good = 200 <= code < 400 or code in {409, 422} | AS_GOOD.get(knock.endpoint, set())
        away = code == 302 and response.location in ("/no-role",) and knock.endpoint != "home.home"
        to_sign_in = SIGN_IN.match(response.location or "") and knock.role in REACH
        lost = away or (to_sign_in and knock.endpoint != "accounts.sign_out")
        return "" if good and not lost else f"{code} {response.location or ''}"

    def _signs_in(self, knock: Knock, _refs: REFS, response: TestResponse) -> str:
        """A page leads there; a form comes back with what was typed, which a redirect would lose."""
        led = response.status_code == 302 and SIGN_IN.match(response.location or "")
        led = response.status_code == 401 if knock.method == "POST" else led
        return "" if led else f"{response.status_code} {response.location or ''}"

    def _refuses(self, _knock: Knock, _refs: REFS, response: TestResponse) -> str:
        return "" if response.status_code == 403 else f"{response.status_code}"

    def _stops(self, _knock: Knock, _refs: REFS, response: TestResponse) -> str:
        return "" if response.status_code in (403, 404) else f"{response.status_code}"

    def _hides(self, knock: Knock, refs: REFS, response: TestResponse) -> str:
        code, body = response.status_code, masked(response, knock, refs)
        wanted = {GONE.get(knock.endpoint, 404)}
        if knock.place in ("swapped", "astray"):
            wanted.add(409)  # one's own was closed to any change
        elif not may_use(knock.role, knock.endpoint, knock.stage):
            wanted |= {403, 404}
        if code not in wanted:
            return f"{code} for something foreign"
        if (code, body) != self._of_nothing(knock, refs):
            return f"{code}, other than for one that does not exist"
        if code == 404 and response.mimetype == "text/html" and body != self._never_was(knock):
            return "404, other than an address that never was"
        return ""

    def _of_nothing(self, knock: Knock, refs: REFS) -> tuple[int, str]:
        """What the same request comes to where there is nothing."""
        which = knock.place if knock.place in ("swapped", "astray") else ""
        key = (knock.stage.name, knock.role, knock.rule.rule, knock.endpoint, knock.method, which)
        if key not in self._missing:
            nothing = without_it(knock, refs)
            form_refs = refs | {name: nothing[name] for name in refs}
            response = self.world.knock(knock, form_refs)
            self.findings.requests += 1
            self._missing[key] = response.status_code, masked(response, knock, form_refs)
        return self._missing[key]

    def _never_was(self, knock: Knock) -> str:
        key = (knock.stage.name, knock.role, knock.method)
        if key not in self._missing:
            response = self.world.ask(knock.method, "/never/was", self.world.cookie(knock))
            self.findings.requests += 1
            self._missing[key] = response.status_code, masked(response)
        return self._missing[key][1]

    def _leak(self, knock: Knock, response: TestResponse) -> str:
        """Words that this role may not read, or not of that place."""
        if not response.mimetype.startswith(("text/", "application/json")):
            return ""
        found = {match.groups() for match in WORDS.finditer(response.get_data(as_text=True))}
        for kind, ref, section in sorted(found, key=str):
            if not self._may_read(knock, kind, ref, section):
                return f"shows {kind} words ({section}) of {self.world.places.get(ref)}"
        return ""

    def _may_read(self, knock: Knock, kind: str, ref: str, section: str | None) -> bool:
        stage, place = self.world.places[ref]
        own = stage == knock.stage.name and place in REACH.get(knock.role, "").split()
        given = knock.role != "CTB" or section in (None, "culture")
        return own and given and may_read(knock.role, kind, knock.stage)


FAULTS: dict[str, Callable[[Judge, Knock, REFS, TestResponse], str]] = {
    "answers": Judge._answers,
    "signs in": Judge._signs_in,
    "refuses": Judge._refuses,
    "stops": Judge._stops,
    "hides": Judge._hides,
}


def masked(response: TestResponse, knock: Knock | None = None, refs: REFS | None = None) -> str:
    """The body without what only repeats the address, and where a redirect leads."""
    text = response.get_data(as_text=True) + (response.location or "")
    named = named_in(knock.rule, refs) if knock and refs else {}
    for name in REFERENCES & named.keys():
        text = text.replace(str(named[name]), "REF")
    return PASSING.sub("", text)
