"""Which label of a region leads to which field: an assignment of anchors to slots by spelling, context and order.

Exact and unambiguous labels are settled by look-up; what is left open is one minimum-cost assignment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from .anchors import Anchor
from .assignment import assign
from .board import OUTSIDE, Board, Box
from .labels import likeness, spellings
from .layout import Layout
from .regions import Region

_LEAST = 0.55  # a rewording less like its label than this is not taken
_HEAD = re.compile(r"^[ \t\u3000]*(?P<head>[^:：\n，。；]{2,24}?)[ \t\u3000]*[:：]")
_SENTENCE = re.compile(r"[，。；！？,;!?]")
_LONGEST = 24


def match_slots(board: Board, region: Region, layout: Layout, done: Set[int] = frozenset()) -> list[Anchor]:
    """Return the anchors of ``region`` that lead to a slot of ``layout``, in order, each slot at most once.

    ``done`` are slots that need no label any more.

    Further anchors of a slot that is taken are dropped: their text is known when a label stands alone, else answer.
    """
    rivals: dict[int, int] = {}
    for anchor in region.anchors:
        anchor.slots = tuple(
            target.slot
            for target in anchor.targets
            if target.layout == region.layout and target.slot not in done
        )
        for slot in anchor.slots:
            rivals[slot] = rivals.get(slot, 0) + 1
    settled: list[Anchor] = []
    open_anchors: list[Anchor] = []
    for anchor in region.anchors:
        if len(anchor.slots) == 1 and rivals[anchor.slots[0]] == 1 and not anchor.weak:
            anchor.slot = anchor.slots[0]
            settled.append(anchor)
        elif anchor.slots:
            open_anchors.append(anchor)
    taken = {anchor.slot for anchor in settled} | done
    free = [slot for slot in range(len(layout.slots)) if slot not in taken]
    if free:
        reworded = list(_rewordings(board, region, layout, free))
        settled += _assign(layout, free, [*open_anchors, *reworded], settled)
    return sorted(settled, key=lambda anchor: (anchor.box.order, anchor.start))


def _assign(layout: Layout, free: list[int], candidates: list[Anchor], settled: list[Anchor]) -> list[Anchor]:
    if not candidates:
        return []
    costs = [[_cost(layout, slot, anchor, settled) for anchor in candidates] for slot in free]
    chosen = []
    for row, column in enumerate(assign(costs, 1 - _LEAST)):
        if column >= 0:
            anchor = candidates[column]
            anchor.slot = free[row]
            if not anchor.targets:
                anchor.likeness = _alike(layout, free[row], anchor)
            chosen.append(anchor)
    return chosen


def _cost(layout: Layout, slot: int, anchor: Anchor, settled: list[Anchor]) -> float:
    """Weigh an anchor for a slot: spelling first, then the label above or beside it, then the order of the form."""
    base = float(slot not in anchor.slots) if anchor.targets else 1 - _alike(layout, slot, anchor)
    cost = base + (0.15 if anchor.weak else 0.0)
    parent = layout.slots[slot].parent
    if parent >= 0:
        beside = any(other.slot == parent and _touches(other.box, anchor.box) for other in settled)
        cost += 0.0 if beside else 0.2
    before = max((other.slot for other in settled if other.box.order < anchor.box.order), default=-1)
    after = min(
        (other.slot for other in settled if other.box.order > anchor.box.order), default=len(layout.slots)
    )
    return cost - (0.12 if before < slot < after else 0.0)


def _touches(parent: Box, child: Box) -> bool:
    if parent is child:
        return True
    if parent.grid != child.grid or parent.grid == OUTSIDE:
        return parent.grid == child.grid
    rows = parent.row < child.row_end and child.row < parent.row_end
    columns = parent.column < child.column_end and child.column < parent.column_end
    return rows or columns


def _alike(layout: Layout, slot: int, anchor: Anchor) -> float:
    return max(
        (likeness(name, text) for name in layout.slots[slot].names for text in spellings(anchor.text)),
        default=0.0,
    )


def _rewordings(board: Board, region: Region, layout: Layout, free: list[int]) -> Iterator[Anchor]:
    """Yield the stretches that could be reworded labels: short boxes before an answer, and heads before a colon."""
    labels = {anchor.box.order for anchor in region.anchors if anchor.whole}
    passed = {title.box.order for title in region.titles} | {anchor.box.order for anchor in region.anchors}
    for box in board.boxes[region.start : region.end]:
        if box.order in passed or not box.filled:
            continue
        candidate = _reworded(board, box, labels)
        if candidate is None:
            continue
        best = max(_alike(layout, slot, candidate) for slot in free)
        if best >= _LEAST - 0.12:
            yield candidate


def _reworded(board: Board, box: Box, labels: set[int]) -> Anchor | None:
    text = box.text
    answered = False
    if box.grid != OUTSIDE:
        nearest = next((other for other in board.left_of(box) if other.filled), None)
        answered = nearest is not None and nearest.order in labels and not _in_header(board, box, labels)
        if (
            not answered
            and len(text.strip()) <= _LONGEST
            and not _SENTENCE.search(text)
            and not text.strip().isdigit()
        ):
            spans = tuple((number, 0, len(piece.text)) for number, piece in enumerate(box.pieces))
            return Anchor(box, spans, (), whole=True)
    head = _HEAD.match(box.pieces[0].text)
    if head is not None and not answered:
        return Anchor(box, ((0, head.start("head"), head.end()),), (), whole=False)
    return None


def _in_header(board: Board, box: Box, labels: set[int]) -> bool:
    """Whether most of the row of ``box`` are labels, so that it is a header and not label beside answer."""
    row = [other for other in board.rows[box.grid].get(box.row, ()) if other.filled]
    known = sum(other.order in labels for other in row)
    return known >= 2 and 2 * known > len(row)
