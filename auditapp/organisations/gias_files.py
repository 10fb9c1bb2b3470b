"""Which of the register's files a sheet is, and whether its rows are whole. Pure."""

from auditapp.core.errors import RuleBroken
from auditapp.organisations.tabular import Line, Sheet, missing_columns, refuse

TYPE, STATUS, LA = "TypeOfEstablishment (code)", "EstablishmentStatus (code)", "LA (code)"
NAME = "EstablishmentName"
PHASE, PHASE_NAME = "PhaseOfEducation (code)", "PhaseOfEducation (name)"
REQUIRED = ("URN", LA, NAME, TYPE, STATUS)


class WrongPlace(RuleBroken):
    """A file of the register where another is asked for; `is_links` says which of the two it is.

    Its sentence names the file; whoever asked for it knows where it belongs.
    """

    def __init__(self, message: str, *, is_links: bool) -> None:
        super().__init__(message, field="file")
        self.is_links = is_links

    def told(self, *, schools: str, links: str) -> RuleBroken:
        """The refusal with where the file belongs, in the words of a page or a command."""
        where = links if self.is_links else schools
        return RuleBroken(f"{self.message} {where}", field="file")


def check_establishments(sheet: Sheet) -> None:
    """Raises `RuleBroken` for any file but that of establishments, and names the one it is."""
    missing = missing_columns(sheet, REQUIRED)
    if not missing:
        return
    if "URN" in missing:
        raise refuse("This is not the establishment file: it has no column URN.")
    _check_is_not_links(sheet)
    if TYPE in missing and not sheet.has("EstablishmentTypeGroup (code)"):
        raise refuse(
            f"This is the short file, edubaseallstatefunded ({len(sheet.columns)} columns): it "
            "has no type codes, no independent schools and no colleges. Download “Establishment "
            "fields” (edubasealldata) and choose that."
        )
    raise refuse(f"The file has no column {' and no column '.join(missing)}.")


def check_is_no_register(sheet: Sheet) -> None:
    """Raises `WrongPlace` for a file of the register."""
    _check_is_not_links(sheet)
    if sheet.has("URN", LA, NAME):
        raise WrongPlace("This is the register of schools.", is_links=False)


def _check_is_not_links(sheet: Sheet) -> None:
    if sheet.has("LinkURN"):
        raise WrongPlace("This is the links file.", is_links=True)


def why_not_whole(line: Line, *, is_last: bool) -> str | None:
    """What is wrong with the number of a row's cells, if anything."""
    counted = f"Row {line.number} has {len(line.cells)} cells and the header {line.width}"
    if line.overflows:
        return f"{counted}: a quotation mark or a comma is in the wrong place."
    if len(line.cells) >= line.width:
        return None
    if is_last:
        return f"{counted}, and it is the last: the download looks cut off. Download it again."
    return f"{counted}: the row is cut off. Download the file again."
