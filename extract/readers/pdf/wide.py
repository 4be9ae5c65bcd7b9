"""Sheets that are wider than the paper: the columns that had no room stand on further pages, their rows at the same heights.

Knows where rows and columns of the pages' tables are; programs print all pages of the first columns, then those of the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extract.readers.draft import Table

_NEAR = 1.5  # points within which two rows stand at one height
_FEWEST = 3  # edges of rows


@dataclass(frozen=True, slots=True)
class Sheet:
    """The one table of a page: the edges of its rows and columns in points, and its cells."""

    rows: list[float]
    columns: list[float]
    table: Table


def pages_down(sheets: Sequence[Sheet | None]) -> int:
    """Return how many pages the first columns of a wide sheet take, 0 when the pages hold no such sheet."""
    count = len(sheets)
    for down in range(1, count // 2 + 1):
        pairs = [(sheets[n], sheets[n + down]) for n in range(count - down)]
        if count % down == 0 and all(a is not None and b is not None and _goes_on(a, b) for a, b in pairs):
            return down
    return 0


def _goes_on(left: Sheet, right: Sheet) -> bool:
    """Whether two tables have rows of the same heights at the same places, and columns of other widths."""
    level = len(left.rows) == len(right.rows) >= _FEWEST and all(
        abs(a - b) < _NEAR for a, b in zip(left.rows, right.rows, strict=True)
    )
    alike = len(left.columns) == len(right.columns) and all(
        abs(a - b) < _NEAR for a, b in zip(left.columns, right.columns, strict=True)
    )
    return level and not alike


def set_beside(left: Sheet, right: Sheet) -> None:
    """Set the columns of ``right`` beside those of ``left``."""
    shift = max(slot.column + slot.column_span for slot in left.table.slots)
    for slot in right.table.slots:
        slot.column += shift
        left.table.slots.append(slot)
    left.table.slots.sort(key=lambda slot: (slot.row, slot.column))
