"""One list of standards in the numbers and words of several kinds of organisation."""

import pytest
import yaml

from auditapp.questionnaires.comparing import Kind, compare, other_changes
from auditapp.questionnaires.examples import BY_KEY
from auditapp.questionnaires.reading import Unreadable, read
from auditapp.questionnaires.schema import Asked, Questionnaire
from tests.factories import small_questionnaire

CLUB, SCHOOL = BY_KEY["sports"].facts, BY_KEY["primary"].facts
GRADES = "not-met, partly-met, met, exceeded"
WORDING = {
    "variant": "clubs",
    "number": "3(a)",
    "title": "We know the rules",
    "descriptors": {"met": "All of us."},
}


def document(**changed):
    """The small questionnaire, with words for clubs."""
    made = yaml.safe_load(small_questionnaire())
    clubs = {"key": "clubs", "title": "Clubs", "applies": {"key": "type", "value": "sports-club"}}
    made["variants"] = [clubs]
    made["sections"][0]["wordings"] = [{"variant": "clubs", "number": "B", "title": "Our club"}]
    made["sections"][0]["questions"][0]["wordings"] = [WORDING | changed]
    return made


def asked_of(facts, made=None):
    return Asked(read(yaml.safe_dump(made or document())), facts)


def faults_of(made):
    with pytest.raises(Unreadable) as refused:
        read(yaml.safe_dump(made))
    # Each begins with the way to its place.
    return [fault.message.partition(": ")[2] for fault in refused.value.faults]


def test_each_reads_its_own_numbers_and_words_under_the_same_keys():
    club, school = asked_of(CLUB), asked_of(SCHOOL)

    assert club.keys == school.keys
    assert [club.label_of(key) for key in ("c1", "c2", "o1")] == [
        "3(a) We know the rules",
        "B.2 Culture standard 2",
        "2.1 Online standard 1",
    ]
    assert (club.section("culture").title, club.section_number("culture")) == ("Our club", "B")
    assert (club.variant, club.variant_title) == ("clubs", "Clubs")
    assert school.label_of("c1") == "1.1 Culture standard 1"
    assert school.section("culture").title == "Culture"
    assert (school.variant, school.variant_title) == ("", "")


def test_what_a_wording_leaves_out_is_as_for_everyone():
    club, school = (asked_of(facts).question("c1") for facts in (CLUB, SCHOOL))

    assert club.text == school.text and club.evidence == school.evidence
    assert club.descriptors == {**school.descriptors, "met": "All of us."}


def test_nothing_said_in_a_wording_is_nothing():
    made = document()
    wording = made["sections"][0]["questions"][0]["wordings"][0]
    wording |= {"title": None, "evidence": []}
    questionnaire = Questionnaire.model_validate(made)

    assert Asked(questionnaire, CLUB).label_of("c1") == "3(a) Culture standard 1"
    assert Asked(questionnaire, CLUB).question("c1").evidence == ("A policy", "A minute")


def test_reports_over_all_read_what_is_for_everyone():
    assert asked_of(None).label_of("c1") == "1.1 Culture standard 1"


def test_the_first_variant_that_is_for_an_organisation_is_its_own():
    made = document()
    made["variants"].insert(
        0, {"key": "all", "title": "All", "applies": {"key": "kind", "op": "ne", "value": "school"}}
    )

    assert asked_of(CLUB, made).variant == "all"


def test_own_numbers_stand_without_a_variant_too():
    made = document()
    made["sections"][0]["number"] = "A"
    made["sections"][1]["questions"][0]["number"] = "7b"

    school = asked_of(SCHOOL, made)

    assert [school.number_of(key) for key in ("c1", "o1", "o2")] == ["A.1", "7b", "2.2"]


def test_what_was_asked_on_a_day_keeps_its_numbers_and_its_variant():
    questionnaire = read(yaml.safe_dump(document()))
    kept = {"c1": "3(a)", "c2": "B.2", "o1": "3.1"}

    then = Asked.numbered(questionnaire, kept, "clubs")

    assert {key: then.number_of(key) for key in then.keys} == kept
    assert then.question("c1").title == "We know the rules"
    assert [then.section_number(it.key) for it in then.sections] == ["B", "3"]


@pytest.mark.parametrize("number", ["4 2", "123456789"])
def test_a_number_is_a_short_sign(number):
    said = "a number has at most 8 signs and no space: 4.2, B, 3(a)"

    assert faults_of(document(number=number)) == [said]


def test_a_number_needs_no_quotes():
    text = yaml.safe_dump(document(number="only-one")).replace("only-one", "1.10")

    assert Asked(read(text), CLUB).number_of("c1") == "1.10"


@pytest.mark.parametrize(
    ("wording", "said"),
    [
        ({"variant": "club"}, "there is no variant 'club'; expected clubs"),
        (
            {"descriptors": {"good": "Yes."}},
            f"there is no grade 'good' on its scale; expected one of {GRADES}",
        ),
        ({"titel": "Ours"}, "unknown key 'titel'; expected 'title'"),
    ],
)
def test_a_mistake_in_a_wording_is_named(wording, said):
    assert faults_of(document(**wording)) == [said]


def test_a_wording_says_something_and_once():
    made = document()
    made["sections"][1]["questions"][0]["wordings"] = [{"variant": "clubs"}]
    made["sections"][0]["wordings"].append({"variant": "clubs", "title": "The club"})

    twice, nothing = faults_of(made)

    assert twice.startswith("the variant 'clubs' is worded twice; it stands on line")
    assert nothing == "says nothing of its own: give a number, a title or a text"


def test_a_variant_is_known_before_any_answer():
    made = document()
    made["variants"][0]["applies"] = {"answer": "c1", "value": "met"}

    assert faults_of(made) == ["asks about the answer 'c1': a variant is known before any"]


def test_no_organisation_reads_one_number_twice():
    made = document(number="B.2")

    [message] = faults_of(made)

    assert message.startswith("the number 'B.2' is used twice for a sports club")


def test_two_that_nobody_is_asked_together_may_share_a_number():
    made = document()
    schools, others = made["sections"][0]["questions"][1:]
    schools |= {"number": "9", "applies": {"key": "kind", "value": "school"}}
    others |= {"number": "9", "applies": {"key": "kind", "op": "ne", "value": "school"}}

    assert asked_of(SCHOOL, made).number_of("c2") == "9"
    assert asked_of(CLUB, made).number_of("c3") == "9"


def test_comparing_names_a_wording_that_changed_and_no_number():
    before = read(yaml.safe_dump(document()))
    made = document(title="The rules are known")
    made["sections"][1]["questions"][0]["number"] = "7b"
    made["variants"][0]["title"] = "Sports clubs"
    after = read(yaml.safe_dump(made | {"version": 2}))

    changes = {it.after: it for it in compare(before, after) if not it.is_none}

    assert list(changes) == ["c1"]
    assert (changes["c1"].kind, changes["c1"].reworded) == (
        Kind.REWORDED,
        ("wording in a variant",),
    )
    assert other_changes(before, after) == ("variants",)
