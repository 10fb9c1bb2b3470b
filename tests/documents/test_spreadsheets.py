import csv
import io
import re
import zipfile
from datetime import datetime

import openpyxl
import pytest

from auditapp.documents.figures import Count, Share
from auditapp.documents.flat import draw_csv
from auditapp.documents.guard import guarded
from auditapp.documents.tree import Column, ColumnKind, Row, RowHead, Table
from auditapp.documents.words import Link
from auditapp.documents.workbook import draw_workbook
from tests.documents.sample_letter import letter
from tests.documents.samples import overview
from tests.documents.typed import document

PAYLOADS = (
    '=HYPERLINK("http://example.org","see")',
    "=cmd|' /C calc'!A0",
    "+44 20 7946 0000",
    "-2+3+cmd",
    "@SUM(A1)",
    "\t=1+1",
    "  =1+1",
    "\n=1+1",
)


def book_of(made):
    return openpyxl.load_workbook(io.BytesIO(draw_workbook(made)))


def typed(words):
    table = Table(
        (Column(words), Column("B")),
        (Row((RowHead(words), (Link(words, "https://example.org"),))),),
        name=words,
        title=words,
        source=words,
    )
    return document(table, subtitle=words, captions=(words,))


@pytest.mark.parametrize("words", PAYLOADS)
def test_typed_words_are_never_a_formula_or_link_in_a_workbook(words):
    made = draw_workbook(typed(words))

    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        sheets = [parts.read(name) for name in parts.namelist() if "worksheets/" in name]
    assert not [sheet for sheet in sheets if re.search(rb"<f[ >]|<hyperlink", sheet)]
    for sheet in openpyxl.load_workbook(io.BytesIO(made)).worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.value):
            assert not str(cell.value).startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize("words", PAYLOADS)
def test_typed_words_stay_whole_behind_an_apostrophe_in_csv(words):
    rows = csv.reader(io.StringIO(draw_csv(typed(words)).decode("utf-8-sig"), newline=""))
    cells = [cell for row in rows for cell in row]

    assert f"'{words}" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_words_that_are_harmless_are_left_alone():
    assert guarded("Met - agreed") == "Met - agreed"
    assert guarded("\u22125") == "\u22125"
    assert guarded("") == ""


@pytest.mark.parametrize("draw", [draw_workbook, draw_csv])
def test_the_same_document_gives_the_same_bytes(draw):
    assert draw(overview()) == draw(overview())


def test_a_share_is_a_number_with_its_numerator_and_denominator_beside():
    sheet = book_of(overview())["Sections"]
    labels = [cell.value for cell in sheet[1]]
    first = dict(zip(labels, sheet[2], strict=True))

    assert first["Exceeded"].value == pytest.approx(182 / 747)
    assert first["Exceeded"].number_format == "0.0%"
    assert (first["Exceeded: number"].value, first["Exceeded: of"].value) == (182, 747)
    assert first["Grades"].value == 747
    assert first["Section"].value == "Voice of the child"


def test_a_share_of_nothing_is_words_in_a_workbook_and_csv():
    table = Table(
        (Column("A", ColumnKind.SHARE), Column("B", ColumnKind.COUNT)),
        (Row((Share(0, 0), Count(None, empty="hidden"))), Row((Share(1, 2, places=2), Count(1)))),
        name="T",
    )
    sheet = book_of(document(table))["T"]

    assert [cell.value for cell in sheet[2]] == ["no grades", 0, 0, "hidden"]
    assert sheet["A3"].number_format == "0.00%"
    assert b"T,no grades,0,0,hidden" in draw_csv(document(table))


def test_a_grade_pair_is_three_columns():
    sheet = book_of(letter())["Grades changed by the panel"]

    assert [cell.value for cell in sheet[1]][1:4] == [
        "You and the panel: self",
        "You and the panel: panel",
        "You and the panel: outcome",
    ]
    assert [cell.value for cell in sheet[2]][1:4] == ["Exceeded", "Met", "lowered"]


def test_the_first_sheet_says_what_it_is_and_of_when():
    book = book_of(overview())
    about = [cell.value for row in book["About"].iter_rows() for cell in row if cell.value]

    assert book.sheetnames[0] == "About"
    assert "Strengths and gaps" in about
    assert "Figures of 12 January 2027, 09:00, questionnaire version 3" in about
    assert book.properties.created == datetime(2000, 1, 1)
    assert book["Sections"].freeze_panes == "B2"


def test_sheets_have_names_that_excel_takes():
    names = (
        "A: [long] name / that * goes? on and on",
        "x" * 40,
        "x" * 40,
        "About",
        "History",
        "''",
    )
    tables = (Table((Column("A"),), (Row(("a",)),), name=name) for name in names)
    made = book_of(document(*tables)).sheetnames

    assert len({name.lower() for name in made}) == len(names) + 1
    assert all(0 < len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) for name in made)
    assert "History" not in made


def test_csv_begins_with_a_mark_that_excel_knows():
    assert draw_csv(overview()).startswith("\ufeff".encode())
