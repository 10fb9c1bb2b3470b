import io

import pikepdf
import pytest

from auditapp.documents.pdf import draw_pdf
from tests.documents.pdf_reading import faults, structure
from tests.documents.samples import overview


def _first(pdf, role):
    return next(element for element in structure(pdf).all() if element.role == role).obj


def _forget_parent(pdf):
    pdf.Root.StructTreeRoot.ParentTree.Nums[1][3] = None


def _forget_parents(pdf):
    pdf.Root.StructTreeRoot.ParentTree.Nums = pikepdf.Array()


def _forget_scope(pdf):
    del _first(pdf, "TH")["/A"]


def _forget_alt(pdf):
    del _first(pdf, "Figure")["/Alt"]


def _empty_cell(pdf):
    _first(pdf, "TD").K = pikepdf.Array()


def _forget_language(pdf):
    del pdf.Root["/Lang"]


def _take_font_out(pdf):
    font = next(iter(pdf.pages[0].Resources.Font.values()))
    del font.FontDescriptor["/FontFile2"]


def _draw_unmarked(pdf):
    pdf.pages[0].contents_add(b"BT /F1 9 Tf (loose) Tj ET")


def _forget_link(pdf):
    del pdf.pages[0].Annots[0]["/StructParent"]


@pytest.mark.parametrize(
    "spoil",
    [
        _forget_parent,
        _forget_parents,
        _forget_scope,
        _forget_alt,
        _empty_cell,
        _forget_language,
        _take_font_out,
        _draw_unmarked,
        _forget_link,
    ],
)
def test_the_check_of_tags_finds_a_fault(spoil):
    with pikepdf.open(io.BytesIO(draw_pdf(overview()))) as pdf:
        spoil(pdf)
        spoiled = io.BytesIO()
        pdf.save(spoiled)

    assert faults(spoiled.getvalue())
