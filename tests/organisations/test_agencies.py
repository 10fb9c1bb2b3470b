"""The area's own list: agencies, and the contacts of schools that stand in no register."""

import io
import zipfile

import openpyxl
import pytest
from sqlalchemy import select

from auditapp.core.errors import RuleBroken
from auditapp.organisations import tabular
from auditapp.organisations.agencies import read_agencies
from auditapp.organisations.agency_words import COLUMNS
from auditapp.organisations.listing import ListedContact
from auditapp.organisations.models import Contact, Organisation, Registration
from auditapp.organisations.template import EXAMPLES, agencies_workbook
from auditapp.organisations.types import AGENCY_TYPES
from tests.organisations.lists import content

LIST = content("agencies.csv")


def workbook(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def named(reading):
    return {row.name: row for row in reading.listed}


def test_good_rows_of_a_list_with_bad_ones_are_kept():
    reading = read_agencies(LIST, "exampleshire")

    assert reading.read == 10
    assert len(reading.listed) == 6
    assert reading.errors == [
        "Row 6, type: “Charty” is not a type we know. Did you mean “Voluntary or community group”?",
        "Row 7, commissions: write yes or no, not “maybe”.",
        "Row 8, contact email: “not-an-address” is not an e-mail address like name@example.org.",
    ]


def list_of(*rows):
    header = "Name,Type,URN,Contact name,Contact email,Contact role"
    return "\n".join([header, *rows]).encode()


def test_a_contact_whose_part_is_not_known_is_an_error_and_no_lead():
    row = "Exampleshire Police,Police,,Lead,lead@police.example.org,{}"

    reading = read_agencies(list_of(row.format("audit lead"), row.format("boss")), "exampleshire")

    assert reading.errors == ["Row 3, contact role: write lead or sign-off, not “boss”."]
    assert [len(listed.contacts) for listed in reading.listed] == [1]


@pytest.mark.parametrize(
    ("written", "role"),
    [("", "LEAD"), ("Lead", "LEAD"), ("DSL", "LEAD"), ("sign-off", "SIGN"), ("Head", "SIGN")],
)
def test_a_contacts_part_is_read_as_areas_write_it(written, role):
    row = f"Exampleshire Police,Police,,Name,lead@police.example.org,{written}"

    [listed] = read_agencies(list_of(row), "exampleshire").listed

    assert [contact.role for contact in listed.contacts] == [role]


def test_all_that_is_wrong_with_a_row_is_said_at_once():
    [error] = read_agencies(list_of(",Polcie,,Lead,nobody,boss"), "exampleshire").errors

    assert error == (
        "Row 2, name: there is no name. Also, type: “Polcie” is not a type we know. Did you mean "
        "“Police”? Also, contact role: write lead or sign-off, not “boss”. Also, contact email: "
        "“nobody” is not an e-mail address like name@example.org."
    )


def test_a_school_with_a_wrong_number_is_not_asked_for_a_type():
    [error] = read_agencies(list_of(",,99x,Lead,lead@example.org,"), "exampleshire").errors

    assert error.startswith("Row 2, urn: ") and "type" not in error


def test_rows_of_one_agency_that_contradict_each_other_are_errors_that_name_both():
    rows = ["The Quay,Police,,,,", "Another,Housing,,,,", "The Quay,Charity,,,,"]

    reading = read_agencies(list_of(*rows), "exampleshire")

    group = "Voluntary or community group"
    assert reading.errors == [
        f"Row 2, type: The Quay is “Police” here and “{group}” in row 4. Write one type in both.",
        f"Row 4, type: The Quay is “{group}” here and “Police” in row 2. Write one type in both.",
    ]
    assert [listed.name for listed in reading.listed] == ["Another"]
    assert reading.skipped == {}


def test_an_agency_has_the_duty_of_its_type():
    rows = named(read_agencies(LIST, "exampleshire"))

    council, housing = rows["Exampleshire Council"].facts, rows["Alderquay Homes"].facts
    assert (council["type"], council["duty"]) == ("local-authority", "s11")
    assert (council["commissions"], housing["commissions"]) == (True, False)
    assert (housing["type"], housing["duty"]) == ("housing-provider", "relevant-agency")
    assert rows["Alderquay Homes"].key == ("local", "exampleshire:alderquay-homes")


def test_every_type_of_a_list_is_given_a_phase_that_pages_know():
    rows = [f"{row.label} here,{row.label},,,," for row in AGENCY_TYPES.values()]

    listed = read_agencies(list_of(*rows), "exampleshire").listed

    assert len(listed) == len(AGENCY_TYPES)
    assert {row.facts["phase"] for row in listed} == {"none"}


def test_rows_of_one_organisation_are_one_with_all_its_contacts():
    police = named(read_agencies(LIST, "exampleshire"))["Exampleshire Police"]

    assert police.contacts == (
        ListedContact("LEAD", "Audit lead", "lead@police.example.org"),
        ListedContact("LEAD", "Second lead", "second@police.example.org"),
    )


def test_two_names_under_one_code_are_said_with_their_rows():
    rows = [
        "Name,Type,Code scheme,Code,URN,Contact email",
        "The Mill Surgery,GP practice,ODS,Y99999,,",
        "the mill surgery,GP practice,ODS,Y99999,,second@mill.example.org",
        "Wrenmoor Surgery,GP practice,ODS,Y99999,,",
        "Quay School,,,,990001,dsl@quay.example.org",
        "The Quay School,,,,990001,head@quay.example.org",
    ]

    reading = read_agencies("\n".join(rows).encode(), "exampleshire")

    assert reading.notices == [
        "Row 4 has the same code as row 2, Y99999, and is the same organisation here: “The Mill "
        + "Surgery”. “Wrenmoor Surgery” is not used. Write another code if it is another "
        + "organisation."
    ]
    assert [listed.name for listed in reading.listed] == ["The Mill Surgery", "Quay School"]


def test_a_workbook_is_read_as_the_same_list_would_be():
    rows = [line.split(",") for line in LIST.decode("utf-8-sig").splitlines()]

    assert read_agencies(workbook(rows), "exampleshire") == read_agencies(LIST, "exampleshire")


def test_numbers_in_a_workbook_are_not_given_decimals():
    book = workbook([["URN", "DSL name", "DSL email"], [990001.0, "DSL", "dsl@a.example.org"]])

    [row] = read_agencies(book, "exampleshire").listed
    assert row.key == ("urn", "990001")


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (b"PK\x03\x04 and no more", "cannot|can be opened"),
        (b"Agency number,Type\r\n1,Police\r\n", "no column name"),
        (b"Name,Type\r\n", "no rows"),
        (b"%PDF-1.7\n1 0 obj", "This is not a CSV or Excel list."),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "This is not a CSV or Excel list."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "This is not a CSV or Excel list."),
        (content("july-135.csv"), "This is the register of schools."),
        (content("edubaseallstatefunded.csv"), "This is the register of schools."),
        (content("links.csv"), "This is the links file."),
    ],
)
def test_what_is_no_list_is_refused(file, why):
    with pytest.raises(RuleBroken, match=why):
        read_agencies(file, "exampleshire")


def test_the_registers_file_with_a_column_of_contacts_is_a_list_of_contacts():
    file = b"URN,LA (code),EstablishmentName,DSL email\n990001,999,Quay,dsl@a.example.org\n"

    [row] = read_agencies(file, "exampleshire").listed
    assert row.key == ("urn", "990001") and row.only_contacts


def test_a_workbook_that_unpacks_to_too_much_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(tabular, "MAX_UNPACKED_BYTES", 1_000_000)
    bomb = io.BytesIO(workbook([["Name", "Type"]]))
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/media/zeros", bytes(2_000_000))

    with pytest.raises(RuleBroken, match="unpacks to 2 MB"):
        read_agencies(bomb.getvalue(), "exampleshire")


def test_any_other_zip_file_is_refused():
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as packed:
        packed.writestr("agencies.csv", "Name,Type")

    with pytest.raises(RuleBroken, match="zip file, not a workbook"):
        read_agencies(other.getvalue(), "exampleshire")


def test_more_rows_than_the_limit_are_refused(monkeypatch):
    monkeypatch.setattr(tabular, "MAX_ROWS", 3)

    with pytest.raises(RuleBroken, match="more than 3 rows"):
        read_agencies(LIST, "exampleshire")


def test_the_empty_list_has_every_column_and_its_examples_can_be_read():
    book = openpyxl.load_workbook(io.BytesIO(agencies_workbook()))
    header = [cell.value for cell in book["Agencies"][1]]

    assert header == list(COLUMNS)
    assert book["Agencies"].max_row == 1
    reading = read_agencies(workbook([header, *EXAMPLES]), "exampleshire")
    assert (len(reading.listed), reading.errors, reading.notices) == (len(EXAMPLES), [], [])


def test_the_empty_list_filled_in_is_read_from_its_first_sheet():
    book = openpyxl.load_workbook(io.BytesIO(agencies_workbook()))
    book["Agencies"].append(["Exampleshire Fire", "Fire and rescue service"])
    saved = io.BytesIO()
    book.save(saved)

    [row] = read_agencies(saved.getvalue(), "exampleshire").listed
    assert row.facts["type"] == "fire-and-rescue"


def test_agencies_and_contacts_are_imported_once(session, bring_in):
    bring_in("january-139.csv")

    first, again = bring_in("agencies.csv").plan, bring_in("agencies.csv").plan

    assert (len(first.new), len(first.changed), first.contacts) == (3, 2, 7)
    assert (len(again.new), len(again.changed), again.contacts) == (0, 0, 0)
    school = session.scalars(select(Registration).where(Registration.code == "990001")).one()
    contacts = select(Contact.role, Contact.email).where(
        Contact.organisation_id == school.organisation_id
    )
    assert {tuple(row) for row in session.execute(contacts)} == {
        ("LEAD", "dsl@alderquay.example.org"),
        ("SIGN", "head@alderquay.example.org"),
    }


def test_contacts_of_a_school_that_is_not_here_are_an_error_of_their_row(bring_in):
    bring_in("january-139.csv")

    [error] = bring_in("agencies.csv").plan.errors

    assert error.startswith("Row 11, urn: 990777 is not one of your organisations.")


def test_an_agency_of_two_areas_exists_once_and_keeps_its_first_name(session, bring_in, make):
    other = make.partnership(key="northshire")
    bring_in("agencies.csv")
    police = session.scalars(select(Organisation).where(Organisation.name.like("%Police"))).one()
    police.name = "The police"
    session.commit()

    plan = bring_in("agencies.csv", partnership=other).plan

    assert police.name == "The police"
    assert police.partnership_ids == {other.id, *police.partnership_ids}
    assert len(police.partnership_ids) == 2
    assert "shown name" in {kept.field for kept in plan.kept}


def test_an_agency_without_a_code_is_another_one_in_another_area(session, bring_in, make):
    bring_in("agencies.csv")
    bring_in("agencies.csv", partnership=make.partnership(key="northshire"))

    housing = select(Organisation).where(Organisation.name == "Alderquay Homes")
    assert len(session.scalars(housing).all()) == 2
