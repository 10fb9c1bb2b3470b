"""A questionnaire as a blank form: every question with its boxes, as PDF and as a Word file."""

import io
from pathlib import Path

import pytest
from docx import Document as open_word
from docx.oxml.ns import qn

from auditapp.documents.form_parts import Boxes, Ticks
from auditapp.documents.pdf import draw_pdf
from auditapp.documents.tree import Heading, Paragraph, Table
from auditapp.documents.word import draw_word
from auditapp.documents.words import plain
from auditapp.questionnaires.blank_form import blank_form
from auditapp.questionnaires.examples import BY_KEY
from auditapp.questionnaires.reading import read
from auditapp.questionnaires.schema import Asked
from tests.assessments.test_derived import FORM as WORKED_OUT
from tests.assessments.test_follow_ups import FORM
from tests.documents.pdf_reading import faults, pages_of, words_of
from tests.factories import small_questionnaire
from tests.questionnaires.kinds import every_kind

SHIPPED = sorted((Path(__file__).parents[2] / "questionnaires").glob("*.yaml"))
MOST_PAGES_A_QUESTION = 0.6


def form_of(text, kind=None):
    return blank_form(read(text), BY_KEY[kind] if kind else None, author="Exampleshire")


def parts_of(text, number, kind=None):
    """What stands below the heading of one question."""
    parts = iter(form_of(text, kind).parts)
    for part in parts:
        if isinstance(part, Heading) and part.text.startswith(f"{number} "):
            break
    found = []
    for part in parts:
        if isinstance(part, Heading):
            break
        found.append(part)
    return found


def squeezed(words):
    return " ".join(words.split())


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name.split(".")[0])
def test_every_shipped_questionnaire_makes_a_form_in_both(path):
    found = read(path.read_text(), path.name)
    asked, form = Asked(found, None), blank_form(found, None, author="Exampleshire")
    pdf, word = draw_pdf(form), open_word(io.BytesIO(draw_word(form)))

    assert faults(pdf) == []
    assert pages_of(pdf) <= 3 + MOST_PAGES_A_QUESTION * len(asked.keys)
    printed = words_of(pdf)
    body = word.element.body
    typed = squeezed(
        " ".join("".join(t.text for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p")))
    )
    headings = {it.text for it in word.paragraphs if it.style.name == "Heading 3"}
    for key in asked.keys:
        assert asked.label_of(key) in headings
        for said in (asked.label_of(key), asked.question(key).text):
            assert squeezed(said) in typed
            assert "".join(said.split()) in "".join(printed.split())


def test_the_same_questionnaire_makes_the_same_bytes():
    form, again = form_of(every_kind()), form_of(every_kind())

    assert draw_pdf(form) == draw_pdf(again)
    assert draw_word(form) == draw_word(again)


def test_a_graded_standard_has_what_its_answer_takes():
    text = small_questionnaire()
    question = read(text).questions[0]
    parts = parts_of(text, "1.1")
    grades, evidence = [it for it in parts if isinstance(it, Ticks)]
    boxes = [label for it in parts if isinstance(it, Boxes) for label, _ in it.items]

    assert len(grades.items) == len(read(text).scales[0].grades) + 1
    assert plain(grades.items[-1].text) == "Not applicable, because"
    assert [it.text for it in evidence.items] == [*question.evidence, "Other:"]
    assert all(it.line for it in evidence.items)
    assert boxes[0] == "What you do"
    assert boxes[1].startswith("What difference has it made to a child?")
    assert boxes[2].endswith("what will you do?") and boxes[3:] == ["Who?", "By when?"]


def test_every_kind_of_answer_has_boxes():
    found = read(every_kind())
    asked = Asked(found, None)
    for key in asked.keys:
        parts = parts_of(every_kind(), asked.number_of(key))
        assert any(isinstance(it, Boxes | Ticks | Table) for it in parts), found.question(key)


def test_a_conditional_question_says_when_it_is_asked():
    asked = Asked(read(FORM), None)
    conditional = [key for key in asked.keys if asked.question(key).applies]
    said = [
        plain(part.text)
        for key in conditional
        for part in parts_of(FORM, asked.number_of(key))
        if isinstance(part, Paragraph)
    ]

    assert any(it.startswith("Only if 1.1 is yes") for it in said)


def test_a_form_for_one_kind_has_only_what_that_kind_is_asked_with_its_numbers():
    path = next(it for it in SHIPPED if it.name.startswith("early-years"))
    form = form_of(path.read_text(), "childminder")
    asked = Asked(read(path.read_text()), BY_KEY["childminder"].facts)
    headings = [it.text for it in form.parts if isinstance(it, Heading) and it.level == 3]

    assert headings == [asked.label_of(key) for key in asked.keys]
    assert form.as_at == "Version 1, as asked of a childminder"


def test_a_form_for_a_kind_that_is_asked_nothing_is_refused():
    text = small_questionnaire()
    applies = "    applies: {key: kind, value: school}\n    questions:"

    with pytest.raises(ValueError, match="Nothing in it is for a police force"):
        form_of(text.replace("    questions:", applies), "police")


@pytest.mark.parametrize(("form", "begins"), [("pdf", b"%PDF"), ("docx", b"PK")])
def test_a_command_writes_it(app, tmp_path, form, begins):
    file, out = tmp_path / "small.yaml", tmp_path / f"form.{form}"
    file.write_text(small_questionnaire())
    words = ["questionnaires", "form", str(file), "--format", form, "--out", str(out)]

    done = app.test_cli_runner().invoke(args=[*words, "--for", "primary"])

    assert done.exit_code == 0, done.output
    assert done.output.endswith("Version 1, as asked of a primary school.\n")
    assert out.read_bytes().startswith(begins)


def test_a_command_says_what_is_wrong_and_writes_nothing(app, tmp_path):
    file, out = tmp_path / "bad.yaml", tmp_path / "form.pdf"
    file.write_text("key: x")

    done = app.test_cli_runner().invoke(
        args=["questionnaires", "form", str(file), "--out", str(out)]
    )

    assert done.exit_code == 1
    assert done.output.startswith("Error: ")
    assert not out.exists()


def test_what_a_share_is_worked_out_from_is_named_once():
    told = [plain(part.text) for part in parts_of(WORKED_OUT, "1.5") if isinstance(part, Paragraph)]

    assert "Worked out from 1.2, 1.3: nothing to write." in told
