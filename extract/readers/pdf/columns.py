"""Columns without rules: lines of text one under the other that leave the same gaps are the rows of a table.

Knows lines and their gaps; a single line with a gap stays a line, as do numbered items and text stretched to its margins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.readers.draft import Item, Table

from .lines import Glyph, TextLine
from .loose import loose
from .paragraphs import paragraphs
from .room import Room

_GAP = 0.6  # heights of a character that part two columns
_LEADING = 2.2  # heights of a character from one row to the next, at most
_MARK = re.compile(
    "[(（]?[0-9０-９一二三四五六七八九十A-Za-z]{1,3}[)）.．、]?|[①-⑳●○■□☑◆·—-]"
    "|第[0-9一二三四五六七八九十]+[条章节]|注[:：]?"
)

_STEP = 1.05  # times the widest step from row to row: what stands farther off is no part of the table
_SAME = 1.5  # points within which lines begin or end alike
_FEW = 2  # lines that gaps part, from which on columns are likely
_OWN = re.compile(r"[^:：]{1,16}[:：]|[\d年月日./\-]+$|[（(].{0,8}[)）]$")  # what says itself what it is

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class _Row:
    """A line as its parts from the left, between gaps."""

    line: TextLine
    parts: tuple[TextLine, ...]


def blocks(lines: Sequence[TextLine], room: Room) -> Iterator[tuple[Item, Box]]:
    """Yield ``lines`` within ``room`` as paragraphs, and as a table wherever some leave the same gaps."""
    rows = [_Row(line, tuple(_parts(line))) for line in lines]
    start = at = 0
    while at < len(rows):
        end, edges = _table(rows, at)
        if not edges:
            at += 1
            continue
        at, end = _whole(rows, start, at, end, edges)
        yield from paragraphs(lines[start:at], room)
        yield _grid(rows[at:end], edges, room)
        start = at = end
    yield from paragraphs(lines[start:], room)


def by_gaps(lines: Sequence[TextLine]) -> bool:
    """Whether gaps alone part what stands on several ``lines``: labels with their colons, numbers and dates aside."""
    count = 0
    for line in lines:
        _, *others = _parts(line)
        said = ["".join(glyph.text for glyph in part.seen) for part in others]
        count += any(len(text) > 1 and not _OWN.match(text) for text in said)
    return count >= _FEW


def _parts(line: TextLine) -> Iterator[TextLine]:
    """Yield the stretches of ``line`` between gaps that nobody typed as blanks."""
    seen = line.seen
    gaps = sorted(after.x0 - before.x1 for before, after in pairwise(seen))
    usual = gaps[len(gaps) // 2] if len(gaps) > 1 else 0.0
    glyphs: list[Glyph] = []
    last: Glyph | None = None
    blank = 0.0
    for glyph in line.glyphs:
        if glyph.text.isspace():
            blank += glyph.x1 - glyph.x0
        elif last is not None:
            gap = glyph.x0 - last.x1
            if gap - blank > max(_GAP * line.size, 2 * usual) and gap > 2 * blank:
                yield TextLine(glyphs)
                glyphs = []
            blank = 0.0
        if not glyph.text.isspace():
            last = glyph
        glyphs.append(glyph)
    if any(not glyph.text.isspace() for glyph in glyphs):
        yield TextLine(glyphs)


def _table(rows: Sequence[_Row], start: int) -> tuple[int, list[float]]:
    """Return the end of the table that begins at ``start`` and the middles of its gaps, none when there is none."""
    if len(rows[start].parts) < 2:
        return start, []
    gaps, end, several = _gaps(rows[start]), start + 1, 1
    while end < len(rows) and _near(rows[end - 1].line, rows[end].line):
        left = [
            both
            for one in gaps
            for other in _gaps(rows[end])
            if (both := _both(one, other, rows[end].line.size))
        ]
        if not left:
            break
        several += len(rows[end].parts) > 1
        gaps, end = left, end + 1
    while end > start and len(rows[end - 1].parts) < 2:
        end -= 1
    edges = [(left + right) / 2 for left, right in gaps if _parts_two(rows[start:end], left, right)]
    return (end, edges) if several > 1 and edges and _tells(rows[start:end], edges) else (start, [])


def _gaps(row: _Row) -> list[tuple[float, float]]:
    """Return where ``row`` leaves room, its ends included."""
    ends = [(part.box[0], part.box[2]) for part in row.parts]
    inner = [(before[1], after[0]) for before, after in pairwise(ends)]
    return [(float("-inf"), ends[0][0]), *inner, (ends[-1][1], float("inf"))]


def _both(one: tuple[float, float], other: tuple[float, float], size: float) -> tuple[float, float] | None:
    left, right = max(one[0], other[0]), min(one[1], other[1])
    return (left, right) if right - left > _GAP * size else None


def _near(upper: TextLine, lower: TextLine) -> bool:
    return lower.box[1] - upper.box[3] < _LEADING * max(upper.size, lower.size)


def _parts_two(rows: Sequence[_Row], left: float, right: float) -> bool:
    """Whether two rows have text on both sides of a gap."""
    middle = (left + right) / 2
    if not left < middle < right:
        return False
    both = [row for row in rows if row.parts[0].box[0] < middle < row.parts[-1].box[2]]
    return len(both) > 1


def _tells(rows: Sequence[_Row], edges: Sequence[float]) -> bool:
    """Whether the columns hold words: numbers and marks before a text, and single signs far apart, do not part it."""
    columns = [[text for row in rows if (text := _said(row, low, high))] for low, high in _spans(edges)]
    if all(_MARK.fullmatch(text) for text in columns[0]):
        return False
    texts = [text for column in columns for text in column]
    return sum(len(text) for text in texts) > 2 * len(texts)


def _spans(edges: Sequence[float]) -> list[tuple[float, float]]:
    return list(pairwise([float("-inf"), *edges, float("inf")]))


def _cell(row: _Row, low: float, high: float) -> list[Glyph]:
    return [
        glyph for part in row.parts if low < (part.box[0] + part.box[2]) / 2 < high for glyph in part.glyphs
    ]


def _said(row: _Row, low: float, high: float) -> str:
    return "".join(glyph.text for glyph in _cell(row, low, high)).strip()


def _whole(rows: Sequence[_Row], start: int, at: int, end: int, edges: Sequence[float]) -> tuple[int, int]:
    """Return the table ``at:end`` with the lines above and below that stand in one of its columns, as close as its rows."""
    inside = rows[at:end]
    step = max(below.line.box[3] - row.line.box[3] for row, below in pairwise(inside))
    ends = [
        [_ends(glyphs) for row in inside if (glyphs := _cell(row, low, high))] for low, high in _spans(edges)
    ]

    def belongs(row: _Row, beside: _Row) -> bool:
        told = [n for n, (low, high) in enumerate(_spans(edges)) if _cell(row, low, high)]
        if len(told) != 1 or not told[0] or abs(row.line.box[3] - beside.line.box[3]) > _STEP * step:
            return False
        left, right = row.line.box[0], row.line.box[2]
        lefts, rights = ([each[n] for each in ends[told[0]]] for n in (0, 1))
        return abs(left - min(lefts)) < _SAME or abs(right - max(rights)) < _SAME

    while at > start and belongs(rows[at - 1], rows[at]):
        at -= 1
    while end < len(rows) and belongs(rows[end], rows[end - 1]):
        end += 1
    return at, end


def _ends(glyphs: Sequence[Glyph]) -> tuple[float, float]:
    seen = [glyph for glyph in glyphs if not glyph.text.isspace()]
    return min(glyph.x0 for glyph in seen), max(glyph.x1 for glyph in seen)


def _grid(rows: Sequence[_Row], edges: Sequence[float], room: Room) -> tuple[Table, Box]:
    """Return the table of ``rows`` parted at ``edges`` and where it stands."""
    spans = _spans(edges)
    told = [
        [[TextLine(glyphs)] if (glyphs := _cell(row, low, high)) else [] for low, high in spans]
        for row in rows
    ]
    boxes = [row.line.box for row in rows]
    left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
    return loose(told, spans, room), (left, boxes[0][1], right, boxes[-1][3])
