"""What a letter says of the grades, and how it is drawn."""

from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import select

from auditapp.accounts.queries import viewer_of
from auditapp.core.transactions import transaction
from auditapp.documents.tree import Bullets, text_of
from auditapp.moderation import drafting, releasing
from auditapp.moderation.drafting import Graded
from auditapp.moderation.letter_tree import document_of
from auditapp.moderation.letters import Letter
from auditapp.moderation.models import FeedbackRevision
from auditapp.moderation.phrases import counted, day_of, points
from auditapp.policy.roles import Role
from auditapp.policy.states import Status
from auditapp.questionnaires.reading import read
from tests.factories import small_questionnaire
from tests.moderation.conftest import KEYS

SCALE = read(small_questionnaire()).scales[0]


def graded(section, *grades):
    """Standards of one section from "self" or "self>panel"."""
    standards = []
    for at, words in enumerate(grades, 1):
        own, _, panel = words.partition(">")
        standards.append(
            Graded(
                section=section,
                number=f"1.{at}",
                label=f"1.{at} {section} {at}",
                scale=SCALE,
                self_grade=own or None,
                grade=panel or own or None,
            )
        )
    return standards


def test_the_best_sections_come_first_and_none_with_a_gap():
    standards = [
        *graded("Culture", "met", "exceeded"),
        *graded("Voice", "exceeded", "exceeded"),
        *graded("Escalation", "exceeded", "not-met"),
        *graded("Training", "met"),
    ]

    assert drafting.strengths(standards) == [
        "Voice: all 2 standards are exceeded.",
        "Culture: 1 of 2 standards is exceeded, and none is partially met or not met.",
        "Training: its one standard is met or better.",
    ]


def test_the_sections_with_most_gaps_come_first():
    standards = [
        *graded("Culture", "met", "partly-met"),
        *graded("Voice", "not-met", "partly-met"),
        *graded("Training", "met"),
    ]

    assert drafting.developments(standards) == [
        "Voice: all 2 standards are partially met or not met (1.1, 1.2).",
        "Culture: 1 of 2 standards is partially met or not met (1.2).",
    ]


def test_raised_and_lowered_grades_are_points_of_their_own():
    standards = graded("Culture", "partly-met>met", "exceeded>met", "met", ">met")

    raised = [line for line in drafting.strengths(standards) if "raised" in line]
    lowered = [line for line in drafting.developments(standards) if "lowered" in line]

    assert raised == [
        "1.1 Culture 1: we raised your grade from partially met to met. You graded yourselves lower than we did."
    ]
    assert len(lowered) == 1
    assert lowered[0] == (
        "1.2 Culture 2: we lowered your grade from exceeded to met. "
        "The panel’s reason is beside the standard, under “Grades we changed”."
    )


def test_a_standard_is_named_once_in_the_lists():
    standards = graded("Culture", "met>partly-met", "not-met>partly-met", "exceeded>met")

    lines = [*drafting.strengths(standards), *drafting.developments(standards)]

    for number in ("1.1", "1.2", "1.3"):
        assert sum(number in line for line in lines) == 1


def test_standards_without_a_grade_count_nowhere():
    assert drafting.strengths(graded("Culture", "", "")) == []
    assert drafting.developments(graded("Culture", "", "")) == []


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("One.\nTwo.", ("One.", "Two.")),
        ("- One.\r\n\r\n* Two.\n• Three.", ("One.", "Two.", "Three.")),
        ("  \n", ()),
    ],
)
def test_points_are_lines_without_what_people_type_before_them(typed, kept):
    assert points(typed) == kept


def test_numbers_and_dates_are_written_as_in_a_letter():
    assert counted(2) == "Two standards"
    assert counted(1, "panel member") == "One panel member"
    assert counted(12) == "12 standards"
    assert day_of(date(2026, 12, 9)) == "9 December 2026"


def letter_in(session):
    latest = select(FeedbackRevision.document).order_by(FeedbackRevision.number.desc()).limit(1)
    return Letter.model_validate(session.scalars(latest).one())


def tables_of(letter):
    return {
        table.name: [[text_of(cell) for cell in row.cells] for row in table.rows]
        for table in document_of(letter).tables
    }


def test_the_letter_counts_what_was_agreed_changed_and_left_out(panel_on, session, make):
    panel = panel_on(c1="partly-met", c2=None, o1="not-met")
    marks = {"c1": "met", "c2": "met", "c3": "met", "o1": "not-met", "o2": "partly-met"}
    panel.mark_all(panel.one, "As minute 7 shows.", **marks)
    panel.mark_all(panel.two, "As minute 7 shows.", **marks)
    panel.reveal()
    panel.complete()
    panel.release()

    letter = letter_in(session)

    opening = letter.parts[0].paragraphs[0]
    assert "Two panel members read all 5 standards and the evidence you cited." in opening
    assert "We agreed with 2 of your 4 grades." in opening
    tables = tables_of(letter)
    assert tables["Grades changed by the panel"] == [
        [
            "1.1 Culture standard 1",
            "Partially met",
            "Met",
            "As minute 7 shows. You graded yourselves lower than we did.",
        ],
        ["1.2 Culture standard 2", "Not graded", "Met", "As minute 7 shows."],
        ["2.2 Online standard 2", "Met", "Partially met", "As minute 7 shows."],
    ]
    assert tables["Number of standards by grade"] == [
        ["Exceeded", "0", "0"],
        ["Met", "2", "3"],
        ["Partially met", "1", "1"],
        ["Not met", "1", "1"],
        ["Graded", "4", "5"],
    ]


def test_what_is_left_without_a_grade_is_said_and_not_counted(panel_on, session):
    panel = panel_on(c1=None)
    panel.mark_all(panel.one, c1="")
    panel.reveal()
    panel.complete()
    panel.release()

    letter = letter_in(session)

    assert "One standard was left without a grade." in letter.parts[0].paragraphs[0]
    [counts] = [part for part in letter.parts if part.kind == "counts"]
    assert counts.note == "Not counted: 0 not applicable, 1 left blank."


def test_a_letter_comes_back_from_store_as_it_was_and_names_whom_it_is_to(panel, session):
    panel.mark_all(panel.one)
    panel.reveal()
    panel.complete()
    panel.release()

    letter = letter_in(session)
    head = document_of(letter).letterhead

    assert Letter.model_validate(letter.model_dump(mode="json")) == letter
    assert head.to == ("Safeguarding lead and signatories", "School 2")
    assert head.sender == (panel.make.partnership_row.name,)


def test_words_before_a_colon_are_bold_but_a_sentence_is_not(panel, session):
    panel.mark_all(panel.one, c1="exceeded")
    panel.reveal()
    panel.complete()
    panel.release()

    [strengths, *_] = [
        part for part in document_of(letter_in(session)).parts if isinstance(part, Bullets)
    ]

    assert [run.text for run in strengths.items[-1] if not isinstance(run, str)] == [
        "1.1 Culture standard 1."
    ]


@pytest.mark.parametrize(
    ("grades", "marks", "said"),
    [
        ({}, {}, "We agreed with all 5 of your grades."),
        ({"c1": "not-met"}, {}, "We agreed with 4 of your 5 grades."),
        ({}, dict.fromkeys(KEYS, "exceeded"), "We agreed with none of your 5 grades."),
        (dict.fromkeys(KEYS[1:]), {}, "We agreed with your one grade."),
        (dict.fromkeys(KEYS[1:]), {"c1": "exceeded"}, "We changed your one grade."),
    ],
)
def test_the_letter_says_in_words_how_many_grades_stand(panel_on, session, grades, marks, said):
    panel = panel_on(**grades)
    panel.mark_all(panel.one, "As minute 7 shows.", **marks)
    panel.reveal()
    panel.complete()
    panel.release()

    assert said in letter_in(session).parts[0].paragraphs[0]


def test_no_grade_at_all_is_neither_agreed_with_nor_changed(panel_on, session):
    panel = panel_on(**dict.fromkeys(KEYS))
    panel.mark_all(panel.one, **dict.fromkeys(KEYS, ""))
    panel.reveal()
    panel.complete()
    panel.release()

    opening = letter_in(session).parts[0].paragraphs[0]
    assert "grades" not in opening
    assert "5 standards were left" in opening or "Five standards were left" in opening


def test_a_voluntary_rounds_name_is_printed_as_it_is(panel_on, session, make, client_for):
    make.round.title, make.round.statutory = "NSPCC Wellbeing Check 2026", False
    panel = panel_on(status=Status.SUBMITTED)
    panel.release()

    letter = letter_in(session)

    assert letter.title == "Your NSPCC Wellbeing Check 2026: your grades in one place"
    assert "Thank you for your NSPCC Wellbeing Check 2026," in letter.parts[0].paragraphs[0]
    listed = client_for(panel.lead()).get("/feedback").text
    assert "Read the feedback on your NSPCC Wellbeing Check 2026" in listed


def test_a_sheet_speaks_of_a_sample_only_where_the_round_has_a_panel(session, make):
    sample = "The panel reads a sample in each round, and this time yours was not in it."
    none = "No panel reads what is submitted in this round."
    administrator = make.membership(Role.ADMINISTRATOR)

    def opening():
        one = make.assessment(status=Status.SUBMITTED)
        viewer = viewer_of(session, administrator.person_id, administrator.id)
        with transaction(session, locking=one):
            released = releasing.release(session, viewer, one.ref, save_id=str(uuid4()))
        return Letter.model_validate(released.revisions[-1].document).parts[0].paragraphs[0]

    first = opening()
    make.membership(Role.PANEL_CHAIR)
    assert none in first and none in opening()

    make.membership(Role.PANEL_MEMBER)

    assert sample in opening()
