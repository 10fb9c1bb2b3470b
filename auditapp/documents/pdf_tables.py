"""Tables of a PDF: one Table in the structure, over as many pages as it needs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from auditapp.documents.pdf_cells import Content, label_of, rows_of
from auditapp.documents.pdf_flow import Flow
from auditapp.documents.pdf_rows import PADDING, SetRow, draw_head, draw_row, set_cells
from auditapp.documents.pdf_widths import (
    column_extents,
    column_groups,
    column_widths,
    fits,
)
from auditapp.documents.tags import Node
from auditapp.documents.tokens import HEIGHT, TABLE, TABLE_HEAD
from auditapp.documents.tree import Row, Table

SIZES = (TABLE.size, 7.5, 6.5)  # a wide table is set smaller before its columns are parted
PARTED_SIZE = 7.5
WHOLE = 0.55 * HEIGHT  # a table up to this height is not broken over pages
TALL = 0.3 * HEIGHT  # a row from this height on is
LINES_TO_PART = 5  # of a tall row, at the foot of a page


def table_blocks(table: Table, root: Node, below: float) -> list["TableBlock"]:
    """The table, or its columns in groups if they do not fit side by side.

    `below` is the height to keep free under the last row.
    """
    for size in (*SIZES, PARTED_SIZE):
        rows = rows_of(table, size)
        extents = column_extents(table, rows, size)
        if fits(extents):
            break
    blocks: list[TableBlock] = []
    for group in column_groups(extents):
        part = _part(table, group)
        widths = column_widths(part.columns, [extents[index] for index in group])
        contents = [[row[index] for index in group] for row in rows]
        blocks.append(_block(part, contents, widths, size, root.add("Table", summary=table.name)))
    blocks[-1] = replace(blocks[-1], below=below)
    return blocks


def _part(table: Table, group: Sequence[int]) -> Table:
    rows = [replace(row, cells=tuple(row.cells[index] for index in group)) for row in table.rows]
    columns = tuple(table.columns[index] for index in group)
    return replace(table, columns=columns, rows=tuple(rows))


@dataclass
class TableBlock:
    head: SetRow
    rows: list[SetRow]
    below: float = 0.0
    stays_with_next: bool = False

    @property
    def least(self) -> float:
        heights = [row.height for row in self.rows]
        whole = self.head.height + sum(heights) + self.below
        if whole <= WHOLE:
            return whole
        return self.head.height + sum(min(height, TALL) for height in heights[:2])

    def place(self, flow: Flow) -> None:
        self._place_head(flow, repeated=False)
        for index, row in enumerate(self.rows, start=1):
            self._place_row(flow, row, self.below if index == len(self.rows) else 0.0)
        flow.take(PADDING)

    def _place_row(self, flow: Flow, row: SetRow, below: float) -> None:
        """The row, on the next page if it has no room here, parted if no page has."""
        fresh = False
        while row.height + below > flow.room:
            if row.height > max(flow.room, TALL) and flow.room > LINES_TO_PART * row.how.leading:
                first, row = row.parted(flow.room)
                _put(flow, first)
            elif fresh:
                break
            flow.next_page()
            self._place_head(flow, repeated=True)
            fresh = True
        _put(flow, row)

    def _place_head(self, flow: Flow, *, repeated: bool) -> None:
        top = flow.take(self.head.height)
        flow.draw(lambda pen: draw_head(pen, self.head, top, flow.brand, repeated=repeated))


def _put(flow: Flow, row: SetRow) -> None:
    top = flow.take(row.height)
    flow.draw(lambda pen: draw_row(pen, row, top, flow.brand))


def _block(
    table: Table, contents: list[list[Content]], widths: list[float], size: float, node: Node
) -> TableBlock:
    """The rows set at their widths, and their elements below `node`."""
    middle = table.has_bars or table.is_heat_map
    labels = [label_of(column, size) for column in table.columns]
    head_row = node.add("THead").add("TR")
    heads = [head_row.add("TH", scope="Column") for _ in labels]
    head_how = TABLE_HEAD._replace(size=size, leading=size + 2)
    head = SetRow(set_cells(table, labels, heads, widths), Row(()), head_how)
    how = TABLE._replace(size=size, leading=size + 2.5)
    rows: list[SetRow] = []
    body = node.add("TBody") if table.rows else node
    for row, row_contents in zip(table.rows, contents):
        cells = _cells(body.add("TR"), row_contents)
        in_place = set_cells(table, row_contents, cells, widths)
        rows.append(SetRow(in_place, row, how, middle, to_fill=table.to_fill))
    return TableBlock(head, rows)


def _cells(row: Node, contents: Sequence[Content]) -> list[Node]:
    return [
        row.add("TH", scope="Row") if content.is_head else row.add("TD") for content in contents
    ]
