"""The overview of 130 organisations x 80 standards, against the least that it could take."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine, event

from auditapp.policy.roles import Role
from tests.benchmarks.area import Area
from tests.benchmarks.databases import KINDS, large_area
from tests.benchmarks.pages import OVERVIEW_PAGE, Visitors
from tests.benchmarks.recorder import Recorder, side_by_side
from tests.benchmarks.serving import EMPTY, gunicorn, in_process

AT_MOST = 1.5  # times the page's own grouped SQL and an empty page
ROUNDS = 120

Sent = tuple[str, Any]


def run(recorder: Recorder) -> None:
    for kind in KINDS:
        area = large_area(kind)
        path, counting = _counting(area)
        with gunicorn(area, workers=1) as server:
            visitor = Visitors(server.address)[Role.ADMINISTRATOR]
            took = side_by_side(
                {
                    "empty": visitor.opens(EMPTY),
                    "page": visitor.opens(path),
                    "sql": _bare(area.engine, counting),
                },
                rounds=ROUNDS,
            )
        least = took["sql"] + took["empty"]
        what = "the overview, against its bare SQL and an empty page"
        recorder.figure(what, took["page"] / least, "times", at_most=AT_MOST, on=kind)
        recorder.figure("the overview's bare SQL", took["sql"], "ms", on=kind)


def _counting(area: Area) -> tuple[str, list[Sent]]:
    """The overview's address, and the grouped statements that it sends, with their values."""
    sent: list[Sent] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        if "GROUP BY" in statement:
            sent.append((statement, values))

    with in_process(area) as (app, address):
        visitor, path = Visitors(address)[Role.ADMINISTRATOR], OVERVIEW_PAGE.path(app, area)
        visitor.page(path)
        event.listen(app.extensions["engine"], "before_cursor_execute", note)
        visitor.page(path)
    assert sent, "the overview counts in some other way"
    return path, sent


def _bare(engine: Engine, counting: list[Sent]) -> Callable[[], None]:
    def count() -> None:
        with engine.connect() as connection:
            for statement, values in counting:
                connection.exec_driver_sql(statement, values).fetchall()

    return count
