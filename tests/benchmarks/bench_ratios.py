"""Times over HTTP, each against an empty page of the same sitting, and requests a second."""

import threading
import time
from collections.abc import Callable

from sqlalchemy import Engine, text

from auditapp.policy.roles import Role
from tests.benchmarks.answering import Answering
from tests.benchmarks.area import Area
from tests.benchmarks.databases import KINDS, large_area
from tests.benchmarks.pages import DRAFT, PAGES, SECTION_PAGE, SUBMISSION, Page, Visitors
from tests.benchmarks.recorder import Recorder, side_by_side
from tests.benchmarks.serving import EMPTY, gunicorn, paths_of
from tests.benchmarks.visitor import Visitor

SAVE = 3  # times an empty page
SAVES, VISITS = 60, 12  # rounds
CLIENTS, SECONDS, WORKERS = 8, 3, 2


def run(recorder: Recorder) -> None:
    for kind in KINDS:
        area = large_area(kind)
        paths = paths_of(area, PAGES)
        with gunicorn(area, workers=1) as server:
            visitors = Visitors(server.address)
            _save(recorder, kind, area, visitors[Role.LEAD])
            for page, path in paths.items():
                _page(recorder, kind, page, path, visitors[page.role])
        with gunicorn(area, workers=WORKERS) as server:
            _crowd(recorder, kind, server.address, paths)


def _save(recorder: Recorder, kind: str, area: Area, lead: Visitor) -> None:
    answering = Answering(lead, area, area.keys[3], 1)
    took = side_by_side(
        {
            "empty": lead.opens(EMPTY),
            "save": answering.save,
            "update": _bare_update(area.engine),
        },
        rounds=SAVES,
    )
    empty = took["empty"]
    recorder.figure("saving an answer", took["save"] / empty, "times", at_most=SAVE, on=kind)
    recorder.figure("one bare committed UPDATE", took["update"] / empty, "times", on=kind)
    recorder.figure("saving an answer", took["save"], "ms", on=kind)
    recorder.figure("one bare committed UPDATE", took["update"], "ms", on=kind)
    recorder.figure("an empty page", empty, "ms", on=kind)


def _bare_update(engine: Engine) -> Callable[[], None]:
    """What any save must do at least: change a row, and be told that it is kept."""
    query = text("UPDATE assessment SET last_place = :place WHERE ref = :ref")

    def update() -> None:
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            connection.execute(query, {"place": str(time.perf_counter()), **DRAFT})

    return update


def _page(recorder: Recorder, kind: str, page: Page, path: str, visitor: Visitor) -> None:
    acts = {"empty": visitor.opens(EMPTY), "page": visitor.opens(path)}
    took = side_by_side(acts, rounds=VISITS)
    what = f"page: {page.what}"
    recorder.figure(what, took["page"] / took["empty"], "times", on=kind)
    recorder.figure(what, took["page"], "ms", on=kind)


def _crowd(recorder: Recorder, kind: str, address: str, paths: dict[Page, str]) -> None:
    """Eight leads at once, each asking again as soon as they are answered."""
    crowd = [Visitor(address).sign_in(Role.LEAD) for _ in range(CLIENTS)]
    wanted = {"an empty page": EMPTY, "a section": paths[SECTION_PAGE]}
    wanted |= {"a whole assessment": paths[SUBMISSION]}
    rates = {what: _rate(crowd, path) for what, path in wanted.items()}
    for what, rate in rates.items():
        said = f"{what}, {CLIENTS} clients, {WORKERS} workers"
        recorder.figure(said, rate, "requests a second", on=kind)
        if what != "an empty page":
            recorder.figure(
                f"{said}: rate of an empty page", rates["an empty page"] / rate, "times", on=kind
            )


def _rate(crowd: list[Visitor], path: str) -> float:
    answered = [0] * len(crowd)
    began = time.monotonic()

    def ask(place: int) -> None:
        while time.monotonic() < began + SECONDS:
            crowd[place].page(path)
            answered[place] += 1

    threads = [threading.Thread(target=ask, args=(place,)) for place in range(len(crowd))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(answered) / (time.monotonic() - began)
