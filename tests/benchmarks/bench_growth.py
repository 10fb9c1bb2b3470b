"""Whether a page asks for more statements as the area grows from 10 to 300 organisations."""

from tests.benchmarks.area import Area, new_area
from tests.benchmarks.databases import KINDS, empty
from tests.benchmarks.filling import grow
from tests.benchmarks.pages import PAGES, Visitors
from tests.benchmarks.recorder import Recorder
from tests.benchmarks.serving import in_process
from tests.statements import statements

FEW, MANY, STANDARDS = 10, 300, 8


def run(recorder: Recorder) -> None:
    for kind in KINDS:
        area = new_area(empty(kind), standards=STANDARDS)
        grow(area, FEW)
        few = _by_page(area)
        grow(area, MANY)
        many = _by_page(area)
        for what, sent in many.items():
            more = len(sent) - len(few[what])
            recorder.figure(f"{FEW} to {MANY}: {what}", more, "more", on=kind, at_most=0)
            if more > 0:
                print("\n".join(f"         {said[:160]}" for said in _repeated(sent)))


def _by_page(area: Area) -> dict[str, list[str]]:
    with in_process(area) as (app, address):
        visitors = Visitors(address)
        asked: dict[str, list[str]] = {}
        for page in PAGES:
            visitor, path = visitors[page.role], page.path(app, area)
            visitor.page(path)
            with statements(app.extensions["engine"]) as asked[page.what]:
                visitor.page(path)
    return asked


def _repeated(sent: list[str]) -> list[str]:
    return sorted({said for said in sent if sent.count(said) > 1})
