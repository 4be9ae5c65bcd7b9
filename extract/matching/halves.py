"""Two halves of one form that was broken in two, title and date repeated: known only when the labels have been matched.

``regions`` joins what exact labels tell; this joins what only reworded labels tell.
"""

from __future__ import annotations

from collections.abc import Sequence

from forms import Reading


def completes(first: Sequence[Reading], second: Sequence[Reading]) -> bool:
    """Whether ``second`` holds fields that ``first`` has no label for, and repeats at most half of its own unchanged."""
    told = {reading.field: reading.value for reading in first}
    again = [reading for reading in second if reading.field in told]
    fresh = [reading for reading in second if reading.field not in told and reading.value is not None]
    same = all(reading.value in (told[reading.field], None) for reading in again)
    return bool(told and fresh) and same and 2 * len(again) <= len(second)
