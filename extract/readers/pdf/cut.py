"""Text that fills its cell to the brim: where rows have fixed heights, what does not fit is not printed at all."""

from __future__ import annotations

from collections.abc import Sequence

from .lines import TextLine

_FEW = 8  # characters of a line from which on its end tells something
_THROUGH = 6  # the part of its height by which a line stands beyond the rule below
_END = "。；！？;!?）)”…"

Box = tuple[float, float, float, float]


def is_cut(lines: Sequence[TextLine], cell: Box, padding: float) -> bool:
    """Whether the last line of a cell is full, ends no sentence, and no further line would have had room below.

    Where the rule below runs through it, it need not be long: what follows may not have been printed.
    """
    if not lines:
        return False
    last = lines[-1]
    through = last.box[3] > cell[3] + last.size / _THROUGH
    if last.seen[-1].text in _END or (len(last.seen) < _FEW and not (through and len(lines) > 1)):
        return False
    start = min(line.box[0] for line in lines)
    spare = cell[2] - cell[0] - 2 * padding - (last.box[2] - start)
    return spare < last.size and cell[3] - last.box[3] < 0.9 * last.size
