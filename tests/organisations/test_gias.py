"""The register's file: what is taken, what is left out and why, what is refused."""

from datetime import date

import pytest

from auditapp.core.errors import RuleBroken
from auditapp.organisations.gias import read_establishments
from auditapp.organisations.listing import Body
from auditapp.organisations.names import trust_name
from tests.organisations.lists import LA, content

JULY = content("july-135.csv")


def listed(reading):
    return {row.code: row for row in reading.listed}


@pytest.mark.parametrize(("name", "read"), [("january-139.csv", 13), ("july-135.csv", 16)])
def test_both_forms_of_the_file_are_read(name, read):
    reading = read_establishments(content(name), LA)

    assert (reading.read, len(reading.listed), reading.errors) == (read, 11, [])


def test_what_is_left_out_is_counted_by_its_reason():
    reading = read_establishments(JULY, LA)

    assert reading.skipped == {
        "area: Elsewhere (998)": 1,
        "status: Closed": 2,
        "status: Proposed to open": 1,
        "type: Higher education institutions": 1,
    }
    assert reading.closed == {"990010": date(2021, 8, 31), "990014": date(2025, 3, 31)}


def test_windows_and_utf8_give_the_same_names():
    windows = read_establishments(JULY, LA)
    utf8 = read_establishments(content("july-135-utf8.csv"), LA)

    assert listed(windows)["990002"].name == "St Anne’s Café School"
    assert listed(windows) == listed(utf8)
    assert windows.notices == ["The file is not UTF-8; it was read as Windows-1252."]


def test_a_school_is_read_into_the_facts_that_questions_depend_on():
    rows = listed(read_establishments(JULY, LA))

    independent, primary = rows["990002"].facts, rows["990001"]
    assert (independent["duty"], independent["phase"]) == ("s157", "independent")
    assert (independent["boarding"], independent["sixth_form"]) == (True, True)
    assert (primary.facts["early_years"], primary.facts["opened_on"]) == (True, None)
    assert (primary.locality, primary.register["pupils"]) == ("Alderquay", 231)
    assert rows["990015"].facts["status"] == "closing"
    assert rows["990006"].facts["establishment_number"] == "0005"
    assert rows["990005"].facts["type"] == "sixth-form-college"


def test_a_trust_in_capitals_is_named_as_people_write_it():
    rows = listed(read_establishments(JULY, LA))

    assert rows["990003"].body == Body("trust", "9001", "The Wren of Alder's Trust")
    assert rows["990008"].body == Body("federation", "8801", "The Merrow Federation")
    assert rows["990001"].body is None
    assert trust_name("QUAY CE MAT") == "Quay CE MAT"


def test_the_short_file_is_refused_by_name():
    with pytest.raises(RuleBroken, match="edubaseallstatefunded .33 columns.*edubasealldata"):
        read_establishments(content("edubaseallstatefunded.csv"), LA)


@pytest.mark.parametrize(
    ("damage", "why"),
    [
        (lambda file: file.replace(b'"URN"', b'"Number"'), "no column URN"),
        (lambda file: file.replace(b'"LA (code)"', b'"Area"'), r"no column LA \(code\)"),
        (lambda file: b"PK\x03\x04" + file, "workbook or a zip file"),
        (lambda file: file.decode("cp1252").encode("utf-16"), "CSV UTF-8"),
        (lambda _file: b"", "empty"),
        (lambda _file: b"%PDF-1.7\n1 0 obj", "This is not a CSV file."),
        (lambda file: file[:3000] + b"\0" + file[3000:], "This is not a CSV file."),
        (lambda file: file.splitlines()[0], "no rows"),
        (lambda file: file.replace(b'"LA (name)"', b'"URN"'), "names a column twice: urn"),
    ],
)
def test_another_file_is_refused_with_a_sentence(damage, why):
    with pytest.raises(RuleBroken, match=why) as refused:
        read_establishments(damage(JULY), LA)

    assert refused.value.field == "file"


def test_a_file_of_another_area_is_refused_and_says_whose_it_is():
    with pytest.raises(RuleBroken, match=r"of your area.*876.*Exampleshire \(999\)"):
        read_establishments(JULY, {"876"})


def test_columns_that_the_register_may_drop_do_not_stop_an_import():
    without = JULY.replace(b'"NurseryProvision (name)"', b'"Something else"')

    facts = listed(read_establishments(without, LA))["990001"].facts

    assert "early_years" not in facts


def test_headers_are_matched_without_regard_to_space_and_case():
    changed = JULY.replace(b'"EstablishmentName"', b'" establishmentname  "')

    assert len(read_establishments(changed, LA).listed) == 11


def test_each_damaged_cell_gets_a_sentence_with_its_row_and_column_and_the_rest_is_read():
    reading = read_establishments(content("damaged-by-a-spreadsheet.csv"), LA)

    wanted = ["Row 2, OpenDate: “01/09/2001” could be two days"]
    wanted += ["Row 3, OpenDate: “09/28/1998” has the month before"]
    wanted += ["Row 4, OpenDate: “41883” is a spreadsheet’s day number"]
    wanted += ["Row 8, URN: “9.90007E+05” was rounded", "Row 9, EstablishmentName: “"]
    assert [error[: len(start)] for error, start in zip(reading.errors, wanted, strict=True)] == (
        wanted
    )
    assert len(reading.listed) == 5
    assert listed(reading)["990006"].facts["establishment_number"] == "0005"
    assert reading.notices[-1].startswith("3 codes had lost their first zeros")


def test_one_code_that_a_spreadsheet_damaged_is_one_code():
    reading = read_establishments(JULY.replace(b'"01","Community', b'"1","Community', 1), LA)

    assert reading.notices[-1].startswith("1 code had lost its first zeros")


def test_the_same_number_twice_is_an_error_of_the_second_row():
    rows = JULY.splitlines(keepends=True)

    reading = read_establishments(b"".join([*rows, rows[1]]), LA)

    assert reading.errors == ["Row 18, URN: 990001 is in row 2 already."]
    assert reading.read == len(reading.listed) + reading.skipped.total() + 1


def test_a_type_that_is_new_to_us_is_left_out_by_its_name():
    changed = JULY.replace(b'"32","Special post 16', b'"58","Floating school')

    reading = read_establishments(changed, LA)

    assert reading.skipped["type not known: Floating school institution (58)"] == 1


def cut_to(file, row, cells):
    """`file` with the row of that number cut off after so many cells."""
    lines = file.splitlines(keepends=True)
    lines[row - 1] = b",".join(lines[row - 1].split(b",")[:cells]) + b"\r\n"
    return b"".join(lines)


def test_a_row_that_is_cut_off_is_an_error_and_the_others_are_taken():
    reading = read_establishments(cut_to(JULY, 2, 20), LA)

    assert reading.errors == [
        "Row 2 has 20 cells and the header 135: the row is cut off. Download the file again."
    ]
    assert "990001" not in listed(reading) and len(reading.listed) == 10


def test_a_download_that_ends_in_the_middle_of_its_last_row_says_so():
    whole = len(JULY.splitlines())

    [error] = read_establishments(cut_to(JULY, whole, 20), LA).errors

    assert error.startswith(f"Row {whole} has 20 cells") and "looks cut off" in error


@pytest.mark.parametrize(
    ("phase", "says"),
    [
        (b'"77","Primary"', "PhaseOfEducation (code): “77”"),
        (b'"","Tertiary"', "(name): “Tertiary”"),
    ],
)
def test_a_phase_that_is_new_to_us_is_named_and_leaves_the_phase_as_it_was(phase, says):
    reading = read_establishments(JULY.replace(b'"2","Primary"', phase, 1), LA)

    assert "phase" not in listed(reading)["990001"].facts
    [notice] = [notice for notice in reading.notices if "is not a phase we know" in notice]
    assert notice.startswith("Row 2, ") and says in notice
    assert listed(reading)["990003"].facts["phase"] != "none"


def test_a_school_of_a_type_that_decides_its_phase_needs_no_phase_of_the_register():
    changed = JULY.replace(b'"0","Not applicable"', b'"77","Tertiary"')

    reading = read_establishments(changed, LA)

    assert listed(reading)["990002"].facts["phase"] == "independent"
