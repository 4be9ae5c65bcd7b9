"""Frames around lines: a table of one cell that was drawn around a whole form, a sheet with a line in each row.

The lines stand as they would without it. A blank that is framed itself keeps its frame.
"""

from __future__ import annotations

from dataclasses import replace

from extract.model import Block, Document, Grid, Paragraph

from .board import is_lines
from .layout import Layouts

_LABELS, _LINES = 3, 2  # labels that make one cell a form, and lines that they stand in


def unframed(document: Document, layouts: Layouts) -> Document:
    """Return ``document`` with the lines of each frame in its place; as it is when it has none."""

    def is_label(text: str) -> bool:
        return bool(layouts.labels.exact(text))

    keeps = any(
        len(rows) == 1 and len(rows[0].holes) == 1 for each in layouts.all for rows in each.stencil.grids
    )
    blocks: list[Block] = []
    for block in document.blocks:
        if isinstance(block, Grid) and _is_single(block) and not keeps and _is_form(block, layouts):
            blocks += block.cells[0].blocks
        elif isinstance(block, Grid) and is_lines(block, is_label):
            blocks += [inner for cell in block.cells for inner in cell.blocks]
        else:
            blocks.append(block)
    return replace(document, blocks=tuple(blocks)) if len(blocks) > len(document.blocks) else document


def _is_single(block: Block) -> bool:
    return isinstance(block, Grid) and len(block.cells) == 1 and len(block.cells[0].blocks) >= _LABELS


def _is_form(grid: Grid, layouts: Layouts) -> bool:
    lines = [block.text for block in grid.cells[0].blocks if isinstance(block, Paragraph)]
    found = [sum(1 for _ in layouts.labels.inside(line)) for line in lines]
    return sum(found) >= _LABELS and sum(map(bool, found)) >= _LINES
