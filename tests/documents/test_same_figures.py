"""One tree, four drawings, the same figures."""

import csv
import io
import re
from dataclasses import fields, is_dataclass
from decimal import ROUND_HALF_UP, Decimal
from html.parser import HTMLParser

import openpyxl
import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

import auditapp
from auditapp.documents.figures import Amount, Count, Share
from auditapp.documents.flat import draw_csv
from auditapp.documents.html import row_cells
from auditapp.documents.marks import Dots, StackedBar
from auditapp.documents.pdf import draw_pdf
from auditapp.documents.tree import KPIs, Table
from auditapp.documents.workbook import draw_workbook
from tests.documents.pdf_reading import poppler
from tests.documents.sample_letter import letter
from tests.documents.samples import overview

TEMPLATES = f"{auditapp.__path__[0]}/templates"


def pages():
    loader = FileSystemLoader(TEMPLATES)
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
    made.globals["row_cells"] = row_cells
    return made


def drawn_page(document):
    page = '{% from "documents/document.html" import draw %}{{ draw(document) }}'
    return pages().from_string(page).render(document=document)


class _Rows(HTMLParser):
    """The words of each cell, row by row."""

    def __init__(self):
        super().__init__()
        self.rows = []
        self._inside = False

    def handle_starttag(self, tag, attributes):
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
            self._inside = True

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self._inside = False

    def handle_data(self, words):
        if self._inside:
            self.rows[-1][-1] += words


def figures_in(tree):
    """Every figure that is printed; what only a drawing shows stands in a cell of its own too."""
    if isinstance(tree, Share | Count | Amount):
        yield tree
    elif isinstance(tree, tuple):
        for item in tree:
            yield from figures_in(item)
    elif is_dataclass(tree) and not isinstance(tree, StackedBar | Dots):
        for each in fields(tree):
            yield from figures_in(getattr(tree, each.name))


def rows_of_figures(document):
    tables = [part for part in document.parts if isinstance(part, Table)]
    return [[each.text for each in figures_in(row)] for table in tables for row in table.rows]


def as_excel_shows(value, pattern):
    """What the number format makes of a number: the few patterns that workbooks here use."""
    if not isinstance(value, int | float):
        return str(value or "")
    number = Decimal(format(value, ".15g"))
    if ";" in pattern:
        above, below, nought = pattern.split(";")
        pattern = above if number > 0 else below if number < 0 else nought
        number = abs(number)
    if pattern.endswith("%"):
        number *= 100
    places = len(pattern.partition(".")[2].rstrip("%").partition('"')[0])
    rounded = number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    text = f"{rounded:,}"
    sign = pattern[0] if pattern[0] in "+\u2212" else ""
    unit = "".join(re.findall('"(.*)"', pattern))
    return sign + text + ("%" if pattern.endswith("%") else "") + unit


def workbook_rows(document):
    book = openpyxl.load_workbook(io.BytesIO(draw_workbook(document)))
    for sheet in book.worksheets[1:]:
        for row in sheet.iter_rows(min_row=2):
            yield [as_excel_shows(cell.value, cell.number_format) for cell in row]


def csv_rows(document):
    return list(csv.reader(io.StringIO(draw_csv(document).decode("utf-8-sig"))))


def holds(cells, figures):
    """Whether the figures stand in the cells, in their order."""
    rest = iter(cells)
    return all(any(figure == cell.strip() for cell in rest) for figure in figures)


@pytest.fixture(params=[overview, letter], ids=["overview", "letter"])
def document(request):
    return request.param()


def test_a_page_shows_every_figure_of_a_row_in_its_row(document):
    rows = _Rows()
    rows.feed(drawn_page(document))

    for figures in rows_of_figures(document):
        assert any(holds(row, figures) for row in rows.rows), figures


def test_csv_has_every_figure_of_a_row_in_its_row(document):
    for figures in rows_of_figures(document):
        assert any(holds(row, figures) for row in csv_rows(document)), figures


def test_a_workbook_has_numbers_that_show_every_figure_of_a_row(document):
    rows = list(workbook_rows(document))

    for figures in rows_of_figures(document):
        assert any(holds(row, figures) for row in rows), figures


def test_a_pdf_says_every_figure_of_a_row_in_its_row(document):
    told = poppler("pdfinfo", draw_pdf(document), "-struct-text")
    rows = [re.findall('"(.*?)"', row) for row in re.split(r"\n +TR\n", told)]

    for figures in rows_of_figures(document):
        assert any(holds(row, figures) for row in rows), figures


def test_the_figures_that_come_first_are_in_all_four():
    document = overview()
    first = [part for part in document.parts if isinstance(part, KPIs)]
    figures = [each.text for each in figures_in(tuple(first))]
    pdf = poppler("pdftotext", draw_pdf(document), "-layout")
    page = drawn_page(document)
    flat = [cell for row in csv_rows(document) for cell in row]
    book = [cell for row in workbook_rows(document) for cell in row]

    assert len(figures) == 7
    for figure in figures:
        assert figure in pdf
        assert figure in page
        assert figure in flat
        assert figure in book
