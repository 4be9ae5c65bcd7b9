"""The assignment of labels to fields, against every possible one."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.matching.assignment import assign

COSTS = st.integers(0, 4).flatmap(
    lambda columns: st.lists(
        st.lists(st.integers(-8, 12).map(lambda eighths: eighths / 8), min_size=columns, max_size=columns),
        max_size=4,
    )
)


def cost(costs: list[list[float]], alone: float, chosen: list[int]) -> float:
    """Return what an assignment costs."""
    return sum(alone if column < 0 else costs[row][column] for row, column in enumerate(chosen))


def least(costs: list[list[float]], alone: float) -> float:
    """Return the least cost by trying everything."""
    rows, columns = len(costs), len(costs[0]) if costs else 0
    seats = [*range(columns), *([-1] * rows)]
    return min(cost(costs, alone, list(chosen)) for chosen in set(permutations(seats, rows)))


@settings(max_examples=200, deadline=None)
@given(COSTS, st.sampled_from((0.0, 0.25, 0.5, 1.0)))
def test_the_assignment_is_as_cheap_as_the_cheapest(costs: list[list[float]], alone: float) -> None:
    """Cost no more than the best of all assignments, each column taken at most once."""
    chosen = assign(costs, alone)
    taken = [column for column in chosen if column >= 0]
    assert len(chosen) == len(costs)
    assert len(set(taken)) == len(taken)
    assert cost(costs, alone, chosen) == pytest.approx(least(costs, alone))


@pytest.mark.parametrize(
    ("costs", "expected"),
    [
        ([], []),
        ([[]], [-1]),
        ([[0.1]], [0]),
        ([[0.9]], [-1]),
        ([[0.1, 0.2], [0.1, 0.4]], [1, 0]),
        ([[0.1], [0.2]], [0, -1]),
    ],
)
def test_small_assignments(costs: list[list[float]], expected: list[int]) -> None:
    """Take the cheapest column, another when two want it, none when all are dear."""
    assert assign(costs, 0.5) == expected
