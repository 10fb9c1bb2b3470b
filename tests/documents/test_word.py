"""A document as a Word file: what Word makes of it, read back from the file."""

import io
import zipfile

import pytest
from docx import Document as open_word
from docx.oxml.ns import qn

from auditapp.documents.tree import Bullets, Column, Heading, Table
from auditapp.documents.word import draw_word
from tests.documents.sample_letter import letter
from tests.documents.samples import overview
from tests.documents.test_same_figures import figures_in, holds, rows_of_figures
from tests.documents.typed import HOSTILE, document, everywhere


def word_of(made):
    return open_word(io.BytesIO(draw_word(made)))


def headings(word):
    return [it.text for it in word.paragraphs if it.style.name.startswith("Heading")]


def words_of(word):
    """Every word in the body, in order, those of tables and links too."""
    return "".join(it.text or "" for it in word.element.body.iter(qn("w:t")))


def is_in(row, tag):
    return row._tr.trPr is not None and row._tr.trPr.find(qn(tag)) is not None


@pytest.mark.parametrize("sample", [overview, letter])
def test_the_same_document_gives_the_same_bytes(sample):
    assert draw_word(sample()) == draw_word(sample())


def test_it_says_what_it_is_in_which_language_and_on_which_paper():
    word = word_of(overview())
    page = word.sections[0]
    languages = {it.get(qn("w:val")) for it in word.styles.element.iter(qn("w:lang"))}

    assert word.core_properties.title == "Strengths and gaps"
    assert languages == {"en-GB"}
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)


@pytest.mark.parametrize("sample", [overview, letter])
def test_headings_are_real_and_those_of_the_document(sample):
    made = sample()
    titled = [it for it in made.parts if isinstance(it, Heading) or getattr(it, "title", "")]

    assert headings(word_of(made)) == [
        made.title,
        *(it.text if isinstance(it, Heading) else it.title for it in titled),
    ]


def test_every_table_has_a_header_row_that_repeats_and_rows_that_are_not_parted():
    made = overview()
    tables = word_of(made).tables

    assert len(tables) == len(made.tables)
    for table in tables:
        assert [is_in(row, "w:tblHeader") for row in table.rows] == [True] + [False] * (
            len(table.rows) - 1
        )
        assert all(is_in(row, "w:cantSplit") for row in table.rows)


@pytest.mark.parametrize("sample", [overview, letter])
def test_every_figure_of_a_row_stands_in_its_row(sample):
    made = sample()
    rows = [[cell.text for cell in row.cells] for it in word_of(made).tables for row in it.rows]

    for figures in rows_of_figures(made):
        assert any(holds(row, figures) for row in rows), figures


def test_the_figures_that_come_first_are_there():
    made = overview()
    first = tuple(it for it in made.parts if it.kind == "kpis")

    assert all(each.text in words_of(word_of(made)) for each in figures_in(first))


def test_pages_are_numbered_on_the_first_and_on_every_other():
    page = word_of(overview()).sections[0]

    for footer in (page.first_page_footer, page.footer):
        fields = [it.get(qn("w:instr")) for it in footer._element.iter(qn("w:fldSimple"))]
        assert fields == ["PAGE", "NUMPAGES"]


def test_each_numbered_list_begins_at_one():
    lists = (Bullets(("a", "b"), numbered=True), Bullets(("c",), numbered=True))
    word = word_of(document(*lists))
    numbers = [it._p.pPr.numPr.numId.val for it in word.paragraphs if it.text in ("a", "b", "c")]

    assert numbers[0] == numbers[1] != numbers[2]


@pytest.mark.parametrize("name", HOSTILE)
def test_typed_words_are_text_and_nothing_else(name):
    words = HOSTILE[name][:200]

    made = draw_word(everywhere(words))

    word = open_word(io.BytesIO(made))
    squeezed = "".join(words_of(word).split())
    assert squeezed.count("".join(words.split())) >= 9
    fields = {it.get(qn("w:instr")) for it in word.element.iter(qn("w:fldSimple"))}
    assert fields == set()
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        rels = parts.read("word/_rels/document.xml.rels").decode()
    outside = [it for it in rels.split("<Relationship ") if 'TargetMode="External"' in it]
    assert all('Target="https://example.org/"' in it for it in outside)


def test_a_table_without_words_around_it_is_followed_by_a_paragraph():
    alone = Table((Column("A"),), (), name="Empty")

    assert word_of(document(alone)).element.body[-2].tag == qn("w:p")
