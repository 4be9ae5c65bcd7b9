"""Lists that go on elsewhere: after a break with their header repeated, on the next sheet, or in a table without a header.

Knows groups alone; the first table of a list was settled before. What stands here goes on with it, row by row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set

from extract.values.fields import is_heading

from .anchors import Anchor
from .board import OUTSIDE, Board, Box
from .govern import Content
from .layout import Layout
from .regions import Region
from .rest import numbers_columns, opens_total
from .stretches import everything

_FAR = 5  # empty rows after which a thin row is no entry of the list any more
_EXAMPLE = re.compile(
    r"\s*[（(【\[]?\s*(?:示例|样例|范例|举例|填写示例|例(?:如|子)?\s*(?:\d\s*)?[:：）)】\]])"
)
_REMARK = re.compile(
    r"\s*(?:[（(【\[][^（）()]*[)）】\]]|(?:此件|本表|以上|上述|特此|妥否|另[：:附]|(?:联系|填表|审核|负责|经办)人\s*[：:]).*)\s*"
)
_TITLE = re.compile(r"(?:名单|名册|签到表|一览表|通讯录|花名册)$")
_LONGEST_TITLE, _HEADER = 20, 2
_NEXT = 1_000_000  # what sets the rows of one table apart from those of another
_BETWEEN = re.compile(
    r"\W*(?:续\s*[表上前]?\s*\d*|接上[表页]?|附?[表页]\s*[\d一二三四五六七八九十]*|.{0,20}[（(]\s*续.{0,4}[)）])?\W*"
)


def continued(
    board: Board, region: Region, layout: Layout, contents: Sequence[Content], silent: Set[int]
) -> Iterator[Content]:
    """Yield what stands in further tables of the lists of ``contents``; ``silent`` boxes are understood already."""
    groups = {layout.slots[content.slot].group for content in contents} - {""}
    if not groups:
        return
    taken = {content.box.order for content in contents} | silent
    heads = _heads(region, layout, groups)
    own = {content.box.grid for content in contents}
    last: dict[
        int, int
    ] = {}  # of the list read last: the slot of each column, and how many cells its header has
    width, under = 0, -1  # the row right under the header read last, where a header may go on
    for grid in dict.fromkeys(
        box.grid for box in board.boxes[region.start : region.end] if box.grid != OUTSIDE
    ):
        columns: dict[int, int] = {}
        under = -1
        follows = grid not in own and bool(last) and _follows(board, region, grid)
        for row in sorted(board.rows[grid]):
            line = [
                box
                for box in board.rows[grid][row]
                if box.row == row and region.start <= box.order < region.end
            ]  # another form may go on in the same grid
            head = {box: heads[box.order] for box in line if box.order in heads}
            if len(head) > 1 and 2 * len(head) >= sum(box.filled for box in line):
                upper = columns if row == under else {}
                columns = upper | {
                    column: slot for box, slot in head.items() for column in range(box.column, box.column_end)
                }
                last, width, under = columns, len(line), row + 1
            elif _opens_other(line):
                columns, follows = {}, False
            elif any(box.order in taken for box in line) or opens_total(line) or numbers_columns(line):
                continue
            elif columns:
                yield from _entry(line, columns, grid, guessed=False)
            elif follows and len(line) == width:
                yield from _entry(line, last, grid, guessed=True)


def _opens_other(line: Sequence[Box]) -> bool:
    """Whether a row begins a table of another kind: 参加人员名单 alone, or the names of usual columns (姓名, 单位, 电话)."""
    said = [box.text.strip() for box in line if box.filled]
    if len(said) == 1:
        return len(said[0]) <= _LONGEST_TITLE and _TITLE.search(said[0]) is not None
    return len(said) > _HEADER and 2 * sum(map(is_heading, said)) > len(said)


def _heads(region: Region, layout: Layout, groups: Set[str]) -> Mapping[int, int]:
    """Return for each label that heads a column of one of ``groups`` its slot, by box."""
    return {
        anchor.box.order: slot
        for anchor in region.anchors
        if anchor.whole and (slot := _column(anchor, region.layout, layout, groups)) >= 0
    }


def _column(anchor: Anchor, number: int, layout: Layout, groups: Set[str]) -> int:
    slots = [target.slot for target in anchor.targets if target.layout == number]
    return next((slot for slot in slots if layout.slots[slot].group in groups), -1)


def _follows(board: Board, region: Region, grid: int) -> bool:
    """Whether nothing but 续表 stands between a table and the one before it."""
    first = next(box.order for box in board.boxes[region.start : region.end] if box.grid == grid)
    for order in range(first - 1, region.start - 1, -1):
        box = board.boxes[order]
        if box.grid != OUTSIDE:
            return True
        if not _BETWEEN.fullmatch(box.text):
            return False
    return False


def _entry(line: Sequence[Box], columns: Mapping[int, int], grid: int, *, guessed: bool) -> Iterator[Content]:
    for box in line:
        if box.filled and box.column in columns:
            row = _NEXT * (grid + 1) + box.row
            yield Content(columns[box.column], box, everything(box), row, guessed=guessed)


def without_strays(contents: Sequence[Content], layout: Layout) -> Iterator[Content]:
    """Yield ``contents`` without rows that are no entries.

    Those are examples, bands and remarks over the whole width (三月份, 备注：…), and thin rows far below in a corner.
    """
    rows: dict[str, dict[int, set[int]]] = {}
    for content in contents:
        group = layout.slots[content.slot].group
        if group:
            rows.setdefault(group, {}).setdefault(content.row, set()).add(content.slot)
    far = {
        (layout.slots[content.slot].group, content.row)
        for content in contents
        if layout.slots[content.slot].group and _EXAMPLE.match(content.box.text)
    }
    far |= set(_bands(contents, layout, rows))
    far |= set(_remarks(contents, layout, rows))
    for group, lines in rows.items():
        most = max(map(len, lines.values()))
        before = min(lines)
        for row in sorted(lines):
            if row - before > _FAR and row < before + _NEXT // 2 and 2 * len(lines[row]) <= most:
                far.add((group, row))
            else:
                before = row
    for content in contents:
        if (layout.slots[content.slot].group, content.row) not in far:
            yield content


def _remarks(
    contents: Sequence[Content], layout: Layout, rows: Mapping[str, Mapping[int, Set[int]]]
) -> Iterator[tuple[str, int]]:
    """Yield group and row of single cells under all entries that say something about the return: （此件已经审签）."""
    for content in contents:
        group = layout.slots[content.slot].group
        lines = rows.get(group, {})
        thin = group and len(lines[content.row]) == 1 and max(map(len, lines.values())) > 2
        if thin and content.row == max(lines) and _REMARK.fullmatch(content.box.text):
            yield group, content.row


def _bands(
    contents: Sequence[Content], layout: Layout, rows: Mapping[str, Mapping[int, Set[int]]]
) -> Iterator[tuple[str, int]]:
    """Yield group and row of single cells that reach over most columns of their list."""
    starts: dict[str, set[int]] = {}
    for content in contents:
        starts.setdefault(layout.slots[content.slot].group, set()).add(content.box.column)
    for content in contents:
        group, box = layout.slots[content.slot].group, content.box
        if group and len(rows[group][content.row]) == 1 and box.column_end - box.column > 1:
            under = sum(box.column <= column < box.column_end for column in starts[group])
            if under > 2 and 3 * under >= 2 * len(starts[group]):
                yield group, content.row
