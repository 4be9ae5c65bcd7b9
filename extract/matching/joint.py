"""Labels that somebody put together in one cell, and their answers beside it in the same way: 单位/姓名, 甲局 / 张三.

Knows the labels of one form; which cell answers which label was settled before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace

from .anchors import Anchor
from .board import OUTSIDE, Board
from .govern import Content
from .labels import LONGEST_LABEL, spellings
from .layout import Layout
from .regions import Region

_SIGN = re.compile(r"\s*[/／]\s*")


def joint_labels(
    board: Board, region: Region, layout: Layout, taken: Set[int]
) -> dict[int, tuple[Anchor, tuple[int, ...]]]:
    """Return by box the cells that name several fields with a stroke between, and their slots; ``taken`` boxes are known."""
    found: dict[int, tuple[Anchor, tuple[int, ...]]] = {}
    boxes = [
        box
        for box in board.boxes[region.start : region.end]
        if box.grid != OUTSIDE and box.order not in taken and _may_be(box.text)
    ]
    if not boxes:
        return found
    named = {name: slot for slot, each in enumerate(layout.slots) if each.field for name in each.names}
    whole = {anchor.box.order for anchor in region.anchors if anchor.whole}
    for box in boxes:
        text = box.text
        if box.order in whole:
            continue
        slots = [_slot(part, named) for part in _SIGN.split(text.strip())]
        if len(slots) > 1 and min(slots) >= 0 and len(set(slots)) == len(slots):
            spans = tuple((number, 0, len(piece.text)) for number, piece in enumerate(box.pieces))
            anchor = Anchor(box, spans, (), whole=True, slots=(slots[0],), slot=slots[0])
            found[box.order] = anchor, tuple(slots)
    return found


def _may_be(text: str) -> bool:
    return len(text) <= LONGEST_LABEL and ("/" in text or "／" in text)


def _slot(part: str, named: dict[str, int]) -> int:
    return next((named[spelling] for spelling in spellings(part) if spelling in named), -1)


def dealt_out(content: Content, slots: Sequence[int]) -> Iterator[Content]:
    """Yield the part of each field where as many parts stand there as labels; else all of it for the first, as a guess."""
    if len(content.stretches) != 1:
        yield replace(content, guessed=True)
        return
    number, start, end = content.stretches[0]
    text = content.box.pieces[number].text
    bounds = [start, *(at for sign in _SIGN.finditer(text, start, end) for at in sign.span()), end]
    parts = list(zip(bounds[::2], bounds[1::2], strict=True))
    if len(parts) != len(slots):
        yield replace(content, guessed=True)
        return
    for slot, (low, high) in zip(slots, parts, strict=True):
        if low < high:
            yield replace(content, slot=slot, stretches=((number, low, high),))
