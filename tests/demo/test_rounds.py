"""The demonstration's plans: a past that is past, every stage, and the same every time."""

from datetime import date, datetime, timedelta

import pytest

from auditapp.core.clock import LONDON
from auditapp.demo.grading import choose
from auditapp.demo.places import SCHOOLS
from auditapp.demo.rounds import LIVE_SCHOOLS, plans
from auditapp.demo.words import AGENCY_NAMES
from auditapp.questionnaires.reading import read
from tests.factories import small_questionnaire

TODAY = date(2026, 11, 22)


def test_there_are_two_past_rounds_and_live_ones():
    assert [plan.ended for plan in plans(TODAY)] == [True, True, False, False]


@pytest.mark.parametrize("today", [TODAY, date(2028, 2, 29), date(2027, 3, 28)])
def test_nothing_in_it_happens_after_today(today):
    midnight = datetime.combine(today, datetime.min.time(), LONDON)
    for plan in plans(today):
        last = max(plan.moment(at) for at in range(len(plan.stages)))

        assert last + timedelta(days=plan.pace.released) < midnight


def test_every_organisation_of_a_round_has_its_stage():
    schools = sum(count for count, *_ in SCHOOLS)

    for plan in plans(TODAY):
        places = len(AGENCY_NAMES) if plan.agencies else schools
        assert len(plan.stages) + plan.excused + plan.closed == places, plan.title


def test_the_live_round_has_assessments_at_every_stage():
    assert len(set(LIVE_SCHOOLS)) == 11


def test_a_grade_is_the_same_every_time():
    questionnaire = read(small_questionnaire())
    question, scale = questionnaire.questions[0], questionnaire.scales[0]

    def grades():
        return [choose("2026", f"school-{n}", "culture", question, scale) for n in range(50)]

    assert grades() == grades()
    assert len({choice.grade_key for choice in grades()}) > 1
