"""What an import says of the rows of the register's file. Pure."""

from collections import Counter
from collections.abc import Collection

from auditapp.organisations.gias_files import PHASE, PHASE_NAME
from auditapp.organisations.tabular import Line
from auditapp.organisations.types import OrganisationType, Scope

MOST_AREAS_NAMED = 5


def not_of_the_area(read: int, la_codes: Collection[str], elsewhere: Counter[str]) -> str:
    found = [name for name, _ in elsewhere.most_common(MOST_AREAS_NAMED)]
    more = " and others" if len(elsewhere) > MOST_AREAS_NAMED else ""
    return (
        f"None of the {read:,} rows is of your area, whose local authority code "
        f"is {' or '.join(sorted(la_codes))}. The file has {', '.join(found)}{more}."
    )


def named_areas(elsewhere: Counter[str]) -> dict[str, int]:
    if len(elsewhere) > MOST_AREAS_NAMED:
        return {f"area: {len(elsewhere)} other local authorities": elsewhere.total()}
    return {f"area: {name}": count for name, count in elsewhere.items()}


def why_not(line: Line, code: str, of_type: OrganisationType | None) -> str:
    name = line["TypeOfEstablishment (name)"] or (of_type.label if of_type else "not named")
    if of_type is None:
        return f"type not known: {name} ({code})"
    return f"type to be decided: {name}" if of_type.scope is Scope.REVIEW else f"type: {name}"


def phase_not_known(line: Line) -> str:
    column = PHASE if line[PHASE] else PHASE_NAME
    return (
        f"Row {line.number}, {column}: “{line[column]}” is not a phase we know. A school that is "
        "here keeps its phase; a new one has none."
    )


def padded_words(padded: int) -> str:
    if padded == 1:
        return "1 code had lost its first zeros, as happens in a spreadsheet; it was put right."
    return (
        f"{padded} codes had lost their first zeros, as happens in a spreadsheet; they were put "
        "right."
    )
