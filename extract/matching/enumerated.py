"""All entries of a list in one cell: 1、2020年7月3日，团课，45人；2、…, under the list's header or beside its name.

An entry is divided where the kinds of its columns leave one way to do it; else the cell stays as it is, and is doubted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from extract.spelling import squeeze
from forms import Field, FieldKind

from .anchors import Anchor
from .board import OUTSIDE, Board, Box
from .govern import Content
from .kinds import TYPED, is_of_kind
from .layout import Layout
from .regions import Region

_ITEM = re.compile(
    r"(?:^|(?<=[\n；;。\s]))[ \t\u3000]*[（(]?(?:(?P<number>\d{1,2})\s*(?:[)）、]|[.．](?!\d(?!\d{3})))|(?P<ring>[①-⑳]))[ \t\u3000]*"
)
_GAPS = tuple(map(re.compile, (r"\t+", r"[|｜]", r"[，,]", r"、", r"[ \u3000]+")))
_PERSON = re.compile(r"[\u4e00-\u9fff·]{2,8}|[A-Za-z][A-Za-z .·]{1,30}")
_COUNT = re.compile(r"[约近共]?\s*[\d０-９]{1,6}[^，,。；;\u3001]{0,8}")
_MOST = 12  # parts of an entry that are tried
_CLOSED = ("。", "！", "？")
_APART = 1_000_000  # what sets the rows made here apart from those of grids

Columns = Sequence[tuple[int, Field]]


def enumerated(
    board: Board, region: Region, layout: Layout, contents: Sequence[Content], anchors: Sequence[Anchor]
) -> Iterator[Content]:
    """Yield ``contents`` with each cell that holds several entries of a list divided into them."""
    rows: dict[tuple[str, int], int] = {}
    for content in contents:
        key = layout.slots[content.slot].group, content.row
        rows[key] = rows.get(key, 0) + 1
    for content in contents:
        slot = layout.slots[content.slot]
        if not slot.group or rows[slot.group, content.row] > 1:
            yield content
            continue
        beside = content.column >= 0
        columns = _blank_order(layout, slot.group) if beside else _headers(content, layout, anchors)
        divided = list(_divided(content, columns, guessed=beside)) if len(columns) > 1 else []
        if not divided and len(columns) > 1 and len(list(_items(content.box.text))) > 1:
            content.guessed = True
        yield from divided or [content]
    taken = {content.box.order for content in contents}
    told = {layout.slots[content.slot].group for content in contents}
    for group in layout.form.groups:
        if group.name not in told:
            for box in _beside_name(board, region, group.name, taken):
                columns = _blank_order(layout, group.name)
                stand_in = Content(columns[0][0], box, ())
                yield from _divided(stand_in, columns, guessed=True)


def _beside_name(board: Board, region: Region, name: str, taken: set[int]) -> Iterator[Box]:
    """Yield the filled boxes right beside a cell that holds nothing but the name of a list."""
    for box in board.boxes[region.start : region.end]:
        if box.grid != OUTSIDE and squeeze(box.text).strip(":") == squeeze(name):
            right = next(board.right_of(box), None)
            if right is not None and right.filled and right.order not in taken:
                yield right


def _blank_order(layout: Layout, group: str) -> Columns:
    return [
        (number, slot.field)
        for number, slot in enumerate(layout.slots)
        if slot.group == group and slot.field is not None
    ]


def _headers(content: Content, layout: Layout, anchors: Sequence[Anchor]) -> Columns:
    """Return the columns whose headers a cell stands under, from the left; one where it stands under its own alone."""
    box, group = content.box, layout.slots[content.slot].group
    heads = [
        anchor
        for anchor in anchors
        if anchor.box.grid == box.grid
        and anchor.box.row_end <= box.row
        and box.column <= anchor.box.column < box.column_end
        and anchor.slot >= 0
        and layout.slots[anchor.slot].group == group
    ]
    found: Mapping[int, Field | None] = {
        anchor.slot: layout.slots[anchor.slot].field
        for anchor in sorted(heads, key=lambda anchor: anchor.box.column)
    }
    return [(slot, field) for slot, field in found.items() if field is not None]


def _divided(content: Content, columns: Columns, *, guessed: bool) -> Iterator[Content]:
    """Yield the contents of each entry in the cell, nothing where no sign between the answers divides all of them."""
    box = content.box
    items = [
        (number, low, high) for number, piece in enumerate(box.pieces) for low, high in _items(piece.text)
    ]
    if len(items) < 2 and len(box.pieces) == 1:
        return
    if not _counts_up([_number(box.pieces[number].text, low) for number, low, _ in items]):
        return
    told = [
        gap
        for gap in _GAPS
        if any(_parts_off(gap, box.pieces[number].text, low, high) for number, low, high in items)
    ]
    for gap in told or _GAPS:
        ways = [_way(box.pieces[number].text, low, high, gap, columns) for number, low, high in items]
        if all(ways):
            for row, ((number, _, _), way) in enumerate(zip(items, ways, strict=True), 1):
                for (slot, _), (low, high) in zip(columns, way, strict=True):
                    made = replace(content, slot=slot, stretches=((number, low, high),), column=-1)
                    made.row, made.guessed = _APART * (box.order + 1) + row, guessed
                    yield made
            return


def _parts_off(gap: re.Pattern[str], text: str, start: int, end: int) -> bool:
    """Whether ``gap`` stands right behind a full stop: no sentence has that, so it parts the answers."""
    return any(text[found.start() - 1 : found.start()] in _CLOSED for found in gap.finditer(text, start, end))


def _items(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each numbered item of ``text`` begins, its number included, and ends."""
    starts = [found.start() for found in _ITEM.finditer(text)]
    for start, end in pairwise([*starts, len(text)] if starts else ()):
        yield start, start + len(text[start:end].rstrip(" \t\u3000\n；;"))


def _number(text: str, start: int) -> int:
    found = _ITEM.match(text, start)
    assert found is not None  # noqa: S101 - an item begins here
    return int(found["number"]) if found["number"] else ord(found["ring"]) - ord("①") + 1


def _counts_up(numbers: Sequence[int]) -> bool:
    return len(numbers) > 1 and list(numbers) == list(range(1, len(numbers) + 1))


def _way(text: str, start: int, end: int, gap: re.Pattern[str], columns: Columns) -> list[tuple[int, int]]:
    """Return where the answer of each column stands in one entry, nothing when that is not told in one way."""
    label = _ITEM.match(text, start)
    low = start if label is None else label.end()
    parts: list[tuple[int, int]] = []
    for found in gap.finditer(text, low, end):
        parts.append((low, found.start()))
        low = found.end()
    parts.append((low, end))
    if not len(columns) <= len(parts) <= _MOST:
        return []
    ways = list(_ways(text, parts, columns))
    return ways[0] if len(ways) == 1 else []


def _ways(text: str, parts: Sequence[tuple[int, int]], columns: Columns) -> Iterator[list[tuple[int, int]]]:
    """Yield every way to join neighbouring ``parts`` to one answer for each column, of the column's kind."""
    if not columns:
        if not parts:
            yield []
        return
    for count in range(1, len(parts) - len(columns) + 2):
        low, high = parts[0][0], parts[count - 1][1]
        field = columns[0][1]
        joined = any(text[part[1] - 1 : part[1]] in _CLOSED for part in parts[: count - 1])
        if joined or (count > 1 and field.kind in TYPED) or not _is_of_kind(field, text[low:high]):
            continue  # nothing goes on behind a full stop and a comma
        for rest in _ways(text, parts[count:], columns[1:]):
            yield [(low, high), *rest]


def _is_of_kind(field: Field, text: str) -> bool:
    if field.kind is FieldKind.PERSON:
        return _PERSON.fullmatch(text.strip()) is not None
    if field.kind is FieldKind.INTEGER and _COUNT.fullmatch(text.strip()):
        return True  # and doubted by itself where it is no sure number
    return is_of_kind(field, text)
