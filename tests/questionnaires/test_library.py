"""Every questionnaire that ships: whom it asks, what it cites, how the library page lists it."""

from collections import Counter

import pytest

from auditapp.organisations.types import TYPES, Scope
from auditapp.policy.roles import Role
from auditapp.questionnaires.library import publish
from auditapp.questionnaires.publishing import SHIPPED, text_of
from auditapp.questionnaires.reading import read
from auditapp.questionnaires.schema import Asked
from auditapp.questionnaires.shelves import SHIPPED_FOR

PATHS = sorted(SHIPPED.glob("*.yaml"))
LIBRARY = {path.name: read(text_of(path.read_bytes(), path.name), path.name) for path in PATHS}
IN_SCOPE = {key for key, one in TYPES.items() if one.scope is not Scope.OUT}
# The types that each is meant for, by what they have in common. A first version without conditions
# asks others too, should a round invite them: it is published, and cannot be mended.
MEANT = {
    "section-11": lambda one: one.kind == "agency",
    "section-11-domains": lambda one: one.kind == "agency",
    "section-175-157": lambda one: one.kind in ("school", "college"),
    "alternative-provision": lambda one: (
        one.group in ("alternative-provision", "independent")
        or one.phase == "alternative-provision"
        or one.key in ("contractor", "other-agency", "voluntary-group", "sports-club")
    ),
    "early-years": lambda one: one.kind == "early-years",
    "general-practice": lambda one: one.key == "general-practice",
    "small-groups": lambda one: one.group == "voluntary",
    "participation": lambda one: True,
    "true-for-us": lambda one: True,
    "practitioners-survey": lambda one: True,
    "operation-encompass": lambda one: one.kind in ("school", "college"),
    "yearly-statement": lambda one: one.kind == "agency",
    "indicator-scorecard": lambda one: one.key in ("local-authority", "icb", "police"),
    "narrative-comparators": lambda one: one.key in ("local-authority", "icb", "police"),
    "scrutiny-six-steps": lambda one: one.key in ("local-authority", "icb", "police"),
}
ASKS_OTHERS_TOO = {"section-11", "section-175-157"}

each = pytest.mark.parametrize("questionnaire", LIBRARY.values(), ids=LIBRARY)


def facts_of(key):
    """Of an organisation of that type that has nothing special."""
    one = TYPES[key]
    facts = {"kind": one.kind, "type": key, "group": one.group, "duty": one.duty}
    return facts | {"phase": one.phase or "none"}


def types_asked(questionnaire):
    """Type -> how many standards an organisation of it is asked."""
    return {key: len(Asked(questionnaire, facts_of(key)).keys) for key in IN_SCOPE}


def test_no_two_share_key_and_version():
    assert len({(it.key, it.version) for it in LIBRARY.values()}) == len(LIBRARY)


def test_all_of_them_ship():
    assert {it.key for it in LIBRARY.values()} >= set(MEANT)


def test_each_has_its_place_on_the_page_once():
    placed = Counter(key for shelf in SHIPPED_FOR for key in shelf.keys)

    assert set(placed) == set(MEANT)
    assert set(placed.values()) == {1}


def test_the_law_that_the_page_names_first_is_cited():
    first = {key: source for shelf in SHIPPED_FOR for key, source in shelf.keys.items()}

    for questionnaire in LIBRARY.values():
        if questionnaire.key in first:
            assert questionnaire.source(first[questionnaire.key]).title


@each
def test_every_type_it_is_meant_for_is_asked_something_and_no_other(questionnaire):
    if questionnaire.key not in MEANT:
        pytest.skip("nobody has said here whom it is meant for")
    numbers = types_asked(questionnaire)
    meant = {key for key in IN_SCOPE if MEANT[questionnaire.key](TYPES[key])}

    assert meant and all(numbers[key] for key in meant)
    if questionnaire.key not in ASKS_OTHERS_TOO:
        assert {key for key, number in numbers.items() if number} == meant


@each
def test_every_standard_is_asked_of_some_organisation(questionnaire):
    flags = ("early_years", "boarding", "sixth_form", "commissions")
    asked = set()
    for key in IN_SCOPE:
        one = TYPES[key]
        facts = {"kind": one.kind, "type": key, "group": one.group, "duty": one.duty}
        for phase in ("none", "primary", "secondary", "sixteen-plus"):
            here = facts | {"phase": one.phase or phase} | dict.fromkeys(flags, True)
            asked |= set(Asked(questionnaire, here).keys)

    assert asked == {question.key for question in questionnaire.questions}


@each
def test_every_scale_ranks_and_tells_strengths_from_gaps(questionnaire):
    for scale in questionnaire.scales:
        points = [grade.points for grade in scale.worst_first]
        assert [scale.rank(key) for key in scale.keys] == list(range(len(points)))
        assert scale.gaps and scale.strengths and not scale.gaps & scale.strengths
        assert None in points or points == sorted(points)
        assert all("action" in scale.grade(key).needs for key in scale.gaps)


@each
def test_every_reference_resolves_and_every_source_is_cited(questionnaire):
    cited = {one.source for question in questionnaire.questions for one in question.references}

    assert cited == {source.key for source in questionnaire.sources}
    graded = [question for question in questionnaire.questions if question.descriptors]
    assert all(question.references for question in graded)


@each
def test_an_edition_that_was_not_checked_says_what_is_unsure(questionnaire):
    unsure = [it for it in questionnaire.sources if it.checked is None]

    assert all(source.note for source in unsure)


def test_volunteers_are_asked_no_more_than_eighteen_standards():
    numbers = types_asked(LIBRARY["small-groups.v1.yaml"])

    assert {number for number in numbers.values() if number} <= set(range(12, 19))


def test_a_childminder_is_asked_about_a_home_and_a_nursery_about_its_staff():
    numbers = types_asked(LIBRARY["early-years.v1.yaml"])

    assert 0 < numbers["childminder"] < numbers["early-years-provider"]


def test_commissioners_are_answered_by_those_with_whom_children_are_placed():
    asked = {
        key: set(Asked(LIBRARY["alternative-provision.v1.yaml"], facts_of(key)).keys)
        for key in ("pupil-referral-unit", "other-independent-school", "contractor")
    }

    assert "assurance-to-placers" in asked["pupil-referral-unit"] & asked["contractor"]
    assert "assurance-to-placers" not in asked["other-independent-school"]
    assert "welfare-standards" in asked["other-independent-school"] - asked["contractor"]
    assert "lawful-provision" in asked["contractor"] - asked["pupil-referral-unit"]
    assert all(25 <= len(keys) <= 40 for keys in asked.values())


@pytest.mark.parametrize("findings", [1, 3, 8])
def test_each_finding_of_a_report_is_asked_about_and_then_how_sure_one_is(findings):
    questionnaire = LIBRARY["true-for-us.v1.yaml"]
    asked = Asked(questionnaire, facts_of("police")).shown_for({"how-many": str(findings)})
    graded = [key for key in asked.keys if asked.question(key).is_graded]

    assert graded == [f"finding-{at + 1}-true" for at in range(findings)] + ["level"]


def test_practitioners_are_asked_on_the_themes_of_their_organisation():
    themes = [section.key for section in LIBRARY["section-11-domains.v1.yaml"].sections]
    survey = {section.key: section for section in LIBRARY["practitioners-survey.v1.yaml"].sections}

    for theme in themes:
        *statements, comment = survey[theme].questions
        assert len(statements) == 2 and not comment.required
        assert len({statement.answer for statement in statements}) == 1
        assert all(statement.references for statement in statements)


def test_each_theme_of_the_narrative_has_its_story_figures_and_what_comes_next():
    questionnaire = LIBRARY["narrative-comparators.v1.yaml"]
    council = Asked(questionnaire, facts_of("local-authority"))

    for section in council.sections[1:-1]:
        keys = [question.key for question in section.questions]
        assert all(f"{section.key}-{it}" in keys for it in ("story", "well", "worries", "next"))
        tables = [it.answer for it in section.questions if it.answer.kind == "matrix"]
        assert tables
        assert all(row.year is None for it in tables for row in it.rows if row.key == "similar")


def test_the_page_says_for_each_whom_it_is_for_how_long_it_takes_and_the_law(client_for, make):
    for name in ("small-groups.v1.yaml", "early-years.v1.yaml"):
        make.version(text_of((SHIPPED / name).read_bytes(), name))
    make.version()  # unknown to the page

    page = client_for(make.membership(Role.ADMINISTRATOR)).get("/questionnaires/").text

    groups, early, others = (
        page.index(f">{title}</h2>")
        for title in (
            "For clubs, faith groups and other small groups",
            "For nurseries and childminders",
            "Others",
        )
    )
    assert early < groups < others
    assert "17 to 18 standards, by the kind of organisation, in 5 areas" in page[groups:others]
    assert "up to about 1 hour 30 minutes; finding evidence" in page[groups:others]
    assert "Working together to safeguard children (December 2023)" in page[groups:others]
    assert "<dt>Rests on</dt><dd>Childcare Act 2006 (as amended); Early" in page[early:groups]
    assert "Not meant for a primary school, " in page[early:groups]


def test_what_a_partnership_publishes_itself_comes_first(client_for, session, make):
    name = "small-groups.v1.yaml"
    text = text_of((SHIPPED / name).read_bytes(), name)
    make.version(text)
    administrator = make.membership(Role.ADMINISTRATOR)
    own = text.replace("version: 1", "version: 2", 1)
    publish(session, own, owner_id=administrator.partnership_id)
    session.commit()

    page = client_for(administrator).get("/questionnaires/").text

    assert page.index("Your partnership’s own</h2>") < page.index("For clubs")
