"""Which answer belongs to which label: geometry inside grids, reading order outside of them.

Labels are given; each filled box finds the label that governs it, or none and is left over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from extract.spelling import squeeze
from extract.values.fields import is_heading
from forms import FieldKind
from forms.serial import is_printed

from .anchors import Anchor, heads_part
from .board import OUTSIDE, Board, Box
from .labels import spellings
from .layout import Layout
from .regions import Region
from .remarks import NOTE, NUMBERED, SALUTE, SPEECH, STAMP, TELLS_HOW, signs_off
from .shapes import Shapes
from .stretches import Stretch, between, everything, without_separator
from .tabbed import is_header_line, is_other_row, spills

_TITLE = re.compile(r"(?<!代)(?:表|名单|名册|清单|登记)(?:[（(][^（）()]*[)）])?\s*$")
_LONGEST_TITLE = 40
_CLOSED = re.compile(r"[。；;！!？?…：:]\s*[”’）)]?\s*$")
_OPEN_END = re.compile(r"[：:]\s*$")
_SERIAL = re.compile(r"\s*[（(]?\d{1,2}[)）.．、]?\s*")
_GOES_ON = re.compile(r"[（(]?(?:续|接)[上前]?[表页行]?[）)]?")


@dataclass(slots=True, eq=False)
class Content:
    """Text that answers ``slot``: stretches of a box.

    ``row`` is the grid row under a header, ``column`` the grid column beside a label, -1 where it does not stand so.
    ``guessed`` when the place is unusual, ``joined`` when it continues another stretch that is not beside the label,
    ``crowded`` when more stands beside the label than its answer.
    """

    slot: int
    box: Box
    stretches: tuple[Stretch, ...]
    row: int = -1
    column: int = -1
    guessed: bool = False
    joined: bool = False
    crowded: bool = False


class Governor:
    """Finds the contents of one region; ``anchors`` are the labels that lead to slots of ``layout``."""

    def __init__(
        self,
        board: Board,
        region: Region,
        layout: Layout,
        anchors: list[Anchor],
        silent: Set[int] = frozenset(),
    ) -> None:
        """Index the labels by box; ``silent`` boxes are understood already."""
        self._board = board
        self._region = region
        self._layout = layout
        self._anchors: dict[int, list[Anchor]] = {}
        for anchor in anchors:
            self._anchors.setdefault(anchor.box.order, []).append(anchor)
        self._shapes = Shapes(board, layout, self._anchors)
        # titles, and labels that lead nowhere (a header repeated, a label twice), are never answers
        self._silent = {title.box.order for title in region.titles} | silent
        spare = {
            a.box.order: a
            for a in region.anchors
            if a.whole and a.box.order not in self._anchors and not heads_part(a, region.anchors)
        }
        self._spare = {order: anchor for order, anchor in spare.items() if order not in silent}
        self._silent |= spare.keys()
        self._right: dict[int, Content] = {}  # contents found to the right of a label, by box
        self._openings: dict[tuple[int, int], bool] = {}  # whether another table begins in a row, by grid
        self._ends: dict[int, Box | None] = {}  # where the way up from a box ended
        self._one_table: dict[int, int] = {}  # up to which row nothing parts the column under a label
        self._last = max(self._anchors, default=-1)
        outside = sum(anchor.box.grid == OUTSIDE for anchor in anchors)
        listed = sum(a.box.grid != OUTSIDE and bool(layout.slots[a.slot].group) for a in anchors)
        self._plain = outside >= 3 and outside + listed == len(anchors)

    def contents(self) -> list[Content]:
        """Return every content in reading order, without the signature under a form of plain lines."""
        found = list(self._all())
        while (
            len(found) > 1
            and found[-1].box.grid == OUTSIDE
            and signs_off(found[-1].box.text)
            and any(c.slot == found[-1].slot for c in found[:-1])
        ):
            found.pop()
        return found

    def _all(self) -> Iterator[Content]:
        flow: Anchor | None = None  # the label outside grids whose answer may still go on
        said = False  # whether anything of that answer has been met
        last: Content | None = None  # the end of it so far
        for box in self._board.boxes[self._region.start : self._region.end]:
            labels = self._anchors.get(box.order)
            if labels:
                if (
                    flow is not None
                    and box.grid == OUTSIDE
                    and (before := between(box, (0, 0), labels[0].start))
                ):
                    yield Content(
                        flow.slot, box, before, joined=True
                    )  # its last line runs into the next label
                yield from self._before(box, labels[0])
                inline = list(self._inline(box, labels))
                yield from inline
                flow = self._flowing(labels[-1], inline) if box.grid == OUTSIDE else None
                said = bool(inline)
                last = inline[-1] if inline and box.grid == OUTSIDE else None
            elif not box.filled:
                continue
            elif box.order in self._silent or (flow is not None and self._is_printed(box)):
                flow = last = None
            elif box.grid != OUTSIDE:
                flow = last = None
                yield from self._in_grid(box)
            elif flow is None:
                if (
                    last is not None
                    and self._long(last.slot)
                    and not (self._closes(box) or signs_off(box.text))
                ):
                    last.crowded = True  # an answer that no other line of it is read for
                last = None
            elif self._closes(box) or is_other_row(flow, box) or (said and not self._in_one_part(flow, box)):
                if last is not None and (is_heading(box.text) or _OPEN_END.search(last.box.text)):
                    last.crowded = True
                flow = last = None
            elif not (said and self._numbers_label(box)):
                last = Content(flow.slot, box, everything(box), joined=self._breaks_off(flow, box))
                yield last
                said = True
                if not self._long(flow.slot):
                    flow = None

    def _closes(self, box: Box) -> bool:
        """Whether a line is no part of an answer above it: a remark, a salute, another label, what the form prints."""
        return (
            NOTE.match(box.text) is not None
            or STAMP.fullmatch(box.text) is not None
            or is_heading(box.text)
            or self._is_printed(box)
            or self._opens_list(box)
            or self._captions(box)
            or (box.order > self._last and SALUTE.fullmatch(box.text) is not None)
        )

    def _in_one_part(self, flow: Anchor, box: Box) -> bool:
        """Whether a line stands where its label does: the body of a text does not go on in its foot or in a text box."""
        return flow.box.pieces[0].place.part == box.pieces[0].place.part

    def _before(self, box: Box, label: Anchor) -> Iterator[Content]:
        """Yield what stands in a cell before a label inside of it: the answer of the label beside the cell."""
        before = between(box, (0, 0), label.start) if box.grid != OUTSIDE else ()
        left = self._label_left(box) if before else None
        if left is not None and left[0].slot != label.slot and self._long(left[0].slot):
            yield Content(left[0].slot, box, before, column=box.column, guessed=True)

    def _is_printed(self, box: Box) -> bool:
        """Whether a line outside of grids is one that the blank prints, no part of an answer: the name of a list."""
        if box.grid != OUTSIDE or len(box.text) > _LONGEST_TITLE:
            return False
        return squeeze(box.text) in self._layout.known or is_printed(box.text)

    def _numbers_label(self, box: Box) -> bool:
        """Whether a line is the bare number of the label in the next line: 2, 单位职务."""
        following = self._board.boxes[box.order + 1 : box.order + 2]
        return _SERIAL.fullmatch(box.text) is not None and any(
            other.order in self._anchors for other in following
        )

    def _captions(self, box: Box) -> bool:
        """Whether a line is the form's own caption of a list, right above a label of it: 活动, then 日期."""
        if len(box.text) > _LONGEST_TITLE:
            return False
        said = spellings(box.text)
        columns = {n: slot for n, slot in enumerate(self._layout.slots) if squeeze(slot.group) in said}
        following = self._board.boxes[box.order + 1 :] if columns else ()
        other = next((other for other in following if other.filled), None)
        if other is None:
            return False
        led = any(anchor.slot in columns for anchor in self._anchors.get(other.order, ()))
        return led or any(
            spelled in slot.names for spelled in spellings(other.text) for slot in columns.values()
        )

    def _opens_list(self, box: Box) -> bool:
        """Whether a line is the header of another table that was typed with tabs, or the title right above it."""
        following = iter(self._board.boxes[box.order + 1 : box.order + 3])
        return is_header_line(box) or (
            len(box.text) <= _LONGEST_TITLE
            and _TITLE.search(box.text) is not None
            and any(map(is_header_line, following))
        )

    def _breaks_off(self, flow: Anchor, box: Box) -> bool:
        """Whether it is open that a paragraph below the last label of plain lines belongs to the answer.

        It surely does when it goes on as the paragraphs before it: numbered as they are, or sentences as they are.
        """
        if box.order < self._last:
            return False
        before = next(other for other in reversed(self._board.boxes[: box.order]) if other.filled)
        piece, offset = flow.end
        text = before.pieces[piece].text[offset:] if before is flow.box else before.text
        if not text.strip():
            return False
        numbered = bool(NUMBERED.match(text))
        return numbered != bool(NUMBERED.match(box.text)) or not _CLOSED.search(box.text)

    def _flowing(self, anchor: Anchor, inline: list[Content]) -> Anchor | None:
        """Return the label whose answer goes on in the following paragraphs, if any."""
        if anchor.slot < 0 or self._layout.slots[anchor.slot].field is None:
            return None
        answered = any(content.slot == anchor.slot for content in inline)
        return anchor if not answered or (self._plain and self._long(anchor.slot)) else None

    def _names(self, slot: int) -> bool:
        field = self._layout.slots[slot].field
        return field is not None and field.kind in (FieldKind.PERSON, FieldKind.UNIT)

    def _long(self, slot: int) -> bool:
        field = self._layout.slots[slot].field
        return field is not None and field.kind is FieldKind.TEXT

    def _inline(self, box: Box, labels: list[Anchor]) -> Iterator[Content]:
        """Yield what stands behind each label inside its own box."""
        for number, anchor in enumerate(labels):
            until = labels[number + 1].start if number + 1 < len(labels) else (len(box.pieces), 0)
            stretches = between(box, anchor.end, until)
            if stretches and number + 1 < len(labels):
                stretches = without_separator(box, stretches)
            if stretches:
                yield Content(
                    anchor.slot,
                    box,
                    stretches,
                    joined=spills(box, anchor, stretches[-1], self._names(anchor.slot)),
                )

    def _in_grid(self, box: Box) -> Iterator[Content]:
        left = self._label_left(box)
        if left is not None and self._layout.slots[left[0].slot].field is not None:
            content = Content(left[0].slot, box, everything(box), column=box.column, guessed=left[1])
            self._right[box.order] = content
            yield content
            return
        above = self._label_above(box)
        if above is not None and self._captions(box):
            return
        if above is not None and above[1] and squeeze(box.text) in self._layout.known:
            return  # what the blank prints is no answer, the less a guessed one
        if above is not None:
            yield Content(above[0].slot, box, everything(box), row=box.row, guessed=above[1])
        elif left is not None:
            yield Content(left[0].slot, box, everything(box), column=box.column, guessed=left[1])
        elif (upper := self._continued(box)) is not None:
            yield Content(
                upper.slot, box, everything(box), joined=bool(upper.stretches), guessed=not upper.stretches
            )

    def _label_left(self, box: Box) -> tuple[Anchor, bool] | None:
        """Return the label to the left that governs ``box`` and whether an open place between makes that a guess."""
        skipped: list[Box] = []
        for other in self._board.left_of(box):
            labels = self._anchors.get(other.order)
            if labels is None:
                answered = other.order in self._right
                if other.filled and other.order not in self._silent and not answered:
                    return None
                if answered and any(not gap.filled for gap in skipped):
                    return None  # the answer is told, and what stands apart from it is a note beside the form
                skipped.append(other)
                continue
            beside = is_heading(box.text) and self._shapes.mostly_labels(other)  # 备注 in a header
            if beside or not self._open_ended(other, labels) or self._heads_group(other, labels[-1]):
                return None
            gaps = [gap for gap in skipped if not gap.filled and not self._board.column_empty(gap)]
            if any(self._board.mostly_filled(gap) for gap in gaps):
                return None  # the label's own place is empty; what stands further right is something else
            return labels[-1], bool(gaps) or self._maybe_header(other)
        return None

    def _heads_group(self, box: Box, anchor: Anchor) -> bool:
        """Whether a group's label stands in a row with another one of it: their answers are below them."""
        group = self._layout.slots[anchor.slot].group
        return bool(group) and any(
            found is not anchor and self._layout.slots[found.slot].group == group
            for other in self._board.rows[box.grid][box.row]
            for found in self._anchors.get(other.order, ())
        )

    def _maybe_header(self, box: Box) -> bool:
        """Whether a label could as well head the column under it: a label at its left, something filled below."""
        left = next(iter(self._board.left_of(box)), None)
        labels = self._anchors.get(left.order) if left is not None else None
        if left is None or labels is None or self._layout.slots[labels[-1].slot].field is None:
            return False
        if not self._open_ended(left, labels):  # it has its answer in its own cell: no header's row
            return False
        return any(other.filled and other.order not in self._anchors for other in self._board.below(box))

    def _open_ended(self, box: Box, labels: list[Anchor]) -> bool:
        """Whether the last label of ``box`` has no answer inside the box."""
        return labels[-1].whole or not between(box, labels[-1].end, (len(box.pieces), 0))

    def _label_above(self, box: Box) -> tuple[Anchor, bool] | None:
        other = self._board.end_above(box, self._ends_way_up, self._ends)
        labels = None if other is None else self._anchors.get(other.order)
        if other is None or labels is None:
            return None
        if not self._open_ended(other, labels) or self._layout.slots[labels[-1].slot].field is None:
            return None
        if self._parted(other, labels[-1], box.row) or self._instructs(box):
            return None
        heads = self._heads(other, labels[-1])
        return None if heads is None else (labels[-1], heads)

    def _ends_way_up(self, box: Box) -> bool:
        return box.order in self._anchors or self._ends_column(box)

    def _parted(self, label: Box, header: Anchor, row: int) -> bool:
        """Whether another table begins between a label and ``row``, or in it."""
        start = self._one_table.get(label.order, label.row_end)
        if any(self._opens_table(label.grid, line, header) for line in range(start, row + 1)):
            return True
        self._one_table[label.order] = max(start, row + 1)
        return False

    def _instructs(self, box: Box) -> bool:
        """Whether a row holds nothing but how the form is to be filled in: the place of the answer is another one."""
        if len(box.text) > _LONGEST_TITLE or TELLS_HOW.search(box.text) is None:
            return False
        return not any(other.filled for other in self._board.rows[box.grid][box.row] if other is not box)

    def _ends_column(self, box: Box) -> bool:
        """Whether ``box`` is the place of a label to its left, filled or not: no header reaches past it."""
        if box.order in self._right:
            return True
        if box.filled:
            return False
        left = next((other for other in self._board.left_of(box) if other.filled), None)
        labels = self._anchors.get(left.order) if left is not None else None
        if left is None or labels is None or self._layout.slots[labels[-1].slot].field is None:
            return False
        return not self._under_parent(left, labels[-1])

    def _under_parent(self, box: Box, anchor: Anchor) -> bool:
        """Whether a sub-label stands under the label above it, in the second row of a header."""
        parent = self._layout.slots[anchor.slot].parent
        if parent < 0:
            return False
        return any(
            other.row_end == box.row and found.slot == parent
            for other in self._board.rows[box.grid].get(box.row - 1, ())
            for found in self._anchors.get(other.order, ())
        )

    def _opens_table(self, grid: int, row: int, header: Anchor) -> bool:
        """Whether another table begins in ``row`` under ``header``: a sign-in list below a form, its title or its labels."""
        key = grid, row
        if key not in self._openings:
            line = [box for box in self._board.rows[grid].get(row, ()) if box.row == row and box.filled]
            titled = row > header.box.row_end and self._titles_table(line)
            self._openings[key] = titled or (len(line) > 1 and any(map(self._astray, line)))
        return self._openings[key]

    def _titles_table(self, line: Sequence[Box]) -> bool:
        """Whether a row holds nothing but a title (签到表, 参会人员名单) or opens a remark or the foot of the form."""
        if not line or line[0].order in self._anchors or line[0].order in self._right:
            return False
        text = line[0].text
        if NOTE.match(text):
            return True
        if len(line) > 1:
            return False
        begins = next(iter(self._board.left_of(line[0])), None) is None
        return begins and len(text) <= _LONGEST_TITLE and _TITLE.search(text) is not None

    def _astray(self, box: Box) -> bool:
        """Whether ``box`` is a label of the form once more, but in a column that another label heads."""
        spare = self._spare.get(box.order)
        if spare is None:
            return False
        heads = (
            self._anchors[other.order][-1] for other in self._board.above(box) if other.order in self._anchors
        )
        head = next(heads, None)
        return head is None or not any(target.slot == head.slot for target in spare.targets)

    def _heads(self, box: Box, anchor: Anchor) -> bool | None:
        """Return whether it is a guess that ``anchor`` heads the column under it, none when it does not."""
        right = next(self._board.right_of(box), None)
        if right is None or self._under_parent(box, anchor) or self._shapes.is_banded(box.grid):
            return False
        if self._layout.slots[anchor.slot].group or self._shapes.mostly_labels(box):
            return False
        labels = self._anchors.get(right.order)
        if labels is not None:
            parent = self._layout.slots[labels[0].slot].parent
            return None if parent == anchor.slot else False
        if right.filled:
            return None
        row = self._board.rows[box.grid][box.row]
        others = [other for other in row if other is not box and other.filled]
        if not others:
            return True if self._shapes.is_stacked(box.grid) or self._speaks_below(box) else None
        return True if all(other.order in self._anchors for other in others) else None

    def _speaks_below(self, box: Box) -> bool:
        """Whether the row under a label that is alone in its own holds nothing but sentences, and right under it."""
        line = [other for other in self._board.rows[box.grid].get(box.row_end, ()) if other.filled]
        if len(line) != 1 or line[0].column != box.column or line[0].order in self._anchors:
            return False
        said = line[0].text
        return SPEECH.search(said) is not None and not NOTE.match(said) and not TELLS_HOW.search(said)

    def _continued(self, box: Box) -> Content | None:
        """Return the answer right above that ``box`` goes on with: beside it stands no label, or the same one and 续."""
        lefts = [other for other in self._board.left_of(box) if other.row == box.row]
        upper = next(self._board.above(box), None)
        if not lefts or upper is None or upper.column != box.column or NOTE.match(box.text):
            return None
        content = self._right.get(upper.order) or self._put_below(upper)
        if content is None or not all(self._goes_on(other, content) for other in lefts if other.filled):
            return None
        self._right[box.order] = content
        return content

    def _put_below(self, place: Box) -> Content | None:
        """Return an answer yet to come for the empty place beside a label: it may stand in the row below."""
        left = self._label_left(place) if not place.filled else None
        if left is None or left[1] or not self._long(left[0].slot):
            return None
        return Content(left[0].slot, place, ())

    def _goes_on(self, label: Box, upper: Content) -> bool:
        """Whether a label says that the answer above goes on: its own label once more, or 续上."""
        spare = self._spare.get(label.order)
        if spare is not None:
            return any(target.slot == upper.slot for target in spare.targets)
        return _GOES_ON.fullmatch(label.text.strip()) is not None
