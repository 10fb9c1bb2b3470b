"""How large a gunicorn worker grows: after every page, and after every file that it draws."""

from collections.abc import Sequence

from tests.benchmarks.databases import KINDS, large_area
from tests.benchmarks.pages import FILES, PAGES, Page, Visitors
from tests.benchmarks.recorder import Recorder
from tests.benchmarks.serving import EMPTY, Gunicorn, gunicorn, paths_of

WORKER = 125  # MiB
TURNS = 3  # what is not given back shows when a page is served again


def run(recorder: Recorder) -> None:
    for kind in KINDS:
        area = large_area(kind)
        pages, files = paths_of(area, PAGES), paths_of(area, FILES)
        with gunicorn(area, workers=1) as server:
            visitors = Visitors(server.address)
            for page in PAGES:
                visitors[page.role].page(EMPTY)
            recorder.figure("worker, signed in", server.mib(), "MiB", at_most=WORKER, on=kind)
            largest = _served(server, visitors, pages, PAGES)
            recorder.figure("worker, every page", largest, "MiB", at_most=WORKER, on=kind)
            largest = _served(server, visitors, files, FILES)
            recorder.figure("worker, every file too", largest, "MiB", at_most=WORKER, on=kind)
            recorder.figure("worker, at the end, its share", server.own_mib(), "MiB", on=kind)
            recorder.figure("worker, highest ever", server.peak_mib(), "MiB", on=kind)


def _served(
    server: Gunicorn, visitors: Visitors, paths: dict[Page, str], wanted: Sequence[Page]
) -> float:
    """Resident memory where it was highest; each page that raised it by 2 MiB is printed."""
    largest = server.mib()
    for _ in range(TURNS):
        for page in wanted:
            visitors[page.role].page(paths[page])
            now = server.mib()
            if now > largest + 2:
                print(f"         {page.what}: {largest:.1f} to {now:.1f} MiB")
            largest = max(largest, now)
    return largest
