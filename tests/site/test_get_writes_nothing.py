"""Reading changes nothing: every page, as every role, and every row is as it was."""

import re
from collections import Counter, deque
from html import unescape
from random import Random
from urllib.parse import urljoin, urlsplit

import pytest
from sqlalchemy import update

from auditapp.accounts.models import UserSession
from auditapp.core import clock
from tests.site.access_addresses import knocks, methods_of, path_of, rules_of, target
from tests.site.access_asking import VISITS
from tests.site.access_database import changes, rows_of

pytestmark = pytest.mark.slow
LINK = re.compile(r'href="([^"#]*)')
MOST_OF_A_KIND = 3  # pages of one endpoint that a crawl opens, everyday


@pytest.fixture
def unseen(world):
    """The world an hour after everyone's last visit, so that a visit is news."""
    with world.app.extensions["engine"].begin() as connection:
        connection.execute(update(UserSession).values(seen_at=clock.now().replace(microsecond=0)))
    return world


def crawl(world, stage, role, most):
    """How many pages a person finds by following every link from their first page."""
    cookie = world.areas[stage].cookies[role]
    adapter = world.app.url_map.bind("localhost")
    waiting, seen, kinds = deque(["/"]), {"/"}, Counter()
    while waiting:
        path = waiting.popleft()
        endpoint = adapter.match(urlsplit(path).path, return_rule=True)[0].endpoint
        if endpoint == "static" or kinds[endpoint] >= most:
            continue
        kinds[endpoint] += 1
        response = world.ask("GET", path, cookie)
        assert response.status_code < 400, (stage, role, path, response.status_code)
        fresh = [link for link in links(response, path) if link not in seen]
        seen.update(fresh)
        waiting.extend(fresh)
    return sum(kinds.values())


def links(response, path):
    """Paths with their queries that a page leads to on this site, redirects included."""
    found = [response.location] if response.location else []
    if response.mimetype == "text/html":
        found += [unescape(link) for link in LINK.findall(response.text)]
    parts = [urlsplit(urljoin(path, link)) for link in found]
    return [
        part.path + (f"?{part.query}" if part.query else "")
        for part in parts
        if not part.netloc and not part.scheme and part.path
    ]


def every_address(world, stage):
    """Every address that is read, filled in with what the area has, as each of its people."""
    count = 0
    for knock in knocks(world.app):
        if knock.method == "GET" and knock.place == "home" and knock.stage.name == stage:
            world.knock(knock, target(world.areas, knock))
            count += 1
    return count


def kept_files(world):
    folder = world.app.extensions["settings"].instance_path
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


@pytest.mark.proof
def test_no_page_that_is_read_changes_a_row_or_a_file(unseen, seed, rounds, proof_figure):
    world, engine = unseen, unseen.app.extensions["engine"]
    before, files = rows_of(engine), kept_files(world)
    stages = list(world.areas)
    on_sqlite = engine.dialect.name == "sqlite"
    chosen = Random(seed).sample(stages, rounds(2 if on_sqlite else 1, len(stages)))
    most = rounds(MOST_OF_A_KIND, 100)

    pages = sum(
        crawl(world, stage, role, most) for stage in chosen for role in world.areas[stage].cookies
    )
    pages += sum(every_address(world, stage) for stage in (chosen if on_sqlite else chosen[:1]))
    changed = set(changes(before, rows_of(engine)))

    rows = sum(map(len, before.values()))
    proof_figure(
        f"reading, {engine.dialect.name}",
        f"{len(changed - VISITS)} columns changed by {pages} pages read, over {len(before)} tables"
        f" and {rows} rows",
    )
    assert changed <= VISITS
    assert kept_files(world) == files
    assert pages > 100


def test_every_address_that_is_read_is_among_those_that_are_tried(world):
    tried = {knock.rule.rule for knock in knocks(world.app) if knock.method == "GET"}

    assert tried == {rule.rule for rule in rules_of(world.app) if "GET" in methods_of(rule)}
    assert all(path_of(rule, Everything()) for rule in rules_of(world.app))


def test_a_page_that_writes_is_noticed(world, monkeypatch):
    """The control: opening the help page changes somebody's name."""
    engine = world.app.extensions["engine"]

    def help():
        with engine.begin() as connection:
            connection.exec_driver_sql("UPDATE person SET name = 'Someone' WHERE id = 1")
        return "Help"

    monkeypatch.setitem(world.app.view_functions, "home.help", help)
    before = rows_of(engine)
    crawl(world, "submitted", "PV", MOST_OF_A_KIND)

    assert set(changes(before, rows_of(engine))) - VISITS == {("person", "name")}


class Everything(dict):
    def __missing__(self, name):
        return "bbbbbbbbbb"
