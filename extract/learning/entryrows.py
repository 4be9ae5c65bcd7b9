"""Lists that end with their header, or with rows that show how to fill them in: the row where entries begin.

Knows sheets alone: a sheet goes on below its last row, a table of Word does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.model import Block, Cell, Document, Grid, Paragraph
from extract.spelling import squeeze
from forms import Doubt, Place, doubt

from .fieldkinds import is_prompt, is_tag
from .fieldnames import identifier

_LONGEST_LABEL = 40
_MOST_EXAMPLES = 3
_ORDER = re.compile(r"</?jx:|<%|#(?:foreach|end)\b")
_SERIALS = ("序号", "编号", "行号", "no", "no.")  # headers of columns that count the rows
_GIVEN = re.compile(r"\d{5}")  # a number that somebody has, as no label holds
_WORDY = 40  # characters from which on a text over several cells is a note
_TALL = 4  # rows over which nothing but a note reaches into a list
_VALUE = re.compile(r"[\d\s.,:/年月日\-—]+[%％]?")


@dataclass(frozen=True, slots=True)
class EntryRows:
    """A document in which every list has a row to fill in; ``emptied`` are the places of examples taken out for it."""

    document: Document
    emptied: tuple[Place, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def with_entry_rows(document: Document) -> EntryRows:
    """Return ``document`` with an open row under each header that has none; up to three rows of examples make room."""
    blocks: list[Block] = []
    emptied: list[Place] = []
    doubts: list[Doubt] = []
    for block in document.blocks:
        if isinstance(block, Grid):
            orders = [cell for cell in block.cells if _ORDER.match(_text(cell))]
            emptied += map(_place, orders)
            found = _opened(_without(block, {cell.row for cell in orders}))
            emptied += [place for place, _ in found.examples]
            doubts += [doubt("learn_example", None, at=place) for place, first in found.examples if first]
            blocks.append(found.grid)
        else:
            blocks.append(block)
    return EntryRows(replace(document, blocks=tuple(blocks)), tuple(emptied), tuple(doubts))


def _without(grid: Grid, gone: set[int]) -> Grid:
    """Return ``grid`` without the rows ``gone``, which only order another tool about: <jx:forEach …>; others move up."""
    if not gone:
        return grid
    kept = [cell for cell in grid.cells if cell.row not in gone]
    moved = (replace(cell, row=cell.row - sum(row < cell.row for row in gone)) for cell in kept)
    return replace(grid, cells=tuple(moved))


@dataclass(frozen=True, slots=True)
class _Opened:
    grid: Grid
    examples: tuple[tuple[Place, bool], ...] = ()  # places, and whether it is the first of its row


def _opened(grid: Grid) -> _Opened:
    rows: dict[int, list[Cell]] = {}
    for cell in grid.cells:
        rows.setdefault(cell.row, []).append(cell)
    filled = {
        number: [cell for cell in rows[number] if _text(cell) and not _is_note(cell)]
        for number in sorted(rows)
    }
    most = max(map(len, filled.values()), default=0)
    head = next((number for number in filled if len(filled[number]) == most), -1)
    if most < 2 or not _is_header(filled[head]) or any(cell.row_span > 1 for cell in filled[head]):
        return _Opened(grid)
    below = [number for number in filled if number > head]
    examples = [number for number in below if filled[number]]
    if examples:  # rows left empty under them are more of the same
        below = [number for number in below if number <= examples[-1]]
    if not below:
        return _Opened(replace(grid, cells=(*grid.cells, *_row_under(grid.name, filled[head]))))
    whole = all(
        2 * len(filled[number]) > most or any(_GIVEN.search(_text(cell)) for cell in filled[number])
        for number in examples
    )
    if len(examples) != len(below) or len(examples) > _MOST_EXAMPLES or not whole or _asks(filled, below):
        return _Opened(grid)
    serial = squeeze(_text(filled[head][0])) in _SERIALS
    places = [
        (_place(cell), cell is filled[number][0] and not all(is_tag(_text(one)) for one in filled[number]))
        for number in examples
        for cell in filled[number]
        if not (
            serial
            and _text(cell).isdecimal()
            and len(_text(cell)) <= _MOST_EXAMPLES
            and cell.column == filled[head][0].column
        )
    ]
    gone = {place for place, _ in places}
    cells = tuple(
        replace(cell, blocks=(Paragraph("", _place(cell)),)) if cell.blocks and _place(cell) in gone else cell
        for cell in grid.cells
    )
    return _Opened(replace(grid, cells=cells), tuple(places))


def _is_note(cell: Cell) -> bool:
    """Whether a cell merged over rows and columns tells how to fill the list in."""
    wide = cell.row_span > 1 and cell.column_span > 1 and cell.column > 0
    return wide and (len(_text(cell)) > _WORDY or (cell.row_span >= _TALL and len(_text(cell)) > _TALL))


def _is_header(cells: list[Cell]) -> bool:
    """Whether a row of cells stands side by side as labels, each another."""
    texts = [_text(cell) for cell in cells]
    side_by_side = all(before.column + before.column_span == cell.column for before, cell in pairwise(cells))
    words = [identifier(text) for text in texts]
    return (
        side_by_side
        and len(set(texts)) == len(texts)
        and all(0 < len(word) <= _LONGEST_LABEL for word in words)
        and not any(
            _VALUE.fullmatch(text) or is_prompt(text) or re.search(r"[:：]\s*$", text) for text in texts
        )
    )


def _asks(filled: dict[int, list[Cell]], rows: list[int]) -> bool:
    """Whether rows under a header are no examples but ask for something themselves."""
    return any(re.search(r"[:：]", _text(cell)) for number in rows for cell in filled[number][:1])


def _row_under(name: str, head: list[Cell]) -> Iterator[Cell]:
    row = head[0].row + 1
    for cell in head:
        place = Place(name, row + 1, cell.column + 1, 1)
        yield replace(cell, row=row, row_span=1, blocks=(Paragraph("", place),))


def _place(cell: Cell) -> Place:
    block = cell.blocks[0]
    return block.place if isinstance(block, Paragraph) else Place("", cell.row + 1, cell.column + 1, 1)


def _text(cell: Cell) -> str:
    return "\n".join(block.text for block in cell.blocks if isinstance(block, Paragraph)).strip()
