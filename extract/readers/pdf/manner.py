"""How the lines of one cell are set: to the right, stretched from edge to edge, with numbered items inside the text.

Knows where glyphs stand and which signs number an item. It tells nothing about single lines, only what all of them show.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Protocol

HEADING = re.compile("[(（][一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、")
NUMBERED = re.compile(
    "[(（]?[0-9０-９一二三四五六七八九十]{1,3}[)）.．、](?![0-9])|[①-⑳●]|[一二三四五六七八九]是"
)
WIDE = re.compile("[\u4e00-\u9fff\u3001\u3002\uff00-\uffef]")
_INSIDE = re.compile(f"[。；！？：，;:](?:{HEADING.pattern}|{NUMBERED.pattern})")
LABELLED = re.compile("[^:：，。；（(]{2,10}[:：]")
_CHARACTER = re.compile("[\u4e00-\u9fff]")
_PAUSE = re.compile("[，。；！？]")
_FEW = 6  # pairs of Chinese characters, from which on the gap between them is no chance
_STRETCHED = 0.015  # heights of a character by which gaps are wider than in lines that nothing stretches
_SHORT = 0.12  # heights of a character by which a line ends before the edge

Box = tuple[float, float, float, float]


class Sign(Protocol):
    """A glyph by its text and its left and right edge."""

    @property
    def text(self) -> str:
        """The character."""
        ...

    @property
    def x0(self) -> float:
        """Its left edge."""
        ...

    @property
    def x1(self) -> float:
        """Its right edge."""
        ...


class Set(Protocol):
    """A line: what is seen of it, its box, and the height of its tallest glyph."""

    @property
    def seen(self) -> Sequence[Sign]:
        """The glyphs that are no blanks."""
        ...

    @property
    def box(self) -> Box:
        """Left, top, right and bottom."""
        ...

    @property
    def size(self) -> float:
        """Height of the tallest glyph."""
        ...


@dataclass(frozen=True, slots=True)
class Manner:
    """How lines are set: where they ``start``, and whether they all end at one edge and begin anywhere (``to_the_right``).

    ``right`` is where the longest of them then ends. ``edge`` is the one to which lines are stretched, if they are,
    ``natural`` the gap between characters of those that are not; ``inside`` are the kinds of numbers that stand in the
    middle of lines; ``prose`` when the text has sentences; ``leading`` is the least space between lines, if it repeats;
    ``labels`` when several lines begin with a label and a colon.
    """

    start: float
    to_the_right: bool = False
    edge: float | None = None
    natural: float = 0.0
    inside: frozenset[str] = frozenset()
    prose: bool = False
    right: float = float("inf")
    leading: float = 0.0
    labels: bool = False

    def ends_here(self, line: Set) -> bool:
        """Whether ``line`` is the last of a paragraph: the others are stretched to the edge, it is not."""
        if self.edge is None or line.box[2] > self.edge - _SHORT * line.size:
            return False
        gap = _gap(line)
        return gap is not None and gap < self.natural + _STRETCHED / 2 * line.size

    def goes_on(self, line: Set) -> bool:
        """Whether ``line`` is stretched to the edge, as the last of a paragraph never is."""
        gap = None if self.edge is None else _gap(line)
        return gap is not None and gap > self.natural + _STRETCHED * line.size


def manner_of(lines: Sequence[Set]) -> Manner:
    """Tell how ``lines``, those of one cell, are set."""
    start = min(line.box[0] for line in lines)
    if len(lines) < 2:
        return Manner(start)
    said = ["".join(glyph.text for glyph in line.seen) for line in lines]
    prose = len(_PAUSE.findall("".join(said))) > 1
    labels = sum(LABELLED.match(text) is not None for text in said) > 2
    inside = frozenset(kind(found[0][1:]) for text in said for found in _INSIDE.finditer(text))
    if _to_the_right(lines, start):
        right = max(line.box[2] for line in lines)
        return Manner(start, True, None, 0.0, inside, prose, right, _leading(lines), labels)
    return Manner(start, False, *_stretched(lines), inside, prose, leading=_leading(lines), labels=labels)


def _leading(lines: Sequence[Set]) -> float:
    spaces = [below.box[1] - line.box[3] for line, below in pairwise(lines)]
    least = min(spaces)
    return least if sum(space - least < lines[0].size / 8 for space in spaces) > 1 else 0.0


def kind(number: str) -> str:
    """Return what numbers of one kind have in common: 一是 and 二是, （1） and （2）."""
    return re.sub("[①-⑳]", "①", re.sub("[0-9０-９]+", "1", re.sub("[一二三四五六七八九十]+", "一", number)))


def _to_the_right(lines: Sequence[Set], start: float) -> bool:
    """Whether all lines end at one edge and begin anywhere, not just indented by two characters."""
    size = lines[0].size
    rights = [line.box[2] for line in lines]
    offsets = {round(4 * (line.box[0] - start) / size) for line in lines}
    if max(rights) - min(rights) > size / 8 or offsets <= {0, 7, 8, 9}:
        return False
    return len(offsets) > 2 or len(lines) == 2


def _stretched(lines: Sequence[Set]) -> tuple[float | None, float]:
    """Return the edge to which lines are stretched, none when they are not, and the gap in those that are not."""
    gaps = [(gap, line) for line in lines if (gap := _gap(line)) is not None]
    if len(gaps) < 3:
        return None, 0.0
    natural = min(gap for gap, _ in gaps)
    wide = [line.box[2] for gap, line in gaps if gap > natural + _STRETCHED * line.size]
    if len(wide) < 2 or max(wide) - min(wide) > lines[0].size / 8:
        return None, 0.0
    return median(wide), natural


def _gap(line: Set) -> float | None:
    """Return the usual gap between the Chinese characters of ``line``, none where it has few."""
    found = list(_gaps(line))
    return median(found) if len(found) >= _FEW else None


def _gaps(line: Set) -> Iterator[float]:
    for before, after in pairwise(line.seen):
        if WIDE.match(before.text) and WIDE.match(after.text):
            yield after.x0 - before.x1


def begins_item(line: Set, following: Set, manner: Manner, full: bool) -> bool:
    """Whether ``following`` numbers a paragraph of its own, and its author does not number inside lines.

    ``full`` when ``line`` had no room for its first word.
    """
    tail, head = line.seen[-1].text, "".join(glyph.text for glyph in following.seen[:6])
    found = HEADING.match(head)
    ended = tail not in "，、（《“‘" if found else tail in "。；！？：;!?:"
    found = found or NUMBERED.match(head)
    if not ended or found is None:
        return False
    return not (full and kind(found[0]) in manner.inside)


def reached(lines: Sequence[Set]) -> float:
    """Return where the longest of ``lines`` ends, infinity when no other comes near it."""
    right = max(line.box[2] for line in lines)
    near = sum(line.box[2] > right - line.size for line in lines)
    return right if near > 1 else float("inf")


def breaks_off(line: Set, following: Set, edge: float) -> bool:
    """Whether a long ``line`` ends within a sentence near the ``edge`` that others reach, and ``following`` is level with it."""
    long = len(line.seen) >= 2 * _FEW and line.box[2] > edge - line.size
    level = abs(line.box[0] - following.box[0]) < 2.5 * line.size
    said = "".join(glyph.text for glyph in following.seen)
    return long and level and _CHARACTER.match(line.seen[-1].text) is not None and not LABELLED.match(said)
