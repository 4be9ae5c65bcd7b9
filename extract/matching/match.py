"""Which label of a region leads to which field: an assignment of anchors to slots by spelling, context and order.

Exact and unambiguous labels are settled by look-up; what is left open is one minimum-cost assignment.
"""

from __future__ import annotations

from collections.abc import Set

from extract.spelling import squeeze
from forms import FieldKind

from .anchors import Anchor, heads_part
from .assignment import assign
from .board import OUTSIDE, Board, Box
from .layout import Layout
from .regions import Region
from .rewording import BETWEEN, DATED, LEAST, ORDERED, alike, composites, reads_as, rewordings

_LIST = 3  # rows and columns of a list
_OPEN = 0.25
_CAPTION = 0.05  # what it costs that a label outside of tables is its list's name: one in the table is rather the label
WEAK = 0.3
"""What it costs that a label stands inside of another label's answer: a fair rewording elsewhere is rather the label."""


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
        if anchor.slots and heads_part(anchor, region.anchors):
            anchor.slots = ()
        for slot in anchor.slots:
            rivals[slot] = rivals.get(slot, 0) + 1
    astray = _astray(board, region)
    settled: list[Anchor] = []
    open_anchors: list[Anchor] = []
    for anchor in region.anchors:
        sure = not anchor.weak and anchor.box.order not in astray
        if sure and len(anchor.slots) == 1 and rivals[anchor.slots[0]] == 1:
            anchor.slot = anchor.slots[0]
            settled.append(anchor)
        elif anchor.slots:
            open_anchors.append(anchor)
    taken = {anchor.slot for anchor in settled} | done
    free = [slot for slot in range(len(layout.slots)) if slot not in taken]
    if free:
        halves = composites(board, region, layout, free)
        settled += halves
        free = [slot for slot in free if slot not in {anchor.slot for anchor in halves}]
    if free:
        used = {anchor.box.order for anchor in settled}
        reworded = [found for found in rewordings(board, region, layout, free) if found.box.order not in used]
        settled += _assign(layout, free, [*open_anchors, *reworded], settled, astray)
        settled = _without_other_tables(region, settled)
    return sorted(settled, key=lambda anchor: (anchor.box.order, anchor.start))


def _without_other_tables(region: Region, settled: list[Anchor]) -> list[Anchor]:
    """Drop rewordings in a row with a label that stands elsewhere already: the header of a sign-in list, another block."""
    if all(anchor.targets for anchor in settled):
        return settled
    chosen = {anchor.box.order for anchor in settled}
    rows = {
        (anchor.box.grid, anchor.box.row)
        for anchor in region.anchors
        if anchor.whole and anchor.slots and anchor.box.grid != OUTSIDE and anchor.box.order not in chosen
    }
    return [
        anchor
        for anchor in settled
        if anchor.targets or anchor.box.grid == OUTSIDE or (anchor.box.grid, anchor.box.row) not in rows
    ]


def _astray(board: Board, region: Region) -> Set[int]:
    """Return the boxes of labels in a table that repeats labels of the form's own: a list of people who took part."""
    grids: dict[int, set[int]] = {}
    for anchor in region.anchors:
        if anchor.whole and anchor.slots and anchor.box.grid != OUTSIDE:
            grids.setdefault(anchor.box.grid, set()).update(anchor.slots)
    if len(grids) < 2:
        return frozenset()
    home = max(grids, key=lambda grid: len(grids[grid]))
    others = {
        grid
        for grid, slots in grids.items()
        if grid != home
        and 2 * len(slots) <= len(grids[home])
        and (slots & grids[home] or _lists_others(board, region, grid))
    }
    return {anchor.box.order for anchor in region.anchors if anchor.box.grid in others}


def _lists_others(board: Board, region: Region, grid: int) -> bool:
    """Whether a table is a list under a header of which the form knows at most half: 姓名, 单位, 职务, 电话."""
    rows = {anchor.box.row for anchor in region.anchors if anchor.whole and anchor.box.grid == grid}
    if len(rows) != 1 or len(board.rows[grid]) < _LIST:
        return False
    header = [box for box in board.rows[grid][rows.pop()] if box.filled]
    known = {anchor.box.order for anchor in region.anchors if anchor.whole}
    return len(header) >= _LIST and 2 * sum(box.order in known for box in header) <= len(header)


def _assign(
    layout: Layout, free: list[int], candidates: list[Anchor], settled: list[Anchor], astray: Set[int]
) -> list[Anchor]:
    if not candidates:
        return []
    costs = [
        [_cost(layout, slot, anchor, settled) + WEAK * (anchor.box.order in astray) for anchor in candidates]
        for slot in free
    ]
    chosen = []
    for row, column in enumerate(assign(costs, 1 - LEAST)):
        if column >= 0:
            anchor = candidates[column]
            anchor.slot = free[row]
            if not anchor.targets:
                anchor.likeness = alike(layout.slots[free[row]], anchor)
            chosen.append(anchor)
    return chosen


def _cost(layout: Layout, slot: int, anchor: Anchor, settled: list[Anchor]) -> float:
    """Weigh an anchor for a slot: spelling first, then the label above or beside it, then the order of the form."""
    base = float(slot not in anchor.slots) if anchor.targets else 1 - alike(layout.slots[slot], anchor)
    cost = base + (WEAK if anchor.weak else 0.0) + (_OPEN if anchor.left_open else 0.0)
    parent = layout.slots[slot].parent
    if parent >= 0:
        beside = any(other.slot == parent and _touches(other.box, anchor.box) for other in settled)
        cost += 0.0 if beside else 0.2
    if anchor.box.grid == OUTSIDE and squeeze(anchor.text).strip(":") == squeeze(layout.slots[slot].group):
        cost += _CAPTION
    mates = [other for other in settled if _in_group(layout, slot, other.slot) and other.box.grid != OUTSIDE]
    if mates and not any(other.box.grid == anchor.box.grid for other in mates):
        cost += WEAK  # the caption above a list, named as one of its columns is
    near = [
        other for other in settled if anchor.box.grid in (OUTSIDE, other.box.grid)
    ]  # a date may stand below
    near = [other for other in near if not _dates_the_form(layout, other.slot)]  # a list has it last
    before = max((other.slot for other in near if other.box.order < anchor.box.order), default=-1)
    after = min(
        (other.slot for other in near if other.box.order > anchor.box.order), default=len(layout.slots)
    )
    if before < slot < after:
        cost -= BETWEEN if _neighbours(layout, before, slot, after) else ORDERED
    return cost - (DATED if reads_as(layout.slots[slot], anchor) else 0.0)


def _in_group(layout: Layout, slot: int, other: int) -> bool:
    return bool(layout.slots[slot].group) and layout.slots[slot].group == layout.slots[other].group


def _dates_the_form(layout: Layout, slot: int) -> bool:
    """Whether a date is of the whole form; one of a group stands among its columns like any other."""
    field, group = layout.slots[slot].field, layout.slots[slot].group
    return field is not None and field.kind is FieldKind.DATE and not group


def _neighbours(layout: Layout, before: int, slot: int, after: int) -> bool:
    """Whether nothing but ``slot`` can stand between the labels ``before`` and ``after``, both of the form."""
    between = range(before + 1, after)
    fields = [number for number in between if layout.slots[number].field is not None]
    return before >= 0 and after < len(layout.slots) and fields == [slot]


def _touches(parent: Box, child: Box) -> bool:
    if parent is child:
        return True
    if parent.grid != child.grid or parent.grid == OUTSIDE:
        return parent.grid == child.grid
    rows = parent.row < child.row_end and child.row < parent.row_end
    columns = parent.column < child.column_end and child.column < parent.column_end
    return rows or columns
