"""A form's template as a stencil: rows of labels and answer places, to be laid over a return that kept the grid.

Nine returns in ten keep the grid of the blank exactly; for them this is certain where labels alone could mislead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .board import OUTSIDE, Board, Box
from .labels import squeeze

TAG = re.compile(r"\{\{-?\s*(?P<path>[^{}|]+?)\s*(?:\|[^{}]*)?-?\}\}")
LOOP = re.compile(r"\{%\s*(?:tr|p)?\s*for\s+(?P<row>\w+)\s+in\s+(?P<group>[\w.]+)\s*%\}")
CONTROL = re.compile(r"\{%.*?%\}")


@dataclass(frozen=True, slots=True)
class Hole:
    """One box of a stencil: a label (``slots`` empty) or a place for answers of ``slots``, in order.

    ``pattern`` captures the answers between the words that stand in the box as well, none when it holds only one tag.
    """

    label: str
    slots: tuple[int, ...] = ()
    pattern: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class StencilRow:
    """The boxes that begin in one row, from the left; ``repeats`` for the row of a group."""

    holes: tuple[Hole, ...]
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class Stencil:
    """The grids of a template that hold answers, and its tagged lines outside of grids."""

    grids: tuple[tuple[StencilRow, ...], ...]
    lines: tuple[Hole, ...]


def stencil_of(board: Board, slots: Mapping[str, int], groups: frozenset[str]) -> Stencil:
    """Make the stencil of a template; ``slots`` gives the slot of each path, group rows under ``组.栏``."""
    names = row_names(board)
    grids = []
    for number in range(len(board.rows)):
        rows = tuple(_rows(board, number, slots, names, groups))
        if any(hole.slots for row in rows for hole in row.holes):
            grids.append(rows)
    lines = (
        _hole(box.text, slots, names) for box in board.boxes if box.grid == OUTSIDE and TAG.search(box.text)
    )
    return Stencil(tuple(grids), tuple(line for line in lines if line.slots))


def row_names(board: Board) -> dict[str, str]:
    """Return for each loop variable of the template the group that it runs over."""
    return {loop["row"]: loop["group"] for box in board.boxes for loop in LOOP.finditer(box.text)}


def full_path(path: str, names: Mapping[str, str]) -> str:
    """Return the path of a tag with the loop variable replaced by its group."""
    plain = re.sub(r"\s", "", path)
    head, _, rest = plain.partition(".")
    return f"{names[head]}.{rest}" if head in names and rest else plain


def _rows(
    board: Board, grid: int, slots: Mapping[str, int], names: Mapping[str, str], groups: frozenset[str]
) -> Iterator[StencilRow]:
    repeats = False
    for _, boxes in begun_rows(board, grid):
        texts = [box.text for box in boxes]
        if any(CONTROL.search(text) for text in texts):
            continue
        holes = tuple(_hole(text, slots, names) for text in texts)
        if repeats and all(not hole.slots and (not hole.label or hole.label.isdecimal()) for hole in holes):
            continue  # an Excel template keeps the further rows of a group as they are: numbered or empty
        paths = [full_path(tag["path"], names) for text in texts for tag in TAG.finditer(text)]
        repeats = any(path.partition(".")[0] in groups for path in paths)
        yield StencilRow(holes, repeats)


def begun_rows(board: Board, grid: int) -> Iterator[tuple[int, list[Box]]]:
    """Yield for each row of a grid the boxes that begin in it, from the left; rows without any are left out."""
    for number in sorted(board.rows[grid]):
        boxes = [box for box in board.rows[grid][number] if box.row == number]
        if boxes:
            yield number, boxes


def _hole(text: str, slots: Mapping[str, int], names: Mapping[str, str]) -> Hole:
    tags = list(TAG.finditer(text))
    found = tuple(slots[path] for tag in tags if (path := full_path(tag["path"], names)) in slots)
    if not tags or len(found) != len(tags):
        return Hole(squeeze(text))
    if len(tags) == 1 and not squeeze(TAG.sub("", text)):
        return Hole("", found)
    words = TAG.split(text)[::2]
    return Hole("", found, re.compile("(.*?)".join(_loosely(part) for part in words), re.DOTALL))


def _loosely(words: str) -> str:
    """Match the words of a form however they are spaced and in whichever width."""
    return r"\s*".join(["", *(_sign(sign) for sign in squeeze(words)), ""]) if squeeze(words) else r"\s*"


def _sign(sign: str) -> str:
    if "!" <= sign <= "~":
        return f"[{re.escape(sign)}{re.escape(sign.upper())}{chr(ord(sign) + 0xFEE0)}]"
    return re.escape(sign)
