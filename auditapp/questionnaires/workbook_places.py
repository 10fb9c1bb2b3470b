"""Where each part of a questionnaire stands in its workbook: sheet, row and column."""

from dataclasses import dataclass, field

from auditapp.questionnaires.checking import Path
from auditapp.questionnaires.places import Fault, nearest


@dataclass(frozen=True)
class Cell:
    """A cell by its row (1 is the first) and column, or with no `header` a whole row, or with no
    row a whole sheet. `sheet_at` and `column` are for the order only."""

    sheet: str = ""
    row: int = 0
    header: str = ""
    sheet_at: int = 0
    column: int = 0

    @property
    def words(self) -> str:
        row = f"row {self.row}" if self.row else ""
        return ", ".join(it for it in (self.sheet, row, self.header) if it)


@dataclass(frozen=True)
class CellFault(Fault):
    """One mistake in a workbook."""

    cell: Cell = Cell()

    @property
    def where(self) -> str:
        return self.cell.words or "The file"

    @property
    def order(self) -> tuple[int, ...]:
        return (self.cell.sheet_at, self.line, self.column)

    def __str__(self) -> str:
        return f"{self.name}: {self.where}: {self.message}"


@dataclass
class Cells:
    """Marks of the parts of a document that was made of the workbook `name`."""

    name: str
    marks: dict[Path, Cell] = field(default_factory=lambda: {(): Cell()})

    def fault(self, path: Path, says: str, first: Path | None = None) -> Fault:
        """As `places.Placed`."""
        also = f"; it stands in {self.marks[nearest(first, self.marks)].words} too" if first else ""
        return self.at(self.marks[nearest(path, self.marks)], f"{says}{also}")

    def at(self, cell: Cell, says: str) -> Fault:
        return CellFault(self.name, cell.row, cell.column, says, cell)
