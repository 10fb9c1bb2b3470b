"""What those who may not read answers are not told, nor can work out: the rules alone."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditapp.questionnaires.reading import read
from auditapp.questionnaires.schema import Asked
from auditapp.reports import findings
from auditapp.reports.aggregate.few import StandardRow, too_few
from auditapp.reports.aggregate.grades import AnswerRow, Basis, ModeratedRow
from auditapp.reports.aggregate.hiding import HIDDEN_BELOW, hidden_slices, is_hidden
from auditapp.reports.aggregate.overview import OverviewRows, overview_figures
from auditapp.reports.aggregate.slices import EVERYWHERE, PlaceRow, Slice
from tests.factories import small_questionnaire

# A busy machine makes rows slowly; that says nothing about the rules.
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
ASKED = Asked(read(small_questionnaire()), None)


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
