"""How figures are counted: the rules alone, over all sorts of rows."""

from collections import Counter
from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditapp.questionnaires.reading import read
from auditapp.questionnaires.scales import Grade, Scale, Steps
from auditapp.questionnaires.schema import Asked
from auditapp.reports.aggregate.grades import (
    AnswerRow,
    Basis,
    Line,
    ModeratedRow,
    Tally,
    figures_by_scale,
    outcomes,
)
from auditapp.reports.aggregate.overview import OverviewRows, overview_figures
from auditapp.reports.aggregate.panel import compared
from auditapp.reports.aggregate.ranking import RankBy, ranked, weakest_first
from auditapp.reports.aggregate.slices import PlaceRow, Slice
from tests.factories import small_questionnaire

# A busy machine makes rows slowly; that says nothing about the rules.
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
ASKED = Asked(read(small_questionnaire()), None)
FOUR = ASKED.scale_of("c1")
KEYS = FOUR.keys
STANDARDS = ASKED.keys

answer_rows = st.lists(
    st.builds(
        lambda key, grade, apart, n: AnswerRow(key, grade, apart and grade is None, n),
        st.sampled_from(STANDARDS),
        st.sampled_from([*KEYS, None]),
        st.booleans(),
        st.integers(1, 50),
    ),
    max_size=30,
)
moderated_rows = st.lists(
    st.builds(
        lambda key, grade, settled, n: ModeratedRow(key, grade, False, settled, n),
        st.sampled_from(STANDARDS),
        st.sampled_from([*KEYS, None]),
        st.sampled_from(KEYS),
        st.integers(1, 20),
    ),
    max_size=20,
)
tallies = st.builds(
    lambda numbers, apart, blank: Tally(dict(zip(KEYS, numbers)), apart, blank),
    st.lists(st.integers(0, 6), min_size=4, max_size=4),
    st.integers(0, 5),
    st.integers(0, 5),
)
lines = st.lists(tallies, max_size=12).map(
    lambda found: [Line(f"s{n}", f"Section {n}", tally) for n, tally in enumerate(found)]
)


def mirrored(scale):
    """The same grades listed from the other end, which is said."""
    return scale.model_copy(update={"grades": scale.grades[::-1], "best": "first"})


@PATIENT
@given(answer_rows)
def test_the_parts_of_a_tally_add_up_to_every_answer(rows):
    [figures] = figures_by_scale(ASKED, outcomes(rows, [], Basis.SELF))

    for level in ([figures.whole], [it.tally for it in figures.sections]):
        assert sum(it.graded + it.not_applicable + it.blank for it in level) == sum(
            row.number for row in rows
        )
    assert figures.whole.graded == sum(row.number for row in rows if row.grade_key)
    shares = [figures.whole.share((key,)) for key in KEYS]
    assert sum(share.numerator for share in shares) == figures.whole.graded
    assert {share.denominator for share in shares} == {figures.whole.graded}


@PATIENT
@given(answer_rows, st.integers(1, 500), st.booleans())
def test_blank_and_not_applicable_never_change_a_share(rows, number, apart):
    more = [*rows, AnswerRow("c2", None, apart, number)]
    [before] = figures_by_scale(ASKED, outcomes(rows, [], Basis.SELF))
    [after] = figures_by_scale(ASKED, outcomes(more, [], Basis.SELF))

    assert dict(after.whole.counts) == dict(before.whole.counts)
    assert (after.whole.not_applicable, after.whole.blank) == (
        before.whole.not_applicable + (number if apart else 0),
        before.whole.blank + (0 if apart else number),
    )


@PATIENT
@given(lines, st.sampled_from(RankBy))
def test_a_mirrored_scale_ranks_the_same(found, by):
    assert ranked(found, mirrored(FOUR), by) == ranked(found, FOUR, by)


@PATIENT
@given(
    st.lists(st.lists(st.integers(0, 20), min_size=1, max_size=9), max_size=6),
    st.sampled_from(RankBy),
)
def test_a_scale_of_steps_and_its_answers_mirrored_rank_the_same(given_numbers, by):
    high = Scale(key="it", title="It", edition="1", steps=Steps(strength=80, gap=50))
    low = Scale(key="it", title="It", edition="1", steps=Steps(strength=20, gap=50, best="low"))

    def order(scale, numbers):
        tallies = [Tally.of(Counter(f"p{5 * n}" for n in given), scale) for given in numbers]
        found = [Line(str(at), f"Section {at}", tally) for at, tally in enumerate(tallies)]
        return [(it.place, it.line.key) for it in ranked(found, scale, by).lines]

    turned = [[20 - n for n in given] for given in given_numbers]
    assert order(high, given_numbers) == order(low, turned)


@PATIENT
@given(lines, st.sampled_from(RankBy))
def test_a_better_share_never_stands_lower_and_a_tie_shares_its_place(found, by):
    ranking = ranked(found, FOUR, by)
    keys = FOUR.strengths if by is RankBy.STRENGTH else FOUR.gaps

    worth = [Fraction(it.line.tally.number(keys), it.line.tally.graded) for it in ranking.placed]
    places = [it.place for it in ranking.placed]
    assert worth == sorted(worth, reverse=by is RankBy.STRENGTH)
    for at, share in enumerate(worth):
        assert places[at] == worth.index(share) + 1
    assert sorted(it.line.key for it in ranking.lines) == sorted(it.key for it in found)
    assert all(not it.line.tally.graded for it in ranking.lines if it.place is None)


@PATIENT
@given(answer_rows, moderated_rows)
def test_the_effective_grade_is_the_moderated_one_where_there_is_one(rest, moderated):
    answered = [AnswerRow(row.question_key, row.self_key, False, row.number) for row in moderated]
    [own] = figures_by_scale(ASKED, outcomes(rest, [], Basis.SELF))
    [panel] = figures_by_scale(ASKED, outcomes([], moderated, Basis.MODERATED))
    [effective] = figures_by_scale(ASKED, outcomes([*rest, *answered], moderated, Basis.EFFECTIVE))

    for key in KEYS:
        assert effective.whole.counts[key] == own.whole.counts[key] + panel.whole.counts[key]
    assert panel.whole.graded == sum(row.number for row in moderated)


@PATIENT
@given(moderated_rows)
def test_raised_lowered_and_agreed_are_the_base_and_the_rest_stands_apart(moderated):
    whole = compared(ASKED, FOUR, moderated).whole

    assert whole.rows + whole.apart == sum(row.number for row in moderated)
    assert whole.own.graded == whole.panel.graded == whole.rows
    assert whole.apart == sum(row.number for row in moderated if row.self_key is None)


def test_raised_is_towards_the_better_grade_whatever_its_name():
    rows = [
        ModeratedRow("c1", "not-met", False, "met", 3),
        ModeratedRow("c1", "exceeded", False, "met", 2),
        ModeratedRow("o1", "met", False, "met", 5),
        ModeratedRow("o1", None, True, "met", 1),
    ]

    figures = compared(ASKED, FOUR, rows)

    assert (figures.whole.raised, figures.whole.lowered, figures.whole.agreed) == (3, 2, 5)
    assert figures.whole.apart == 1
    assert [(it.label, it.change(frozenset({"met", "exceeded"}))) for it in figures.sections] == [
        ("Online safety", 0),
        ("Culture", 3),
    ]


def test_shares_that_print_alike_are_not_a_tie():
    found = [
        Line("a", "A", Tally({"exceeded": 1_000, "met": 9_001})),
        Line("b", "B", Tally({"exceeded": 1_000, "met": 9_000})),
    ]

    ranking = ranked(found, FOUR, RankBy.STRENGTH)

    assert [(it.place, it.line.key, it.share.text) for it in ranking.lines] == [
        (1, "b", "10.00%"),
        (2, "a", "10.00%"),
    ]


def test_the_three_highest_and_lowest_are_parted_and_a_tie_goes_with_them():
    strengths = [9, 8, 7, 7, 5, 4, 3, 2]
    found = [Line(str(n), str(n), Tally({"exceeded": n, "met": 10 - n})) for n in strengths]

    ranking = ranked(found, FOUR, RankBy.STRENGTH)

    assert [it.place for it in ranking.lines] == [1, 2, 3, 3, 5, 6, 7, 8]
    assert ranking.parting == (4, 5)
    assert ranked(found[:6], FOUR, RankBy.STRENGTH).parting is None


def test_ranked_by_gaps_the_fewest_gaps_come_first():
    found = [
        Line("many", "Many", Tally({"exceeded": 9, "not-met": 3})),
        Line("few", "Few", Tally({"met": 9, "partly-met": 1})),
    ]

    ranking = ranked(found, FOUR, RankBy.GAP)

    assert [(it.line.key, it.share.text) for it in ranking.lines] == [
        ("few", "10.00%"),
        ("many", "25.00%"),
    ]


def test_the_weakest_has_the_most_gaps_and_a_tie_goes_to_the_fewest_strengths():
    found = [
        Line("fine", "Fine", Tally({"met": 9, "partly-met": 1})),
        Line("sure", "Sure", Tally({"exceeded": 2, "met": 1, "not-met": 1})),
        Line("unsure", "Unsure", Tally({"met": 6, "partly-met": 2})),
        Line("none", "None", Tally({})),
    ]

    ranking = weakest_first(found, FOUR)

    assert [(it.place, it.line.key, it.share.text) for it in ranking.lines] == [
        (1, "unsure", "25.00%"),
        (1, "sure", "25.00%"),
        (3, "fine", "10.00%"),
        (None, "none", "no grades"),
    ]


def test_a_scale_without_strengths_is_ranked_by_its_gaps():
    plain = FOUR.model_copy(
        update={"grades": tuple(g.model_copy(update={"strength": False}) for g in FOUR.grades)}
    )

    assert ranked([], plain, RankBy.STRENGTH).by is RankBy.GAP


def test_grades_of_two_scales_are_never_added_up():
    yes_no = Scale(
        key="yes-no",
        title="Yes or no",
        edition="1",
        grades=(
            Grade(key="no", label="No", letter="N", meaning="No.", gap=True),
            Grade(key="yes", label="Yes", letter="Y", meaning="Yes.", strength=True),
        ),
    )
    questionnaire = ASKED.questionnaire
    first, second = questionnaire.sections
    moved = second.questions[0].model_copy(update={"scale": "yes-no"})
    rest = tuple(q.model_copy(update={"scale": FOUR.key}) for q in second.questions[1:])
    both = questionnaire.model_copy(
        update={
            "scales": (FOUR, yes_no),
            "sections": (
                first.model_copy(
                    update={
                        "questions": tuple(
                            q.model_copy(update={"scale": FOUR.key}) for q in first.questions
                        )
                    }
                ),
                second.model_copy(update={"questions": (moved, *rest)}),
            ),
        }
    )
    rows = [AnswerRow("c1", "met", False, 4), AnswerRow("o1", "yes", False, 7)]

    four, other = figures_by_scale(Asked(both, None), outcomes(rows, [], Basis.SELF))

    assert (four.whole.graded, other.whole.graded) == (4, 7)
    assert [(it.key, it.tally.graded) for it in other.sections] == [("online-safety", 7)]


def test_a_slice_counts_its_own_places_alone():
    rows = OverviewRows(
        [
            PlaceRow("school", "primary", "", False, 6),
            PlaceRow("school", "secondary", "", True, 2),
        ],
        [],
        [],
    )

    figures = overview_figures(ASKED, rows, within=Slice(phase="secondary"))

    assert (figures.assessments, figures.moderated_assessments) == (2, 2)
