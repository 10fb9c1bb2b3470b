"""How figures are counted: the rules alone, over all sorts of rows."""

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditapp.questionnaires.reading import read
from auditapp.questionnaires.scales import Grade, Scale, Steps
from auditapp.questionnaires.schema import Asked
from auditapp.reports import findings
from auditapp.reports.aggregate.few import StandardRow, too_few
from auditapp.reports.aggregate.grades import (
    AnswerRow,
    Basis,
    Line,
    ModeratedRow,
    Tally,
    figures_by_scale,
    outcomes,
)
from auditapp.reports.aggregate.hiding import HIDDEN_BELOW, hidden_slices, is_hidden
from auditapp.reports.aggregate.overview import OverviewRows, overview_figures
from auditapp.reports.aggregate.panel import compared
from auditapp.reports.aggregate.ranking import RankBy, ranked, weakest_first
from auditapp.reports.aggregate.slices import EVERYWHERE, PlaceRow, Slice
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


@pytest.mark.parametrize(
    ("assessments", "hides", "hidden"),
    [
        (HIDDEN_BELOW - 1, True, True),
        (HIDDEN_BELOW, True, False),
        (HIDDEN_BELOW - 1, False, False),
        (0, True, False),
    ],
)
def test_few_assessments_are_hidden_from_those_who_may_not_read_answers(assessments, hides, hidden):
    places = [PlaceRow("a", "primary", "", False, assessments)] if assessments else []
    rows = OverviewRows(places, [AnswerRow("c1", "met", False, 3)], [])

    figures = overview_figures(ASKED, rows, hides_few=hides)

    assert figures.is_hidden is hidden


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


def told_of_one(graded, basis=Basis.SELF, moderated=(), within=EVERYWHERE):
    """Figures for who may not read answers. `graded`: by standard, how many of each phase."""
    standards = [
        StandardRow(key, "school", phase, "", True, False, number)
        for key, phases in graded.items()
        for phase, number in phases.items()
    ]
    settled = [
        StandardRow(it.question_key, "school", "primary", "", True, True, it.number)
        for it in moderated
    ]
    answers = [AnswerRow(it.question_key, "met", False, it.number) for it in [*standards, *settled]]
    places = [
        PlaceRow("school", "primary", "", True, 20),
        PlaceRow("school", "secondary", "", False, 9),
    ]
    rows = OverviewRows(places, answers, moderated, [*standards, *settled])
    return overview_figures(ASKED, rows, basis=basis, within=within, hides_few=True)


def test_a_standard_that_few_graded_is_in_no_figure_that_could_tell_it():
    figures = told_of_one({"o2": {"primary": 5}, "o3": {"primary": HIDDEN_BELOW - 1}})

    [one] = figures.scales
    shown = {it.line.key: it.line.tally.graded for it in one.standards.placed}
    assert figures.standards_hidden == 1
    assert shown == {"o2": 5}
    assert [it.line.key for it in one.standards.lines if it.line.is_hidden] == ["o3"]
    assert one.whole.graded == 5  # not 9: what is left of a sum would be the hidden one
    assert [it.line.tally.graded for it in one.sections.placed] == [5]


def test_a_section_of_hidden_standards_alone_is_hidden_and_nothing_else_is_said_of_it():
    [one] = told_of_one({"o3": {"primary": 1}}).scales

    assert [it.line.key for it in one.sections.lines if it.line.is_hidden] == []  # o1, o2: nobody
    [one] = told_of_one({"o1": {"primary": 1}, "o2": {"primary": 2}, "o3": {"primary": 1}}).scales
    [online] = [it.line for it in one.sections.lines if it.line.is_hidden]
    assert (online.key, online.tally.graded) == ("online-safety", 0)
    assert findings.lead(one, Basis.SELF) == "There is too little to show."
    assert findings.sections_finding(one.sections) == "There is too little to show"


def test_one_phase_taken_from_all_does_not_tell_a_standard_that_few_of_the_rest_graded():
    graded = {"o1": {"primary": 9, "secondary": 6}, "o3": {"primary": 9, "secondary": 1}}
    primary = told_of_one(graded, within=Slice(phase="primary"))
    assert told_of_one(graded).standards_hidden == 0
    assert [it.line.key for it in primary.scales[0].standards.lines if it.line.is_hidden] == ["o3"]


@pytest.mark.parametrize(
    ("unsettled", "settled", "shows"), [(9, 4, False), (4, 9, False), (9, 9, True), (0, 9, True)]
)
@pytest.mark.parametrize("basis", Basis)
def test_what_the_panel_settled_of_few_and_what_it_left_of_few_is_hidden(
    basis, unsettled, settled, shows
):
    changes = [ModeratedRow("o1", "met", False, "not-met", settled)]
    graded = {"o1": {"primary": unsettled}} if unsettled else {}
    figures = told_of_one(graded, basis, changes)

    [one] = figures.scales
    told = one.whole.counts["not-met"]
    assert told == (settled if shows and basis is not Basis.SELF else 0)
    assert one.panel.whole.rows == (settled if shows else 0)
    hidden = (0, 0) if shows else (1, 0) if basis is Basis.MODERATED else (0, 1)
    assert (figures.standards_hidden, figures.settled_hidden) == hidden


standard_rows = st.lists(
    st.builds(
        StandardRow,
        st.just("c1"),
        st.sampled_from(["school", "academy"]),
        st.sampled_from(["primary", "secondary", "special"]),
        st.sampled_from(["", "Ash Trust", "Elm Trust"]),
        st.booleans(),
        st.booleans(),
        st.integers(1, 7),
    ),
    max_size=12,
)


@PATIENT
@given(standard_rows)
def test_no_slice_of_a_standard_and_nothing_between_it_and_all_is_of_few(rows):
    every = [
        EVERYWHERE,
        *{Slice(phase=row.phase) for row in rows},
        *{Slice(type=row.type) for row in rows},
    ]
    shown = [it for it in every if "c1" not in too_few(rows, {"c1"}, it).standards]

    def graded(within):
        return sum(row.number for row in rows if row.is_graded and within.holds(row))

    if EVERYWHERE not in shown:
        assert not any(graded(it) for it in shown)
        return
    for one in shown:
        assert not 0 < graded(one) < HIDDEN_BELOW
        assert not 0 < graded(EVERYWHERE) - graded(one) < HIDDEN_BELOW
    for kind in ("phase", "type"):
        left = graded(EVERYWHERE) - sum(graded(it) for it in shown if getattr(it, kind))
        assert not 0 < left < HIDDEN_BELOW


def test_a_small_trust_hides_no_more_than_it_must():
    some = [PlaceRow("a", "primary", "Ash", False, 2), PlaceRow("a", "primary", "", False, 18)]
    assert hidden_slices(some) == {Slice(trust="Ash")}
    rest = [PlaceRow("a", "primary", name, False, 8) for name in ("Ash", "Elm")]
    in_none = PlaceRow("a", "primary", "", False, 2)  # all but both trusts would tell these
    assert hidden_slices([*rest, in_none]) & {Slice(trust="Ash"), Slice(trust="Elm")}


places = st.lists(
    st.builds(
        PlaceRow,
        st.sampled_from(["school", "academy", "independent"]),
        st.sampled_from(["primary", "secondary", "all-through"]),
        st.just(""),
        st.booleans(),
        st.integers(1, 9),
    ),
    max_size=9,
)


def test_slices_that_tell_of_few_by_subtraction_are_hidden():
    rows = [
        PlaceRow("academy", "primary", "", False, 7),
        PlaceRow("academy", "special", "", False, 2),
        PlaceRow("school", "primary", "", False, 20),
        PlaceRow("school", "special", "", False, 8),
    ]

    assert hidden_slices(rows) == frozenset()
    assert is_hidden(Slice(type="academy", phase="primary"), rows)  # 2 fewer than all academies
    nested = [
        PlaceRow("hospital", "special", "", False, 6),
        PlaceRow("pru", "special", "", False, 3),
    ]
    hidden = hidden_slices([*rows, *nested])
    assert {Slice(type="pru"), Slice(type="hospital")} <= hidden  # or the sum of all would tell
    assert Slice(type="school") not in hidden


@PATIENT
@given(places)
def test_no_two_slices_that_are_shown_differ_by_few(rows):
    hidden = hidden_slices(rows)
    kinds = [
        [Slice(phase=it) for it in {row.phase for row in rows}],
        [Slice(type=it) for it in {row.type for row in rows}],
    ]
    every = [EVERYWHERE, *kinds[0], *kinds[1]]
    held = {it: {at for at, row in enumerate(rows) if it.holds(row)} for it in every}

    def size(found):
        return sum(rows[at].number for at in found)

    shown = [it for it in every if it not in hidden]
    for inner in shown:
        assert not 0 < size(held[inner]) < HIDDEN_BELOW
        for outer in shown:
            if held[inner] < held[outer]:
                assert size(held[outer] - held[inner]) >= HIDDEN_BELOW
    for kind in kinds:
        left = size(set().union(*(held[it] for it in kind if it in hidden)))
        assert left == 0 or left >= HIDDEN_BELOW or all(it in hidden for it in kind)
