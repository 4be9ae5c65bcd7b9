"""How much room a line had: the inner edges of cells and of a page's text, told by where its lines begin and end.

Knows where lines stand, not what they say. A line is full when the next word had no room; that needs the true edges.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Box = tuple[float, float, float, float]

PADDING = 5.4
"""Points that Word leaves at both sides of a cell unless told otherwise."""
_MOST = 9.0  # points of padding that a cell may have; what stands farther inside is indented or in the middle
_NEAR = 0.6  # points within which two edges are one
_LEAST = 0.75  # of the space between margins that are alike: lines that end short of it end at no margin
_FEW = 3  # lines that end at one edge where the text is justified


@dataclass(frozen=True, slots=True)
class Room:
    """The left and right edge between which text runs, in points."""

    left: float
    right: float

    @property
    def width(self) -> float:
        """Points from edge to edge."""
        return self.right - self.left


def inner_room(cell: Box, inner: float) -> Room:
    """Return the room of a ``cell`` with ``inner`` points of padding at both sides."""
    return Room(cell[0] + inner, max(cell[0] + inner, cell[2] - inner))


def padding(cells: Iterable[tuple[Box, Sequence[Box]]]) -> float:
    """Return the padding of a table's cells, each its box and the boxes of its lines: that at which most begin.

    What is set in the middle begins anywhere; a cell of several lines that begin alike tells more than one with one.
    """
    told: list[tuple[float, int]] = []
    for box, lines in cells:
        lefts = [line[0] - box[0] for line in lines]
        if lefts and 0 <= min(lefts) <= _MOST:
            told.append((min(lefts), sum(left - min(lefts) <= _NEAR / 4 for left in lefts)))
    told.sort()
    best, most = min([PADDING, *(offset for offset, _ in told)]), 1
    for number, (offset, _) in enumerate(told):
        count = sum(lines for other, lines in told[number:] if other - offset <= _NEAR)
        if count > most:
            best, most = offset, count
    return best


def page_room(lines: Sequence[Box], tables: Sequence[tuple[Box, float]], width: float) -> Room:
    """Return the room of the text around the ``tables`` (each its box and padding) of a page ``width`` points wide.

    Lines that end at one edge tell it, else a table as wide as the text; else the margins are taken to be alike.
    """
    if not lines:
        return Room(0.0, 0.0)
    left = min(line[0] for line in lines)
    widest = max(line[2] for line in lines)
    half = left + (widest - left) / 2
    rights = sorted((line[2] for line in lines if line[2] > half), reverse=True)
    for right in rights:
        if right < widest - _NEAR and right - left < _LEAST * (width - 2 * left):
            continue  # rooms to fill in that are as long as one another, not the margin
        count = sum(abs(other - right) <= _NEAR for other in rights)
        if count >= _FEW or (count > 1 and right == widest):
            return Room(left, right)
    for box, inner in tables:
        for shift in (inner, 0.0):
            if abs(left - box[0] - shift) < 2 and widest <= box[2] - shift + _NEAR:
                return Room(left, box[2] - shift)
    return Room(left, max(widest, width - left))
