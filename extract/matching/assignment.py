"""Minimum-cost assignment of rows to columns (Jonker and Volgenant's shortest augmenting paths).

Pure numbers; alignment uses it on the few labels that a plain look-up leaves open.
"""

from __future__ import annotations

from collections.abc import Sequence

_INFINITE = float("inf")


def assign(costs: Sequence[Sequence[float]], alone: float) -> list[int]:
    """Return for each row the column it takes, -1 for none, so that the sum of costs is least.

    ``alone`` is the cost of a row that takes no column; a column is taken at most once. Rows must be of one length.
    """
    rows = len(costs)
    columns = len(costs[0]) if rows else 0
    width = columns + rows  # each row may also take a column of its own that stands for none
    potential_row = [0.0] * (rows + 1)
    potential_column = [0.0] * (width + 1)
    taken_by = [rows] * (width + 1)
    for row in range(rows):
        _augment(costs, alone, row, (potential_row, potential_column, taken_by))
    result = [-1] * rows
    for column in range(columns):
        if taken_by[column] < rows:
            result[taken_by[column]] = column
    return result


def _augment(
    costs: Sequence[Sequence[float]],
    alone: float,
    row: int,
    state: tuple[list[float], list[float], list[int]],
) -> None:
    """Bring one more row into the assignment along the cheapest alternating path."""
    potential_row, potential_column, taken_by = state
    rows, columns = len(costs), len(costs[0])
    width = columns + rows
    least = [_INFINITE] * (width + 1)
    before = [width] * (width + 1)
    done = [False] * (width + 1)
    column = width
    taken_by[width] = row
    while taken_by[column] != rows:
        done[column] = True
        here = taken_by[column]
        step, following = _INFINITE, width
        for other in range(width):
            if done[other]:
                continue
            cost = (
                costs[here][other] if other < columns else (alone if other - columns == here else _INFINITE)
            )
            reduced = cost - potential_row[here] - potential_column[other]
            if reduced < least[other]:
                least[other], before[other] = reduced, column
            if least[other] < step:
                step, following = least[other], other
        for other in range(width + 1):
            if done[other]:
                potential_row[taken_by[other]] += step
                potential_column[other] -= step
            else:
                least[other] -= step
        column = following
    while column != width:
        taken_by[column], column = taken_by[before[column]], before[column]
    taken_by[width] = rows
