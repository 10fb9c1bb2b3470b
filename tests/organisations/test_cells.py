"""Codes and dates that a spreadsheet may have damaged: read where sure, refused where not."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditapp.organisations import cells
from auditapp.organisations.cells import CellError

DAYS = st.dates(date(1900, 1, 2), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("written", "read"),
    [("31-12-2026", date(2026, 12, 31)), ("2026-12-31", date(2026, 12, 31))]
    + [("31/12/2026", date(2026, 12, 31)), ("05/05/2026", date(2026, 5, 5))]
    + [("2026-12-31 00:00:00", date(2026, 12, 31)), ("", None), ("01-01-1900", None)],
)
def test_a_date_that_can_only_be_one_day_is_read(written, read):
    assert cells.day(written) == read


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("01/09/2026", "could be two days"),
        ("12/31/2026", "month before the day"),
        ("45323", "day number"),
        ("31-02-2026", "not a day of the calendar"),
        ("31-12-26", "not a date like"),
        ("soon", "not a date like"),
        ("01-09-9999", "too far ahead"),
    ],
)
def test_a_date_that_cannot_be_decided_is_refused_with_a_sentence(written, why):
    with pytest.raises(CellError, match=why):
        cells.day(written)


def test_one_date_that_can_be_nothing_else_decides_the_order_of_a_file():
    assert cells.day_is_first(["01/09/2026", "28/09/2026"])
    assert cells.day("01/09/2026", day_first=True) == date(2026, 9, 1)


@pytest.mark.parametrize("values", [["01/09/2026"], ["28/09/2026", "09/28/2026"], ["28-09-2026"]])
def test_without_such_a_date_or_with_both_orders_nothing_is_decided(values):
    assert not cells.day_is_first(values)


@given(DAYS)
def test_every_day_written_as_the_register_does_is_read_back(day):
    assert cells.day(f"{day:%d-%m-%Y}") == cells.day(day.isoformat()) == day
    assert cells.day(f"{day:%d/%m/%Y}", day_first=True) == day


@given(DAYS)
def test_an_american_date_is_never_read_as_another_day(day):
    try:
        read = cells.day(f"{day:%m/%d/%Y}")
    except CellError:
        return
    assert read == day


@given(st.integers(0, 9999))
def test_zeros_that_a_spreadsheet_dropped_are_put_back(number):
    full = f"{number:04}"

    assert cells.code(str(number), 4) == cells.code(full, 4) == full
    assert cells.code(f"{number}.0", 4) == full


@pytest.mark.parametrize("damaged", ["1.10957E+05", "1E+05", "1,1E+05"])
def test_a_number_that_was_rounded_is_refused(damaged):
    with pytest.raises(CellError, match="rounded by a spreadsheet"):
        cells.code(damaged, 5, 6)


@pytest.mark.parametrize("wrong", ["12a", "-5", "1.5", "1234567"])
def test_what_is_no_code_is_refused(wrong):
    with pytest.raises(CellError):
        cells.code(wrong, 5, 6)


@given(st.text(max_size=20))
def test_no_cell_breaks_the_reading(text):
    for read in (cells.day, cells.whole, cells.words, lambda value: cells.code(value, 4)):
        try:
            read(text)
        except CellError as error:
            assert str(error).endswith(".")


def test_names_keep_their_accents_and_lose_stray_space():
    assert cells.words(" St  Anne’s Café ") == "St Anne’s Café"


@pytest.mark.parametrize("broken", ["Caf\ufffd", "St Anneâ€™s", "CafÃ©"])
def test_a_name_with_broken_letters_is_refused(broken):
    with pytest.raises(CellError, match="letter|encoding"):
        cells.words(broken)
