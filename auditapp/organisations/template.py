"""The empty list of agencies that areas fill in: drop-downs, notes, examples on their own sheet."""

import io
from datetime import datetime
from typing import Any

from auditapp.organisations.agency_words import COLUMNS
from auditapp.organisations.types import AGENCY_TYPES

ROWS = 500  # that have drop-downs
MADE = datetime(2026, 1, 1)  # the same bytes every time
NOTES = {
    "name": "As your pages should call it. Several rows with one name are one organisation.",
    "type": "Choose from the list.",
    "code scheme": "Whose code it is: ODS, police.uk, RSH ... Leave blank without a code.",
    "code": "The same code in two partnerships is the same organisation.",
    "urn": "For a school: its URN. Only its contacts are then taken from this list.",
    "dfe number": "For a school without a URN here: 8761005 or 876/1005.",
    "locality": "The part of the area, if you group by it.",
    "commissions": "yes or no: does it buy services for children from others?",
    "contact name": "Who completes the assessment.",
    "contact email": "",
    "contact role": "lead or sign-off.",
    "sign-off name": "Who signs it, if that is someone else.",
    "sign-off email": "",
}
EXAMPLES = (
    ("Exampleshire Police", "Police", "police.uk", "exampleshire", "", "", "", "yes", "Audit lead")
    + ("audit.lead@police.example.org", "lead", "Chief officer", "chief@police.example.org"),
    ("Alderquay Housing", "Housing provider", "RSH", "X0000", "", "", "Alderquay", "no", "")
    + ("safeguarding@housing.example.org", "lead", "", ""),
    ("Wrenmoor High School", "", "", "", "999001", "", "", "", "Designated safeguarding lead")
    + ("dsl@wrenmoor.example.org", "lead", "Head teacher", "head@wrenmoor.example.org"),
)


def agencies_workbook() -> bytes:
    """An .xlsx file whose first sheet is empty but for its header, and can be imported filled in."""
    import xlsxwriter  # only this page should wait for it

    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(content, options)
    book.set_properties({"title": "Agencies and contacts", "created": MADE})
    head = book.add_format({"bold": True, "bottom": 2, "text_wrap": True})
    _list_sheet(book, head)
    _rows(book.add_worksheet("Examples"), head, tuple(COLUMNS), EXAMPLES)
    _rows(book.add_worksheet("Columns"), head, ("column", "what it is"), tuple(NOTES.items()))
    types = [(row.label,) for row in AGENCY_TYPES.values()]
    _rows(book.add_worksheet("Types"), head, ("type",), types)
    book.close()
    return content.getvalue()


def _list_sheet(book: Any, head: Any) -> None:
    sheet = book.add_worksheet("Agencies")
    _rows(sheet, head, tuple(COLUMNS), ())
    choices = {
        "type": f"=Types!$A$2:$A${len(AGENCY_TYPES) + 1}",
        "commissions": ["yes", "no"],
        "contact role": ["lead", "sign-off"],
    }
    for column, source in choices.items():
        place = list(COLUMNS).index(column)
        sheet.data_validation(1, place, ROWS, place, {"validate": "list", "source": source})


def _rows(sheet: Any, head: Any, columns: tuple[str, ...], rows: Any) -> None:
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column, head)
        sheet.set_column(place, place, max(14, len(column) + 2))
    for number, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            sheet.write_string(number, place, value)
    sheet.freeze_panes(1, 1)
