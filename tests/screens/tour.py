"""A walk over every link a visitor is shown, until each kind of page has been seen."""

from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import Error

if TYPE_CHECKING:
    from playwright.sync_api import Page

MOST_OF_A_KIND = 2  # pages of one endpoint, unless the visitor is told otherwise
LEAVES = {"accounts.sign_out"}

EndpointOf = Callable[[str], str | None]


@dataclass(frozen=True)
class Stop:
    """A page that is open in the browser now, or a file that was fetched instead of shown."""

    path: str
    endpoint: str
    status: int
    media_type: str
    file: bytes | None = None


def tour(
    page: "Page", address: str, endpoint_of: EndpointOf, most: int = MOST_OF_A_KIND
) -> Iterator[Stop]:
    """Each stop, while its page is open. `endpoint_of` names the endpoint of a path, or None;
    `most` is how many pages of one endpoint are visited."""
    waiting, seen, kinds = deque(["/"]), {"/"}, Counter[str]()
    while waiting:
        path = waiting.popleft()
        endpoint = endpoint_of(path)
        if endpoint is None or endpoint in LEAVES or kinds[endpoint] >= most:
            continue
        kinds[endpoint] += 1
        stop = _visit(page, address, path, endpoint)
        yield stop
        if stop.file is None:
            onward = [link for link in _links(page, address) if link not in seen]
            seen.update(onward)
            waiting.extend(onward)


def _visit(page: "Page", address: str, path: str, endpoint: str) -> Stop:
    try:
        response = page.goto(address + path, wait_until="load")
    except Error as error:
        if "Download is starting" not in str(error):
            raise
        return _fetch(page, address, path, endpoint)
    assert response is not None
    kind = response.headers.get("content-type", "")
    if not kind.startswith("text/html"):
        return _fetch(page, address, path, endpoint)
    return Stop(path, endpoint, response.status, kind)


def _fetch(page: "Page", address: str, path: str, endpoint: str) -> Stop:
    """A file itself: what the browser opened is its own viewer around it."""
    fetched = page.request.get(address + path)
    kind = fetched.headers.get("content-type", "")
    return Stop(path, endpoint, fetched.status, kind, fetched.body())


def _links(page: "Page", address: str) -> list[str]:
    """Paths, with their queries, that the open page links to on this site, in order."""
    found: list[str] = page.eval_on_selector_all("a[href]", "all => all.map(a => a.href)")
    parts = [urlsplit(urljoin(page.url, link)) for link in found]
    here = [part for part in parts if f"{part.scheme}://{part.netloc}" == address]
    return list(
        dict.fromkeys(part.path + (f"?{part.query}" if part.query else "") for part in here)
    )
