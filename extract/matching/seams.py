"""Where a page ended inside a table, the blank tells what the page hides: a row torn in two, or a table that ended there.

A reader that sees pages notes where the next page begins; by lines and rules alone both readings may be possible. The one under
which more rows are those of a blank is taken. Knows no pages and no file format.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from extract.model import Block, Cell, Document, Grid, Look, Mark, Paragraph
from extract.spelling import squeeze

from .board import Box, spread
from .layout import Layouts
from .overlay import row_fits, whole_fits
from .stencil import begun_rows

_MOST = 40  # seams of a table that are looked at: each is a table of its own
_PAGES = 4  # pages over which a row runs, less one
Change = Callable[[Grid, int], tuple[Grid, ...]]


@dataclass(frozen=True, slots=True)
class _Fitness:
    """Which rows and whole grids of blanks a table has, and how many filled rows are none of any."""

    rows: frozenset[tuple[int, int, int]]
    strange: int
    whole: frozenset[tuple[int, int]]


def mended(document: Document, layouts: Layouts, is_label: Callable[[str], bool]) -> Document:
    """Return ``document`` with rows joined and grids parted at its seams wherever that is how a blank has them."""
    if not any(isinstance(block, Grid) and (block.seams or block.torn) for block in document.blocks):
        return document
    blocks: list[Block] = []
    for block in document.blocks:
        whole = not isinstance(block, Grid) or not (block.seams or block.torn)
        blocks += [block] if whole else _mended(replace(document, blocks=(block,)), layouts, is_label).blocks
    return replace(document, blocks=tuple(blocks))


def _mended(document: Document, layouts: Layouts, is_label: Callable[[str], bool]) -> Document:
    """Return ``document``, which is one grid, as the grids that the blank has: at each seam the best of all changes."""
    found = _fitness(document, layouts, is_label)
    labels = _labels(layouts)
    spanned = (partial(_spanned, labels=labels), partial(_spanned, labels=labels, below=True))
    untorn = tuple(partial(_untorn, at=at) for at in range(_PAGES))
    for torn, changes in ((True, untorn), (False, (_unspanned,)), (False, (_joined, *spanned, _parted))):
        tried: set[tuple[int, int]] = set()
        while spots := [spot for spot in _seams(document, torn) if spot not in tried]:
            number, row = spots[0]
            best = document
            for change in changes:
                other = _changed(document, number, change, row)
                fitness = _fitness(other, layouts, is_label) if other is not document else found
                if _better(found, fitness):
                    best, found = other, fitness
            if best is document or not torn:
                tried.add(spots[0])
            elif torn:  # both parts may be torn once more
                tried = {(place, line + (line > row)) for place, line in tried}
            document = best
    return document


def _changed(document: Document, number: int, change: Change, row: int) -> Document:
    """Return ``document`` with the grids that ``change`` makes of its block ``number``, itself when it makes none."""
    grid = document.blocks[number]
    grids = change(grid, row) if isinstance(grid, Grid) else ()
    if not grids:
        return document
    return replace(document, blocks=(*document.blocks[:number], *grids, *document.blocks[number + 1 :]))


def _labels(layouts: Layouts) -> frozenset[str]:
    """Return what stands in the cells of the blanks' grids that are no answers."""
    grids = (rows for layout in layouts.all for rows in layout.stencil.grids)
    return frozenset(hole.label for rows in grids for row in rows for hole in row.holes) - {""}


def _seams(document: Document, torn: bool = False) -> list[tuple[int, int]]:
    """Return seams or torn rows (number of the grid's block, row), the last first: what stands before a change stays."""
    grids = ((number, block) for number, block in enumerate(document.blocks) if isinstance(block, Grid))
    return sorted(
        ((number, row) for number, grid in grids for row in (grid.torn if torn else grid.seams)), reverse=True
    )[:_MOST]


def _better(old: _Fitness, new: _Fitness) -> bool:
    if not old.rows <= new.rows:
        return False
    return (len(new.rows), -new.strange, len(new.whole)) > (len(old.rows), -old.strange, len(old.whole))


def _fitness(document: Document, layouts: Layouts, is_label: Callable[[str], bool]) -> _Fitness:
    board = spread(document, is_label)
    lines = [line for grid in range(len(board.rows)) for _, line in begun_rows(board, grid)]
    fitting: set[tuple[int, int, int]] = set()
    known: set[int] = set()
    whole: set[tuple[int, int]] = set()
    for number, layout in enumerate(layouts.all):
        for index, rows in enumerate(layout.stencil.grids):
            if any(whole_fits(board, rows, grid) for grid in range(len(board.rows))):
                whole.add((number, index))
            for place, row in enumerate(rows):
                those = {order for order, line in enumerate(lines) if row_fits(line, row)}
                known |= those
                if those:
                    fitting.add((number, index, place))
    strange = sum(order not in known and _filled(line) for order, line in enumerate(lines))
    return _Fitness(frozenset(fitting), strange, frozenset(whole))


def _filled(line: list[Box]) -> bool:
    return any(box.filled for box in line)


def _untorn(grid: Grid, row: int, at: int = 0) -> tuple[Grid, ...]:
    """Return ``grid`` with a row that was put together from two or more pages as two rows again.

    ``at`` tells by which of the ends of pages in it, from 0; nothing when it has no more than that.
    """
    tears = grid.torn.count(row)
    if at >= tears:
        return ()
    cells: list[Cell] = []
    for cell in grid.cells:
        if cell.row > row:
            cells.append(replace(cell, row=cell.row + 1))
        elif cell.row + cell.row_span <= row:
            cells.append(cell)
        elif cell.row < row or cell.row_span > 1:
            cells.append(replace(cell, row_span=cell.row_span + 1))
        else:
            first, rest = _halves(cell.blocks, at)
            cells += (replace(cell, blocks=first), replace(cell, row=row + 1, blocks=rest))
    later = tuple(seam + (seam > row) for seam in grid.seams)
    torn = [other + (other > row) for other in grid.torn if other != row]
    torn = sorted([*torn, *[row] * at, *[row + 1] * (tears - at - 1)])
    return (replace(grid, cells=tuple(cells), seams=tuple(sorted((*later, row + 1))), torn=tuple(torn)),)


def _unspanned(grid: Grid, row: int) -> tuple[Grid, ...]:
    """Return ``grid`` with the cells that were put together over the seam as two cells again, nothing when there are none."""
    cells: list[Cell] = []
    for cell in grid.cells:
        inside = cell.row < row < cell.row + cell.row_span
        pages = sum(cell.row < s < row for s in grid.seams) + sum(cell.row <= t < row for t in grid.torn)
        first, rest = _halves(cell.blocks, pages) if inside else ((), ())
        if any(isinstance(block, Paragraph) and block.text for block in rest):
            end = cell.row + cell.row_span
            cells += (replace(cell, row_span=row - cell.row, blocks=first),)
            cells += (replace(cell, row=row, row_span=end - row, blocks=rest),)
        else:
            cells.append(cell)
    return (replace(grid, cells=tuple(cells)),) if len(cells) > len(grid.cells) else ()


def _spanned(grid: Grid, row: int, labels: frozenset[str], below: bool = False) -> tuple[Grid, ...]:
    """Return ``grid`` with labels that the seam cut in two as one cell over both pages, nothing when there are none.

    What stands below a filled cell without a word is taken to be its rest as well, if ``below``.
    """
    under = {(c.column, c.column_span): c for c in grid.cells if c.row == row}
    cells: list[Cell] = []
    gone: list[Cell] = []
    for cell in grid.cells:
        rest = under.get((cell.column, cell.column_span)) if cell.row + cell.row_span == row else None
        said = ("", "") if rest is None else (_text(cell), _text(rest))
        cut = all(said) and "".join(said) in labels
        if rest is None or not (cut or (said[0] and not said[1] and (below or said[0] in labels))):
            cells.append(cell)
            continue
        both = (*_said(cell), *_said(rest)) if said[1] else cell.blocks
        cells.append(replace(cell, row_span=cell.row_span + rest.row_span, blocks=both))
        gone.append(rest)
    if not gone or len(gone) == len(under):
        return ()
    return (replace(grid, cells=tuple(cell for cell in cells if cell not in gone)),)


def _text(cell: Cell) -> str:
    return squeeze("".join(block.text for block in cell.blocks if isinstance(block, Paragraph)))


def _halves(blocks: tuple[Block, ...], at: int = 0) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """Return what stood before the end ``at`` of a page, and what behind it."""
    for number, block in enumerate(blocks):
        for mark in block.marks if isinstance(block, Paragraph) else ():
            if mark.look is not Look.PAGE or not isinstance(block, Paragraph):
                continue
            if not at:
                first, rest = _cut(block, mark)
                return (*blocks[:number], *first), (*rest, *blocks[number + 1 :])
            at -= 1
    return blocks, ()


def _cut(paragraph: Paragraph, page: Mark) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    at = page.start
    kept = [mark for mark in paragraph.marks if mark is not page]
    ends = [mark for mark in kept if mark.start < at or (mark.look is Look.CUT and mark.start == at)]
    before = tuple(replace(mark, end=min(mark.end, at)) for mark in ends)
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
    both = _as_one(tuple(_said(cell)), tuple(_said(rest))) or cell.blocks
    return replace(cell, row_span=cell.row_span + rest.row_span - 1, blocks=both)


def _as_one(first: tuple[Block, ...], rest: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return the halves of a cell; a text that had no room for the next word goes on with it."""
    if not first or not rest:
        return (*first, *rest)
    last, more = first[-1], rest[0]
    if not isinstance(last, Paragraph) or not isinstance(more, Paragraph) or not _goes_on(more):
        return (*first, *rest)
    shift = len(last.text)
    marks = [m for m in last.marks if m.look is not Look.CUT]
    marks += [replace(m, start=m.start + shift, end=m.end + shift) for m in more.marks]
    return (*first[:-1], replace(last, text=last.text + more.text, marks=tuple(marks)), *rest[1:])


def _goes_on(paragraph: Paragraph) -> bool:
    return any(mark.look is Look.GOES_ON and not mark.start for mark in paragraph.marks)


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
