"""Dates that stand apart from their label or have none: in the line below it, or under the form beside the signature.

Only for a form that says nowhere else when it was filled in; a date without any label is always doubted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.values.dates import read_date
from forms import FieldKind, Role

from .board import OUTSIDE, Board, Box
from .govern import Content
from .layout import Layout
from .regions import Region
from .stretches import everything

_LAST = 3  # lines at the end of a form among which its signature stands
_DAY = re.compile(r"[\d０-９零〇○Oo一二三四五六七八九十廿]")
_LONGEST = 20
_DATE = re.compile(
    r"[\d_＿]*[ ]*年[\s_＿]*\d{0,2}[\s_＿]*月[\s_＿]*\d{0,2}[\s_＿]*日|\d{4}[./\-]\d{1,2}[./\-]\d{1,2}"
)


def signed(
    board: Board, region: Region, layout: Layout, contents: Sequence[Content], label: Box | None
) -> Content | None:
    """Return the whole date that stands right below its empty ``label``, or alone among the last lines under a form.

    None when the form says it elsewhere.
    """
    slot = dating(layout)
    if slot < 0 or any(content.slot == slot for content in contents):
        return None
    if label is not None and label.grid == OUTSIDE and label.order + 1 < region.end:
        below = board.boxes[label.order + 1]
        if _is_date(layout.slots[slot].path, below):
            return Content(slot, below, everything(below))
    claimed = {content.box.order for content in contents} | {anchor.box.order for anchor in region.anchors}
    last = max(claimed, default=region.end)
    under = [box for box in board.boxes[max(last + 1, region.start) : region.end] if box.filled]
    dated = [box for box in under[-_LAST:] if _is_date(layout.slots[slot].path, box)]
    return Content(slot, dated[0], everything(dated[0]), guessed=True) if len(dated) == 1 else None


def dates_alone(board: Board, region: Region, layout: Layout, contents: Sequence[Content]) -> list[Content]:
    """Return the dates in lines of their own, one or several side by side, as many such lines as the blank has, in order."""
    told = {content.slot for content in contents}
    blanks = [
        line.slots
        for line in layout.stencil.lines
        if line.bare and not told & set(line.slots) and all(_is_day(layout, slot) for slot in line.slots)
    ]
    claimed = {content.box.order for content in contents} | {anchor.box.order for anchor in region.anchors}
    lines = [
        (box, dates)
        for box in board.boxes[region.start : region.end]
        if blanks and box.grid == OUTSIDE and box.order not in claimed and (dates := _dates_in(box))
    ]
    if len(blanks) != len(lines):
        return []
    found = []
    for slots, (box, dates) in zip(blanks, lines, strict=True):
        if len(slots) == len(dates):
            found += [
                Content(slot, box, ((0, *date),))
                for slot, date in zip(slots, dates, strict=True)
                if _DAY.search(box.text, *date)
            ]
    return found


def _dates_in(box: Box) -> list[tuple[int, int]]:
    """Return where the dates of a line stand that holds nothing else, untouched ones (年 月 日) too."""
    text = box.text
    if _is_date("", box):
        return [(0, len(text))]
    if len(box.pieces) > 1 or len(text) > _LONGEST * _LAST or _DATE.sub("", text).strip():
        return []
    return [found.span() for found in _DATE.finditer(text)]


def _is_day(layout: Layout, slot: int) -> bool:
    field = layout.slots[slot].field
    return field is not None and field.kind is FieldKind.DATE


def dating(layout: Layout) -> int:
    """Return the slot of the date on which a form is filled in, -1 when it has none."""
    field = layout.form.with_role(Role.FILLED)
    return next(
        (
            n
            for n, each in enumerate(layout.slots)
            if field is not None and each.field == field and not each.group
        ),
        -1,
    )


def _is_date(field: str, box: Box) -> bool:
    text = box.text.strip()
    if box.grid != OUTSIDE or len(text) > _LONGEST or not _DAY.search(text):
        return False
    reading = read_date(field, text)
    return reading.value is not None and not reading.doubts
