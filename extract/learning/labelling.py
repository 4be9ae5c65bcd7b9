"""Which labels say what belongs into an open cell: those left of it, the header or label over it, or none of its own.

Knows the grid around one cell; what becomes of the cell is ``grids``' concern.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.matching.board import Box
from extract.spelling import squeeze

from .cells import Cells, label_of, same_column
from .columns import Columns
from .fieldkinds import is_tag, options_of
from .fieldnames import NUMBERED, identifier
from .headers import Headers
from .inline import TAG, asks
from .spots import Blank

_MEASURES = (
    "单位",
    "计量单位",
    "代码",
    "指标代码",
    "行次",
    "序号",
    "编号",
)  # columns that a statistical table prints
_TALL = 3  # rows beside which a photograph stands
_WIDE = 3  # cells of a row that only gives a line its room
_CRITERION = re.compile(r"^(?=.{16})[^\n]*[，；。]")  # 满分10分，表达清晰、简明扼要为满分
_PART = re.compile(r"[年月日]至?")
_SIGN_HERE = re.compile(r"[（(](?:签[字名章]|盖章|公章)[)）]")
_COUNTED = re.compile(r"[\d年月日.\-—~～至:：]+")  # a label of a row that only says which or when


class Labels:
    """Finds the labels of open cells, asked in reading order: a label that has its answer is none for another."""

    def __init__(self, cells: Cells, headers: Headers, blank: Blank) -> None:
        """Look around in the grids of ``cells``; what is to be asked goes to ``blank``."""
        self._cells = cells
        self._board = cells.board
        self._headers = headers
        self._blank = blank
        self._columns = Columns(cells, headers, blank)
        self._answered: set[int] = set()
        self.taken: set[int] = set()  # cells that are answers themselves although words stand in them

    def of(self, box: Box) -> list[str]:
        """Return the labels that say what belongs into ``box``, outermost first; none when it only extends another."""
        if part := self._part_of_date(box):
            return part
        chain = self._beside(box)
        column = self._columns.number(box)
        if isinstance(chain, _Extension):
            labels: list[Box] | _Extension = chain
            while column and isinstance(labels, _Extension) and labels.of is not box:
                labels = self._beside(labels.of)
            if isinstance(labels, _Extension):
                return self._extra(box, chain.of)
            return [*(label_of(other) for other in reversed(labels)), f"第{column}列"]
        head = self._headers.above(box)
        if head:
            if squeeze(head[-1]) in _MEASURES and self._measured(box):
                self._headers.done.add(box.order)
                return []  # a row that only heads others counts in nothing
            if len(own := options_of(box.text)) == 1:
                return [*head, *own]  # a row for each option, which is ticked in it
            chain = self._without_criterion(chain)
            said = [label_of(other) for other in reversed(chain) if not self._measures(other)]
            ticks = [options_of(other.text) for other in self._board.left_of(box)]
            said = said or [found[0] for found in ticks if len(found) == 1]
            if all(_COUNTED.fullmatch(squeeze(one)) for one in said):
                said = self._key(box) or said
            return [*([one for one in said if not _COUNTED.fullmatch(squeeze(one))] or said), *head]
        above = next((other for other in self._board.above(box) if other.filled), None)
        if chain and above is not None and self._headed_beside(above, chain[0], box):
            return [label_of(chain[0]), label_of(above)]
        chain = self._without_criterion(chain) if isinstance(chain, list) else chain
        if chain:
            if len(chain) == 1:
                self._answered.add(chain[0].order)
            said = [label_of(other) for other in reversed(chain)]
            return [*said, f"第{column}列"] if column else said
        return [label_of(above)] if above is not None and self._heads_alone(above, box) else []

    def _part_of_date(self, box: Box) -> list[str]:
        """Return whose date a cell is a part of, and which: 起止日期 | ___ | 年 | ___ | 月; none for other cells."""
        right = self._cells.right(box)
        if box.text.strip() or right is None or not _PART.fullmatch(squeeze(right.text)):
            return []
        lefts = [squeeze(other.text) for other in self._board.left_of(box) if other.filled]
        words = [word for word in lefts if not _PART.fullmatch(word) and not _SIGN_HERE.fullmatch(word)]
        if not words:
            return []
        row = [squeeze(other.text) for other in self._board.rows[box.grid][box.row]]
        side = ""
        if any(_PART.fullmatch(word) and "至" in word for word in row):
            side = "止" if any("至" in word for word in lefts) else "起"
        name = identifier(words[0])
        whose = name if name.endswith(("日期", "时间")) else f"{name}日期"
        return [whose, side + squeeze(right.text)[0]]

    def _beside(self, box: Box) -> list[Box] | _Extension:
        """Return the labels left of a cell, nearest first, or the cell whose answer it has more room for."""
        chain: list[Box] = []
        passed = False  # beyond the nearest labels only a label that spans more rows still says something
        for other in self._board.left_of(box):
            if self._cells.is_open(other):
                if chain:
                    passed = True
                elif not ticked_beside(box, other) and not self._headers.above(box):
                    return _Extension(other)
            elif not chain and other.filled:
                if self.only_heads(other):
                    break
                if asks(other.text) and not self._cells.leads(other) and not _certain(box.text):
                    break
                if other.order in self._answered and other.row < box.row and not self._headers.above(box):
                    return _Extension(box)
                chain.append(other)
            elif chain and self._leads_row(other, chain):
                chain.append(other)
            elif chain and other.filled and not passed:
                break
        return chain

    def _key(self, box: Box) -> list[str]:
        """Return the outermost label of a row that is more than a number; none where no such is."""
        row = self._board.rows[box.grid][box.row]
        labels = [other for other in row if other.column_end <= box.column and self._cells.labelled(other)]
        words = (label_of(other) for other in labels if not _COUNTED.fullmatch(squeeze(other.text)))
        return [word for word in words if word][:1]

    def _measures(self, box: Box) -> bool:
        """Whether a cell of a labelled row only says what its numbers count in: it stands under 单位."""
        head = self._headers.above(box)
        return bool(head) and squeeze(head[-1]) in _MEASURES

    def _measured(self, box: Box) -> bool:
        """Whether a cell with words stands in the column of ``box``, in a row under the same header."""
        rows = self._board.rows[box.grid]
        return any(
            same_column(box, other) and other.filled and self._measures(other)
            for line in rows.values()
            for other in line
        )

    def _heads_alone(self, above: Box, box: Box) -> bool:
        """Whether a cell right above is a label, of ``box`` and of no other."""
        return (
            not self._cells.is_open(above)
            and above.row_end == box.row
            and above.order not in self._answered
            and not self._spreads(above, box)
            and not self._beside_rows(above)
            and not _COUNTED.fullmatch(squeeze(above.text))
            and not TAG.search(above.text)
            and (not asks(above.text) or self._cells.leads(above))
        )

    def only_heads(self, label: Box) -> bool:
        """Whether a numbered line of a sheet stands over what its row does not hold: a wide cell, a table with a header."""
        row = self._board.rows[label.grid]
        alone = all(other is label or not other.filled for other in row[label.row])
        under = [other for other in row.get(label.row_end, ()) if other.row == label.row_end]
        if not NUMBERED.match(label.text) or not alone or len(row[label.row]) < _WIDE or not under:
            return False
        wide = len(under) == 1 and self._cells.is_open(under[0])
        return wide or (len(under) > 1 and all(map(self._cells.labelled, under)))

    def _without_criterion(self, chain: list[Box]) -> list[Box]:
        """Drop the sentences nearest to a cell by which it is to be judged, where a label stands left of them."""
        if not chain or not _CRITERION.search(chain[0].text):
            return chain
        left = next((other for other in self._board.left_of(chain[0]) if other.filled), None)
        if left is None or not self._cells.labelled(left) or re.search(r"\d", left.text):
            return chain  # 1到5周 says only when
        if _CRITERION.search(left.text):
            return chain
        return chain[1:] if len(chain) > 1 else [left]

    def _is_corner_photo(self, box: Box) -> bool:
        """Whether an empty cell stands where forms have a photograph: in the upper right corner, beside several rows."""
        row = self._board.rows[box.grid][box.row]
        return box.row <= 1 and box.row_end - box.row >= _TALL and row[-1] is box and len(row) > _WIDE

    def _beside_rows(self, above: Box) -> bool:
        """Whether a cell stands beside several rows, to which it belongs and not to what is under it."""
        rows = range(above.row, above.row_end)
        line = self._board.rows[above.grid]
        return len(rows) > 1 and all(
            any(other.column >= above.column_end and other.row == row for other in line.get(row, ()))
            for row in rows
        )

    def _spreads(self, above: Box, box: Box) -> bool:
        """Whether a cell above reaches over further cells beside ``box``: it heads them all and labels none."""
        return len([other for other in self._board.below(above) if other is not box]) > 0

    def _leads_row(self, other: Box, chain: list[Box]) -> bool:
        """Whether a label stands over those right of it: higher than they are, or before a label: 视力 左 ___ 右 ___."""
        if other.order in self.taken or not self._cells.labelled(other) or self._cells.answered(other):
            return False
        height = chain[-1].row_end - chain[-1].row
        if other.row_end - other.row > height:
            return True
        right = self._cells.right(other)
        before = next(self._board.left_of(other), None)
        if before is not None and before.row_end == other.row_end and self._cells.labelled(before):
            return False  # what is printed as the answer to the label before it
        return (
            len(chain) == 1
            and other.row_end - other.row == height
            and right is not None
            and self._cells.labelled(right)
        )

    def _headed_beside(self, above: Box, side: Box, box: Box) -> bool:
        """Whether a label right over ``box`` heads it beside a label that spans both: 沙门氏菌 beside 样品编号 and its answer."""
        return (
            side.row <= above.row
            and side.row_end >= box.row_end > box.row == above.row_end
            and same_column(above, box)
            and self._cells.labelled(above)
            and not self._cells.answered(above)
            and above.order not in self._answered
        )

    def _extra(self, box: Box, other: Box) -> list[str]:
        """Take up an open cell right of another open one: room for the same answer, or headed by its own label."""
        lefts = [left for left in self._board.left_of(other) if not self._cells.is_open(left)]
        if lefts:
            if self._is_corner_photo(box):
                self._headers.done.add(box.order)
                return []
            name = identifier(label_of(lefts[0]))
            if re.fullmatch(r"附[件表]\d*", name):
                self._headers.done.add(box.order)
                return []
            if not any(known == name for known, _ in self._blank.further):
                self._blank.further.append((name, box.pieces[0].place))
            self._headers.done.add(box.order)
        above = next((up for up in self._board.above(box) if up.filled), None)
        heads = (
            not lefts and above is not None and not self._cells.is_open(above) and above.row_end == box.row
        )
        if above is not None and heads and not self._spreads(above, box):
            return [label_of(above)]
        return []


def _certain(text: str) -> bool:
    """Whether a cell is open whatever stands beside it: a placeholder, boxes to tick."""
    return is_tag(text) or bool(options_of(text))


@dataclass(frozen=True, slots=True)
class _Extension:
    """An open cell ``of`` which another is only more room."""

    of: Box


def ticked_beside(box: Box, other: Box) -> bool:
    """Whether two cells of a row hold a box to tick each: options of one question, a cell each."""
    return len(options_of(box.text)) == len(options_of(other.text)) == 1 and box.row == other.row
