"""The register's links file: which number succeeded, merged into or was split from which. Pure.

Source: DfE, links_edubasealldata.csv.
"""

from auditapp.organisations import cells
from auditapp.organisations.cells import CellError
from auditapp.organisations.listing import Link
from auditapp.organisations.tabular import Line, missing_columns, read_csv, refuse

REQUIRED = ("URN", "LinkURN", "LinkType")
ON = "LinkEstablishedDate"


def read_links(content: bytes) -> tuple[list[Link], list[str]]:
    """The links, and a sentence for each row that could not be read.

    Raises:
        RuleBroken: the file is another one, or cannot be read.
    """
    sheet = read_csv(content)
    if missing := missing_columns(sheet, REQUIRED):
        raise refuse(f"This is not the links file: it has no column {missing[0]}.")
    lines = list(sheet.lines)
    day_first = cells.day_is_first(line[ON] for line in lines)
    links, errors = [], []
    for line in lines:
        try:
            links.append(_link(line, day_first))
        except CellError as error:
            errors.append(f"Links, row {line.number}, {error}")
    return links, errors


def _link(line: Line, day_first: bool) -> Link:
    column = "URN"
    try:
        code = cells.code(line[column], 5, 6)
        column = "LinkURN"
        linked = cells.code(line[column], 5, 6)
        column = ON
        established_on = cells.day(line[column], day_first=day_first)
    except CellError as error:
        raise CellError(f"{column}: {error}") from None
    if not (code and linked and line["LinkType"]):
        raise CellError("URN: a link needs two numbers and a type.")
    return Link(code, linked, line["LinkType"], established_on)
