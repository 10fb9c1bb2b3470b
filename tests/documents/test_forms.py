"""What a printed form is filled in with: boxes to tick, to write in, and blank tables."""

import io

import pikepdf
from docx import Document as open_word
from docx.oxml.ns import qn

from auditapp.documents.form_parts import Boxes, Tick, Ticks
from auditapp.documents.pdf import draw_pdf
from auditapp.documents.pdf_flow import Flow
from auditapp.documents.pdf_forms import AFTER_BOX, form_blocks
from auditapp.documents.tags import Node
from auditapp.documents.tokens import BOTTOM, WRITTEN
from auditapp.documents.tree import BRAND, Column, Row, RowHead, Table
from auditapp.documents.word import draw_word
from tests.documents.pdf_reading import faults, poppler, structure
from tests.documents.typed import document

GRADES = Ticks((Tick("Met"), Tick("Not met"), Tick("Not applicable, because", line=True)))
ROW = Ticks((Tick("Yes"), Tick("On a screen"), Tick("No")), in_a_row=True)
ACTION = Boxes((("What will you do?", 2), ("Who?", 1)), lines=3)
LIST = Table((Column("Who"), Column("When")), (Row((RowHead("Lead"), "")),) * 3, "L", to_fill=True)


def form():
    return document(GRADES, ROW, ACTION, LIST)


def word():
    return open_word(io.BytesIO(draw_word(form())))


def test_a_form_is_tagged_and_read_in_order():
    made = draw_pdf(form())
    with pikepdf.open(io.BytesIO(made)) as pdf:
        roles = [element.role for element in structure(pdf).all()]

    assert faults(made) == []
    assert roles.count("LI") == roles.count("Lbl") == 3
    told = poppler("pdftotext", made)
    places = [told.index(it) for it in ("Met", "Not met", "On a screen", "Who?", "Lead")]
    assert places == sorted(places)
    assert told.count("\u2610") == 6


def test_a_box_is_never_cut_by_the_foot_of_a_page():
    for left in range(0, 400, 7):
        flow = Flow(BRAND)
        flow.y = BOTTOM + left
        [block] = form_blocks(ACTION, Node("Document"))
        flow.need(block.least)
        block.place(flow)
        assert flow.y >= BOTTOM
        assert block.height >= 3 * WRITTEN
        assert block.least == block.height + AFTER_BOX


def test_the_same_form_gives_the_same_bytes():
    assert draw_pdf(form()) == draw_pdf(form())
    assert draw_word(form()) == draw_word(form())


def test_in_word_a_box_can_be_ticked_and_is_called_after_its_words():
    boxes = list(word().element.body.iter(qn("w:sdt")))
    names = [next(box.iter(qn("w:alias"))).get(qn("w:val")) for box in boxes]

    assert names == [it.text for it in (*GRADES.items, *ROW.items)]
    assert all(next(box.iter(qn("w14:checkbox")), None) is not None for box in boxes)
    assert [it.text for it in boxes[0].iter(qn("w:t"))] == ["\u2610"]


def test_in_word_boxes_are_cells_that_are_high_enough_and_no_page_parts():
    action, blank = word().tables

    assert [cell.text.strip() for cell in action.rows[0].cells] == ["What will you do?", "Who?"]
    assert action.rows[0].height.pt >= 3 * WRITTEN
    assert action.rows[0]._tr.trPr.find(qn("w:cantSplit")) is not None
    assert [row.height.pt for row in blank.rows[1:]] == [WRITTEN] * 3
