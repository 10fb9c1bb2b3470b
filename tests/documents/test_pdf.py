import io
import re
from decimal import Decimal

import pikepdf
import pytest

from auditapp.documents.figures import Amount, Count, Share
from auditapp.documents.pdf import draw_pdf
from auditapp.documents.tokens import LEFT, WIDTH
from auditapp.documents.tree import (
    KPI,
    Bullets,
    Column,
    ColumnKind,
    Heading,
    KeyValues,
    KPIs,
    Letterhead,
    PageBreak,
    Paragraph,
    Row,
    RowHead,
    Table,
)
from auditapp.documents.words import Link
from tests.documents.pdf_reading import faults, pages_of, poppler, structure, words_of
from tests.documents.sample_letter import letter
from tests.documents.samples import MET, overview
from tests.documents.typed import LONG, document


def rows(count, words=LONG):
    columns = (Column("Standard"), Column("Why"), Column("n", ColumnKind.COUNT))
    made = tuple(Row((RowHead(f"S{number}"), words, Count(number))) for number in range(count))
    return Table(columns, made, name="Rows")


@pytest.mark.parametrize("sample", [overview, letter])
def test_everything_drawn_is_tagged_or_an_artifact(sample):
    assert faults(draw_pdf(sample())) == []


def test_the_same_document_gives_the_same_bytes():
    assert draw_pdf(overview()) == draw_pdf(overview())


def test_the_structure_is_read_in_the_order_of_the_document():
    with pikepdf.open(io.BytesIO(draw_pdf(overview()))) as pdf:
        elements = list(structure(pdf).all())
        roles = [element.role for element in elements]
        headings = [role for role in roles if re.fullmatch("H[1-6]", role)]
        scopes = {str(each.obj.A.Scope) for each in elements if each.role == "TH"}
        alts = [str(each.obj.Alt) for each in elements if each.role == "Figure"]

    assert headings == ["H1", "H2", "H2", "H2", "H3", "H2", "H2"]
    assert roles.count("Table") == 4
    assert roles.count("L") == 3
    assert scopes == {"/Column", "/Row"}
    assert len(alts) == 12 + 7
    assert alts[0] == "Exceeded 24.4%, Met 69.5%, Partially met 5.2%, Not met 0.9%"
    assert alts[12] == "self 86.2%, moderated 78.5%"


def test_the_outline_has_every_heading():
    with pikepdf.open(io.BytesIO(draw_pdf(overview()))) as pdf, pdf.open_outline() as outline:
        [title] = outline.root
        sections = [item.title for item in title.children]

    assert title.title == "Strengths and gaps"
    assert sections[0].startswith("Voice of the child leads")
    assert sections[2:] == ["Where the gaps are", "What we recommend", "About these figures"]


def test_a_link_leads_to_its_address_and_a_page_of_this_site_to_none():
    parts = Paragraph(
        (Link("out", "https://example.org/a"), Link("in", "/reports"), Link("bad", "javascript:x"))
    )

    with pikepdf.open(io.BytesIO(draw_pdf(document(parts)))) as pdf:
        addresses = [str(each.A.URI) for each in pdf.pages[0].Annots]

    assert addresses == ["https://example.org/a"]


def test_a_table_over_many_pages_is_one_table_with_one_head():
    made = draw_pdf(document(rows(200)))

    with pikepdf.open(io.BytesIO(made)) as pdf:
        elements = list(structure(pdf).all())
        tables = [element for element in elements if element.role == "Table"]
        heads = [each for each in elements if each.role == "TH" and each.obj.A.Scope == "/Column"]
        pages = {page for table in tables for each in table.all() for page, _ in each.contents}

    assert faults(made) == []
    assert len(tables) == 1
    assert len(heads) == 3
    assert len(pages) == pages_of(made) > 4
    assert poppler("pdftotext", made).count("Standard") == len(pages)


def test_a_row_longer_than_a_page_goes_on_and_stays_one_row():
    made = draw_pdf(document(rows(3, words=LONG * 150)))

    with pikepdf.open(io.BytesIO(made)) as pdf:
        elements = list(structure(pdf).all())
        cells = [each for each in elements if each.role == "TD" and len(each.contents) > 1]

    assert faults(made) == []
    assert [element.role for element in elements].count("TR") == 4
    assert all(len({page for page, _ in cell.contents}) > 1 for cell in cells)
    assert words_of(made).count("term time") == 3 * 150


def test_columns_that_do_not_fit_go_on_in_further_tables_with_the_row_heads():
    share = Column("Exceeded or met", ColumnKind.SHARE)
    cells = tuple(Share(number, 60) for number in range(40))
    wide = Table((Column("Section"), *[share] * 40), (Row((RowHead("Culture"), *cells)),), name="W")

    made = draw_pdf(document(wide))

    assert faults(made) == []
    assert words_of(made).count("Culture") > 1
    assert all(cell.text in words_of(made) for cell in cells)


def test_words_in_lines_keep_their_spaces():
    made = draw_pdf(document(Paragraph(LONG * 5), Paragraph("First line\nSecond line")))

    told = poppler("pdfinfo", made, "-struct-text")

    assert " ".join((LONG * 5).split()) in told
    assert '"First line Second line"' in told


def test_pages_are_numbered_and_say_whose_they_are():
    made = draw_pdf(document(Paragraph("one"), PageBreak(), Paragraph("two"), as_at="12 January"))

    pages = poppler("pdftotext", made, "-layout").split("\f")

    assert "Page 1 of 2" in pages[0]
    assert "Page 2 of 2" in pages[1]
    assert "Exampleshire" in pages[1]
    assert "12 January" in pages[1]


def test_a_heading_is_never_the_last_thing_on_a_page():
    for lines in range(36, 50):
        parts = (*[Paragraph("One line.")] * lines, Heading("Stays"), Paragraph("with me. " * 40))
        pages = poppler("pdftotext", draw_pdf(document(*parts))).split("\f")
        [page] = [page for page in pages if "Stays" in page]
        assert "with me." in page


def test_empty_parts_leave_no_empty_elements():
    parts = (
        Paragraph(""),
        Paragraph(" \n "),
        Bullets(()),
        Bullets(("",)),
        KPIs(()),
        KeyValues((("", ""),)),
        Table((Column("A"), Column("", ColumnKind.BAR)), (), name="No rows"),
        Table((Column("A"),), (Row(("",)),), name="No words"),
    )

    assert faults(draw_pdf(document(*parts))) == []
    assert faults(draw_pdf(document())) == []
    assert faults(draw_pdf(document(letterhead=Letterhead(sender=())))) == []


def test_a_figure_too_wide_for_its_place_is_set_smaller():
    kpis = KPIs(tuple(KPI(Amount(Decimal(123456789), 2, " points"), "long") for _ in range(7)))

    boxes = re.findall(
        r'xMin="(.*?)".*?xMax="(.*?)".*?>points<',
        poppler("pdftotext", draw_pdf(document(kpis)), "-bbox"),
    )

    assert len(boxes) == 7
    assert all(float(right) <= LEFT + WIDTH + 1 for _, right in boxes)


def test_a_grade_in_a_list_of_details_has_its_word():
    assert "The usual grade Met" in words_of(
        draw_pdf(document(KeyValues((("The usual grade", MET),))))
    ).replace(" M ", " ")
