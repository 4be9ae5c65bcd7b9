"""To which cell text belongs that runs over a rule, and how upright columns read: told by the order in which it was painted.

Programs paint a text from its beginning to its end. What they paint in one go over a rule, without the space that cells keep from
their rules, is one text: it belongs where it begins, not where each of its signs happens to lie.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from .lines import Glyph, extent
from .places import SAME, around, within

_STEP = 2.5  # heights of a character from one line of a text to the next, at most
_LEAST = 2  # signs of an upright column
_CROSSED = 6  # the part of a line's height by which a rule runs through it

Box = tuple[float, float, float, float]
Painted = tuple[Box, list[Glyph]]


@dataclass(slots=True)
class _Strip:
    """Glyphs painted one after the other: level ones to the right, upright ones downward or, turned, upward."""

    glyphs: list[Glyph]
    way: str = ""

    @property
    def box(self) -> Box:
        return extent(self.glyphs)

    @property
    def size(self) -> float:
        return _size(self.glyphs[0])


def placed(glyphs: Sequence[Glyph], cells: Sequence[Box]) -> list[Painted]:
    """Return each of ``cells`` with its ``glyphs`` in the order of painting; what lies in none is left out.

    A cell whose upright text runs on into an empty one below is one with it: no one rules through a word.
    """
    homes = [next((n for n, cell in enumerate(cells) if within(glyph, cell)), -1) for glyph in glyphs]
    over = any(home >= 0 and _beyond(glyph, cells[home]) for glyph, home in zip(glyphs, homes, strict=True))
    if over:
        homes = _rehomed(glyphs, homes, cells)
    found: list[list[Glyph]] = [[] for _ in cells]
    for glyph, home in zip(glyphs, homes, strict=True):
        if home >= 0:
            found[home].append(glyph)
    each = list(zip(cells, found, strict=True))
    return _run_down(each) if over else each


def _run_down(cells: Sequence[Painted]) -> list[Painted]:
    """Return ``cells``, one with upright text together with the empty one below into which it runs.

    What stands beside them is one row as well, where one of the two has a single cell and no two cells above are filled.
    """
    found = list(cells)
    for label in cells:
        columns = upright(label[1])
        bottom = max((glyph.bottom for column in columns for glyph in column), default=label[0][3])
        for below in [each for each in found if not each[1] and _beneath(label[0], each[0])]:
            if bottom > below[0][1] + SAME:
                found = _as_one(found, [label, below])
                above, beneath = _beside(found, label[0]), _beside(found, below[0])
                under = (
                    len(beneath) == 1 and above and _beneath(around([box for box, _ in above]), beneath[0][0])
                )
                if under and sum(bool(own) for _, own in above) < 2:
                    found = _as_one(found, [*above, *beneath])
    return found


def _beside(cells: Sequence[Painted], box: Box) -> list[Painted]:
    """Return the cells to the right of ``box`` that are exactly as high."""
    return [
        each
        for each in cells
        if max(abs(each[0][1] - box[1]), abs(each[0][3] - box[3])) < SAME and each[0][0] > box[0] + SAME
    ]


def _beneath(upper: Box, lower: Box) -> bool:
    """Whether ``lower`` begins where ``upper`` ends, and is as wide."""
    return max(abs(upper[0] - lower[0]), abs(upper[2] - lower[2]), abs(upper[3] - lower[1])) < SAME


def _as_one(cells: Sequence[Painted], parts: Sequence[Painted]) -> list[Painted]:
    """Return ``cells``, the ``parts`` set together in the place of the first."""
    whole = around([box for box, _ in parts]), [glyph for _, own in parts for glyph in own]
    kept: list[Painted] = []
    for each in cells:
        if each is parts[0]:
            kept.append(whole)
        elif not any(each is part for part in parts):
            kept.append(each)
    return kept


def upright(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Return the columns of a cell whose text runs upright in several of them, or upward; none where lines tell as much."""
    strips = list(_strips([glyph for glyph in glyphs if not glyph.text.isspace()]))
    if not strips or any(strip.way not in ("down", "up") or len(strip.glyphs) < _LEAST for strip in strips):
        return []
    if len(strips) > 1 or strips[0].way == "up":
        return [strip.glyphs for strip in strips]
    return []


def _size(glyph: Glyph) -> float:
    return max(glyph.bottom - glyph.top, glyph.x1 - glyph.x0, 1.0)


def _strips(glyphs: Sequence[Glyph]) -> Iterator[_Strip]:
    strip: _Strip | None = None
    for glyph in glyphs:
        way = "" if strip is None else _way(strip.glyphs[-1], glyph)
        if strip is not None and way and strip.way in ("", way):
            strip.glyphs.append(glyph)
            strip.way = way
            continue
        if strip is not None:
            yield strip
        strip = _Strip([glyph])
    if strip is not None:
        yield strip


def _way(one: Glyph, other: Glyph) -> str:
    """Return the way on which ``other`` follows right after ``one``, none when it does not."""
    size = _size(one)
    if abs(size - _size(other)) > size / 8:
        return ""
    if abs(one.top + one.bottom - other.top - other.bottom) < size / 2:
        return "right" if -size / 4 < other.x0 - one.x1 < size / 2 else ""
    if abs(one.x0 + one.x1 - other.x0 - other.x1) < size / 2:
        if -size / 4 < other.top - one.bottom < size / 3:
            return "down"
        if -size / 4 < one.top - other.bottom < size / 3:
            return "up"
    return ""


def _beyond(glyph: Glyph, cell: Box) -> bool:
    """Whether a rule of its cell runs through a glyph that is no blank."""
    reach = (glyph.bottom - glyph.top) / 8
    return not glyph.text.isspace() and (
        glyph.x0 < cell[0] - reach
        or glyph.x1 > cell[2] + reach
        or glyph.top < cell[1] - 2 * reach
        or glyph.bottom > cell[3] + 2 * reach
    )


def _rehomed(glyphs: Sequence[Glyph], homes: Sequence[int], cells: Sequence[Box]) -> list[int]:
    """Return the cell of each glyph anew: that of the text with which it was painted."""
    found: list[int] = []
    block: list[tuple[_Strip, list[int]]] = []
    left = iter(homes)
    told = [(strip, [next(left) for _ in strip.glyphs]) for strip in _strips(glyphs)]
    starts = {(own[0], round(strip.box[0])) for strip, own in told if len(set(own)) == 1}
    for strip, own in told:
        one = own if _begins_anew(strip, own, starts) else _of_strip(strip, own, cells)
        if block and not _follows(block[-1][0], strip):
            found += _of_block(block, cells)
            block = []
        block.append((strip, one))
    return [*found, *_of_block(block, cells)]


def _begins_anew(strip: _Strip, homes: Sequence[int], starts: Set[tuple[int, int]]) -> bool:
    """Whether what a strip has in its next cell begins where other lines of that cell begin: it is a text of its own."""
    pairs = zip(strip.glyphs[1:], pairwise(homes), strict=True)
    return any(a != b and strip.way == "right" and (b, round(glyph.x0)) in starts for glyph, (a, b) in pairs)


def _of_strip(strip: _Strip, homes: list[int], cells: Sequence[Box]) -> list[int]:
    """Return the one cell of a strip that runs over rules without a gap; else each glyph keeps its own."""
    if len(set(homes)) == 1 or -1 in homes:
        return homes
    spread = zip(pairwise(strip.glyphs), pairwise(homes), strict=True)
    if not all(a == b or _through(one, other, cells[a], strip.way) for (one, other), (a, b) in spread):
        return homes
    left, top, right, bottom = strip.box
    if strip.way == "right" and left - cells[homes[0]][0] < strip.size:
        return [homes[0]] * len(homes)
    if strip.way == "right" and cells[homes[-1]][2] - right < strip.size:
        return [homes[-1]] * len(homes)
    middle = Glyph("", left, top, right, bottom)
    home = next((n for n in homes if within(middle, cells[n])), homes[0])
    return [home] * len(homes)


def _through(one: Glyph, other: Glyph, cell: Box, way: str) -> bool:
    """Whether two glyphs leave no room for the rule between them, or it runs through one of them."""
    size = _size(one)
    edge = cell[2] if way == "right" else cell[3] if way == "down" else cell[1]
    low, high = {"right": (one.x1, other.x0), "down": (one.bottom, other.top)}.get(
        way, (other.bottom, one.top)
    )
    inked = low > edge + size / 12 or high < edge - size / 12
    touching = low > edge - size / 12 and high < edge + size / 12
    if inked and way != "right":
        return high - low < size / 2  # Latin letters are lower than the others of an upright word
    return high - low < size / 4 and (inked or touching)


def _follows(above: _Strip, below: _Strip) -> bool:
    """Whether ``below`` is the line after ``above``, of the same size and beneath it."""
    (left, top, right, _), (first, head, last, _) = above.box, below.box
    size = above.size
    level = "down" not in (above.way, below.way) and "up" not in (above.way, below.way)
    return (
        level
        and abs(size - below.size) < size / 8
        and 0.5 * size < head - top < _STEP * size
        and (min(right, last) - max(left, first) > 0)
    )


def _of_block(block: Sequence[tuple[_Strip, list[int]]], cells: Sequence[Box]) -> Iterator[int]:
    """Yield the cell of each glyph of lines painted one after the other: over a rule that crosses one of them they are one text.

    It belongs where it begins, or where the rest stands when only its first line touches a cell that has room above it.
    """
    firsts = [homes[0] for _, homes in block]
    whole = all(len(set(homes)) == 1 for _, homes in block) and -1 not in firsts
    crossed = whole and any(
        strip.box[3] > cells[home][3] + strip.size / _CROSSED
        or strip.box[1] < cells[home][1] - strip.size / _CROSSED
        for (strip, homes), home in zip(block, firsts, strict=True)
    )
    home = firsts[0]
    if crossed and len(set(firsts[1:])) == 1 and block[0][0].box[1] > cells[home][1] + block[0][0].size:
        home = firsts[1]
    for _, homes in block:
        yield from [home] * len(homes) if crossed else homes
