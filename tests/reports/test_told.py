"""Answers that are no grade, counted over a round."""

from datetime import date
from decimal import Decimal

import pytest

from auditapp.policy.roles import Role
from auditapp.questionnaires.reading import read
from auditapp.questionnaires.schema import Asked
from auditapp.reports.aggregate.told import HIDDEN_BELOW, ToldRow, told_figures
from tests.assessments.test_follow_ups import FORM
from tests.questionnaires.kinds import KINDS, every_kind, key_of

ASKED = Asked(read(every_kind()), None)
ON = date(2026, 12, 18)


def of(kind):
    return next(key_of(it) for it in KINDS if it["answer"] == kind)


def told(rows, **options):
    return {one.question.key: one for one in told_figures(ASKED, rows, ON, **options)}


def test_blank_and_not_applicable_are_in_no_figure_and_counted():
    key = of({"kind": "number"})
    values = ["4", "0", "7", None, None]
    rows = [ToldRow(key, value, at == 4) for at, value in enumerate(values)]

    one = told(rows)[key]

    assert (one.asked, one.answered, one.not_applicable, one.blank) == (5, 3, 1, 1)
    assert one.numbers == (Decimal(11), Decimal("3.67"), Decimal(0), Decimal(7))


def test_options_are_counted_and_dates_that_ran_out():
    many = next(key_of(it) for it in KINDS if it["answer"].get("many"))
    dated = of({"kind": "date", "within_months": 24})
    rows = [ToldRow(many, ["police", "nhs"], False), ToldRow(many, ["nhs"], False)]
    rows += [ToldRow(dated, "2019-03-01", False), ToldRow(dated, "2026-01-01", False)]

    found = told(rows)

    assert found[many].options == (("Police", 1), ("NHS", 2), ("Schools", 0))
    assert found[dated].run_out == 1


def test_what_few_answered_is_hidden_from_those_who_may_not_read_it():
    key = of({"kind": "number"})
    rows = [ToldRow(key, "4", False)] * (HIDDEN_BELOW - 1)

    assert told(rows)[key].numbers is not None
    hidden = told(rows, hides_few=True)[key]
    assert hidden.is_hidden and hidden.numbers is None and hidden.answered == HIDDEN_BELOW - 1
    assert told([*rows, ToldRow(key, "4", False)], hides_few=True)[key].numbers is not None


def test_how_many_are_asked_a_follow_up_is_hidden_too():
    asked = Asked(read(FORM), None)
    rows = [ToldRow("boards", "no", False)] * 20 + [ToldRow("beds", "4", False)] * 7

    hidden = {it.question.key: it for it in told_figures(asked, rows, ON, hides_few=True)}
    shown = {it.question.key: it for it in told_figures(asked, rows, ON)}

    assert not hidden["boards"].is_hidden and hidden["beds"].is_hidden
    assert hidden["beds"].numbers is None and shown["beds"].numbers.total == 28


def test_nothing_asked_and_nothing_answered_make_no_figure():
    for one in told([]).values():
        assert (one.asked, one.answered, one.blank, one.numbers) == (0, 0, 0, None)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.PARTNERSHIP_VIEWER])
@pytest.mark.parametrize("form", ["", ".pdf", ".docx", ".xlsx", ".csv", ".json"])
def test_a_round_without_such_questions_says_so(make, client_for, role, form):
    make.assessment(status="submitted")

    got = client_for(make.membership(role)).get(f"/reports/{make.round.ref}/answers{form}")

    assert got.status_code == 200
    if not form:
        assert "Everything this round asks is graded." in got.text
