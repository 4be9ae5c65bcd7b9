"""Title lines: a long title broken into lines of 梯形 or 菱形 without splitting words (7.3.1).

Knows where Chinese titles may break; does not know fonts: a line holds so many full-width characters.
"""

from __future__ import annotations

import itertools
import unicodedata

from .words import word_edges

_AFTER = "、，；：》）”的和及与"
_BEFORE = (
    *(
        "关于",
        "《",
        "（",
        "“",
        "工作",
        "情况",
        "实施",
        "总结",
        "报告",
        "活动",
    ),
    *(
        "开展",
        "印发",
        "转发",
        "做好",
        "加强",
        "报送",
        "召开",
        "推进",
        "深入",
        "进一步",
        "学习",
        "表彰",
        "评选",
        "优秀",
    ),
    *("先进", "全省", "全市", "全县", "全区", "全面", "各级", "党建", "贯彻", "落实", "材料"),
)
_COUNTED = "年月日号个次届期季度周%"
_NEVER_FIRST = "、，。；：》）”’？！·…"
_NEVER_LAST = "《（“‘"
_MOST_LINES = 4


def width(text: str) -> float:
    """Return how many full-width characters ``text`` is wide."""
    return sum(1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.5 for char in text)


def title_lines(text: str, limit: float = 19) -> tuple[str, ...]:
    """Return ``text`` in the fewest lines of at most ``limit`` characters, well broken and evenly long.

    A line feed in ``text`` is the author's own break and wins.
    """
    if "\n" in text:
        return tuple(line.strip() for line in text.split("\n") if line.strip())
    if width(text) <= limit:
        return (text,)
    inside, edges = word_edges(text)
    whole = [place for place in range(2, len(text) - 1) if _allowed(text, place)]
    for breaks in ([place for place in whole if place not in inside], whole):
        for count in range(2, _MOST_LINES + 1):
            ways = (_cut(text, places) for places in itertools.combinations(breaks, count - 1))
            found = [lines for lines in ways if max(map(width, lines)) <= limit]
            if found:
                return min(found, key=lambda lines: _cost(lines, edges))
    return (text,)  # longer than any title; the paragraph wraps by itself


def _cut(text: str, places: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(text[a:b] for a, b in itertools.pairwise((0, *places, len(text))))


def _allowed(text: str, place: int) -> bool:
    before, after = text[place - 1], text[place]
    both_latin = before.isascii() and after.isascii()
    if before.isdigit() and after in _COUNTED:
        return False
    return after not in _NEVER_FIRST and before not in _NEVER_LAST and not both_latin


def _cost(lines: tuple[str, ...], edges: frozenset[int]) -> tuple[float, float]:
    """Return a penalty: breaks that may split a word weigh most, then unevenness, then a last line that is longest."""
    places = itertools.accumulate(len(line) for line in lines[:-1])
    awkward = sum(
        _awkward(left, right, place in edges)
        for (left, right), place in zip(itertools.pairwise(lines), places, strict=True)
    )
    awkward += sum(6.0 for line in lines if line.count("“") != line.count("”"))
    widths = [width(line) for line in lines]
    uneven = max(widths) - min(widths)
    hollow = 2.0 if len(lines) > 2 and min(widths[1:-1]) < min(widths[0], widths[-1]) else 0.0  # an hourglass
    return awkward + hollow + uneven * 0.5 + (1.0 if widths[-1] > widths[0] else 0.0), uneven


def _awkward(left: str, right: str, edge: bool) -> float:
    if right.startswith("的"):
        return 4.0
    if left[-1] in _AFTER or right.startswith(_BEFORE):
        return 0.0
    if left.endswith(_BEFORE):
        return 3.0  # a verb without its object
    return 1.0 if edge else 4.0
