"""The real lists of three areas, where they stand beside the checkout; never committed."""

import pytest
from sqlalchemy import func, select

from auditapp.core.transactions import transaction
from auditapp.organisations.gias import read_establishments
from auditapp.organisations.importing import apply_import
from auditapp.organisations.links import read_links
from auditapp.organisations.models import Organisation
from tests.organisations.lists import real

AREAS = {
    # la code, read, in scope, by duty, conversions from January to July
    "halton": ("876", 70, 70, {"s157": 25, "s175": 45}, 0),
    "bolton": ("350", 146, 145, {"nmss": 1, "s157": 63, "s175": 78, "s175-post16": 3}, 2),
    "bury": ("351", 93, 93, {"s157": 59, "s175": 34}, 3),
}


@pytest.fixture(params=sorted(AREAS))
def area(request, make):
    la_code, *wanted = AREAS[request.param]
    make.organisation(name="Another area's school")
    return request.param, make.partnership(key=request.param, la_codes=[la_code]), wanted


def imported(session, partnership, pattern, links=()):
    reading = read_establishments(real(pattern).read_bytes(), partnership.la_codes)
    with transaction(session, locking=partnership):
        return apply_import(session, None, partnership, reading, links).plan.figures()


def test_july_is_read_in_full_and_a_second_run_changes_nothing(session, area):
    name, partnership, (read, in_scope, by_duty, _) = area
    july = f"gias/edubasealldata20250717_{name}_open.csv"

    first, second = (imported(session, partnership, july) for _ in range(2))

    assert (first["read"], first["in_scope"], first["new"]) == (read, in_scope, in_scope)
    assert (first["by_duty"], first["errors"]) == (by_duty, [])
    assert sum(first["skipped"].values()) == read - in_scope
    assert (second["new"], second["changed"], second["unchanged"]) == (0, 0, in_scope)


def test_january_then_july_with_the_links_converts_and_loses_nothing(session, area):
    name, partnership, (_, in_scope, by_duty, conversions) = area
    links, _ = read_links(real("gias/links_edubasealldata*.csv").read_bytes())
    january = f"gias/edubasealldata20250115_{name}_open_139col*.csv"
    imported(session, partnership, january, links)
    before = session.scalar(select(func.count(Organisation.id)))

    july = imported(session, partnership, f"gias/edubasealldata20250717_{name}_open.csv", links)

    assert (july["converted"], july["new"]) == (conversions, 0)
    assert july["by_duty"] == by_duty
    assert july["changed"] + july["unchanged"] + july["converted"] == in_scope
    assert session.scalar(select(func.count(Organisation.id))) == before
