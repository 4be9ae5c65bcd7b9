"""Telling one filled form from a list of them: a row for each under a header, or a column for each beside the labels.

Knows where contents stand; whose they are was settled by ``govern``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from extract.values.dates import read_date
from extract.values.fields import is_heading
from forms import FieldKind

from .board import Board
from .govern import Content
from .layout import Layout

_LONGEST_HEADER = 6
_SPLIT_KINDS = (FieldKind.DATE, FieldKind.INTEGER, FieldKind.NUMBER, FieldKind.MONEY)
_UNIT = re.compile(
    r"[(（]?(?:人次?|名|个|次|年|月|日|场|份|户|件|篇|项|条|%|％|万?元|分|天|小时)[)）]?"
)  # beside numbers
_NUMBER = re.compile(r"[\d零〇一二三四五六七八九十百千两]")


def part(
    contents: Sequence[Content], board: Board, layout: Layout
) -> tuple[list[Content], list[list[Content]]]:
    """Part what all forms share from what each form of a list holds alone; without a list all is shared.

    In a list a row that is too thin for a record stays leftover, and so does what stands beside a label that heads a
    column: a value of one row is never mixed with it. A cell merged over several rows counts for each of them.
    """
    single = [content for content in contents if not _grouped(content, layout)]
    groups = [content for content in contents if _grouped(content, layout)]
    rows, columns = _rows(single), _columns(single)
    if rows:
        places = set(rows)
        heads = {content.slot for content in single if content.row in places}
        shared = [content for content in single if content.row < 0 and content.slot not in heads]
        listed = [content for content in single if content.row >= 0]
        records = _by_place(rows, [(c, c.row, c.box.row_end) for c in listed])
    elif columns:
        listed = [content for content in single if content.column >= 0]
        beside = {content.slot for content in listed}
        shared = [content for content in single if content.column < 0 and content.slot not in beside]
        records = _by_place(columns, [(c, c.column, c.box.column_end) for c in listed])
    else:
        return [*_nearest(single, board, layout), *groups], []
    records[0] += groups
    return shared, records


def _by_place(places: Sequence[int], spans: Iterable[tuple[Content, int, int]]) -> list[list[Content]]:
    """Return for each of ``places`` the contents whose span (start, end) reaches over it."""
    found: dict[int, list[Content]] = {place: [] for place in places}
    for content, start, end in spans:
        for place in range(start, end):
            if place in found:
                found[place].append(content)
    return list(found.values())


def _grouped(content: Content, layout: Layout) -> bool:
    return bool(layout.slots[content.slot].group)


def _rows(contents: Sequence[Content]) -> list[int]:
    """Return the grid rows that are a record each, when a header of labels stands above at least two of them."""
    headed = [content for content in contents if content.row >= 0]
    heads = {content.slot for content in headed}
    filled = Counter(content.row for content in headed)
    rows = {row for row, count in filled.items() if 2 * count >= len(heads) or count >= 3}
    answered = {content.slot for content in contents}
    again = Counter(
        slot for slot, _ in {(content.slot, content.row) for content in headed if content.row in rows}
    )
    if not any(count > 1 for count in again.values()):
        return []  # two rows under two headers: one form in two columns
    return sorted(rows) if len(rows) > 1 and len(heads) >= 2 and 2 * len(heads) >= len(answered) else []


def _columns(contents: Sequence[Content]) -> list[int]:
    """Return the grid columns that are a record each, when most labels have answers in the same several columns."""
    beside = [content for content in contents if content.column >= 0]
    slots = {content.slot for content in beside}
    filled = Counter({content.column: 0 for content in beside})
    for column in filled:
        filled[column] = len({content.slot for content in beside if content.column == column})
    said = {column: [c.box.text.strip() for c in beside if c.column == column] for column in filled}
    columns = sorted(
        column
        for column, count in filled.items()
        if 3 * count >= 2 * len(slots) and not all(map(_UNIT.fullmatch, said[column]))
    )
    return columns if len(columns) > 1 and len(slots) >= 4 else []


def _nearest(contents: Sequence[Content], board: Board, layout: Layout) -> list[Content]:
    """Keep of several cells beside one label the nearest, and those that go on with it.

    A date, a number or a text may be split over two cells; what else stands there is another column's.
    """
    kept: list[Content] = []
    last: dict[tuple[int, int], Content] = {}
    under = Counter(content.slot for content in contents if content.row >= 0)
    for content in contents:
        content.joined = content.joined or (content.row >= 0 and under[content.slot] > 1)
    beside = Counter((content.slot, content.box.row) for content in contents if content.column >= 0)
    for content in contents:
        key = (content.slot, content.box.row)
        before = last.get(key) if content.column >= 0 else None
        if before is not None and _remarks(content, board):
            continue
        if before is None or _goes_on(before, content, layout):
            kept.append(content)
            last[key] = content
        elif (
            beside[key] == 2
            and _is_text(content, layout)
            and not _headed(content, board)
            and not is_heading(content.box.text)
        ):
            content.joined = True
            kept.append(content)
        else:
            before.crowded = True
    return kept


def _is_text(content: Content, layout: Layout) -> bool:
    field = layout.slots[content.slot].field
    return field is not None and field.kind is FieldKind.TEXT


def _remarks(content: Content, board: Board) -> bool:
    """Whether ``content`` is the header 备注 of a column added at the right, or stands under it: no part of an answer."""
    above = [box for box in board.above(content.box) if box.filled and box.column == content.box.column]
    top = above[-1] if above else content.box
    return is_heading(top.text) and top.column_end == content.box.column_end


def _headed(content: Content, board: Board) -> bool:
    """Whether the column of ``content`` has a header of its own: 备注."""
    above = [box for box in board.above(content.box) if box.filled and box.column == content.box.column]
    top = above[-1] if above else None
    return (
        top is not None
        and len(top.text.strip()) <= _LONGEST_HEADER
        and top.column_end == content.box.column_end
    )


def _goes_on(before: Content, content: Content, layout: Layout) -> bool:
    field = layout.slots[content.slot].field
    if field is None:
        return True
    if field.kind not in _SPLIT_KINDS:
        return False
    if field.kind is FieldKind.DATE:
        return read_date("", before.box.text).value is None
    return not _NUMBER.search(content.box.text) or not _NUMBER.search(before.box.text)
