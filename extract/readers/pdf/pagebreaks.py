"""Tables that go on over the end of a page: what of the next page's table belongs to rows that the page tore in two.

Knows the cells of both tables, their lines and where those broke; whether anything stands between the tables the reader knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from extract.model import Look, Mark
from extract.readers.draft import Line, Slot, Table, joined

from .lines import TextLine
from .manner import HEADING, NUMBERED
from .paragraphs import breaks
from .places import SAME, edges, index
from .room import Room, inner_room

_BROAD = 10  # characters that a line holds where its end tells something
_FOOT = re.compile(r"\s*(?:[（(]?[\u4e00-\u9fff]{0,8}(?:盖章|公章|签[字名章])|年\s+月\s+日)")  # opens no row
_LABEL = re.compile(f"{HEADING.pattern}|{NUMBERED.pattern}|[^:：，。；]{{1,16}}[:：]")


Box = tuple[float, float, float, float]


Rooms = dict[tuple[int, int], Room]
"""Between which edges text runs in the columns of cells, by ``across``."""


def across(cell: Box) -> tuple[int, int]:
    """Return where a cell begins and ends from left to right, in whole points."""
    return round(cell[0]), round(cell[2])


@dataclass(slots=True)
class Grid:
    """A table of one page: edges of its columns, and its cells."""

    box: Box
    columns: list[float]
    table: Table
    padding: float
    told: list[tuple[Box, list[TextLine]]] = field(default_factory=list)  # the box and the lines of each slot
    by_gaps: bool = False  # no rule tells where its columns part
    rows: list[float] = field(default_factory=list)
    overrun: bool = False  # text crosses the rules of its cells
    rooms: Rooms = field(default_factory=dict)

    def room(self, cell: Box) -> Room:
        """Return the room of a cell: that of its column, else what the padding leaves."""
        found = self.rooms.get(across(cell))
        return found if found is not None else inner_room(cell, self.padding)


def goes_on(upper: Grid, lower: Grid) -> bool:
    """Whether a table at the head of a page has the outer edges of the one before it."""
    return (
        abs(upper.columns[0] - lower.columns[0]) < SAME and abs(upper.columns[-1] - lower.columns[-1]) < SAME
    )


def append(upper: Grid, lower: Grid) -> None:
    """Set the rows of ``lower`` under ``upper``; a row torn by the page break becomes one again."""
    if upper.by_gaps and lower.by_gaps and len(upper.columns) == len(lower.columns):
        lower.columns = upper.columns  # gaps tell an edge only about
    ends = edges([*upper.columns, *lower.columns])
    for grid in (upper, lower):
        for slot in grid.table.slots:
            left, right = grid.columns[slot.column], grid.columns[slot.column + slot.column_span]
            slot.column = index(ends, left)
            slot.column_span = max(1, index(ends, right) - slot.column)
    bottom = max((slot.row + slot.row_span for slot in upper.table.slots), default=0)
    above = _from_left(upper, [n for n, s in enumerate(upper.table.slots) if s.row + s.row_span == bottom])
    repeated = _repeated(upper, lower)
    head = _from_left(lower, [n for n, slot in enumerate(lower.table.slots) if slot.row == repeated])
    shift = bottom
    gone = {n for n, slot in enumerate(lower.table.slots) if slot.row < repeated}
    if _torn(upper, above, lower, head):
        shift -= 1
        upper.table.torn += (shift,)
        for first, rest in zip(above, head, strict=True):
            slot, half = upper.table.slots[first], lower.table.slots[rest]
            _mend(slot, half, _runs_on(upper.told[first], lower.told[rest], upper))
            slot.row_span += half.row_span - 1
            if lower.told[rest][1]:
                upper.told[first] = lower.told[rest]  # what the row shows last tells whether it goes on
        gone.update(head)
    else:
        _note_rests(upper, above, lower, head)
        gone.update(_continued(upper, above, lower, head))
        upper.table.seams += (shift,)
    for number, (slot, told) in enumerate(zip(lower.table.slots, lower.told, strict=True)):
        if number in gone:
            continue
        slot.row += shift - repeated
        upper.told.append(told)
        upper.table.slots.append(slot)
    upper.columns = ends


def _note_rests(upper: Grid, above: list[int], lower: Grid, head: list[int]) -> None:
    """Mark the cells at the head of a page that would go on with the one above, were the two rows one."""
    columns = {(slot.column, slot.column_span): n for n in above for slot in [upper.table.slots[n]]}
    for number in head:
        slot = lower.table.slots[number]
        first = columns.get((slot.column, slot.column_span))
        if first is not None and _runs_on(upper.told[first], lower.told[number], upper):
            item = slot.items[0]
            if isinstance(item, Line):
                item.marks.insert(0, Mark(0, 0, Look.GOES_ON))


def _from_left(grid: Grid, numbers: list[int]) -> list[int]:
    return sorted(numbers, key=lambda number: grid.table.slots[number].column)


def _torn(upper: Grid, above: list[int], lower: Grid, head: list[int]) -> bool:
    """Whether the first row of a page goes on with the last of the page before.

    It has the same cells, and either nothing where the label stood, or a line that goes on while the label above is not
    set in the middle of its cell, as it would be in a whole row; or the label itself goes on and nothing stood beside it.
    Cells merged over several rows tell nothing: they go on below whole rows as well.
    """
    first, rest = [upper.table.slots[n] for n in above], [lower.table.slots[n] for n in head]
    if not first or [(s.column, s.column_span) for s in first] != [(s.column, s.column_span) for s in rest]:
        return False
    single = [n for n, (a, b) in enumerate(zip(first, rest, strict=True)) if a.row_span == b.row_span == 1]
    if not single:
        return False
    if not joined(first[single[0]].items):
        return _rest_alone(upper, above, lower, head)
    label, others = single[0], single[1:]
    both = [n for n in others if joined(first[n].items) and joined(rest[n].items)]
    widths = {n: (box := upper.told[above[n]][0])[2] - box[0] for n in both}
    running = [n for n in both if _runs_on(upper.told[above[n]], lower.told[head[n]], upper)]
    # narrow cells tell less: a line of theirs is soon full
    surely = len(both) < 2 or 2 * sum(widths[n] for n in running) > sum(widths.values())
    if len(first) == 1 and _FOOT.match(joined(rest[label].items)):
        return True
    if len(first) == 1 and _within_sentence(upper, above[0], lower, head[0]):
        return True
    if not joined(rest[label].items):
        return surely  # else two whole rows beside a cell merged over both
    if _in_the_middle(*upper.told[above[label]]):
        return False
    ended = [joined(first[n].items)[-1:] in "。！？；" for n in both]
    broad = any(widths[n] > _BROAD * upper.told[above[n]][1][-1].size for n in running)
    upright = _upright(upper.told[above[label]], lower.told[head[label]])
    runs_on = _runs_on(upper.told[above[label]], lower.told[head[label]], upper)
    if (
        running
        and surely
        and len(both) - len(running) < 2
        and (upright or runs_on or (broad and not all(ended)))
    ):
        return True
    if runs_on and joined(first[label].items)[-1:] in "，、（":
        return True  # nobody ends a cell so
    if runs_on and len(running) == len(both) and any(joined(first[n].items) for n in others):
        return True  # a list whose first column tells the longest
    ended_beside = [n for n in others if joined(first[n].items) and not joined(rest[n].items)]
    if runs_on and len(ended_beside) > len(both):
        return True  # another row would have an answer there too
    if 1 < len(others) == len(ended_beside) and len(joined(rest[label].items)) > _BROAD:
        return True
    alone = bool(others) and not any(joined(first[n].items) for n in others)
    return alone and runs_on


def _within_sentence(upper: Grid, above: int, lower: Grid, head: int) -> bool:
    """Whether a broad cell broke off within a sentence, and what the page shows first could be no label or item."""
    told, said = upper.told[above], joined(upper.table.slots[above].items)
    broad = told[0][2] - told[0][0] > 2 * _BROAD * told[1][-1].size
    begins = _LABEL.match(joined(lower.table.slots[head].items)) is not None
    return (
        broad
        and said[-1:] not in "。！？；：:;）)"
        and not begins
        and _runs_on(told, lower.told[head], upper)
    )


def _rest_alone(upper: Grid, above: list[int], lower: Grid, head: list[int]) -> bool:
    """Whether all that the first row of a page says goes on with the row before, which says more than that.

    A row of its own would have answers beside, and one at least of those above breaks off within a sentence; where several do
    and others end beside them, that is no chance.
    """
    pairs = [(upper.table.slots[a], upper.told[a], lower.told[b]) for a, b in zip(above, head, strict=True)]
    more = [(slot, told, rest) for slot, told, rest in pairs if rest[1]]
    ended = sum(bool(told[1]) for _, told, _ in pairs) - len(more)
    running = all(_runs_on(told, rest, upper) for _, told, rest in more)
    broken_off = any(joined(slot.items)[-1:] not in "。！？；" for slot, _, _ in more)
    if running and ended and len(more) > 1:
        return all(joined(slot.items)[-1:] not in "。！？；" for slot, _, _ in more)
    surely = any(joined(slot.items)[-1:] in "，、（" for slot, _, _ in more)  # nobody ends a cell so
    return running and broken_off and (ended > len(more) or (ended > 0 and surely))


def _continued(upper: Grid, above: list[int], lower: Grid, head: list[int]) -> Iterator[int]:
    """Yield the cells at the head of ``lower`` that are the rest of a cell at the foot of ``upper``.

    Empty ones below a merged cell; and from the left those below a label that was merged over both pages: empty beside
    what is filled, or with the rest of its upright letters, which join those above.
    """
    ends = {(upper.table.slots[n].column, upper.table.slots[n].column_span): n for n in above}
    filled = any(joined(lower.table.slots[n].items) for n in head)
    leading = True
    for number in head:
        rest = lower.table.slots[number]
        first = ends.get((rest.column, rest.column_span))
        slot = upper.table.slots[first] if first is not None else rest
        said = "" if first is None else joined(slot.items)
        more = joined(rest.items)
        upright = (
            first is not None
            and _upright(upper.told[first], lower.told[number])
            and not _in_the_middle(*upper.told[first])
        )
        below = leading and (upright if more else filled and not said.isdecimal())
        leading = below and bool(said)
        if said and (below or (not more and (slot.row_span > 1 or rest.row_span > 1))):
            _mend(slot, rest, True)
            slot.row_span += rest.row_span
            yield number


def _upright(*cells: tuple[Box, list[TextLine]]) -> bool:
    """Whether every line of ``cells`` is one sign: a label in upright letters."""
    return all(lines and all(len(line.seen) == 1 for line in lines) for _, lines in cells)


def _runs_on(first: tuple[Box, list[TextLine]], rest: tuple[Box, list[TextLine]], upper: Grid) -> bool:
    """Whether the last line of a cell broke because the first word of the other did not fit."""
    (box, lines), (_, following) = first, rest
    return bool(lines and following) and breaks(lines, following[0], upper.room(box))


def _in_the_middle(box: Box, lines: list[TextLine]) -> bool:
    top, bottom = lines[0].box[1], lines[-1].box[3]
    height = box[3] - box[1]
    return height > 2.5 * (bottom - top) and abs((top + bottom) - (box[1] + box[3])) < height / 4


def _mend(slot: Slot, rest: Slot, runs_on: bool) -> None:
    """Join the halves of a cell; its paragraph goes on when the last line was full. Each keeps a mark of the page."""
    items = [item for item in rest.items if isinstance(item, Line) and (item.text or item.marks)]
    if items:
        items[0].marks.insert(0, Mark(0, 0, Look.PAGE))
    last = slot.items[-1]
    if not items and isinstance(last, Line):
        last.marks.append(Mark(len(last.text), len(last.text), Look.PAGE))
    if items and not runs_on and isinstance(last, Line):
        last.marks = [mark for mark in last.marks if mark.look is not Look.CUT]
    if items and runs_on and isinstance(last, Line):
        first = items.pop(0)
        shift = len(last.text)
        last.marks += [replace(mark, start=mark.start + shift, end=mark.end + shift) for mark in first.marks]
        last.text += first.text
    slot.items += items


def _repeated(upper: Grid, lower: Grid) -> int:
    """Return how many rows at the head of ``lower`` repeat those of ``upper``: a header set to repeat."""
    count = 0
    while True:
        first = [joined(slot.items) for slot in upper.table.slots if slot.row == count]
        again = [joined(slot.items) for slot in lower.table.slots if slot.row == count]
        if not any(first) or first != again or count > 5:
            return count
        count += 1
