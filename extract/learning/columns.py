"""Tables whose rows have a label and several open cells each, and no header: a column for each product, person or case.

Knows the rows of a grid in Word, where cells are parted on purpose; a sheet has cells that nobody asked for.
"""

from __future__ import annotations

from extract.matching.board import Box
from forms import doubt

from .cells import Cells
from .headers import Headers
from .spots import Blank

_FEWEST_COLUMNS, _FEWEST_ROWS = 3, 5
_WORD = "表"  # what places in a Word table begin with
Spans = tuple[tuple[int, int], ...]


class Columns:
    """The columns without header of all grids; asked once for each grid that has them."""

    def __init__(self, cells: Cells, headers: Headers, blank: Blank) -> None:
        """Look at the rows of ``cells``; what is to be asked goes to ``blank``."""
        self._cells = cells
        self._headers = headers
        self._blank = blank
        self._grids: dict[int, Spans] = {}

    def number(self, box: Box) -> int:
        """Return which column a cell stands in, from 1; 0 for cells of other tables."""
        if not box.pieces[0].place.part.startswith(_WORD) or box.text.strip():
            return 0
        if box.grid not in self._grids:
            self._grids[box.grid] = self._found(box.grid)
        spans = self._grids[box.grid]
        span = (box.column, box.column_end)
        if span not in spans or self._spans(box.grid, box.row) != spans:
            return 0
        return spans.index(span) + 1

    def _found(self, grid: int) -> Spans:
        rows: dict[Spans, list[int]] = {}
        for row in self._cells.board.rows[grid]:
            if (grid, row) not in self._headers.headed:
                rows.setdefault(self._spans(grid, row), []).append(row)
        spans = max(rows, key=lambda spans: len(rows[spans]), default=())
        if len(spans) < _FEWEST_COLUMNS or len(rows[spans]) < _FEWEST_ROWS:
            return ()
        first = next(box for box in self._cells.begun(grid, rows[spans][0]) if box.column == spans[0][0])
        self._blank.doubts.append(doubt("learn_columns", None, at=first.pieces[0].place, count=len(spans)))
        return spans

    def _spans(self, grid: int, row: int) -> Spans:
        """Return the sides of the empty cells that end a row behind its label, none where no label stands before them."""
        line = self._cells.begun(grid, row)
        empty: list[Box] = []
        while line and not line[-1].text.strip() and line[-1].order not in self._headers.done:
            empty.append(line.pop())
        if not line or not self._cells.labelled(line[-1]):
            return ()
        return tuple((box.column, box.column_end) for box in reversed(empty))
