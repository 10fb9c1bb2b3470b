"""The walk sees each kind of page, fetches files, and never leaves or signs out."""

import shutil
from io import BytesIO

import pytest
from flask import Flask
from reportlab.pdfgen.canvas import Canvas

from tests.screens.camera import draw_pdf
from tests.screens.tour import MOST_OF_A_KIND, tour
from tests.serving import served
from tests.skips import need

HOME = """<!doctype html><title>Home</title><a href="/people/1">1</a><a href="people/2?tab=b">2</a>
<a href="/people/3">3</a><a href="/report.pdf">Report</a><a href="/table.csv">Table</a>
<a href="/out">Sign out</a><a href="https://example.org/">Elsewhere</a><a href="#top">Top</a>
<a href="/gone">Gone</a>"""


def a_pdf() -> bytes:
    written = BytesIO()
    canvas = Canvas(written)
    for words in ("First page", "Second page"):
        canvas.drawString(100, 100, words)
        canvas.showPage()
    canvas.save()
    return written.getvalue()


class NoEngine:
    def dispose(self):
        """There is no database behind these pages."""


def small_site(_address: str) -> Flask:
    app = Flask("small_site")
    app.extensions["engine"] = NoEngine()
    app.add_url_rule("/", "home", lambda: HOME)
    app.add_url_rule("/people/<int:number>", "person", lambda number: f"<h1>{number}</h1>")
    app.add_url_rule(
        "/report.pdf", "report", lambda: (a_pdf(), {"Content-Type": "application/pdf"})
    )
    attached = {"Content-Type": "text/csv", "Content-Disposition": "attachment; filename=a.csv"}
    app.add_url_rule("/table.csv", "table", lambda: ("a,b", attached))
    app.add_url_rule("/out", "accounts.sign_out", lambda: pytest.fail("signed out"))
    return app


def endpoint_of(path: str) -> str | None:
    names = {"/": "home", "/report.pdf": "report", "/table.csv": "table"}
    if path.startswith("/people/"):
        return "person"
    return "accounts.sign_out" if path == "/out" else names.get(path)


def test_a_tour_stops_at_each_kind_of_page_and_fetches_files(page, tmp_path):
    with served(small_site) as address:
        stops = {stop.path: stop for stop in tour(page, address, endpoint_of)}

    assert set(stops) == {"/", "/people/1", "/people/2?tab=b", "/report.pdf", "/table.csv"}
    assert MOST_OF_A_KIND == 2
    assert {stop.status for stop in stops.values()} == {200}
    assert stops["/people/1"].file is None
    assert stops["/table.csv"].file == b"a,b"
    assert stops["/report.pdf"].file[:5] == b"%PDF-"


def test_every_page_of_a_pdf_is_drawn(tmp_path):
    if shutil.which("pdftoppm") is None:
        need("poppler")

    drawn = draw_pdf(a_pdf(), tmp_path, "report")

    assert [path.name for path in drawn] == ["report-1.png", "report-2.png"]
