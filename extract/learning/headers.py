"""Header rows above open rows: repeating groups, or a table of row labels by column labels.

Knows the grid of a blank; the names of fields are given out by ``Names``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.matching.board import OUTSIDE, Box
from extract.matching.rest import numbers_columns, opens_total
from extract.spelling import squeeze

from .cells import Cells, label_of, same_column
from .fieldkinds import options_of
from .fieldnames import Names, heading_of, identifier
from .inline import kind_of
from .spots import Blank, RowsOfGroup, Spot

_SERIAL = re.compile(r"(?:序号|编号|行号|\d{1,3}|[一二三四五六七八九十]{1,3})")
_VALUE = re.compile(
    r"\d{1,3}|\d{5,}[Xx]?|\d{4}[年./\-]\d{1,2}[月./\-]\d{1,2}日?"
)  # what fills a row and heads no column
_OPINION = re.compile(r"(?:意见|批示|审批|签[字名章])$")
_DEEPEST = 4  # rows of a header
_FEW = 2
_TALL = 4  # rows over which nothing but a note reaches into a list
_FEWEST_LISTED = 3  # columns of a list
_FEWEST_DAYS = 5  # numbers in order that head columns
_ANYTHING = "明细"
Span = tuple[int, int]  # first column and the one after the last
Heads = dict[Span, tuple[Box, list[str]]]  # the lowest header cell over a column, with the labels above it


class Headers:
    """Finds the groups of all grids when made; ``done`` are cells understood, ``headed`` tells labels of labelled rows."""

    def __init__(self, cells: Cells, blank: Blank, names: Names) -> None:
        """Look through the grids of ``cells``; groups go to ``blank``."""
        self._cells = cells
        self._blank = blank
        self._names = names
        self.done: set[int] = set()
        self.headed: dict[tuple[int, int], dict[Span, list[str]]] = {}
        for grid in range(len(cells.board.rows)):
            self._find(grid)

    def above(self, box: Box) -> list[str]:
        """Return the labels of the header over a cell in a labelled row, none where there is none."""
        return self.headed.get((box.grid, box.row), {}).get((box.column, box.column_end), [])

    def _find(self, grid: int) -> None:
        rows = self._cells.board.rows[grid]
        row = 0
        last = max(rows, default=-1)
        while row <= last:
            depth = self._depth(grid, row)
            row = self._below(grid, row, depth) if depth else row + 1

    def _depth(self, grid: int, row: int) -> int:
        """Return over how many rows a header that begins at ``row`` goes, 0 when none does."""
        boxes = self._cells.begun(grid, row)
        if len(boxes) > 3 and self._cells.is_open(boxes[-1]):
            boxes = boxes[:-1]  # a last column without a header
        if len(boxes) > 3 and self._is_corner(grid, row + 1, boxes[0]):
            boxes = boxes[1:]  # the corner over labelled rows
        if len(boxes) > 3 and boxes[0].row_end > row + 1 and self._is_corner(grid, row + 1, boxes[1]):
            boxes = boxes[2:]  # the corner right of a label over all the rows
        heads = [box for box in boxes if box.row_end <= row + _DEEPEST]
        if len(boxes) == _FEW and self._goes_on(grid, row, boxes):
            return 0
        if any(_VALUE.fullmatch(squeeze(box.text)) for box in boxes) and not _counts_up(boxes):
            return 0
        if len(boxes) < _FEW or len(heads) < _FEW or not all(map(self._cells.labelled, heads)):
            return 0
        end = max(box.row_end for box in heads)
        if end > row + 1 and any(box.row_end < end for box in heads) and self._stacked(grid, row + 1, end):
            return end - row
        heads = [box for box in heads if box.row_end == row + 1]
        if self._parted(grid, heads):
            return 2
        first = row + 1 + self._examples(grid, row)
        return 1 if len(heads) >= _FEW and self._open_under(grid, first, heads) else 0

    def _goes_on(self, grid: int, row: int, boxes: list[Box]) -> bool:
        """Whether a label and what is printed beside it go on a column of labels and open cells, and head nothing."""
        over = self._cells.begun(grid, row - 1)
        same = len(over) == _FEW and all(map(same_column, over, boxes))
        return same and self._cells.labelled(over[0]) and self._cells.is_open(over[1])

    def _stacked(self, grid: int, row: int, end: int) -> bool:
        """Whether nothing but labels, none reaching lower, stands in the further rows of a header."""
        under = [box for number in range(row, end) for box in self._cells.begun(grid, number)]
        return bool(under) and all(self._cells.labelled(box) and box.row_end <= end for box in under)

    def _parted(self, grid: int, heads: list[Box]) -> bool:
        """Whether the next row parts the columns of ``heads`` by labels of its own, over open cells."""
        under = self._cells.begun(grid, heads[0].row_end) if len(heads) >= _FEW else []
        if len(under) <= len(heads) or not all(map(self._cells.labelled, under)):
            return False
        whole = all(any(h.column <= b.column and b.column_end <= h.column_end for h in heads) for b in under)
        return whole and self._open_under(grid, under[0].row_end, under)

    def _is_corner(self, grid: int, row: int, corner: Box) -> bool:
        """Whether an empty cell stands over labels of rows."""
        if not self._cells.is_open(corner):
            return False
        under = self._cells.begun(grid, row)
        return any(same_column(corner, box) and self._cells.labelled(box) for box in under)

    def _examples(self, grid: int, row: int) -> int:
        """Return how many rows under a header are filled in already, to show how or by a person, before the open ones."""
        head = self._cells.begun(grid, row)
        if len(head) < _FEWEST_LISTED:
            return 0
        counted = squeeze(head[0].text) == "序号"
        count = 0
        while self._is_filled(line := self._cells.begun(grid, row + 1 + count), head, counted):
            count += 1
        rest = line[1:] if counted else line
        same = len(line) == len(head) and all(map(same_column, head, line))
        return count if counted or (same and all(map(self._cells.is_open, rest))) else 0

    def _is_filled(self, line: list[Box], head: list[Box], counted: bool) -> bool:
        """Whether a row under ``head`` has something in every column, a number in the first where rows are ``counted``."""
        if len(line) != len(head) or any(self._cells.is_open(box) or not box.filled for box in line[1:]):
            return False
        first = line[0]
        if counted:
            return squeeze(first.text).isdecimal()
        return not self._cells.is_open(first) and all(map(same_column, head, line))

    def _open_under(self, grid: int, row: int, heads: list[Box]) -> bool:
        """Whether under most heads an open cell follows."""
        under = self._cells.begun(grid, row)
        if numbers_columns(under):
            under = self._cells.begun(grid, row + 1)
        open_ = [
            head
            for head in heads
            if any(self._cells.is_open(box) and same_column(head, box) for box in under)
        ]
        counted = bool(under) and squeeze(under[0].text).isdecimal()  # what is done when, to be signed
        if len(under) < _FEW or not open_:
            return False
        return counted or 2 * len(open_) >= len(heads) or self._same_open(grid, row, heads)

    def _same_open(self, grid: int, row: int, heads: list[Box]) -> bool:
        """Whether rows of the same cells follow, the last ones open and all others printed: 项目 标准 分值 得分."""
        for number in range(row, row + _FEWEST_LISTED):
            line = self._cells.begun(grid, number)
            if len(line) != len(heads) or not all(map(same_column, heads, line)):
                return False
            if any(map(self._cells.is_open, line[:-1])) or not self._cells.is_open(line[-1]):
                return False
        return len(heads) >= _FEWEST_LISTED

    def _below(self, grid: int, row: int, depth: int) -> int:
        """Take up the rows under a header; return the row after them."""
        heads = self._heads(grid, row, depth)
        first = row + depth + (self._examples(grid, row) if depth == 1 else 0)
        if numbers_columns(numbers := self._cells.begun(grid, first)):  # 甲 乙 1 2 3
            self.done.update(box.order for box in numbers)
            first += 1
        rows = list(self._entry_rows(grid, first, heads))
        if not rows:
            return row + 1
        over = self._cells.board.rows[grid].get(row - 1, [])
        if len(over) == 1 and re.fullmatch(r"[^:：\n]+[:：]\s*", over[0].text):
            self.done.add(over[0].order)  # 进度安排： over a table asks for nothing itself
        last = max((place for place, (_, matrix) in enumerate(rows) if matrix), default=-1)
        if last >= 0 and last + 1 < len(rows) and self._goes_down(grid, rows[last][0]):
            last -= 1  # 成员 stands beside several rows
        plain = [number for number, _ in rows[last + 1 :]]
        if len(plain) < _FEW and (len(plain) < len(rows) or self._signed_once(heads)):
            plain = []
        if any(_tall(self._cells.begun(grid, row)) for row in plain):
            plain = []  # a sheet has no row to add after one merged over several
        if plain:  # below labelled rows (主席, then 委员 without names) an open one is a row of the group
            self._group(grid, row, heads, plain)
        for number, _ in rows[: len(rows) - len(plain)]:
            self.headed[grid, number] = {span: labels for span, (_, labels) in heads.items()}
        return rows[-1][0] + 1

    def _signed_once(self, heads: Heads) -> bool:
        """Whether most columns of a header are for somebody's opinion or signature: one row under them is no list."""
        asked = [_OPINION.search(squeeze(labels[-1])) is not None for _, labels in heads.values()]
        return 2 * sum(asked) > len(asked)

    def _goes_down(self, grid: int, row: int) -> bool:
        """Whether the label of a row goes on beside the rows under it."""
        return any(
            box.row_end > row + 1 and self._cells.labelled(box) for box in self._cells.begun(grid, row)
        )

    def _heads(self, grid: int, row: int, depth: int) -> Heads:
        """Return the header over each span of columns, the lowest where several stand over one another."""
        heads: Heads = dict(self._begun_above(grid, row, row + depth))
        for number in range(row, row + depth):
            for box in self._cells.begun(grid, number):
                if box.row_end > row + depth:
                    continue
                uppers = [labels for up, labels in heads.values() if _covers(up, box)]
                labels = max(uppers, key=len, default=[])
                heads[box.column, box.column_end] = (box, [*labels, label_of(box)])
        return heads

    def _begun_above(self, grid: int, row: int, end: int) -> Iterator[tuple[Span, tuple[Box, list[str]]]]:
        """Yield what begins over a header and belongs to it: cells that reach down to its end, and those beside them that part into it."""
        board = self._cells.board
        down = [box for box in board.rows[grid].get(row, ()) if box.row < row and box.row_end == end]
        if not any(map(self._cells.labelled, down)):
            return
        first = min(box.row for box in down)
        beside = [box for box in board.rows[grid].get(row - 1, ()) if box.row >= first and box.row_end == row]
        for box in (*down, *beside):
            if self._cells.labelled(box):
                yield (box.column, box.column_end), (box, [label_of(box)])

    def _entry_rows(self, grid: int, row: int, heads: Heads) -> Iterator[tuple[int, bool]]:
        """Yield the rows under a header that wait for entries, and whether a label opens them."""
        plain = labelled = False
        while True:
            line = self._cells.begun(grid, row)
            if plain and _signs(line):
                return
            if labelled and self._merged(line, heads):
                yield row, True
                row += 1
                continue
            if plain and opens_total(line):
                self.done.update(box.order for box in line)
                return
            matched = [box for box in line if (box.column, box.column_end) in heads]
            if not line or 2 * len(matched) < len(line):
                return
            shut = [
                box
                for box in line
                if (not self._cells.is_open(box) and not _SERIAL.fullmatch(squeeze(box.text)))
                or self._prints_its_own(box)
            ]
            if len(shut) == len(line) or (len(shut) > 1 and 2 * len(shut) > len(line)):
                return
            notes = [box for box in shut if self._is_note(box)]
            if notes:  # how to fill the list in, merged over its last rows
                for number in range(row, max(box.row_end for box in notes)):
                    self.done.update(box.order for box in self._cells.begun(grid, number))
                return
            yield row, bool(shut)
            # a total under the records is the form's affair; among labelled rows it is one of them
            plain, labelled = not shut, bool(shut)
            row += 1

    def _prints_its_own(self, box: Box) -> bool:
        """Whether the one box to tick in a cell stands beside other words than those in the cells over or under it."""
        own = options_of(box.text)
        column = (*self._cells.board.below(box), *list(self._cells.board.above(box))[:1])
        return len(own) == 1 and any(
            same_column(box, o) and len(options_of(o.text)) == 1 != (options_of(o.text) == own)
            for o in column
        )

    def _merged(self, line: list[Box], heads: Heads) -> bool:
        """Whether labels open a row, and cells follow that lie under the header, some of them merged over its columns."""
        first = next((number for number, box in enumerate(line) if self._cells.is_open(box)), 0)
        starts, ends = {start for start, _ in heads}, {end for _, end in heads}
        places = line[first:]
        return (
            first > 0
            and all(
                self._cells.is_open(box) and box.column in starts and box.column_end in ends for box in places
            )
            and any((box.column, box.column_end) in heads for box in places)
        )

    def _is_note(self, box: Box) -> bool:
        """Whether a cell over several rows and columns says too much for a label."""
        wide = box.row_end > box.row + 1 and box.column_end > box.column + 1
        if not wide or self._cells.is_open(box):
            return False
        left = next(self._cells.board.left_of(box), None)
        inside = box.row_end - box.row >= _TALL and left is not None and self._cells.is_open(left)
        return inside or not self._cells.labelled(box)

    def _named(self, grid: int, row: int, first: int) -> str:
        """Return what a group is called: by the label beside its rows, the line over its header, or the text before its grid."""
        lines = self._cells.board.rows[grid]
        side = [box for box in lines.get(first, ()) if box.row <= row and box.row_end > first]
        side += [
            box
            for box in self._cells.begun(grid, first)
            if self._cells.labelled(box) and box.row_end > first + 1
        ]
        if side:
            return identifier(label_of(side[-1]))
        over = lines.get(row - 1, [])
        if len(over) == 1 and over[0].row_end == row:
            return heading_of(over[0].text.strip().rstrip(":："))
        boxes = self._cells.board.boxes
        order = min(box.order for box in self._cells.begun(grid, row)) - 1
        while order >= 0 and not boxes[order].filled:
            order -= 1
        if order < 0 or boxes[order].grid != OUTSIDE or row > min(lines):
            return ""
        said = heading_of(boxes[order].text)
        return "" if said and said in identifier(self._blank.title) else said

    def _group(self, grid: int, row: int, heads: Heads, rows: list[int]) -> None:
        name = self._names.path([self._named(grid, row, rows[0]) or _ANYTHING])
        line = self._cells.begun(grid, rows[0])
        part = line[0].pieces[0].place.part
        found = False
        for box in line:
            head = heads.get((box.column, box.column_end))
            if head is None or squeeze(head[1][-1]) in ("序号", "编号") or not self._cells.is_open(box):
                continue
            if not identifier(head[1][-1]):
                self._blank.unnamed.append(box.pieces[0].place)
                continue
            path = self._names.path(head[1], name)
            options = options_of(box.text)
            kind = kind_of(head[1][-1], options)
            self._blank.spots.append(
                Spot(path, head[1][-1], kind, box.pieces[0].place, -1, -1, name, options)
            )
            found = True
        for number in rows:
            self.done.update(box.order for box in self._cells.begun(grid, number))
        for number in {row, *(box.row for box, _ in heads.values())}:
            for box in self._cells.begun(grid, number):
                if self._cells.is_open(box):  # in a header it waits for nothing
                    self.done.add(box.order)
        if found:
            self._blank.groups.append(RowsOfGroup(name, part, rows[0] + 1, rows[-1] + 1))


def _tall(line: list[Box]) -> bool:
    """Whether most cells of a row of a sheet go on over the rows under it."""
    tall = [box for box in line if box.row_end > box.row + 1]
    return 2 * len(tall) > len(line) and not line[0].pieces[0].place.part.startswith("表")


def _signs(line: list[Box]) -> bool:
    """Whether a row under a list only asks who made it, or tells how it was made: 考勤员：, 说明：出勤√."""
    said = [squeeze(box.text) for box in line if box.filled]
    return bool(said) and all(
        re.search(r"[:：]$", text) or re.match(r"(?:注|说明|备注)[:：]", text) for text in said
    )


def _counts_up(boxes: list[Box]) -> bool:
    """Whether days or the like head columns: 1 2 3 … in order."""
    numbers = [
        int(text) for box in boxes if (text := squeeze(box.text)).isdecimal() and len(text) <= _FEWEST_LISTED
    ]
    return len(numbers) >= _FEWEST_DAYS and numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _covers(upper: Box, box: Box) -> bool:
    return upper.row < box.row and upper.column <= box.column and box.column_end <= upper.column_end
