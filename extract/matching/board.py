"""A document spread out for alignment: boxes (cells, and paragraphs outside grids) made of pieces of text.

Knows neighbours and claims; every character of a piece ends in exactly one claim or is left over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from extract.model import Block, Cell, Document, Grid, Look, Mark, Paragraph
from forms import Place

_SIGNS = frozenset((Look.PICTURE, Look.FORMULA))
_LONGEST_LABEL = 40
_LINES = 6  # lines of a form retyped in one column: fewer are a table of their own
_PAIR = 2  # cells of a label and its answer
_SIDE_BY_SIDE = 3  # rows that must repeat a label before a grid counts as two forms
_BROKEN, _LONGEST_LINE = 4, 12  # lines that a label was broken into, and characters of each
_NO_LABEL = re.compile(r"[，。；、！？,;!?{}\d]|[:：].")
OUTSIDE = -1  # the grid number of a paragraph outside every grid


@dataclass(slots=True, eq=False)
class Piece:
    """One paragraph of a box; ``claims`` are disjoint stretches that were recognised, in no order."""

    text: str
    place: Place
    marks: tuple[Mark, ...]
    claims: list[tuple[int, int]] = field(default_factory=list)

    def claim(self, start: int, end: int) -> list[tuple[int, int]]:
        """Claim what is still free of ``start:end`` and return those stretches in order."""
        if start >= end:
            return []
        if not self.claims:
            self.claims.append((start, end))
            return [(start, end)]
        free = [(max(start, low), min(end, high)) for low, high in self.free() if low < end and high > start]
        self.claims += free
        return free

    def signs(self, start: int = 0, end: int | None = None) -> frozenset[Look]:
        """Return the signs of no length (picture, formula) between ``start`` and ``end``, both included."""
        if not self.marks:
            return frozenset()
        last = len(self.text) if end is None else end
        return frozenset(
            mark.look for mark in self.marks if mark.look in _SIGNS and start <= mark.start <= last
        )

    def free(self) -> list[tuple[int, int]]:
        """Return the stretches that nothing has claimed, in order."""
        if not self.claims:
            return [(0, len(self.text))] if self.text else []
        if len(self.claims) == 1 and self.claims[0] == (0, len(self.text)):
            return []
        position, found = 0, []
        for start, end in sorted(self.claims):
            if start > position:
                found.append((position, start))
            position = max(position, end)
        if position < len(self.text):
            found.append((position, len(self.text)))
        return found


@dataclass(slots=True, eq=False)
class Box:
    """A cell or a paragraph: rows and columns from 0, ends exclusive; ``order`` is its place in reading order."""

    order: int
    grid: int
    row: int
    column: int
    row_end: int
    column_end: int
    pieces: list[Piece]

    @property
    def text(self) -> str:
        """The text of all pieces, one line each."""
        return (
            self.pieces[0].text if len(self.pieces) == 1 else "\n".join(piece.text for piece in self.pieces)
        )

    @property
    def filled(self) -> bool:
        """Whether there is anything to see."""
        return any(piece.text.strip() or piece.signs() for piece in self.pieces)


@dataclass(slots=True)
class Board:
    """All boxes in reading order and, for each grid, the boxes by row."""

    boxes: list[Box] = field(default_factory=list)
    rows: list[dict[int, list[Box]]] = field(default_factory=list)
    _empty: dict[tuple[int, int], bool] = field(default_factory=dict)

    def left_of(self, box: Box) -> Iterator[Box]:
        """Yield the boxes to the left that share the first row of ``box``, nearest first."""
        line = self.rows[box.grid].get(box.row, ())
        for other in reversed(line):
            if other.column_end <= box.column:
                yield other

    def right_of(self, box: Box) -> Iterator[Box]:
        """Yield the boxes to the right that share a row with ``box``, row by row, nearest first."""
        seen: set[int] = set()
        for row in range(box.row, box.row_end):
            for other in self.rows[box.grid].get(row, ()):
                if other.column >= box.column_end and other.order not in seen:
                    seen.add(other.order)
                    yield other

    def above(self, box: Box) -> Iterator[Box]:
        """Yield the boxes above that share a column with ``box``, nearest first, each once."""
        last: Box | None = None
        rows = self.rows[box.grid]
        for row in range(box.row - 1, -1, -1):
            for other in rows.get(row, ()):
                if other.column < box.column_end and other.column_end > box.column and other is not last:
                    last = other
                    yield other

    def end_above(self, box: Box, ends: Callable[[Box], bool], known: dict[int, Box | None]) -> Box | None:
        """Return the nearest box above for which ``ends`` holds, none when it holds for none.

        ``known`` keeps what was found, by box: it counts for the boxes below in the same column, of which a list may have thousands.
        """
        found: Box | None = None
        for other in self.above(box):
            if ends(other):
                found = other
                break
            level = (other.column, other.column_end) == (box.column, box.column_end)
            if level and other.order in known:
                found = known[other.order]
                break
        known[box.order] = found
        return found

    def below(self, box: Box) -> Iterator[Box]:
        """Yield the boxes in the row right under ``box`` that share a column with it."""
        for other in self.rows[box.grid].get(box.row_end, ()):
            if other.row == box.row_end and other.column < box.column_end and other.column_end > box.column:
                yield other

    def mostly_filled(self, box: Box) -> bool:
        """Whether most rows of the grid have something in the column of ``box``."""
        rows = self.rows[box.grid]
        filled = sum(
            other.filled
            for row in rows
            for other in rows[row]
            if other.row == row and other.column == box.column
        )
        return 2 * filled >= len(rows)

    def column_empty(self, box: Box) -> bool:
        """Whether the column of ``box`` is empty in the whole grid: inserted by accident, of no meaning."""
        key = (box.grid, box.column)
        if key not in self._empty:
            others = (
                other
                for line in self.rows[box.grid].values()
                for other in line
                if other.column == box.column and other.column_end == box.column_end
            )
            self._empty[key] = not any(other.filled for other in others)
        return self._empty[key]


def spread(document: Document, is_label: Callable[[str], bool]) -> Board:
    """Spread ``document`` out. A grid inside a cell stays a grid of its own when labels stand in its cells.

    Otherwise it belongs to the answer around it and its text joins that cell.
    """
    board = Board()
    _spread(board, document.blocks, is_label)
    for grid in range(len(board.rows)):
        column = _second_form(board.rows[grid], is_label)
        if column:
            _take_apart(board, grid, column)
    return board


def _second_form(rows: dict[int, list[Box]], is_label: Callable[[str], bool]) -> int:
    """Return the column where a second form begins that stands beside the first, 0 when there is none.

    Two forms side by side show in several rows that hold one label twice, at the same distance; two lists in one row that
    holds all its labels twice, under titles of their own.
    """
    seconds: dict[tuple[int, int], int] = {}
    twice: dict[
        int, dict[int, list[int]]
    ] = {}  # by distance and row, where the second of two equal texts stand
    for row, line in rows.items():
        seen: dict[str, int] = {}
        for box in line:
            text = "".join(box.text.split())
            if box.row != row or not text or len(text) > _LONGEST_LABEL:
                continue
            if text in seen and not text.isdecimal():
                apart = box.column - seen[text]
                twice.setdefault(apart, {}).setdefault(row, []).append(box.column)
                if is_label(box.text):
                    pair = seen[text], box.column
                    seconds[pair] = seconds.get(pair, 0) + 1
            seen.setdefault(text, box.column)
    pair, count = max(seconds.items(), key=lambda item: item[1], default=((0, 0), 0))
    if count < _SIDE_BY_SIDE:
        return _second_list(rows, twice)
    apart = pair[1] - pair[0]
    return min(second for first, second in seconds if second - first == apart and second > pair[0])


def _second_list(rows: dict[int, list[Box]], twice: dict[int, dict[int, list[int]]]) -> int:
    """Return where a list begins that stands beside another under a title of its own, 0 when there is none.

    A list in two columns has its header twice as well, but one title.
    """
    for apart, lines in twice.items():
        headers = {row: columns for row, columns in lines.items() if len(columns) >= _SIDE_BY_SIDE}
        for row, columns in headers.items():
            above = [other for other in lines if other < row and min(lines[other]) <= min(columns)]
            left = [box for box in rows[row] if box.row == row and box.filled and box.column < min(columns)]
            if (
                above
                and len(left) <= len(columns) + 1
                and max(box.column for box in left) < min(columns) <= apart + 1
            ):
                return min(min(lines[other]) for other in (row, *above))
    return 0


def _take_apart(board: Board, grid: int, column: int) -> None:
    """Make the boxes from ``column`` on a grid of their own that is read after the first."""
    left = {row: [box for box in line if box.column < column] for row, line in board.rows[grid].items()}
    right = {row: [box for box in line if box.column >= column] for row, line in board.rows[grid].items()}
    number = len(board.rows)
    board.rows[grid] = left
    board.rows.append(right)
    for line in right.values():
        for box in line:
            box.grid = number
    first = min(box.order for line in left.values() for box in line)
    board.boxes.sort(
        key=lambda box: (
            box.order if box.grid not in (grid, number) else first,
            box.grid == number,
            box.order,
        )
    )
    for order, box in enumerate(board.boxes):
        box.order = order


def _spread(board: Board, blocks: tuple[Block, ...], is_label: Callable[[str], bool]) -> None:
    number = 0
    while number < len(blocks):
        block = blocks[number]
        if isinstance(block, Grid):
            _grid(board, block, is_label)
            number += 1
            continue
        lines = _broken_label(blocks, number, is_label)
        _box(board, None, OUTSIDE, list(map(_piece, lines or (block,))))
        number += len(lines) or 1


def _broken_label(blocks: tuple[Block, ...], number: int, is_label: Callable[[str], bool]) -> list[Paragraph]:
    """Return the paragraphs from ``number`` on that make a label in several lines, as a cell saved as text leaves it."""
    lines: list[Paragraph] = []
    spelled = ""
    for block in blocks[number : number + _BROKEN]:
        text = block.text.strip() if isinstance(block, Paragraph) else ""
        if not 0 < len(text) <= _LONGEST_LINE or _NO_LABEL.search(text) or (lines and is_label(spelled)):
            break
        assert isinstance(block, Paragraph)  # noqa: S101 - it has a text
        lines.append(block)
        spelled += text
        if len(lines) > 1 and is_label(spelled):
            return lines
    return []


def _grid(board: Board, grid: Grid, is_label: Callable[[str], bool]) -> None:
    number = len(board.rows)
    rows: dict[int, list[Box]] = {}
    board.rows.append(rows)
    for cell in grid.cells:
        framed = len(grid.cells) == 1  # a box drawn around a form
        inner = [
            block
            for block in cell.blocks
            if isinstance(block, Grid)
            and (framed or _is_form(block, is_label))
            and not (_has_label_beside(grid, cell, is_label) and not _heads_all(block, is_label))
        ]
        if inner:
            _spread(board, cell.blocks, is_label)
            continue
        pieces = [_piece(paragraph) for paragraph in _paragraphs(cell.blocks)]
        if not pieces:
            pieces = [Piece("", Place(grid.name, cell.row + 1, cell.column + 1, 1), ())]
        box = _box(board, cell, number, pieces)
        for row in range(box.row, box.row_end):
            rows.setdefault(row, []).append(box)
    for line in rows.values():
        line.sort(key=lambda box: box.column)


def is_lines(grid: Grid, is_label: Callable[[str], bool]) -> bool:
    """Whether a grid holds nothing but single lines in its first column, several of them, as paragraphs would stand.

    A blank form is none: labels alone, with cells beside them that nobody has filled.
    """
    if len(grid.cells) < _LINES:
        return False
    lines: list[str] = []
    for cell in grid.cells:
        for block in cell.blocks:
            if not isinstance(block, Paragraph) or (cell.column and block.text.strip()):
                return False
            lines += [block.text] if block.text.strip() else []
    if len(lines) < _LINES or not all(len(cell.blocks) == 1 for cell in grid.cells):
        return False
    if any(cell.column for cell in grid.cells):
        return 3 * sum(map(is_label, lines)) < 2 * len(lines)
    return not any("\n" in line for line in lines)  # one column whose cells hold several lines is a table


def _box(board: Board, cell: Cell | None, grid: int, pieces: list[Piece]) -> Box:
    order = len(board.boxes)
    if cell is None:
        box = Box(order, grid, 0, 0, 1, 1, pieces)
    else:
        ends = cell.row + cell.row_span, cell.column + cell.column_span
        box = Box(order, grid, cell.row, cell.column, *ends, pieces)
    board.boxes.append(box)
    return box


def _piece(paragraph: Paragraph) -> Piece:
    return Piece(paragraph.text, paragraph.place, paragraph.marks)


def _paragraphs(blocks: tuple[Block, ...]) -> Iterator[Paragraph]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for cell in block.cells:
                yield from _paragraphs(cell.blocks)


def _has_label_beside(grid: Grid, cell: Cell, is_label: Callable[[str], bool]) -> bool:
    """Whether the cell right before ``cell`` in its row is a label: what stands in ``cell`` is its answer."""
    before = [other for other in grid.cells if other.row == cell.row and other.column < cell.column]
    nearest = max(before, key=lambda other: other.column, default=None)
    return nearest is not None and is_label(_said(nearest))


def _heads_all(grid: Grid, is_label: Callable[[str], bool]) -> bool:
    """Whether the first row or the first column of a grid holds labels alone: a part of the form, put beside its name."""
    row = [text for cell in grid.cells if cell.row == 0 and (text := _said(cell))]
    column = [text for cell in grid.cells if cell.column == 0 and (text := _said(cell))]
    return all(map(is_label, row)) or all(map(is_label, column))


def _said(cell: Cell) -> str:
    return "\n".join(block.text for block in cell.blocks if isinstance(block, Paragraph)).strip()


def _is_form(grid: Grid, is_label: Callable[[str], bool]) -> bool:
    """Whether a grid inside a cell is part of a form: two labels, or one beside its answer; else an answer's own table."""
    texts = list(map(_said, grid.cells))
    labels = {text for text in texts if is_label(text)}
    if len(labels) > 1 or (labels and len(texts) <= _PAIR):
        return True
    inner = (block for cell in grid.cells for block in cell.blocks if isinstance(block, Grid))
    return any(_is_form(block, is_label) for block in inner)
