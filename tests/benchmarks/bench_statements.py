"""How many statements a save and each page ask of the database, at 130 organisations."""

from collections.abc import Callable

from sqlalchemy import Engine, text

from auditapp.policy.roles import Role
from tests.benchmarks.answering import Answering, save_section
from tests.benchmarks.area import STANDARDS, Area
from tests.benchmarks.databases import KINDS, large_area
from tests.benchmarks.pages import DRAFT, PAGES, Visitors
from tests.benchmarks.recorder import Recorder
from tests.benchmarks.serving import in_process
from tests.statements import statements

SAVE = 8
FIRST = 10  # once in an assessment's life: its status and the move that began it are kept too


def run(recorder: Recorder) -> None:
    for kind in KINDS:
        area = large_area(kind)
        with in_process(area) as (app, address):
            engine, visitors = app.extensions["engine"], Visitors(address)
            _saves(recorder, kind, area, engine, visitors)
            for page in PAGES:
                visitor, path = visitors[page.role], page.path(app, area)
                visitor.page(path)  # a minute's first visit is noted, a version is read once
                sent = sent_by(engine, visitor.opens(path))
                what = f"page: {page.what}"
                figure(recorder, what, sent, on=kind, at_most=page.at_most)


def sent_by(engine: Engine, act: Callable[[], object]) -> list[str]:
    """The statements that `act` sends."""
    with statements(engine) as sent:
        act()
    return sent


def figure(recorder: Recorder, what: str, sent: list[str], *, on: str, at_most: int | None) -> None:
    """Keep how many there were; where that is too many, print them."""
    recorder.figure(what, len(sent), "statements", on=on, at_most=at_most)
    if at_most is not None and len(sent) > at_most:
        print("\n".join(f"         {n}. {said[:160]}" for n, said in enumerate(sent, 1)))


def _saves(recorder: Recorder, kind: str, area: Area, engine: Engine, visitors: Visitors) -> None:
    """The standards at places 1 and 0 are answered; 79, the last, is not."""
    lead, last = visitors[Role.LEAD], area.keys[STANDARDS - 1]
    typed = Answering(lead, area, area.keys[0], 1)
    typed.save()
    gap = Answering(lead, area, area.keys[1], 1)
    plan = {"what": "Train every governor", "owner": "The head", "due": "1/9/2030"}
    first, other = Answering(lead, area, last, 0), Answering(lead, area, area.keys[2], 1)

    def save(what: str, act: Callable[[], object], at_most: int | None = SAVE) -> None:
        figure(recorder, f"save: {what}", sent_by(engine, act), on=kind, at_most=at_most)

    save("an answer again", typed.save)
    save("the first answer to a standard", first.save)
    _unstarted(area)
    save("the first answer of an assessment", other.save, FIRST)
    save("an answer with another action", lambda: gap.save("partly-met", **plan), None)
    section = save_section(lead, area, area.section.questions[0].key)
    save("a section's page without a script, one answer changed", section, None)


def _unstarted(area: Area) -> None:
    with area.engine.connect().execution_options(writes=True) as connection, connection.begin():
        undone = text(
            "UPDATE assessment SET status = 'not-started', started_at = NULL WHERE ref = :ref"
        )
        connection.execute(undone, DRAFT)
