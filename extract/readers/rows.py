"""Tables that a format tells row by row, each cell by its edges: how Word's binary format and RTF hold them.

Columns are the distinct edges of all rows of a table, as Word draws them; nesting comes as depths of paragraphs.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.unreadable import UnreadableError

from .draft import MAX_DEPTH, Item, Line, Slot, Table, joined

_SAME = 25  # twips within which two rows mean one edge: programs round
_MAX_ROWS = 5000
_MAX_COLUMNS = 1000


@dataclass(frozen=True, slots=True)
class Edge:
    """A cell of a row definition: left and right edge in twips, and whether it goes on from the left or from above."""

    left: int
    right: int
    from_left: bool = False
    from_above: bool = False


@dataclass(slots=True)
class _Cell:
    edge: Edge
    items: list[Item]


@dataclass(slots=True)
class _Level:
    """An open table: its rows so far, the finished cells of the open row, and the open cell."""

    rows: list[list[_Cell]] = field(default_factory=list)
    cells: list[list[Item]] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)


class Nest:
    """Gathers paragraphs, cell ends and row ends of any depth into ``items``."""

    def __init__(self) -> None:
        """Begin outside of all tables."""
        self._items: list[Item] = []
        self._levels: list[_Level] = []

    def add(self, depth: int, line: Line, ends_cell: bool) -> None:
        """Add a paragraph that stands in ``depth`` tables; ``ends_cell`` when it is its cell's last."""
        self._go(depth)
        self._open().append(line)
        if ends_cell and depth:
            level = self._levels[-1]
            level.cells.append(level.items)
            level.items = []
            if len(level.cells) > _MAX_COLUMNS:
                raise UnreadableError(f"表格超过{_MAX_COLUMNS}列，不像是报表，没有打开")

    def end_row(self, depth: int, edges: Sequence[Edge], dropped: bool = False) -> None:
        """End the open row at ``depth``, with the ``edges`` of its cells; a ``dropped`` row is nowhere seen."""
        self._go(max(depth, 1))
        level = self._levels[-1]
        if level.items:
            level.cells.append(level.items)
        cells, level.cells, level.items = level.cells, [], []
        if dropped or not cells:
            return
        known = list(edges[: len(cells)])
        while len(known) < len(cells):
            right = known[-1].right if known else 0
            known.append(Edge(right, right + 1000))
        level.rows.append([_Cell(edge, items) for edge, items in zip(known, cells, strict=True)])
        if len(level.rows) > _MAX_ROWS:
            raise UnreadableError(f"表格超过{_MAX_ROWS}行，不像是报表，没有打开")

    def finish(self) -> list[Item]:
        """Close what is open and return the blocks gathered."""
        self._go(0)
        items, self._items = self._items, []
        return items

    def _open(self) -> list[Item]:
        return self._levels[-1].items if self._levels else self._items

    def _go(self, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise UnreadableError("表格嵌套过深，没有打开")
        while len(self._levels) > depth:
            if self._levels[-1].cells or self._levels[-1].items:
                self.end_row(len(self._levels), ())
            level = self._levels.pop()
            if level.rows:
                self._open().append(_table(level.rows))
        while len(self._levels) < depth:
            self._levels.append(_Level())


def _table(rows: list[list[_Cell]]) -> Table:
    columns = _columns(rows)
    slots: list[Slot] = []
    above: dict[int, Slot] = {}
    for number, row in enumerate(rows):
        _row(number, row, columns, slots, above)
    return Table(slots)


def _columns(rows: list[list[_Cell]]) -> list[int]:
    """Return the distinct edges of all rows, those within ``_SAME`` of each other once."""
    found: list[int] = []
    for edge in sorted({x for row in rows for cell in row for x in (cell.edge.left, cell.edge.right)}):
        if not found or edge - found[-1] > _SAME:
            found.append(edge)
    return found


def _row(
    number: int, row: list[_Cell], columns: list[int], slots: list[Slot], above: dict[int, Slot]
) -> None:
    end = 0
    last: Slot | None = None
    under = False  # whether the cell to the left goes on from above
    for cell in row:
        column = max(bisect_right(columns, cell.edge.left) - 1, end)
        span = max(bisect_right(columns, cell.edge.right) - 1 - column, 1)
        end = column + span
        upper = above.get(column)
        if cell.edge.from_left and last is not None:
            if under:
                _cover(last, cell.items)
            else:
                last.column_span += span
                last.items += cell.items if joined(cell.items) else ()
        elif cell.edge.from_above and upper is not None and upper.row + upper.row_span == number:
            upper.row_span += 1
            last, under = upper, True
            _cover(upper, cell.items)
        else:
            last, under = Slot(number, column, 1, span, cell.items), False
            above[column] = last
            slots.append(last)


def _cover(slot: Slot, items: list[Item]) -> None:
    text = joined(items)
    slot.covered += [text] if text else ()
