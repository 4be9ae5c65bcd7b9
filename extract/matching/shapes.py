"""How the grids of a form are laid out: rows that are headers, labels and answers by turns.

Knows where labels stand; which answer belongs to which label is for ``govern`` to say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from .anchors import Anchor
from .board import Board, Box
from .layout import Layout

_HEADER = 3  # labels that make a row a header


class Shapes:
    """What the grids of a board look like to a reader who knows the labels; each is looked at once."""

    def __init__(self, board: Board, layout: Layout, anchors: Mapping[int, Sequence[Anchor]]) -> None:
        """Look at ``board``; ``anchors``, by the order of their boxes, lead to slots of ``layout``."""
        self._board = board
        self._layout = layout
        self._anchors = anchors
        self._stacked: dict[int, bool] = {}
        self._banded: dict[int, bool] = {}

    def mostly_labels(self, box: Box) -> bool:
        """Whether more than half of the row of ``box`` are labels, three or more: a header, some columns unknown.

        Labels with the places of their answers between them are none, filled or not.
        """
        line = self._board.rows[box.grid][box.row]
        row = [other for other in line if other.filled]
        known = sum(other.order in self._anchors for other in row)
        if known < _HEADER or 2 * known <= len(row):
            return False
        places = [
            other
            for other in line
            if other.filled or other.column_end > other.column + 1 or not self._board.column_empty(other)
        ]
        return any(
            left.order in self._anchors and right.order in self._anchors for left, right in pairwise(places)
        )

    def is_banded(self, grid: int) -> bool:
        """Whether rows of labels alone and rows of answers stand by turns in a grid; one of them has two or more."""
        if grid not in self._banded:
            rows = self._board.rows[grid]
            heads = []
            for number, row in rows.items():
                line = [box for box in row if box.filled and box.row == number]
                fields = [box for box in line if self._names_field(box)]
                heads += [(number, line)] if fields else []
                if fields and len(fields) < len(line):
                    heads.clear()
                    break
            under = [[box for box in rows.get(number + 1, ()) if box.filled] for number, _ in heads]
            answered = [below for below in under if below and not any(map(self._names_field, below))]
            self._banded[grid] = (
                len(heads) > 1 and len(answered) == len(heads) and max(len(line) for _, line in heads) > 1
            )
        return self._banded[grid]

    def is_stacked(self, grid: int) -> bool:
        """Whether labels and answers stand by turns in a column of a grid, each alone in its row."""
        if grid not in self._stacked:
            alone = {
                row: boxes[0]
                for row, line in self._board.rows[grid].items()
                if len(boxes := [box for box in line if box.filled]) == 1
            }
            pairs = sum(
                box.order in self._anchors
                and row + 1 in alone
                and alone[row + 1].order not in self._anchors
                and alone[row + 1].column == box.column
                for row, box in alone.items()
            )
            self._stacked[grid] = pairs >= _HEADER
        return self._stacked[grid]

    def _names_field(self, box: Box) -> bool:
        """Whether ``box`` is the label of a field that belongs to no group."""
        found = [self._layout.slots[anchor.slot] for anchor in self._anchors.get(box.order, ())]
        return any(slot.field is not None and not slot.group for slot in found)
