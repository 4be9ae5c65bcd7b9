"""Boxes and edges on a page: what lies in what, and where columns and rows begin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from .lines import Glyph

SAME = 2.5
"""Points within which two rules are one."""

Box = tuple[float, float, float, float]


def around(cells: list[Box]) -> Box:
    """Return the box around all ``cells``."""
    lefts, tops, rights, bottoms = zip(*cells, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def edges(values: list[float]) -> list[float]:
    """Return the edges that ``values`` tell, those within ``SAME`` of one another once."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > SAME:
            found.append(value)
    return found


def index(edges: list[float], value: float) -> int:
    """Return the edge that is nearest to ``value``."""
    return min(range(len(edges)), key=lambda index: abs(edges[index] - value))


def within(glyph: Glyph, box: Any) -> bool:
    """Whether the middle of a glyph lies in ``box``."""
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def holds(outer: Box, inner: Box) -> bool:
    """Whether ``inner`` lies in ``outer``."""
    return (
        outer[0] - SAME <= inner[0]
        and outer[1] - SAME <= inner[1]
        and outer[2] + SAME >= inner[2]
        and outer[3] + SAME >= inner[3]
    )


def centred(picture: Box, cell: Any) -> bool:
    """Whether the middle of a picture lies in ``cell``."""
    x, y = (picture[0] + picture[2]) / 2, (picture[1] + picture[3]) / 2
    return bool(cell[0] <= x <= cell[2] and cell[1] <= y <= cell[3])


def between(glyphs: list[Glyph], boxes: list[Box]) -> Iterator[list[Glyph]]:
    """Yield the glyphs above, between and below the tables, so that no paragraph runs through a table."""
    tops = sorted(box[1] for box in boxes)
    stretches: list[list[Glyph]] = [[] for _ in range(len(tops) + 1)]
    for glyph in glyphs:
        middle = (glyph.top + glyph.bottom) / 2
        stretches[sum(top <= middle for top in tops)].append(glyph)
    yield from stretches


def right_of(box: Box, rows: Sequence[tuple[float, float]], glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Return the ``glyphs`` right of ``box``, none when they stand beside one of its ``rows`` or a few of many."""
    beside = [g for g in glyphs if g.x0 > box[2] - SAME and box[1] < (g.top + g.bottom) / 2 < box[3]]
    filled = sum(any(low < (g.top + g.bottom) / 2 < high for g in beside) for low, high in rows)
    return beside if filled > 1 and 2 * filled >= len(rows) else []
