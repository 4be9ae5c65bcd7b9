"""A form's template as a stencil: rows of labels and answer places, to be laid over a return that kept the grid.

Nine returns in ten keep the grid of the blank exactly; for them this is certain where labels alone could mislead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from extract.spelling import squeeze

from .board import OUTSIDE, Board, Box

TAG = re.compile(r"\{\{-?\s*(?P<path>[^{}|]+?)\s*(?:\|[^{}]*)?-?\}\}")
LOOP = re.compile(r"\{%\s*(?:tr|p)?\s*for\s+(?P<row>\w+)\s+in\s+(?P<group>[\w.]+)\s*%\}")
_SENTENCE = 8  # signs between the answers of a line that no other line has by chance
_BRACKETED = 5  # the same where they stand before and behind: （有效期____天）
_LETTERHEAD = 3  # the same where the answer opens the line: ____党委组织部：
CONTROL = re.compile(r"\{%.*?%\}")


@dataclass(frozen=True, slots=True)
class Hole:
    """One box of a stencil: a label (``slots`` empty) or a place for answers of ``slots``, in order.

    ``pattern`` captures the answers between the words that stand in the box as well, none when it holds only one tag.
    """

    label: str
    slots: tuple[int, ...] = ()
    pattern: re.Pattern[str] | None = None
    sure: bool = False  # whether no other line has the words around the answers by chance
    bare: bool = False  # whether no words stand around them


@dataclass(frozen=True, slots=True)
class StencilRow:
    """The boxes that begin in one row, from the left; ``repeats`` for the row of a group."""

    holes: tuple[Hole, ...]
    repeats: bool = False

    @property
    def blank(self) -> bool:
        """Whether the row holds neither words nor answers."""
        return not any(hole.label or hole.slots for hole in self.holes)


@dataclass(frozen=True, slots=True)
class Stencil:
    """The grids of a template that hold answers, and its tagged lines outside of grids."""

    grids: tuple[tuple[StencilRow, ...], ...]
    lines: tuple[Hole, ...]


def stencil_of(
    board: Board, slots: Mapping[str, int], groups: frozenset[str], tails: frozenset[int] = frozenset()
) -> Stencil:
    """Make the stencil of a template; ``slots`` gives the slot of each path, group rows under ``组.栏``.

    ``tails`` are the slots of dates without label: where nothing stands between, they belong to the answer before.
    """
    slots = {path: -slot - 1 if slot in tails else slot for path, slot in slots.items()}
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


def unlabelled_dates(board: Board, dates: frozenset[str]) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Yield for each tag of a date without label, behind another in its box: path before, its own, squeezed lines between.

    ``dates`` are the paths of date fields.
    """
    names = row_names(board)
    for box in board.boxes:
        text = box.text
        tags = list(TAG.finditer(text))
        for before, tag in pairwise(tags):
            between = text[before.end() : tag.start()]
            path = full_path(tag["path"], names)
            twins = (
                full_path(before["path"], names) in dates and not between.strip()
            )  # a date under each of two signatures
            if (
                path in dates
                and not twins
                and not between.rstrip().endswith((":", "："))
                and "{%" not in between
            ):
                lines = frozenset(filter(None, map(squeeze, between.split("\n"))))
                yield full_path(before["path"], names), path, lines


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
    words = TAG.split(text)[::2]
    for number in range(len(found) - 1, 0, -1):
        if found[number] < 0 and not squeeze(words[number]):
            found = found[:number] + found[number + 1 :]
            words[number : number + 2] = [words[number + 1]]
    found = tuple(slot if slot >= 0 else -slot - 1 for slot in found)
    if len(found) == 1 and not any(map(squeeze, words)):
        return Hole("", found, bare=True)
    pattern = re.compile("(.*?)".join(loosely(part) for part in words), re.DOTALL)
    said = [len(squeeze(part)) for part in words]
    return Hole("", found, pattern, _sure(said), not any(said))


def _sure(said: list[int]) -> bool:
    """Whether no other line has words as long as ``said`` around its answers by chance."""
    if not said[0]:
        return sum(said) >= _LETTERHEAD
    return sum(said) >= (_BRACKETED if said[-1] else _SENTENCE)


def loosely(words: str) -> str:
    """Match the words of a form however they are spaced and in whichever width."""
    signs = [_sign(sign) for sign in words if squeeze(sign)]
    return r"\s*".join(["", *signs, ""]) if signs else r"\s*"


def _sign(sign: str) -> str:
    plain = squeeze(sign)  # ① is 1 for comparing, but stands as it is
    if len(plain) == 1 and "!" <= plain <= "~":
        wide = {plain, plain.upper(), *(chr(ord(each) + 0xFEE0) for each in (plain, plain.upper())), sign}
        return f"[{''.join(map(re.escape, sorted(wide)))}]"
    return re.escape(sign) if plain == sign else f"(?:{re.escape(sign)}|{re.escape(plain)})"
