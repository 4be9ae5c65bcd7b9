"""Forms of another work: a title that is none of the known forms', over labels of which hardly any is theirs.

Two labels such as 姓名 and 存在问题 stand in every second form; under a title of its own they make no return.
"""

from __future__ import annotations

import re

from .board import OUTSIDE, Board, Box
from .labels import spellings
from .layout import Layout
from .regions import Region

_KINDS = re.compile(r"(?:[表单账册]|台帐|清单|报告|记录|笔记|汇总|统计|登记|总结|方案|计划)$")
_LABELLED = re.compile(r"[:：，。；！？]")
_LONGEST = 30
_SHARE = 3  # of a form's labels more than one in three must stand there as the form spells it


def is_foreign(board: Board, region: Region, layout: Layout) -> bool:
    """Whether ``region`` is headed as another form and has no more than a third of the labels of ``layout``."""
    if region.titled or region.titles:
        return False
    fields = {number for number, slot in enumerate(layout.slots) if slot.field is not None}
    seen = {
        target.slot
        for anchor in region.anchors
        if not anchor.weak
        for target in anchor.targets
        if target.layout == region.layout
    }
    return _SHARE * len(seen & fields) <= len(fields) and _headed(board, region)


def _headed(board: Board, region: Region) -> bool:
    """Whether a title stands above the first label of ``region`` and has its line or its row to itself.

    The region before it may end with that title.
    """
    first = min((anchor.box for anchor in region.anchors), key=lambda box: box.order, default=None)
    if first is None:
        return False
    above = (box for box in reversed(board.boxes[: region.start]) if box.filled and not _beside(first, box))
    before = next((box.order for box in above), region.start)
    for box in board.boxes[before : first.order]:
        text = box.text.strip()
        alone = box.grid == OUTSIDE or sum(b.filled for b in board.rows[box.grid].get(box.row, ())) == 1
        if (
            alone
            and 0 < len(text) <= _LONGEST
            and not _LABELLED.search(text)
            and _KINDS.search(spellings(text)[-1])
        ):
            return True
    return False


def _beside(box: Box, other: Box) -> bool:
    return box.grid != OUTSIDE and (box.grid, box.row) == (other.grid, other.row)
