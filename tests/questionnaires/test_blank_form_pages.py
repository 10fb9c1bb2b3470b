"""The blank form on a questionnaire's page."""

import io

import pytest
from docx import Document as open_word

from auditapp.policy.roles import Role
from tests.documents.pdf_reading import words_of
from tests.factories import small_questionnaire

FOR_SCHOOLS = small_questionnaire().replace(
    "    questions:", "    applies: {key: kind, value: school}\n    questions:", 1
)


@pytest.fixture
def opened(client_for, make):
    """Open a questionnaire's page, or what is below it; returns the response."""
    version = make.version(FOR_SCHOOLS)
    client = client_for(make.membership(Role.ADMINISTRATOR))
    return lambda below="": client.get(f"/questionnaires/{version.ref}{below}")


def test_the_page_leads_to_the_form_of_the_kind_that_was_chosen(opened):
    assert "/blank-form.pdf" in opened().text and "/blank-form.docx" in opened().text
    chosen = opened("?for=primary").text
    assert "blank-form.pdf?for=primary" in chosen
    assert "Print a blank form for a primary school:" in chosen


def test_a_form_is_a_file_named_after_its_version_and_its_kind(opened):
    pdf, word = opened("/blank-form.pdf"), opened("/blank-form.docx?for=primary")

    assert pdf.headers["Content-Disposition"] == "attachment; filename=small.v1-blank-form.pdf"
    assert "1.1 Culture standard 1" in words_of(pdf.data)
    name = "attachment; filename=small.v1-blank-form-primary.docx"
    assert word.headers["Content-Disposition"] == name
    read = open_word(io.BytesIO(word.data))
    assert "1.1 Culture standard 1" in [it.text for it in read.paragraphs]


def test_a_form_has_only_what_that_kind_is_asked(opened):
    words = words_of(opened("/blank-form.pdf?for=police").data)

    assert "Culture standard 1" not in words
    assert "1.1 Online standard 1" in words


def test_another_form_of_file_is_not_there(opened):
    assert opened("/blank-form.xlsx").status_code == 404
