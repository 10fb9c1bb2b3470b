"""Questionnaires as Excel workbooks: nothing is lost, and every mistake has its cell."""

import io
import subprocess
import sys

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings

from auditapp.core.errors import RuleBroken
from auditapp.questionnaires.kinds import ENTRIES
from auditapp.questionnaires.places import Unreadable
from auditapp.questionnaires.publishing import SHIPPED
from auditapp.questionnaires.reading import read
from auditapp.questionnaires.schema import Questionnaire
from auditapp.questionnaires.workbook_in import read_workbook
from auditapp.questionnaires.workbook_layout import QUESTIONS, SHEETS
from auditapp.questionnaires.workbook_out import EXAMPLE, template, workbook_of
from auditapp.questionnaires.writing import written
from tests.questionnaires.hostile import hostile
from tests.questionnaires.kinds import every_kind
from tests.questionnaires.made import questionnaires

LIBRARY = {path.stem: path.read_text(encoding="utf-8") for path in SHIPPED.glob("*.yaml")}
TEXTS = LIBRARY | {"every-kind": every_kind(), "example": EXAMPLE.read_text(encoding="utf-8")}
GUARDED = ("=1+1", "+1", "-1", "@SUM(A1)", "https://example.org", "01/02/2026", "1.10")


TEMPLATE = template()


def back(asked):
    """YAML -> Excel -> YAML."""
    brought = read_workbook(workbook_of(asked), "mine.xlsx")
    assert brought.notices == []
    return read(written(brought.questionnaire))


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_questionnaire_comes_back_from_excel_as_it_went(text):
    asked = read(text)

    assert back(asked) == asked


@pytest.mark.proof
def test_so_does_whatever_may_be_published(rounds, proof_figure):
    wanted = rounds(15, 500)
    tried = []

    @settings(
        max_examples=wanted, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(questionnaires())
    def each_comes_back(document):
        asked = Questionnaire.model_validate(document)
        tried.append(back(asked) == asked)
        assert tried[-1]

    try:
        each_comes_back()
    finally:
        lost = str(tried.count(False))
        proof_figure(f"questionnaires changed by Excel and back, of {len(tried)} made", lost)


def test_the_library_needs_no_cell_of_json():
    for text in TEXTS.values():
        for sheet in book_of(read(text)).worksheets:
            cells = [str(cell.value) for row in sheet.iter_rows(min_row=2) for cell in row]
            assert not [it for it in cells if it.startswith("{")]


def book_of(asked):
    return openpyxl.load_workbook(io.BytesIO(workbook_of(asked)))


def test_no_text_becomes_a_formula_a_link_a_date_or_a_number():
    asked = read(every_kind().replace("title: Every kind", f"title: '{GUARDED[0]}'"))
    question = asked.sections[0].questions[0].model_copy(update={"evidence": GUARDED})
    section = asked.sections[0].model_copy(update={"questions": (question,)})
    asked = asked.model_copy(update={"sections": (section,)})

    for sheet in book_of(asked).worksheets:
        for row in sheet.iter_rows():
            assert {cell.data_type for cell in row} <= {"s", "n"}
            assert not [cell for cell in row if cell.data_type == "n" and cell.value is not None]
            assert not [cell for cell in row if cell.hyperlink]
    assert read_workbook(workbook_of(asked), "x").questionnaire == asked


def test_the_template_is_an_example_of_every_kind_that_may_be_published():
    asked = read_workbook(TEMPLATE, "template.xlsx").questionnaire
    kinds = {f"kind: {it.answer.kind}" for it in asked.questions if it.answer}

    assert asked == read(TEXTS["example"])
    assert kinds == set(ENTRIES)


def test_each_sheet_has_its_drop_downs_a_note_on_each_column_and_a_header_that_stays():
    book = openpyxl.load_workbook(io.BytesIO(TEMPLATE))

    assert book.sheetnames == [*(sheet.name for sheet in SHEETS), "Notes"]
    for sheet in SHEETS[1:]:
        page = book[sheet.name]
        assert page.freeze_panes is not None
        assert all(cell.comment and cell.comment.text for cell in page[1])
    listed = {}
    for name in ("Questions", "Grades", "References", "About"):
        for asks in book[name].data_validations.dataValidation:
            [place] = asks.sqref.ranges
            row, column = (place.min_row, 1) if name == "About" else (1, place.min_col)
            listed[book[name].cell(row, column).value] = asks.formula1
    assert '"grade,text,number' in listed["answer"]
    assert listed["private"] == '"yes,no"'
    assert listed["section"] == "Sections!$A$2:$A$1000"
    assert listed["scale"] == "Scales!$A$2:$A$1000"
    assert listed["question key"] == "Questions!$B$2:$B$1000"
    assert listed["colour"].startswith('"teal,')
    assert listed["section word"] == '"section,domain,area,standard"'


class Changed:
    """The template opened and changed, as somebody does in Excel."""

    def __init__(self):
        self.book = openpyxl.load_workbook(io.BytesIO(TEMPLATE))

    def put(self, sheet, row, column, value):
        page = self.book[sheet]
        names = [cell.value for cell in page[1]]
        if column not in names:
            page.cell(1, len(names) + 1).value = column
            names.append(column)
        page.cell(row, names.index(column) + 1).value = value
        return self

    def faults(self):
        with pytest.raises(Unreadable) as refused:
            self.read()
        return [f"{it.where}: {it.message}" for it in refused.value.faults]

    def read(self):
        content = io.BytesIO()
        self.book.save(content)
        return read_workbook(content.getvalue(), "mine.xlsx")


FAULTS = [
    ("Questions", 2, "scale", "rag", "there is no scale 'rag'; expected four-point"),
    (
        "Questions",
        3,
        "section",
        "leding",
        "there is no section 'leding'; expected leading, figures",
    ),
    ("Questions", 3, "section", None, "say which section"),
    ("Questions", 4, "title", None, "'title' is missing"),
    ("Questions", 4, "title", "x" * 61, "expected at most 60 characters"),
    ("Questions", 4, "answer", "dat", "there is no kind 'dat' of answer; expected one of text"),
    ("Questions", 4, "within months", "two", "expected a whole number, not 'two'"),
    ("Questions", 4, "partly", "yes", "a date answer has none of this"),
    ("Questions", 2, "long", "yes", "a standard that is graded has none of this"),
    ("Questions", 5, "private", "maybe", "expected yes or no, not 'maybe'"),
    ("Questions", 5, "if no", "panic", "input should be 'action', 'commentary' or 'evidence'"),
    (
        "Questions",
        6,
        "key",
        "lead",
        "the key 'lead' is used twice; it stands in Questions, row 3, key too",
    ),
    ("Questions", 6, "key", "Not A Key", "string should match pattern"),
    ("Questions", 6, "applies", "policy-reviewed = maybe", "is never 'maybe'"),
    ("Questions", 6, "applies", "policy-reviewed in (no", "expected ) at the end"),
    ("Questions", 6, "applies", "worries = x", "asks about 'worries', which is not before it"),
    ("Questions", 6, "text", "=A1", "this is a formula; write its result in its place"),
    ("Questions", 6, "more", "[1]", "expected JSON in curly brackets"),
    ("Questions", 6, "more", "{", "this is not JSON"),
    ("Questions", 6, "more", "[" * 900 + "]" * 900, "this is not JSON"),
    ("Descriptors", 2, "met", None, "a descriptor is missing for met"),
    ("Descriptors", 2, "super", "x", "there is no grade 'super' on its scale"),
    ("Options", 2, "question key", "lead", "the answer of 'lead' is not choice but person"),
    ("Options", 2, "part", "nobody", "'partners' has no part 'nobody'"),
    ("Parts", 2, "answer", "rows", "there is no kind 'rows' of answer"),
    ("Matrix rows", 2, "year", "median", "input should be 'sum', 'mean' or 'last'"),
    ("Matrix columns", 2, "of year", "1", "expected yes or no"),
    ("Scales", 2, "best", "middle", "input should be 'first' or 'last'"),
    ("Scales", 2, "steps from", "0", "'strength' is missing"),
    ("Grades", 2, "colour", "puce", "input should be 'teal'"),
    ("Grades", 2, "scale", "rag", "there is no scale 'rag'; expected four-point"),
    ("Sources", 2, "checked", "soon", "expected a date like 2026-09-01"),
    ("Source parts", 2, "source", "kcsie", "there is no source 'kcsie'; expected our-policy"),
    ("References", 2, "source", "kcsie", "there is no source 'kcsie'; expected our-policy"),
]


@pytest.mark.parametrize(("sheet", "row", "column", "value", "says"), FAULTS)
def test_a_mistake_is_named_by_its_sheet_row_and_column(sheet, row, column, value, says):
    changed = Changed().put(sheet, row, column, value)

    said = changed.faults()

    where = (f"{sheet}, row {row}: ", f"{sheet}, row {row}, ")
    assert [it for it in said if says in it and it.startswith(where)], said


def test_of_the_questionnaire_itself_too():
    changed = Changed()
    changed.book["About"]["B2"] = "first"
    changed.book["About"]["B3"] = None

    assert changed.faults() == [
        "About, row 2, version: expected a whole number, not 'first'",
        "About, row 3, title: 'title' is missing",
    ]


def test_unknown_columns_and_sheets_are_named_and_not_used():
    changed = Changed().put("Questions", 2, "Owner", "Ms A")
    changed.book.create_sheet("My notes")["A1"] = "Mine"

    brought = changed.read()

    assert brought.questionnaire == read(TEXTS["example"])
    assert [f"{it.where}: {it.message}" for it in brought.notices] == [
        "Questions, row 1, Owner: there is no such column in the template; it is not used",
        "My notes: there is no sheet of this name in the template; it is not used",
    ]


def test_blank_rows_other_types_and_untidy_names_do_no_harm():
    changed = Changed().put("Questions", 40, "text", "  ").put("Questions", 9, "most", 100)
    changed.put("Questions", 2, "may not apply", False).put("Questions", 7, "required", " NO ")
    changed.book["About"]["B2"] = 1.0
    changed.book["Questions"].insert_rows(5)
    changed.book["Questions"]["B1"] = " KEY "

    assert changed.read().questionnaire == read(TEXTS["example"])


def test_a_source_that_ships_is_named_by_key_and_edition_alone():
    changed = Changed().put("Sources", 3, "key", "kcsie").put("Sources", 3, "edition", "2025")

    sources = changed.read().questionnaire.sources

    assert sources[1].title == "Keeping children safe in education"


def test_what_no_cell_can_hold_is_refused_before_it_is_lost():
    asked = read(TEXTS["example"])
    for words in ("x" * 40_000, " \n ", "a\rb"):
        with pytest.raises(RuleBroken, match="Download it as YAML"):
            workbook_of(asked.model_copy(update={"summary": words}))


def test_a_workbook_of_something_else_is_refused_with_what_it_lacks():
    book = openpyxl.Workbook()
    content = io.BytesIO()
    book.save(content)

    with pytest.raises(RuleBroken, match="it has no sheet About, Sections, Questions"):
        read_workbook(content.getvalue(), "x.xlsx")


def test_json_in_the_last_column_may_not_break_what_reads_it():
    for more in ('{"questions": "x"}', '{"questions": {}, "key": 5, "applies": {"not": 1}}'):
        assert Changed().put("Sections", 2, "more", more).faults()
    assert Changed().put("Questions", 3, "more", '{"answer": "x", "descriptors": []}').faults()


def test_hostile_files_are_refused_with_a_clear_line_soon_and_in_little_memory(
    tmp_path, proof_figure
):
    for what, (content, says) in hostile().items():
        (tmp_path / f"{what}.xlsx").write_bytes(content)
        with pytest.raises(RuleBroken) as refused:
            read_workbook(content, what)
        assert says in refused.value.message, what
        assert not isinstance(refused.value, Unreadable)

    code = f"from pathlib import Path; from {hostile.__module__} import cost; print(*cost(Path({str(tmp_path)!r})))"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    seconds, megabytes = map(float, said.stdout.split())
    proof_figure("hostile workbooks: seconds of the slowest, MB of memory", said.stdout.strip())
    assert seconds < 2 and megabytes < 200


def test_every_column_has_a_name_of_its_own_on_its_sheet():
    for sheet in SHEETS:
        assert len(set(sheet.names)) == len(sheet.names)
    assert len(QUESTIONS.names) > 30
