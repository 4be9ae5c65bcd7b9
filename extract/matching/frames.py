"""Frames: a table of one cell that was drawn around a whole form, whose lines stand as they would without it.

A blank that is drawn so itself keeps its frame.
"""

from __future__ import annotations

from dataclasses import replace

from extract.model import Block, Document, Grid, Paragraph

from .layout import Layouts

_LABELS, _LINES = 3, 2  # labels that make one cell a form, and lines that they stand in


def unframed(document: Document, layouts: Layouts) -> Document:
    """Return ``document`` with the lines of each frame in its place; as it is when it has none."""
    if not any(_is_single(block) for block in document.blocks):
        return document
    if any(len(rows) == 1 and len(rows[0].holes) == 1 for each in layouts.all for rows in each.stencil.grids):
        return document
    blocks: list[Block] = []
    for block in document.blocks:
        framed = isinstance(block, Grid) and _is_single(block) and _is_form(block, layouts)
        blocks += block.cells[0].blocks if isinstance(block, Grid) and framed else (block,)
    return replace(document, blocks=tuple(blocks))


def _is_single(block: Block) -> bool:
    return isinstance(block, Grid) and len(block.cells) == 1 and len(block.cells[0].blocks) >= _LABELS


def _is_form(grid: Grid, layouts: Layouts) -> bool:
    lines = [block.text for block in grid.cells[0].blocks if isinstance(block, Paragraph)]
    found = [sum(1 for _ in layouts.labels.inside(line)) for line in lines]
    return sum(found) >= _LABELS and sum(map(bool, found)) >= _LINES
