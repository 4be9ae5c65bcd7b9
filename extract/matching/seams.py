"""Where a page ended inside a table, the blank tells what the page hides: a row torn in two, or a table that ended there.

A reader that sees pages notes where the next page begins; by lines and rules alone both readings may be possible. The one under
which more rows are those of a blank is taken. Knows no pages and no file format.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from extract.model import Block, Cell, Document, Grid, Look, Paragraph

from .board import Box, spread
from .layout import Layouts
from .overlay import row_fits, whole_fits
from .stencil import begun_rows

_MOST = 12  # seams that are looked at: each is a document of its own


@dataclass(frozen=True, slots=True)
class _Fitness:
    """Which rows of blanks a document has, how many filled rows are none of any, and how many grids fit as a whole."""

    rows: frozenset[tuple[int, int, int]]
    strange: int
    whole: int


def mended(document: Document, layouts: Layouts, is_label: Callable[[str], bool]) -> Document:
    """Return ``document`` with rows joined and grids parted at its seams wherever that is how a blank has them."""
    if not _seams(document, torn=True) and not _seams(document):
        return document
    found = _fitness(document, layouts, is_label)
    for change in (_untorn, _unspanned, _joined, _parted):
        for number, row in _seams(document, change is _untorn):
            grid = document.blocks[number]
            grids = change(grid, row) if isinstance(grid, Grid) else ()
            if not grids:
                continue
            other = replace(
                document, blocks=(*document.blocks[:number], *grids, *document.blocks[number + 1 :])
            )
            fitness = _fitness(other, layouts, is_label)
            if _better(found, fitness):
                document, found = other, fitness
    return document


def _seams(document: Document, torn: bool = False) -> list[tuple[int, int]]:
    """Return seams or torn rows (number of the grid's block, row), the last first: what stands before a change stays."""
    grids = ((number, block) for number, block in enumerate(document.blocks) if isinstance(block, Grid))
    return sorted(
        ((number, row) for number, grid in grids for row in (grid.torn if torn else grid.seams)), reverse=True
    )[:_MOST]


def _better(old: _Fitness, new: _Fitness) -> bool:
    if not old.rows <= new.rows:
        return False
    return (len(new.rows), -new.strange, new.whole) > (len(old.rows), -old.strange, old.whole)


def _fitness(document: Document, layouts: Layouts, is_label: Callable[[str], bool]) -> _Fitness:
    board = spread(document, is_label)
    lines = [line for grid in range(len(board.rows)) for _, line in begun_rows(board, grid)]
    fitting: set[tuple[int, int, int]] = set()
    known: set[int] = set()
    whole = 0
    for number, layout in enumerate(layouts.all):
        for index, rows in enumerate(layout.stencil.grids):
            whole += any(whole_fits(board, rows, grid) for grid in range(len(board.rows)))
            for place, row in enumerate(rows):
                those = {order for order, line in enumerate(lines) if row_fits(line, row)}
                known |= those
                if those:
                    fitting.add((number, index, place))
    strange = sum(order not in known and _filled(line) for order, line in enumerate(lines))
    return _Fitness(frozenset(fitting), strange, whole)


def _filled(line: list[Box]) -> bool:
    return any(box.filled for box in line)


def _untorn(grid: Grid, row: int) -> tuple[Grid, ...]:
    """Return ``grid`` with a row that was put together from two pages as two rows again."""
    cells: list[Cell] = []
    for cell in grid.cells:
        if cell.row > row:
            cells.append(replace(cell, row=cell.row + 1))
        elif cell.row + cell.row_span <= row:
            cells.append(cell)
        elif cell.row < row or cell.row_span > 1:
            cells.append(replace(cell, row_span=cell.row_span + 1))
        else:
            first, rest = _halves(cell.blocks)
            cells += (replace(cell, blocks=first), replace(cell, row=row + 1, blocks=rest))
    later = tuple(seam + (seam > row) for seam in grid.seams)
    torn = tuple(other + (other > row) for other in grid.torn if other != row)
    return (replace(grid, cells=tuple(cells), seams=tuple(sorted((*later, row + 1))), torn=torn),)


def _unspanned(grid: Grid, row: int) -> tuple[Grid, ...]:
    """Return ``grid`` with the cells that were put together over the seam as two cells again, nothing when there are none."""
    cells: list[Cell] = []
    for cell in grid.cells:
        first, rest = _halves(cell.blocks) if cell.row < row < cell.row + cell.row_span else ((), ())
        if rest:
            end = cell.row + cell.row_span
            cells += (replace(cell, row_span=row - cell.row, blocks=first),)
            cells += (replace(cell, row=row, row_span=end - row, blocks=rest),)
        else:
            cells.append(cell)
    return (replace(grid, cells=tuple(cells)),) if len(cells) > len(grid.cells) else ()


def _halves(blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """Return what stood on the first page and what on the second."""
    for number, block in enumerate(blocks):
        marks = block.marks if isinstance(block, Paragraph) else ()
        for mark in marks:
            if mark.look is Look.PAGE and isinstance(block, Paragraph):
                first, rest = _cut(block, mark.start)
                return (*blocks[:number], *first), (*rest, *blocks[number + 1 :])
    return blocks, ()


def _cut(paragraph: Paragraph, at: int) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    kept = [mark for mark in paragraph.marks if mark.look is not Look.PAGE]
    before = tuple(replace(mark, end=min(mark.end, at)) for mark in kept if mark.start < at)
    after = tuple(
        replace(mark, start=max(mark.start - at, 0), end=mark.end - at) for mark in kept if mark.end > at
    )
    first = replace(paragraph, text=paragraph.text[:at], marks=before)
    rest = replace(paragraph, text=paragraph.text[at:], marks=after)
    return ((first,) if first.text else ()), (rest,)


def _joined(grid: Grid, row: int) -> tuple[Grid, ...]:
    """Return ``grid`` with the row at the seam set into the one above, nothing when their cells are not the same."""
    above = {(c.column, c.column_span): c for c in grid.cells if c.row + c.row_span == row}
    below = {(c.column, c.column_span): c for c in grid.cells if c.row == row}
    if not above or above.keys() != below.keys():
        return ()
    cells = tuple(_moved(cell, below, row) for cell in grid.cells if cell.row != row)
    return (
        replace(
            grid,
            cells=cells,
            seams=tuple(s - (s > row) for s in grid.seams if s != row),
            torn=tuple(t - (t >= row) for t in grid.torn),
        ),
    )


def _moved(cell: Cell, below: dict[tuple[int, int], Cell], row: int) -> Cell:
    if cell.row > row:
        return replace(cell, row=cell.row - 1)
    end = cell.row + cell.row_span
    if end > row:
        return replace(cell, row_span=cell.row_span - 1)
    if end < row:
        return cell
    rest = below[cell.column, cell.column_span]
    both = (*_said(cell), *_said(rest)) or cell.blocks
    return replace(cell, row_span=cell.row_span + rest.row_span - 1, blocks=both)


def _said(cell: Cell) -> Iterator[Block]:
    for block in cell.blocks:
        if not isinstance(block, Paragraph) or block.text.strip() or block.marks:
            yield block


def _parted(grid: Grid, row: int) -> tuple[Grid, ...]:
    """Return ``grid`` cut in two at the seam, nothing when a cell runs over it."""
    if any(cell.row < row < cell.row + cell.row_span for cell in grid.cells):
        return ()
    upper = tuple(cell for cell in grid.cells if cell.row < row)
    lower = tuple(replace(cell, row=cell.row - row) for cell in grid.cells if cell.row >= row)
    if not upper or not lower:
        return ()
    first = replace(grid, cells=upper, seams=tuple(seam for seam in grid.seams if seam < row), torn=())
    return first, replace(
        grid, cells=lower, seams=tuple(seam - row for seam in grid.seams if seam > row), torn=()
    )
