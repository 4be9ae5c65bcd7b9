"""Laying a form's stencil over a return: where the grid was kept, each answer stands where the blank has its tag.

A grid is taken whole or not at all; what does not fit is left to the alignment by labels.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

from extract.spelling import squeeze

from .board import OUTSIDE, Board, Box
from .govern import Content
from .regions import Region
from .rest import numbers_columns, opens_total
from .stencil import Hole, Stencil, StencilRow, begun_rows
from .stretches import Stretch

_FEW = 12  # a grid of fewer rows fits whole or not at all: in short forms the labels tell more
_MOST = 0.6  # share of the stencil's rows that must fit


@dataclass(slots=True)
class Overlay:
    """What the stencil settles: contents, the boxes taken, slots with a place (answered or not), the form's own words."""

    contents: list[Content] = field(default_factory=list)
    boxes: set[int] = field(default_factory=set)
    places: dict[int, Box] = field(default_factory=dict)
    labels: list[tuple[Box, Stretch]] = field(default_factory=list)


def lay_over(board: Board, region: Region, stencil: Stencil) -> Overlay:
    """Return what ``stencil`` settles in ``region``; empty when the return was laid out anew."""
    overlay = Overlay()
    boxes = board.boxes[region.start : region.end]
    grids = list(dict.fromkeys(box.grid for box in boxes if box.grid != OUTSIDE))
    loose: list[Hole] = []
    for rows in stencil.grids:
        found = _first(grids, partial(_grid, board, region, rows)) or _first(
            grids, partial(_some_rows, board, region, rows)
        )
        if found is None:
            loose += [hole for row in rows for hole in row.holes if len(hole.slots) > 1]
            continue
        grid, fits = found
        grids.remove(grid)
        _take(overlay, fits)
        loose += [
            hole
            for row in rows
            for hole in row.holes
            if len(hole.slots) > 1 and hole.slots[0] not in overlay.places
        ]
    if overlay.boxes:
        _lines(overlay, boxes, (*stencil.lines, *loose))
    elif not stencil.grids:  # a letter: only its sentences are sure, labels tell about the rest
        _lines(overlay, boxes, tuple(line for line in stencil.lines if line.sure))
    return overlay


def _first(grids: list[int], lay: Callable[[int], list[_Fit] | None]) -> tuple[int, list[_Fit]] | None:
    """Return the first grid that ``lay`` finds fits for."""
    for grid in grids:
        fits = lay(grid)
        if fits is not None:
            return grid, fits
    return None


@dataclass(slots=True)
class _Fit:
    """One box that fits a hole; ``row`` is that of a group's row, else -1."""

    box: Box
    hole: Hole
    answers: tuple[tuple[Stretch, ...], ...]
    row: int = -1
    crowded: bool = False


def _grid(board: Board, region: Region, rows: tuple[StencilRow, ...], grid: int) -> list[_Fit] | None:
    """Return how the rows of a grid fit the stencil in order; further rows must be empty."""
    lines = [
        [box for box in boxes if region.start <= box.order < region.end]
        for _, boxes in begun_rows(board, grid)
    ]
    fits: list[_Fit] = []
    position = 0
    for number, row in enumerate(rows):
        if row.repeats:
            position = _repeated(lines, position, rows[max(number - 1, 0) : number + 2], fits)
            continue
        if row.blank:
            continue  # nobody misses an empty row
        found: list[_Fit] | None = None
        while found is None:
            if position == len(lines):
                return None
            found = _row(lines[position], row) or _row(lines[position], row, worn=True)
            if found is None and any(box.filled for box in lines[position]):
                return None  # an inserted row may go on with an answer: the labels must tell
            position += 1
        fits += found
    return None if any(box.filled for line in lines[position:] for box in line) else fits


def _some_rows(board: Board, region: Region, rows: tuple[StencilRow, ...], grid: int) -> list[_Fit] | None:
    """Return the rows that fit where most do, in order: a row was inserted, or torn by the end of a page.

    What stands in a filled row below a fitting one may belong to its answers: those are marked as crowded.
    """
    lines = [
        [box for box in boxes if region.start <= box.order < region.end]
        for _, boxes in begun_rows(board, grid)
    ]
    labelled = [
        row for row in rows if not row.repeats and any(hole.label or hole.pattern for hole in row.holes)
    ]
    if len(labelled) != len(rows) or len(rows) < _FEW:
        return None
    fits = _fits(lines, rows)
    pairs = _common(fits)
    if len(pairs) < _MOST * len(rows):
        return None
    found: list[_Fit] = []
    taken = {line for _, line in pairs}
    for row, line in pairs:
        below = line + 1 < len(lines) and line + 1 not in taken and any(box.filled for box in lines[line + 1])
        for fit in fits[row][line] or []:
            fit.crowded = below
            found.append(fit)
    return found


def _fits(lines: list[list[Box]], rows: tuple[StencilRow, ...]) -> list[list[list[_Fit] | None]]:
    """Return for each row how each line fits it; one that none fits may have a label that was not printed whole."""
    fits = [[_row(line, row) for line in lines] for row in rows]
    free = [n for n in range(len(lines)) if all(each[n] is None for each in fits)]
    for row, each in zip(rows, fits, strict=True):
        if all(fit is None for fit in each):
            for number in free:
                each[number] = _row(lines[number], row, worn=True)
    return fits


def _common(fits: list[list[list[_Fit] | None]]) -> list[tuple[int, int]]:
    """Return the longest sequence of pairs (row, line) that fit, both in order."""
    height, width = len(fits), len(fits[0]) if fits else 0
    best = [[0] * (width + 1) for _ in range(height + 1)]
    for row in range(height - 1, -1, -1):
        for line in range(width - 1, -1, -1):
            both = best[row + 1][line + 1] + 1 if fits[row][line] is not None else 0
            best[row][line] = max(both, best[row + 1][line], best[row][line + 1])
    pairs, row, line = [], 0, 0
    while row < height and line < width:
        if fits[row][line] is not None and best[row][line] == best[row + 1][line + 1] + 1:
            pairs.append((row, line))
            row, line = row + 1, line + 1
        elif best[row + 1][line] >= best[row][line + 1]:
            row += 1
        else:
            line += 1
    return pairs


def _repeated(
    lines: list[list[Box]],
    position: int,
    around: tuple[StencilRow, ...],
    fits: list[_Fit],
) -> int:
    """Take the rows of a group up to the row that the stencil has next; return where it ends.

    ``around`` are the rows of the stencil before, of and behind the group; the header may stand again on a new page.
    """
    place = next(number for number, each in enumerate(around) if each.repeats)
    row = around[place]
    header = around[place - 1] if place and all(hole.label for hole in around[place - 1].holes) else None
    after = around[place + 1] if place + 1 < len(around) else None
    while position < len(lines):
        line = lines[position]
        if after is not None and _row(line, after) is not None and any(hole.label for hole in after.holes):
            break
        again = _row(line, header) if header is not None else None
        if again is not None:
            fits += again
            position += 1
            continue
        if numbers_columns(line):
            position += 1
            continue
        found = _row(line, row)
        if found is None or opens_total(line):
            break
        for fit in found:
            fit.row = line[0].row
        fits += found
        position += 1
    return position


def row_fits(line: list[Box], row: StencilRow) -> bool:
    """Whether the boxes of a line are those of a row of the blank, whatever answers stand in them."""
    return _row(line, row) is not None


def whole_fits(board: Board, rows: tuple[StencilRow, ...], grid: int) -> bool:
    """Whether a whole grid is one of the blank."""
    return _grid(board, Region(0, len(board.boxes)), rows, grid) is not None


def _row(line: list[Box], row: StencilRow, worn: bool = False) -> list[_Fit] | None:
    """Return how the boxes of a line fit a row; ``worn``: though the end of one label, or all of it, was not printed.

    Another label of the row must then say which it is.
    """
    if len(line) != len(row.holes):
        return None
    fits = []
    lost = 0
    for box, hole in zip(line, row.holes, strict=True):
        answers = _fit(box, hole, row.repeats)
        if answers is None and worn and not hole.slots and hole.label.startswith(squeeze(box.text)):
            answers = ()
            lost += 1
        if answers is None:
            return None
        fits.append(_Fit(box, hole, answers))
    labels = sum(bool(hole.label) for hole in row.holes)
    return None if lost > 1 or (lost and (labels < 2 or row.repeats)) else fits


def _fit(box: Box, hole: Hole, repeats: bool) -> tuple[tuple[Stretch, ...], ...] | None:
    """Return the stretches that answer the hole's slots, nothing for a label, none when the box does not fit."""
    if not hole.slots:
        plain = squeeze(box.text)
        return () if plain == hole.label or (repeats and plain.isdecimal()) else None
    if hole.pattern is None:
        return (tuple((number, 0, len(piece.text)) for number, piece in enumerate(box.pieces)),)
    match = hole.pattern.fullmatch(box.text)
    if match is None:
        return None
    return tuple(
        _stretches(box, match.start(group), match.end(group)) for group in range(1, len(hole.slots) + 1)
    )


def _stretches(box: Box, start: int, end: int) -> tuple[Stretch, ...]:
    """Turn offsets in the text of a box into stretches of its pieces."""
    found: list[Stretch] = []
    position = 0
    for number, piece in enumerate(box.pieces):
        low, high = max(start - position, 0), min(end - position, len(piece.text))
        if low < high:
            found.append((number, low, high))
        position += len(piece.text) + 1
    return tuple(found)


def _take(overlay: Overlay, fits: list[_Fit]) -> None:
    for fit in fits:
        overlay.boxes.add(fit.box.order)
        for slot, stretches in zip(fit.hole.slots, fit.answers, strict=True):
            overlay.places.setdefault(slot, fit.box)
            if any(_says(fit.box, stretch) for stretch in stretches):
                overlay.contents.append(Content(slot, fit.box, stretches, fit.row, crowded=fit.crowded))
        overlay.labels += _own_words(fit)


def _says(box: Box, stretch: Stretch) -> bool:
    number, start, end = stretch
    piece = box.pieces[number]
    return bool(piece.text[start:end].strip() or piece.signs(start, end))


def _own_words(fit: _Fit) -> Iterator[tuple[Box, Stretch]]:
    """Yield the stretches of a box that are the form's own: a whole label, or the words between answers."""
    if fit.hole.slots and fit.hole.pattern is None:
        return  # the whole box is the answer
    taken = sorted(stretch for stretches in fit.answers for stretch in stretches)
    for number, piece in enumerate(fit.box.pieces):
        position = 0
        for _, start, end in (stretch for stretch in taken if stretch[0] == number):
            if start > position:
                yield fit.box, (number, position, start)
            position = end
        if position < len(piece.text):
            yield fit.box, (number, position, len(piece.text))


def _lines(overlay: Overlay, boxes: list[Box], holes: tuple[Hole, ...]) -> None:
    """Fit the lines and cells with tags between their words, each to the first box that has all its words."""
    free = [box for box in boxes if box.order not in overlay.boxes]
    for hole in holes:
        for box in free if hole.pattern is not None and not hole.bare else ():
            answers = _fit(box, hole, repeats=False)
            if answers is not None:
                _take(overlay, [_Fit(box, hole, answers)])
                free.remove(box)
                break
