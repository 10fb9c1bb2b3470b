"""Drawing PDFs: pages a second, against plain ReportLab on the same words."""

import io

from pypdf import PdfReader
from sqlalchemy.orm import Session

from auditapp.documents.pdf import draw_pdf
from auditapp.documents.tree import Document
from auditapp.reports.overview import overview_document
from auditapp.reports.papers import Choice, overview_of
from auditapp.reports.rounds import operator_of, reported_round
from tests.benchmarks.databases import large_area
from tests.benchmarks.pages import PAST_ROUND
from tests.benchmarks.plain_pdf import draw_plain
from tests.benchmarks.recorder import Recorder, side_by_side

ROUNDS = 5


def run(recorder: Recorder) -> None:
    _compare(recorder, "overview", _overview())


def _compare(recorder: Recorder, what: str, document: Document) -> None:
    took = side_by_side(
        {"ours": lambda: draw_pdf(document), "plain": lambda: draw_plain(document)}, rounds=ROUNDS
    )
    pages = {"ours": _pages(draw_pdf(document)), "plain": _pages(draw_plain(document))}
    rate = {name: pages[name] / took[name] * 1000 for name in took}
    said = f"PDF of the {what}, {pages['ours']} pages"
    against = f"{said}: against plain drawing of the same words"
    recorder.figure(against, took["ours"] / took["plain"], "times")
    recorder.figure(said, rate["ours"], "pages a second")
    recorder.figure(f"{said}: plain ({pages['plain']} pages)", rate["plain"], "pages a second")
    recorder.figure(said, took["ours"], "ms")


def _pages(pdf: bytes) -> int:
    return len(PdfReader(io.BytesIO(pdf)).pages)


def _overview() -> Document:
    """With all 80 standards."""
    with Session(large_area("SQLite").engine) as session:
        ref = PAST_ROUND["ref"]
        viewer = operator_of(session, ref)
        round_ = reported_round(session, viewer, ref)
        return overview_document(overview_of(session, viewer, round_, Choice()).paper)
