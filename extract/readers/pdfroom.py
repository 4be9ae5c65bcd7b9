"""How much room a line had: the inner edges of cells and of a page's text, told by where its lines begin and end.

Knows where lines stand, not what they say. A line is full when the next word had no room; that needs the true edges.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

Box = tuple[float, float, float, float]

PADDING = 5.4
"""Points that Word leaves at both sides of a cell unless told otherwise."""
_MOST = 9.0  # points of padding that a cell may have; what stands farther inside is indented or in the middle
_NEAR = 0.6  # points within which two edges are one
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


def padding(cells: Iterable[tuple[Box, Sequence[Box]]]) -> float:
    """Return the padding of a table's cells, each its box and the boxes of its lines: the least at which two begin."""
    told = sorted(min(line[0] for line in lines) - box[0] for box, lines in cells if lines)
    told = [offset for offset in told if 0 <= offset <= _MOST]
    for offset, following in pairwise(told):
        if following - offset <= _NEAR:
            return offset
    return min([PADDING, *told])


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
        count = sum(abs(other - right) <= _NEAR for other in rights)
        if count >= _FEW or (count > 1 and right == widest):
            return Room(left, right)
    for box, inner in tables:
        for shift in (inner, 0.0):
            if abs(left - box[0] - shift) < 2 and widest <= box[2] - shift + _NEAR:
                return Room(left, box[2] - shift)
    return Room(left, max(widest, width - left))
