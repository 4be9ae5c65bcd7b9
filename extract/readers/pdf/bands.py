"""Tables ruled across only: each stretch between two rules is a row, and where no text stands in it its columns part.

Knows rules and where text stands. Gaps that several rows leave at one place are one edge; a row without a gap there is merged
over it. What the page before told about the columns of a table goes on to the next.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from .lines import Glyph, TextLine, lines_of

_NEAR = 3.0  # points within which two rules begin or end alike
_FEWEST = 3  # rules of a table; of one that the page before began, two
_GAP, _STEADY, _KNOWN = (
    0.6,
    0.3,
    0.15,
)  # heights of a character that part columns: on one line, on several, at a known edge
_UPRIGHT = 5  # heights of a character by which the letters of 姓　　名 stand apart
_HAIR = 0.1
Box = tuple[float, float, float, float]
Gap = tuple[float, float]
Columns = dict[tuple[int, int], list[float]]
"""The edges of columns by where a table's rules begin and end, in points; none are told for a table with rules down."""


@dataclass(slots=True)
class _Row:
    """What stands between two rules: its top and bottom, its glyphs, the gaps between them and at both ends."""

    top: float
    bottom: float
    glyphs: list[Glyph]
    gaps: list[Gap] = field(default_factory=list)
    leading: Gap = (0.0, 0.0)
    trailing: Gap = (0.0, 0.0)


def banded(edges: Sequence[dict[str, Any]], glyphs: Sequence[Glyph], known: Columns) -> Iterator[list[Box]]:
    """Yield the cells of each table on a page that has rules across (``edges``), all as long, and none down.

    ``known`` are the columns of tables on the page before; those of this page take their place.
    """
    down = [edge for edge in edges if edge["orientation"] == "v"]
    told: Columns = {}
    for rules in _alike([edge for edge in edges if edge["orientation"] == "h"]):
        left, right = float(rules[0]["x0"]), float(rules[0]["x1"])
        tops = _apart(rule["top"] for rule in rules)
        ends = [p for (x0, x1), p in known.items() if abs(x0 - left) + abs(x1 - right) < _NEAR]
        before = ends[0] if ends else []
        around = (left - _NEAR, tops[0] - _NEAR, right + _NEAR, tops[-1] + _NEAR)
        if len(tops) < (2 if ends else _FEWEST) or any(_touches(edge, around) for edge in down):
            continue
        rows = [_row((left, top, right, bottom), glyphs, before) for top, bottom in pairwise(tops)]
        rows = [part for number, row in enumerate(rows) for part in _lines(row, number, len(rows), before)]
        points = _points([row.gaps for row in rows], before)
        if points and (before or sum(bool(row.gaps) for row in rows) > 1):
            told[round(left), round(right)] = points
            yield [
                (x0, row.top, x1, row.bottom)
                for number, row in enumerate(rows)
                for x0, x1 in pairwise([left, *_edges(rows, number, points, bool(before)), right])
            ]
        elif ends and any(
            row.glyphs for row in rows
        ):  # the page before had a table as wide: these are whole rows of it
            yield [(left, row.top, right, row.bottom) for row in rows]
    known.clear()
    known.update(told)


def _alike(rules: Sequence[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Yield the rules in groups that begin and end alike."""
    groups: list[list[dict[str, Any]]] = []
    for rule in sorted(rules, key=lambda rule: float(rule["top"])):
        for group in groups:
            first = group[0]
            if abs(first["x0"] - rule["x0"]) < _NEAR and abs(first["x1"] - rule["x1"]) < _NEAR:
                group.append(rule)
                break
        else:
            groups.append([rule])
    yield from groups


def _apart(values: Iterator[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return found


def _touches(edge: dict[str, Any], box: Box) -> bool:
    return bool(
        edge["x0"] < box[2] and edge["x1"] > box[0] and edge["top"] < box[3] and edge["bottom"] > box[1]
    )


def _row(box: Box, glyphs: Sequence[Glyph], known: Sequence[float]) -> _Row:
    left, top, right, bottom = box
    own = [glyph for glyph in glyphs if top <= (glyph.top + glyph.bottom) / 2 <= bottom]
    own = [glyph for glyph in own if left - _NEAR <= (glyph.x0 + glyph.x1) / 2 <= right + _NEAR]
    row = _Row(top, bottom, sorted(own, key=lambda glyph: glyph.x0))
    seen = [glyph for glyph in row.glyphs if not glyph.text.isspace()]
    if seen:
        row.gaps = list(_gaps(row.glyphs, known))
        row.leading, row.trailing = (left, seen[0].x0), (max(glyph.x1 for glyph in seen), right)
    return row


def _lines(row: _Row, number: int, count: int, known: Sequence[float]) -> Iterator[_Row]:
    """Yield the lines of a row as rows of their own, where each fills all columns: only header and end are ruled."""
    lines = lines_of(row.glyphs)
    least = 2 if count == _FEWEST - 1 else 3
    if not number or len(row.gaps) < 2 or len(lines) < least or not all(_fills(line, row) for line in lines):
        yield row
        return
    middles = [(upper.box[3] + lower.box[1]) / 2 for upper, lower in pairwise(lines)]
    for top, bottom in pairwise([row.top, *middles, row.bottom]):
        yield _row((row.leading[0], top, row.trailing[1], bottom), row.glyphs, known)


def _fills(line: TextLine, row: _Row) -> bool:
    """Whether a line has text in every column that ``row`` has."""
    edges = [row.leading[0], *((left + right) / 2 for left, right in row.gaps), row.trailing[1]]
    return all(any(x0 < glyph.x0 < x1 for glyph in line.seen) for x0, x1 in pairwise(edges))


def _gaps(glyphs: Sequence[Glyph], known: Sequence[float]) -> Iterator[Gap]:
    """Yield where no text of a row stands, from top to bottom; blanks that someone typed are text."""
    size = max(glyph.bottom - glyph.top for glyph in glyphs)
    groups = [[glyphs[0]]]
    end = glyphs[0].x1
    for glyph in glyphs[1:]:
        if glyph.x0 - end > _KNOWN * size:
            groups.append([])
        groups[-1].append(glyph)
        end = max(end, glyph.x1)
    parts = [group for group in groups if any(not glyph.text.isspace() for glyph in group)]
    begun = parts[0] if parts else []
    for before, after in pairwise(parts):
        left, right = max(glyph.x1 for glyph in before), after[0].x0
        lines = min(len({round(glyph.bottom / size) for glyph in part}) for part in (before, after))
        least = _KNOWN if any(left <= point <= right for point in known) else _STEADY if lines > 1 else _GAP
        letters = len(begun) == len(after) == 1 and right - left < _UPRIGHT * size
        if right - left > least * size and not (letters and _is_letter(begun[0]) and _is_letter(after[0])):
            yield left, right
            begun = []
        begun = [*begun, *after]


def _is_letter(glyph: Glyph) -> bool:
    return "\u4e00" <= glyph.text <= "\u9fff"


def _points(rows: Sequence[Sequence[Gap]], known: Sequence[float]) -> list[float]:
    """Return the fewest places of which one at least lies in each gap; those that are ``known`` where they do."""
    gaps = sorted((gap for row in rows for gap in row), key=lambda gap: gap[1])
    kept = [point for point in known if not _crossed(point, rows)]
    reach: list[Gap] = []
    for left, right in gaps:
        if any(left <= point <= right for point in kept):
            continue
        if not reach or left > reach[-1][1] - _HAIR:
            reach.append((left, right))
        else:
            reach[-1] = max(reach[-1][0], left), reach[-1][1]
    return sorted([*kept, *((left + right) / 2 for left, right in reach)])


def _crossed(point: float, rows: Sequence[Sequence[Gap]]) -> bool:
    """Whether a gap ends close to ``point`` without holding it: text of another page told its edge less exactly."""
    return any(
        not left <= point <= right and min(abs(point - left), abs(point - right)) < 2 * (right - left)
        for gaps in rows
        for left, right in gaps
    )


def _edges(rows: Sequence[_Row], number: int, points: Sequence[float], goes_on: bool) -> list[float]:
    """Return the points at which the columns of a row part.

    A wide gap holds an empty cell, unless a row next to it with as many gaps tells which of its points is meant. An end
    without text is an empty cell where a row next to it has one gap more; in the first row of a page, which may be the
    rest of one on the page before, it is always.
    """
    row = rows[number]
    if not row.glyphs:
        return list(points) if goes_on else []
    beside = [rows[n] for n in (number + 1, number - 1) if 0 <= n < len(rows)]
    found: list[float] = []
    for index, (left, right) in enumerate(row.gaps):
        inside = [point for point in points if left <= point <= right]
        for other in beside if len(inside) > 1 else ():
            if len(other.gaps) != len(row.gaps):
                continue
            low, high = other.gaps[index]
            sure = [point for point in points if low <= point <= high]
            if len(sure) == 1 and sure[0] in inside:
                inside = sure
                break
        found += inside
    whole = goes_on and number == 0
    for end in (row.leading, row.trailing):
        inside = [point for point in points if end[0] <= point <= end[1]]
        one_more = any(
            len(other.gaps) == len(row.gaps) + 1 and row.gaps and _overlap(row, other) for other in beside
        )
        if inside and (whole or (len(inside) == 1 and one_more)):
            found += inside
    return sorted(set(found))


def _overlap(row: _Row, other: _Row) -> bool:
    """Whether each gap of ``row`` meets one of ``other``."""
    return all(any(low < right and left < high for low, high in other.gaps) for left, right in row.gaps)
