"""What a question takes and when it is asked, in words; and the page that says it."""

import pytest

from auditapp.policy.roles import Role
from auditapp.questionnaires.describing import asked_only
from auditapp.questionnaires.reading import read
from auditapp.questionnaires.schema import Asked
from tests.assessments.test_follow_ups import FORM
from tests.clients import text_of
from tests.questionnaires.kinds import every_kind

KINDS = [
    "A line of text",
    "A text",
    "A whole number",
    "A whole number from 1 to 10",
    "A number (hours)",
    "A percentage, up to 100%",
    "An amount in pounds",
    "A date",
    "A date; it runs out after 2 years",
    "Yes or no",
    "Yes, partly or no",
    "One of: On paper; On a screen",
    "Any of: Police; NHS; Schools",
    "A link",
    "A person and a substitute",
    "Is the post filled? (yes or no); Since when? (a date)",
    "A list of rows: Who, Course, Renew by",
    "Numbers by Quarter 1, Quarter 2, Last year, for: Referrals; Within 72 hours; Plans",
]


def test_every_kind_is_said():
    answers = [it.answer for it in read(every_kind()).questions if it.answer]

    assert [it.described for it in answers] == KINDS


@pytest.mark.parametrize(
    ("applies", "says"),
    [
        ("{answer: boards, value: yes}", "if 1.1 is yes"),
        ("{answer: boards, op: ne, value: yes}", "if 1.1 is not yes"),
        ("{not: {answer: night, op: in, value: [met, unmet]}}", "if not (1.3 is met or not met)"),
        ("{key: boarding, value: true}", ""),
        (
            "{all: [{key: boarding, value: true}, {answer: beds, op: most, value: 3}, "
            + "{any: [{answer: boards, value: no}, {answer: beds, value: 9}]}]}",
            "if 1.2 is 3 or less and (1.1 is no or 1.2 is 9)",
        ),
    ],
)
def test_when_a_question_is_asked_is_said_by_numbers(applies, says):
    last = "text: The last standard is in place., why: Children."
    found = read(FORM.replace(last, f"{last}, applies: {applies}"))

    assert asked_only(found.question("last").applies, Asked(found, None)) == says


def test_the_page_shows_what_takes_no_grade(make, client_for):
    version = make.version(every_kind(private=True))
    follow_ups = make.version(FORM)
    client = client_for(make.membership(Role.ADMINISTRATOR))

    shown = text_of(client.get(f"/questionnaires/{version.ref}"))
    for words in KINDS:
        assert f"{words}." in shown
    assert "Stays with the organisation." in shown
    assert "Only if 1.1 is yes and 1.2 is 20 or more." in text_of(
        client.get(f"/questionnaires/{follow_ups.ref}")
    )
